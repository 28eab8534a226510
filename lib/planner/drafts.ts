/** What the rules ask for: drafts of changes, notices to people, holds, and what is not done yet. */
import type { Brand } from "../domain/brand.ts";
import type { Message } from "../domain/figure.ts";
import type { BudgetHolder } from "../domain/holder.ts";
import { accountKey, entityKey } from "../domain/ids.ts";
import type { Notice, Plan } from "../domain/plan.ts";
import type { AccountSnapshot, Snapshot } from "../domain/snapshot.ts";
import type { BrandState } from "../domain/state.ts";
import type { Evidence, Subject, Verdict } from "../domain/verdict.ts";
import type { Facts } from "../metrics/port.ts";
import type { Rule, Ruleset } from "../rules/types.ts";
import { type ChangeEffect, type Effect, pausing } from "./actions/action.ts";
import { actions } from "./actions/index.ts";
import { countsConversions } from "./claimed-facts.ts";
import { type Draft, ruleKey } from "./draft.ts";
import { PlannerError } from "./errors.ts";
import type { AskedHold } from "./holds.ts";
import { type Layers, layersOf } from "./layers.ts";
import { plannerMessage } from "./messages.ts";
import { standsAside } from "./not-acted.ts";
import { blindNoticeOf, countingReason, noticeOf, watchedReason } from "./notices.ts";
import { EVIDENCE_WINDOW, holderSubject, numberOf } from "./readings.ts";
import { modeByAge } from "./watched.ts";

export interface Asking {
  brand: Brand;
  ruleset: Ruleset;
  snapshot: Snapshot;
  state: BrandState;
  facts: Facts;
  /** Sorted by rule and subject. */
  verdicts: readonly Verdict[];
}

export interface Told {
  rule: Rule;
  verdict: Verdict;
}

export interface Asked {
  drafts: Draft[];
  notices: Notice[];
  holds: AskedHold[];
  notActed: { rule: Rule; reason: Message }[];
  silent: Plan["silent"];
  layers: Layers;
  /** All verdicts of rules that Palier acts on. */
  heard: readonly Told[];
}

/**
 * Rules in shadow draft changes, which are shown and never sent, but neither notify nor hold.
 * @throws PlannerError `planner.unknownRule` for a verdict of a rule that is not in the ruleset.
 */
