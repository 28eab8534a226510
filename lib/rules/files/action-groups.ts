/** Actions on the partitions of the brand file: its funnel stages and its other groups. */
import type { Brand } from "../../domain/brand.ts";
import { partitionOf, STAGE_GROUP } from "../../domain/match.ts";
import { unknownWord } from "../../domain/shape.ts";
import type { Action, AllocationGoal } from "../types.ts";
import type { RuleContext } from "./context.ts";
import type { ActionFileOf } from "./schema-action.ts";

type Allocate = ActionFileOf<"allocate">;
type Bands = Readonly<Record<string, readonly [number, number]>>;

/** Keys that belong to one goal alone. */
const KEYS_OF_GOAL = {
  group: "split",
  bands: "split",
  within: "moveToOthers",
  pauseSource: "moveToOthers",
} as const satisfies Partial<Record<keyof Allocate, Allocate["goal"]>>;

function groupNames(brand: Brand): string[] {
  return [STAGE_GROUP, ...Object.keys(brand.groups)];
}

export function checkAllocate(context: RuleContext, written: Allocate, brand: Brand): AllocationGoal | null {
  const { goal } = written;
  for (const [key, owner] of Object.entries(KEYS_OF_GOAL)) {
    if (written[key as keyof typeof KEYS_OF_GOAL] === undefined || owner === goal) continue;
    const fix = `remove ${key}: it belongs to the goal ${owner}`;
    context.complain(["action", key], { code: "notAllowed", allowed: `${key} with the goal ${owner}`, fix });
  }
  switch (goal) {
    case "split":
      return splitOf(context, written, brand);
    case "moveToOthers": {
      const { within, pauseSource = false } = written;
      if (within !== undefined) return { kind: goal, within, pauseSource };
      const fix = 'add "within": who may get it';
      return context.complain(["action"], {
        code: "missing",
        allowed: "campaign, account, stage, brand",
        fix,
      });
    }
    default:
      return { kind: goal };
  }
}

function splitOf(context: RuleContext, { group, bands }: Allocate, brand: Brand): AllocationGoal | null {
  if (group === undefined) {
    const fix = 'add "group", such as "stage"';
    return context.complain(["action"], { code: "missing", allowed: groupNames(brand).join(", "), fix });
  }
  const names = memberNames(context, group, brand, ["action", "group"]);
  if (names === null) return null;
  const own: Bands = group === STAGE_GROUP ? brand.stageBands : (brand.groupBands[group] ?? {});
  const kept = bands ?? own;
  if (Object.keys(kept).length === 0) {
    const fix = `add "bands" to the action, or bands.${group} to the brand file`;
    return context.complain(["action"], { code: "missing", allowed: "a band for every member", fix });
  }
  for (const [name, [low, high]] of Object.entries(bands ?? {})) {
    const path = ["action", "bands", name];
    if (!names.includes(name)) context.complain(path, unknownWord("unknownMember", name, names));
    if (low > high) {
      const fix = `write [${high}, ${low}]`;
      context.complain(path, { code: "outOfRange", allowed: "the lower number first", fix });
    }
  }
  checkSums(context, kept, names);
  return { kind: "split", group, bands: kept };
}

/** Shares of everything are a hundred in all. */
function checkSums(context: RuleContext, bands: Bands, names: readonly string[]): void {
  const sum = (end: 0 | 1) => Object.values(bands).reduce((total, band) => total + band[end], 0);
  const isWhole = names.every((name) => Object.hasOwn(bands, name));
  if (sum(0) <= 100 && (!isWhole || sum(1) >= 100)) return;
  const fix = `the lower ends add to ${sum(0)} and the upper ones to ${sum(1)}: no division fits`;
  context.complain(["action", "bands"], {
    code: "outOfRange",
    allowed: "bands that 100 percent fit into",
    fix,
  });
}

export function checkAssign(
  context: RuleContext,
  written: ActionFileOf<"assign">,
  brand: Brand,
): Action | null {
  const { group, move, to } = written;
  if ((move === undefined) === (to === undefined)) {
    const fix = move === undefined ? 'add "move" or "to"' : "keep one of move and to";
    return context.complain(["action"], { code: "notAllowed", allowed: "exactly one of move and to", fix });
  }
  const names = memberNames(context, group, brand, ["action", "group"]);
  if (names === null) return null;
  if (to !== undefined && !names.includes(to)) {
    return context.complain(["action", "to"], unknownWord("unknownMember", to, names));
  }
  return { type: "assign", group, move: move ?? null, to: to ?? null };
}

/** Names of a partition's members, the usual stages among the funnel's; null after a complaint. */
export function memberNames(
  context: RuleContext,
  group: string,
  brand: Brand,
  path: readonly (string | number)[],
): readonly string[] | null {
  if (group === STAGE_GROUP) return context.stages;
  const members = partitionOf(brand, group);
  if (members !== null) return members.map(({ name }) => name);
  return context.complain(path, unknownWord("unknownGroup", group, groupNames(brand)));
}
