/** Groups of rules of which the first match takes the entity. */
import type { Brand } from "../domain/brand.ts";
import type { BrandState } from "../domain/state.ts";
import type { Subject, Verdict } from "../domain/verdict.ts";
import type { Rule } from "../rules/types.ts";
import { nightsWith } from "./memory.ts";
import { modeByAge } from "./watched.ts";

/** A rule of a group that matched on an entity, or of which nobody knows. */
interface Claim {
  rule: Rule;
  place: number;
  /** `unsure`: without data, judged differently by the two executors, or still counting its nights. */
  kind: "matched" | "unsure";
  watched: boolean;
}

/** By group and entity, in the order of the group. */
export type Layers = ReadonlyMap<string, readonly Claim[]>;

export interface LayersInput {
  brand: Brand;
  state: BrandState;
  day: string;
  verdicts: readonly { rule: Rule; verdict: Verdict }[];
}

export function layersOf({ brand, state, day, verdicts }: LayersInput): Layers {
  const layers = new Map<string, Claim[]>();
  for (const { rule, verdict } of verdicts) {
    const key = keyOf(rule, verdict.subject);
    if (key === null || rule.layer === null || verdict.result === "notMatched") continue;
    const waits = nightsWith(state.memory, rule, verdict.subject, day) < rule.nightsInARow;
    const sure = verdict.result === "matched" && verdict.dispute === undefined && !waits;
    const claim: Claim = {
      rule,
      place: rule.layer.place,
      kind: sure ? "matched" : "unsure",
      watched: modeByAge(rule, state, brand.limits) === "shadow",
    };
    layers.set(
      key,
      [...(layers.get(key) ?? []), claim].sort((a, b) => a.place - b.place),
    );
  }
  return layers;
}

/**
 * The first rule before this one in its group that has the entity: one that matched, or for `opening` what must not be done blindly,
 * one that may have. What is only watched takes nothing from what is not. Null where the entity is free.
 */
export function takenBefore(
  layers: Layers,
  rule: Rule,
  subject: Pick<Subject, "key">,
  { watched, opening }: { watched: boolean; opening: boolean },
): { rule: Rule; kind: Claim["kind"] } | null {
  const place = rule.layer?.place ?? 0;
  const claims = layers.get(keyOf(rule, subject) ?? "") ?? [];
  const before = claims.filter((one) => one.place < place && (watched || !one.watched));
  return before.find(({ kind }) => kind === "matched" || opening) ?? null;
}

/** By the entity's key alone: a campaign that holds its own budget is the same entity at both levels. */
function keyOf({ pack, layer }: Rule, { key }: Pick<Subject, "key">): string | null {
  return layer === null ? null : `${pack} ${layer.group} ${key}`;
}
