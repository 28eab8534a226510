/** What the rules ask for: drafts of changes, notices to people, holds. */
import type { Brand } from "../domain/brand.ts";
import type { BudgetHolder } from "../domain/holder.ts";
import { accountKey, entityKey } from "../domain/ids.ts";
import type { ActiveHold, Notice } from "../domain/plan.ts";
import type { AccountSnapshot, Snapshot } from "../domain/snapshot.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { Facts } from "../metrics/port.ts";
import { decidingEvidence } from "../rules/deciding.ts";
import type { Rule, Ruleset } from "../rules/types.ts";
import type { Effect } from "./actions/action.ts";
import { actions } from "./actions/index.ts";
import { type Draft, ruleKey } from "./draft.ts";
import { PlannerError } from "./errors.ts";
import { EVIDENCE_WINDOW, holderSubject, numberOf } from "./readings.ts";

export interface Asking {
  brand: Brand;
  ruleset: Ruleset;
  snapshot: Snapshot;
  facts: Facts;
  /** Sorted by rule and subject. */
  verdicts: readonly Verdict[];
}

export interface Asked {
  drafts: Draft[];
  notices: Notice[];
  holds: ActiveHold[];
}

/**
 * Rules in shadow draft changes, which are shown and never sent, but neither notify nor hold.
 * @throws PlannerError `planner.unknownRule` for a verdict of a rule that is not in the ruleset.
 */
export function askedBy(asking: Asking): Asked {
  const rules = new Map(asking.ruleset.rules.map((rule) => [ruleKey(rule), rule]));
  const asked: Asked = { drafts: [], notices: [], holds: [] };
  for (const verdict of asking.verdicts) {
    const rule = ruleOf(rules, verdict);
    const holder = verdict.subject.ref === null ? null : asking.facts.holder(entityKey(verdict.subject.ref));
    const effect = actions[rule.action.type].effect(rule, verdict, holder);
    if (effect !== null) collect(asked, asking, rule, verdict, holder, effect);
  }
  return asked;
}

/** @throws PlannerError `planner.unknownRule` */
export function ruleOf(rules: ReadonlyMap<string, Rule>, verdict: Verdict): Rule {
  const key = ruleKey({ pack: verdict.pack, id: verdict.ruleId });
  const rule = rules.get(key);
  if (rule === undefined)
    throw new PlannerError("planner.unknownRule", `a verdict names the rule ${key}, which is not loaded`);
  return rule;
}

function collect(
  asked: Asked,
  asking: Asking,
  rule: Rule,
  verdict: Verdict,
  holder: BudgetHolder | null,
  effect: Effect,
): void {
  const { subject, evidence } = verdict;
  const from = { ruleId: rule.id, pack: rule.pack };
  if (effect.kind === "change") {
    if (holder !== null) asked.drafts.push(draftOf(asking, rule, verdict, holder, effect));
  } else if (effect.kind === "notYet" || rule.mode === "shadow") {
    return;
  } else if (effect.kind === "notice") {
    const deciding = [...decidingEvidence(rule.condition, evidence)];
    asked.notices.push({ ...from, urgent: effect.urgent, to: [], blind: false, subject, evidence: deciding });
  } else {
    const { blocks, scope } = effect;
    asked.holds.push({
      ...{ ...from, blocks: [...blocks], scope: scope.kind, because: verdict.result, until: null, evidence },
    });
  }
}

function draftOf(
  asking: Asking,
  rule: Rule,
  verdict: Verdict,
  holder: BudgetHolder,
  effect: Extract<Effect, { kind: "change" }>,
): Draft {
  const account = accountOf(asking.snapshot, holder);
  const subject = holderSubject(asking.brand, holder);
  const ruleFloor = effect.floorMicros ?? 0n;
  const floorMicros = ruleFloor > account.minDailyBudgetMicros ? ruleFloor : account.minDailyBudgetMicros;
  return {
    id: null,
    holderKey: holder.key,
    target: holder.ref,
    direction: effect.direction,
    edit: effect.edit,
    ruleId: rule.id,
    pack: rule.pack,
    mode: rule.mode,
    bounds: { floorMicros, ceilingMicros: effect.ceilingMicros, cooldownNights: rule.cooldownNights },
    rule,
    holder,
    subject,
    evidence: verdict.evidence,
    disputed: verdict.dispute !== undefined,
    wantedMicros: effect.edit.kind === "dailyBudget" ? effect.edit.toMicros : null,
    unitMicros: account.budgetUnitMicros,
    strength: strengthOf(asking.facts, subject, effect.direction),
    notes: [],
    blocked: false,
  };
}

/** Raises by how sure they are, then by how much they stand on; everything else by the money it stops. */
function strengthOf(facts: Facts, subject: Draft["subject"], direction: Draft["direction"]): number[] {
  const read = (fact: string): number =>
    numberOf(facts.read(subject, fact, { window: EVIDENCE_WINDOW })) ?? 0;
  return direction === "raise" ? [read("cpaOkProbability"), read("conversions")] : [read("spend")];
}

function accountOf(snapshot: Snapshot, holder: BudgetHolder): AccountSnapshot {
  const key = accountKey(holder.ref);
  const account = snapshot.accounts.find((one) => accountKey(one) === key);
  if (account === undefined)
    throw new PlannerError("planner.unknownAccount", `${key} is not in the snapshot`);
  return account;
}
