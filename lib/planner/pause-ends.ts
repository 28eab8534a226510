/** Pauses of Palier's own, and those whose time is over: what nobody else touched is turned on again. */
import type { Message } from "../domain/figure.ts";
import { handsOffHolder } from "../domain/match.ts";
import type { OwnPause } from "../domain/state.ts";
import { resuming } from "./actions/action.ts";
import type { BuildInput } from "./build-input.ts";
import { compareText, type Draft, ruleKey } from "./draft.ts";
import { type Asking, draftOf } from "./drafts.ts";
import { plannerMessage } from "./messages.ts";
import { takenOver } from "./pauses.ts";
import { holderSubject } from "./readings.ts";

/** By holder key, without what somebody has taken over since. */
export type OwnPauses = ReadonlyMap<string, OwnPause>;

export function ownPausesOf(input: BuildInput): OwnPauses {
  const over = new Set(takenOver(input));
  const pauses = Object.entries(input.state.memory.pauses).filter(([holderKey]) => !over.has(holderKey));
  return new Map(pauses.sort(([a], [b]) => compareText(a, b)));
}

/**
 * A resume of each pause whose night has come, by the rule that made it and as far as that rule may go; `missing` names those whose
 * rule is gone, which only a person can end.
 */
export function pauseEnds(
  asking: Pick<Asking, "brand" | "ruleset" | "snapshot" | "facts">,
  ownPauses: OwnPauses,
): { drafts: Draft[]; missing: Message[] } {
  const { brand, ruleset, snapshot, facts } = asking;
  const rules = new Map(ruleset.rules.map((rule) => [ruleKey(rule), rule]));
  const ends: { drafts: Draft[]; missing: Message[] } = { drafts: [], missing: [] };
  for (const [holderKey, { until, atMs: sinceMs, ruleId: id, pack }] of ownPauses) {
    const holder = facts.holder(holderKey);
    if (until === null || until > snapshot.day || holder === null) continue;
    if (holder.feeds[0]?.status !== "paused") continue;
    if (handsOffHolder(brand.handsOff, snapshot.day, holder) !== null) continue;
    const rule = rules.get(ruleKey({ pack, id }));
    if (rule === undefined) {
      ends.missing.push(plannerMessage("missing.pauseEnd", { name: holder.name, rule: id, until }));
      continue;
    }
    const grounds = { rule, about: holderSubject(brand, holder), evidence: [], disputed: false };
    const draft = draftOf(asking, grounds, holder, resuming(holder));
    ends.drafts.push({ ...draft, endsPause: { sinceMs, until } });
  }
  return ends;
}
