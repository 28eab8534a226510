/** A recheck of the change that a night made of ad group 200, told in one word. */
import type { Change, Edit } from "../../lib/domain/change.ts";
import { type BudgetHolder, budgetHoldersOf } from "../../lib/domain/holder.ts";
import { type Recheck, recheckChange } from "../../lib/planner/recheck.ts";
import { type anIntent, changeOf, type Night, partsOf, planOf } from "./plan.ts";
import { aBrand, anEmptyState, ROUND_AT_MS } from "./snapshot.ts";

/** What the check says now of the change that the night made of ad group 200: `ok`, or the key of its reason. */
export function recheck(night: Night, now: Partial<Recheck> = {}, edit: Partial<Change> = {}): string {
  const plan = planOf(night);
  const {
    id,
    holderKey,
    target,
    name,
    stage,
    currency,
    edit: planned,
    ruleId,
    pack,
    owner,
  } = changeOf(plan, "200");
  const change: Change = {
    id,
    holderKey,
    target,
    name,
    stage,
    currency,
    edit: planned,
    ruleId,
    pack,
    owner,
    ...edit,
  };
  const state = anEmptyState(night.state);
  const result = recheckChange({
    change,
    plan,
    newest: null,
    holder: holderOf(night),
    brand: aBrand(night.brand),
    ruleset: partsOf(night).input.ruleset,
    state,
    stops: [],
    nowMs: ROUND_AT_MS,
    ...now,
  });
  return result.ok ? "ok" : result.reason.key;
}

/** Ad group 200 as the night's snapshot holds it. */
function holderOf(night: Night): BudgetHolder | null {
  const holders = partsOf(night).input.snapshot.accounts.flatMap(budgetHoldersOf);
  return holders.find(({ ref }) => ref.id === "200") ?? null;
}

export function budgets(from: number, to: number): Edit {
  return { kind: "dailyBudget", fromMicros: BigInt(from * 1e6), toMicros: BigInt(to * 1e6) };
}

export function intents(...all: ReturnType<typeof anIntent>[]) {
  return {
    state: anEmptyState({ intents: Object.fromEntries(all.map((intent) => [intent.change.id, intent])) }),
  };
}
