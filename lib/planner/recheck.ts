/** The last look before a change is made durable: every hard guardrail again, against the log as it stands now. */
import type { Brand } from "../domain/brand.ts";
import { canonicalJson } from "../domain/canonical.ts";
import { type Change, directionOf, termsOf } from "../domain/change.ts";
import { localDay } from "../domain/day.ts";
import type { Message } from "../domain/figure.ts";
import { roundAt } from "../domain/history.ts";
import type { BudgetHolder } from "../domain/holder.ts";
import { accountKey, entityKey } from "../domain/ids.ts";
import { handsOffHolder } from "../domain/match.ts";
import type { Plan, PlannedChange, ScopedStop } from "../domain/plan.ts";
import type { BrandState } from "../domain/state.ts";
import { strictest } from "../domain/verdict.ts";
import type { Ruleset } from "../rules/types.ts";
import type { SendDraft } from "./draft.ts";
import type { Decision, HardGuardrail, SendRound } from "./guardrails/guardrail.ts";
import { guardrails } from "./guardrails/index.ts";
import { nightBase } from "./holder-lines.ts";
import { guardrailMessage, plannerMessage } from "./messages.ts";
import { modeByAge } from "./watched.ts";

export interface Recheck {
  /** The change as it is about to be made: the plan's, a person's version of it, or an applied one taken back. */
  change: Change;
  /** The plan that it goes back to. */
  plan: Plan;
  /** The newest plan, by whose night what is taken back is measured; null where it is the same, or none is known. */
  newest: Plan | null;
  /** The change's budget holder in the plan's snapshot; needed only where the brand file keeps hands off something. */
  holder: BudgetHolder | null;
  /** The brand and its rules as they are configured now. */
  brand: Brand;
  ruleset: Ruleset;
  /** The fold at the position before the intent. */
  state: BrandState;
  stops: readonly ScopedStop[];
  nowMs: number;
}

export type RecheckResult = { ok: true } | { ok: false; reason: Message };

/**
 * Nothing is made smaller here: what any limit would change is refused, because it is not what was agreed to. The brand file
 * may have been edited since the plan: an account or a campaign that it took away is left alone. So may the rule: what it would
 * not ask for any more is not done for it. Taking back is a person's will, which no rule has to share.
 */
export function recheckChange(recheck: Recheck): RecheckResult {
  const { change, plan, state, nowMs } = recheck;
  const proposal = state.proposals[change.id];
  const isRestore = proposal?.kind === "restore";
  const planned = offered(plan, state, change);
  if (planned === null) return refused(plannerMessage("recheck.notInPlan"));
  if (proposal !== undefined && nowMs >= proposal.expiresAtMs) {
    return refused(plannerMessage("recheck.expired", { expired: proposal.expiresAtMs }));
  }
  const reason = takenAway(recheck) ?? (isRestore ? notTakenBack(recheck) : ruleChanged(recheck, planned));
  if (reason !== null) return refused(reason);
  const draft = sendDraftOf(change, planned, isRestore);
  const round = roundNow(recheck, draft, isRestore);
  for (const guardrail of guardrails) {
    if (!guardrail.atSend || (isRestore && !guardrail.bindsRestore)) continue;
    const kept = reasonOf(guardrail, guardrail.check(draft, round), draft);
    if (kept !== null) return refused(kept);
  }
  return { ok: true };
}

/** What is taken back counts in the night in which that happens; everything else in its own. */
function roundNow(recheck: Recheck, draft: SendDraft, isRestore: boolean): SendRound {
  const { plan, newest, brand, state, stops, nowMs } = recheck;
  const own = { roundId: plan.roundId, day: plan.day };
  const tonight = isRestore ? (roundAt(state, nowMs) ?? own) : own;
  return {
    ...{ brand, state, stops, nowMs },
    roundId: tonight.roundId,
    day: isRestore ? localDay(nowMs, brand.zone) : own.day,
    // Budgets of last week may have been far larger, and a share of them with them.
    ...nightBase((isRestore ? (newest ?? plan) : plan).holders),
    before: [],
    standing: [draft],
  };
}

/**
 * The plan's own entry that the change goes back to, when the plan offered this holder a change; null otherwise. In the direction
 * that was offered, unless it is taken back.
 */
