/** What a case says of earlier nights, as the log and a platform's history of edits would tell it. */
import { addDays, type Day } from "../../domain/day.ts";
import { entityKey } from "../../domain/ids.ts";
import { microsFromMajor } from "../../domain/money.ts";
import type { EditHistory, PastEdit } from "../../domain/snapshot.ts";
import {
  type AppliedChange,
  type BrandState,
  NO_MEMORY,
  type OwnPause,
  type RuleMemory,
} from "../../domain/state.ts";
import type { Rule } from "../types.ts";
import { MS_PER_DAY, USUAL_BUDGET } from "./entities.ts";
import type { Placed } from "./placed.ts";
import type { RuleCase } from "./read.ts";

/** Nobody's edits in the last 96 hours but those that a case tells. */
const HISTORY_MS = 96 * 3_600_000;

/** Nights that a rule has been planned with, unless a case says. */
const LONG_SINCE = 1_000;

/** A case's changes come from no plan. */
const CHANGE_ID = "test-brand-00000000";

interface Moment {
  day: Day;
  nowMs: number;
  ruleId: string;
}

export function historyOf(placed: readonly Placed[], { nowMs }: Pick<Moment, "nowMs">): EditHistory {
  const edits = placed.flatMap(({ file, target }): PastEdit[] => {
    const { paused } = file;
    if (paused == null || paused.by === "palier") return [];
    const via = paused.by === "otherTool" ? "Another tool" : null;
    const atMs = nowMs - paused.nightsAgo * MS_PER_DAY;
    return [{ target, atMs, by: paused.by, via, edit: { kind: "status", to: "paused" } }];
  });
  return {
    fromMs: Math.min(nowMs - HISTORY_MS, ...edits.map(({ atMs }) => atMs)),
    edits: edits.toSorted((a, b) => a.atMs - b.atMs),
  };
}

/** Oldest first, as the log keeps them. */
export function appliedOf(one: RuleCase, placed: readonly Placed[], moment: Moment): AppliedChange[] {
  return [...lastChangeOf(one, placed, moment), ...placed.flatMap((at) => pauseOf(at, moment))].toSorted(
    (a, b) => a.atMs - b.atMs,
  );
}

function lastChangeOf({ entity }: RuleCase, [first]: readonly Placed[], moment: Moment): AppliedChange[] {
  if (entity.lastChange == null || first === undefined) return [];
  const { nightsAgo, from } = entity.lastChange;
  const toMicros = microsFromMajor(entity.dailyBudget ?? USUAL_BUDGET);
  const edit = { kind: "dailyBudget", fromMicros: microsFromMajor(from), toMicros } as const;
  return [{ ...changeOf(first, nightsAgo, moment.ruleId, moment), changeId: `${CHANGE_ID}-1`, edit }];
}

function pauseOf(placed: Placed, moment: Moment): AppliedChange[] {
  const { paused, dailyBudget = USUAL_BUDGET } = placed.file;
  if (paused?.by !== "palier") return [];
  const edit = {
    kind: "status",
    from: "active",
    to: "paused",
    budgetMicros: microsFromMajor(dailyBudget),
  } as const;
  const rule = paused.rule ?? moment.ruleId;
  return [{ ...changeOf(placed, paused.nightsAgo, rule, moment), changeId: `${CHANGE_ID}-2`, edit }];
}

function changeOf({ target }: Placed, nightsAgo: number, ruleId: string, { day, nowMs }: Moment) {
  const atMs = nowMs - nightsAgo * MS_PER_DAY;
  return { holderKey: entityKey(target), ruleId, day: addDays(day, -nightsAgo), atMs };
}

/** What the rule remembers of the entity, and whom Palier has paused. `subject` is `level key`. */
export function memoryOf(
  one: RuleCase,
  placed: readonly Placed[],
  rule: Rule,
  subject: string,
  { day, nowMs }: Pick<Moment, "day" | "nowMs">,
): RuleMemory {
  const { matchedNights = 0, blindNights = 0, changes, toldNightsAgo, heldNightsMore } = one.before ?? {};
  const yesterday = addDays(day, -1);
  const [first] = placed;
  const holderKey = first === undefined ? "" : entityKey(first.target);
  const own: [string, OwnPause][] = placed.flatMap(({ file, target }) => {
    const { paused } = file;
    if (paused?.by !== "palier") return [];
    const { nightsAgo, until = null, rule: ruleId = rule.id } = paused;
    const atMs = nowMs - nightsAgo * MS_PER_DAY;
    return [[entityKey(target), { ruleId, pack: rule.pack, changeId: `${CHANGE_ID}-2`, atMs, until }]];
  });
  return {
    ...NO_MEMORY,
    pauses: Object.fromEntries(own),
    ...(matchedNights > 0 && {
      streaks: { [rule.hash]: { [subject]: { nights: matchedNights, blind: blindNights, day: yesterday } } },
    }),
    ...(changes !== undefined && {
      acts: { [rule.id]: { [holderKey]: { times: changes, day: yesterday } } },
    }),
    ...(toldNightsAgo !== undefined && {
      told: {
        [rule.id]: { [subject]: { since: addDays(day, -toldNightsAgo), on: addDays(day, -toldNightsAgo) } },
      },
    }),
    ...(heldNightsMore !== undefined && {
      holds: { [rule.id]: { brand: { until: addDays(day, heldNightsMore - 1) } } },
    }),
  };
}

/** The fold that the case is decided against. */
export function nightsOf(one: RuleCase, rule: Rule): Pick<BrandState, "ruleNights"> {
  return { ruleNights: { [rule.hash]: one.before?.plannedNights ?? LONG_SINCE } };
}