export function askedBy(asking: Asking): Asked {
  const rules = new Map(asking.ruleset.rules.map((rule) => [ruleKey(rule), rule]));
  const all = asking.verdicts.map((verdict) => ({ rule: ruleOf(rules, verdict), verdict }));
  const heard = all.filter(({ rule }) => standsAside(rule) === null);
  const { brand, state, snapshot, facts } = asking;
  const { day } = snapshot;
  const layers = layersOf({ brand, state, day, verdicts: heard });
  const asked: Asked = { drafts: [], notices: [], holds: [], notActed: [], silent: [], layers, heard };
  for (const { rule, verdict } of all) {
    const reason = verdict.result === "matched" ? standsAside(rule) : null;
    if (reason !== null) asked.notActed.push({ rule, reason });
  }
  for (const told of heard) {
    const { rule, verdict } = told;
    const blind = blindNoticeOf(rule, verdict, { ...asking, day, layers });
    if (blind !== null) asked.notices.push(blind);
    const { ref } = verdict.subject;
    const holder = ref === null ? null : facts.holder(entityKey(ref));
    const effect = actions[rule.action.type].effect({ rule, verdict, holder, facts, day });
    if (effect !== null) collect(asked, asking, told, holder, effect);
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
  told: Told,
  holder: BudgetHolder | null,
  effect: Effect,
): void {
  const { rule, verdict } = told;
  const { day } = asking.snapshot;
  switch (effect.kind) {
    case "change":
      if (holder !== null) asked.drafts.push(draftOf(asking, grounds(told), holder, effect));
      return;
    case "stopAccount":
      if (asking.brand.accountStop.includes(rule.id)) {
        asked.drafts.push(...accountStop(asking, told, effect));
        if (!isWaiting(asking, told)) asked.holds.push({ ...told, ...KEEPS_STOPPED });
      } else asked.notActed.push({ rule, reason: plannerMessage("notActed.accountStop", { rule: rule.id }) });
      return;
    case "notActed":
      asked.notActed.push({ rule, reason: effect.reason });
      return;
    case "notice": {
      const found = noticeOf(rule, verdict, effect.urgent, { ...asking, day, layers: asked.layers });
      if (found.notice !== null) asked.notices.push(found.notice);
      else silence(asked, rule, verdict, found.reason);
      return;
    }
    case "hold": {
      const waits = countingReason(rule, verdict.subject, { ...asking, day });
      if (verdict.result === "matched") silence(asked, rule, verdict, waits ?? watchedReason(rule, asking));
      // What cannot be seen holds at once: nobody knows that its nights are not over.
      if (verdict.result === "matched" && waits !== null) return;
      asked.holds.push({ ...told, blocks: effect.blocks, scope: effect.scope });
    }
  }
}

function silence(
  { silent }: Asked,
  { id: ruleId, pack }: Rule,
  { subject }: Verdict,
  reason: Message | null,
): void {
  if (reason !== null) silent.push({ ruleId, pack, subject, reason });
}

/** On what a change is asked for. */
export interface Grounds {
  rule: Rule;
  about: Subject;
  evidence: readonly Evidence[];
  disputed: boolean;
}

function grounds({ rule, verdict: { subject, evidence, dispute } }: Told): Grounds {
  return { rule, about: subject, evidence, disputed: dispute !== undefined };
}

/** What stands still already is turned on by nobody while the stop stands: not by another rule, nor at the end of a pause. */
const KEEPS_STOPPED: Pick<AskedHold, "blocks" | "scope"> = {
  blocks: ["raise", "resume"],
  scope: { kind: "account" },
};

/** Whether the rule is only watched, or still counts its nights. */
function isWaiting({ brand, snapshot, state }: Asking, { rule, verdict }: Told): boolean {
  if (modeByAge(rule, state, brand.limits) === "shadow") return true;
  return countingReason(rule, verdict.subject, { state, day: snapshot.day }) !== null;
}

/** A pause of every active budget holder of the account, hands-off ones left out. */
function accountStop(
  asking: Asking,
  told: Told,
  { until }: Extract<Effect, { kind: "stopAccount" }>,
): Draft[] {
  const account = told.verdict.subject.key;
  const claims = countsConversions(asking.brand);
  const byMoney = !told.verdict.evidence.some(({ fact, params, thresholdFact, thresholdParams = {} }) => {
    return claims(fact, params) || (thresholdFact !== null && claims(thresholdFact, thresholdParams));
  });
  const holders = asking.facts
    .subjects("budgetHolder")
    .flatMap(({ key }) => asking.facts.holder(key) ?? [])
    .filter(({ ref, status }) => accountKey(ref) === account && status === "active");
  return holders.map((holder) => {
    const draft = draftOf(asking, grounds(told), holder, pausing(holder, until));
    const bounds = { ...draft.bounds, ...(byMoney && { byMoney: true as const }) };
    return { ...draft, bounds, accountStop: true as const };
  });
}

/** @throws PlannerError `planner.unknownAccount` */
export function draftOf(
  { brand, snapshot, facts }: Pick<Asking, "brand" | "snapshot" | "facts">,
  { rule, about, evidence, disputed }: Grounds,
  holder: BudgetHolder,
  effect: ChangeEffect,
): Draft {
  const account = accountOf(snapshot, holder);
  const subject = holderSubject(brand, holder);
  const ruleFloor = effect.floorMicros ?? 0n;
  const floorMicros = ruleFloor > account.minDailyBudgetMicros ? ruleFloor : account.minDailyBudgetMicros;
  const { cooldownNights, atMost } = rule;
  const counted = Object.values(atMost).some((limit) => limit !== null);
  return {
    id: null,
    holderKey: holder.key,
    target: holder.ref,
    direction: effect.direction,
    edit: effect.edit,
    ruleId: rule.id,
    pack: rule.pack,
    mode: rule.mode,
    bounds: {
      ...{ floorMicros, ceilingMicros: effect.ceilingMicros, cooldownNights },
      ...(counted ? { atMost } : {}),
    },
    ...(effect.until === null ? {} : { until: effect.until }),
    rule,
    holder,
    subject,
    about,
    evidence,
    disputed,
    wantedMicros: effect.edit.kind === "dailyBudget" ? effect.edit.toMicros : null,
    unitMicros: account.budgetUnitMicros,
    strength: strengthOf(facts, subject, effect.direction),
    notes: [],
    blocked: false,
  };
}

/** What spends more by how sure it is, then by how much it stands on; everything else by the money it stops. */
function strengthOf(facts: Facts, subject: Draft["subject"], direction: Draft["direction"]): number[] {
  const read = (fact: string): number =>
    numberOf(facts.read(subject, fact, { window: EVIDENCE_WINDOW })) ?? 0;
  const adds = direction === "raise" || direction === "resume";
  return adds ? [read("cpaOkProbability"), read("conversions")] : [read("spend")];
}

function accountOf(snapshot: Snapshot, holder: BudgetHolder): AccountSnapshot {
  const key = accountKey(holder.ref);
  const account = snapshot.accounts.find((one) => accountKey(one) === key);
  if (account === undefined)
    throw new PlannerError("planner.unknownAccount", `${key} is not in the snapshot`);
  return account;
}