function offered(plan: Plan, state: BrandState, change: Change): PlannedChange | null {
  const origin = originOf(state, change.id);
  const planned = plan.changes.find((one) => one.id === origin);
  if (planned === undefined || planned.holderKey !== change.holderKey) return null;
  if (entityKey(change.target) !== change.holderKey || planned.edit.kind !== change.edit.kind) return null;
  const isRestore = state.proposals[change.id]?.kind === "restore";
  if (!isRestore && directionOf(planned.edit) !== directionOf(change.edit)) return null;
  if (!isRestore && canonicalJson(termsOf(planned)) !== canonicalJson(termsOf(change))) return null;
  return planned.outcome === "proposed" || planned.outcome === "auto" ? planned : null;
}

/** Through every version and what was taken back, to the plan's own id. */
function originOf(state: BrandState, changeId: string): string {
  const seen = new Set<string>();
  let id = changeId;
  while (!seen.has(id)) {
    seen.add(id);
    id = state.proposals[id]?.origin ?? id;
  }
  return id;
}

/** Why what is to be taken back is not the reverse of a change that took effect; null when it is. */
function notTakenBack({ change: { id, edit }, state }: Recheck): Message | null {
  const applied = state.intents[state.proposals[id]?.origin ?? ""];
  if (applied?.status !== "confirmed") return plannerMessage("recheck.notApplied");
  const done = applied.change.edit;
  const isReverse =
    edit.kind === "status"
      ? done.kind === "status" && edit.from === done.to && edit.to === done.from
      : done.kind === "dailyBudget" && edit.fromMicros === done.toMicros && edit.toMicros === done.fromMicros;
  return isReverse ? null : plannerMessage("recheck.notInPlan");
}

/** Why the rule would not ask for the change any more; null when it would. An edited rule is a new one, and watched first. */
function ruleChanged({ change, brand, ruleset, state }: Recheck, planned: PlannedChange): Message | null {
  const rule = ruleset.rules.find(({ id, pack }) => id === change.ruleId && pack === change.pack);
  if (rule === undefined) return plannerMessage("recheck.ruleWithdrawn", { rule: change.ruleId });
  const mode = modeByAge(rule, state, brand.limits);
  if (strictest(mode, planned.mode) === planned.mode) return null;
  return plannerMessage("recheck.ruleStricter", { rule: rule.id, mode });
}

/** Why the brand as it is now has no say over the change's budget holder; null when it has. */
function takenAway({ change, plan, holder, brand, nowMs }: Recheck): Message | null {
  const account = accountKey(change.target);
  if (!brand.accounts.some((one) => accountKey(one) === account))
    return plannerMessage("recheck.notBound", { account });
  if (change.currency !== brand.currency)
    return plannerMessage("recheck.otherCurrency", { currency: change.currency });
  if (brand.handsOff.length === 0) return null;
  if (holder?.key !== change.holderKey) return plannerMessage("recheck.notInPlan");
  const entry = handsOffHolder(brand.handsOff, localDay(nowMs, plan.zone), holder);
  return entry === null ? null : plannerMessage("recheck.handsOff", { by: entry.by });
}

function sendDraftOf(change: Change, planned: PlannedChange, isRestore: boolean): SendDraft {
  return {
    id: change.id,
    holderKey: change.holderKey,
    target: change.target,
    direction: directionOf(change.edit),
    edit: change.edit,
    ruleId: change.ruleId,
    pack: change.pack,
    mode: isRestore ? "propose" : planned.mode,
    bounds: planned.bounds,
    ...termsOf(change),
  };
}

function reasonOf(guardrail: HardGuardrail, decision: Decision, draft: SendDraft): Message | null {
  switch (decision.kind) {
    case "allow":
      return null;
    case "clamp": {
      const value = draft.edit.kind === "dailyBudget" ? draft.edit.toMicros : null;
      return plannerMessage("recheck.tooMuch", { guardrail: guardrail.id, value, to: decision.toMicros });
    }
    case "degrade":
      return plannerMessage("recheck.modeStricter", { guardrail: guardrail.id });
    case "block":
    case "refuse":
      return guardrailMessage(guardrail, "blocked", decision.values);
  }
}

function refused(reason: Message): RecheckResult {
  return { ok: false, reason };
}
