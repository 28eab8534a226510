/** The last look before a change is made durable: every hard guardrail again, against the log as it stands now. */
import type { Brand } from "../domain/brand.ts";
import { type Change, directionOf } from "../domain/change.ts";
import { localDay } from "../domain/day.ts";
import type { Message } from "../domain/figure.ts";
import type { BudgetHolder } from "../domain/holder.ts";
import { accountKey, entityKey } from "../domain/ids.ts";
import { handsOffHolder } from "../domain/match.ts";
import type { Plan, PlannedChange, ScopedStop } from "../domain/plan.ts";
import type { BrandState } from "../domain/state.ts";
import type { SendDraft } from "./draft.ts";
import type { Decision, HardGuardrail, SendRound } from "./guardrails/guardrail.ts";
import { guardrails } from "./guardrails/index.ts";
import { nightBase } from "./holder-lines.ts";
import { guardrailMessage, plannerMessage } from "./messages.ts";

export interface Recheck {
  /** The change as it is about to be made, which an approval may have edited. */
  change: Change;
  /** The plan that proposed it. */
  plan: Plan;
  /** The change's budget holder in the plan's snapshot; needed only where the brand file keeps hands off something. */
  holder: BudgetHolder | null;
  /** The brand as it is configured now. */
  brand: Brand;
  /** The fold at the position before the intent. */
  state: BrandState;
  stops: readonly ScopedStop[];
  nowMs: number;
}

export type RecheckResult = { ok: true } | { ok: false; reason: Message };

/**
 * Nothing is made smaller here: what any limit would change is refused, because it is not what was agreed to. The brand file
 * may have been edited since the plan: an account or a campaign that it took away is left alone.
 */
export function recheckChange(recheck: Recheck): RecheckResult {
  const { change, plan, brand, state, stops, nowMs } = recheck;
  const planned = offered(plan, change);
  if (planned === null) return refused(plannerMessage("recheck.notInPlan"));
  const proposal = state.proposals[change.id];
  if (proposal !== undefined && nowMs >= proposal.expiresAtMs) {
    return refused(plannerMessage("recheck.expired", { expired: proposal.expiresAtMs }));
  }
  const taken = takenAway(recheck);
  if (taken !== null) return refused(taken);
  const draft = sendDraftOf(change, planned);
  const { roundId, day } = plan;
  const round: SendRound = {
    brand,
    state,
    stops,
    nowMs,
    roundId,
    day,
    ...nightBase(plan.holders),
    before: [],
    standing: [draft],
  };
  for (const guardrail of guardrails) {
    if (!guardrail.atSend) continue;
    const reason = reasonOf(guardrail, guardrail.check(draft, round), draft);
    if (reason !== null) return refused(reason);
  }
  return { ok: true };
}

/** The plan's own entry, when the plan offered this holder a change in this direction; null otherwise. */
function offered(plan: Plan, change: Change): PlannedChange | null {
  const planned = plan.changes.find((one) => one.id === change.id);
  if (planned === undefined || planned.holderKey !== change.holderKey) return null;
  if (entityKey(change.target) !== change.holderKey) return null;
  if (directionOf(planned.edit) !== directionOf(change.edit)) return null;
  return planned.outcome === "proposed" || planned.outcome === "auto" ? planned : null;
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

function sendDraftOf(change: Change, planned: PlannedChange): SendDraft {
  return {
    id: change.id,
    holderKey: change.holderKey,
    target: change.target,
    direction: directionOf(change.edit),
    edit: change.edit,
    ruleId: change.ruleId,
    mode: planned.mode,
    bounds: planned.bounds,
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
