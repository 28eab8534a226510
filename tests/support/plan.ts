/**
 * A night for the planner: ten ad groups of 50 EUR a day that nothing is wrong with, rules that ask for changes of some of
 * them, and figures that throw on whatever a test did not state.
 */
import type { SlackSettings } from "../../lib/domain/brand.ts";
import type { Change } from "../../lib/domain/change.ts";
import type { Entity } from "../../lib/domain/entity.ts";
import type { Plan, PlannedChange } from "../../lib/domain/plan.ts";
import type { AccountSnapshot, EditHistory, PastEdit, Snapshot } from "../../lib/domain/snapshot.ts";
import type { AppliedChange, BrandState, Intent } from "../../lib/domain/state.ts";
import type { Evidence, Subject, Verdict } from "../../lib/domain/verdict.ts";
import type { Facts } from "../../lib/metrics/port.ts";
import type { BuildInput } from "../../lib/planner/build-input.ts";
import { buildPlan } from "../../lib/planner/build-plan.ts";
import { type Action, EVERYBODY, PLAIN, type Rule } from "../../lib/rules/types.ts";
import { aFigure, factsDouble, type StatedFigures } from "./plan-facts.ts";
import {
  aBrand,
  aCampaign,
  anAccount,
  anAdGroup,
  anEmptyState,
  aSnapshot,
  ROUND_AT_MS,
  ROUND_DAY,
} from "./snapshot.ts";

/** Ids of the ten ad groups. */
export const HOLDERS = ["200", "201", "202", "203", "204", "205", "206", "207", "208", "209"] as const;

export interface Ask {
  rule: Rule;
  /** Id of an ad group of the night; the brand when absent. */
  holder?: string;
  verdict?: Partial<Verdict>;
}

export interface Night extends StatedFigures {
  asks?: readonly Ask[];
  /** Overrides by ad-group id. */
  entities?: Readonly<Record<string, Partial<Entity>>>;
  campaign?: Partial<Entity>;
  brand?: Parameters<typeof aBrand>[0];
  snapshot?: Partial<Snapshot>;
  minDailyBudgetMicros?: bigint;
  budgetUnitMicros?: bigint;
  /** What the account tells of its edits; nobody's in the last 96 hours when absent. */
  history?: AccountSnapshot["history"];
  state?: Partial<BrandState>;
  stops?: BuildInput["stops"];
  rejections?: BuildInput["rejections"];
  former?: BuildInput["former"];
  nowMs?: number;
  /** Rules that are loaded beside those that ask. */
  idleRules?: readonly Rule[];
}

/** The night's plan. */
export function planOf(night: Night): Plan {
  const { input, facts, verdicts } = partsOf(night);
  return buildPlan(input, facts, verdicts);
}

/** What `buildPlan` is called with. */
export function partsOf(night: Night): { input: BuildInput; facts: Facts; verdicts: Verdict[] } {
  const brand = aBrand(night.brand);
  const snapshot = snapshotOf(night);
  const asks = night.asks ?? [];
  const rules = new Map(
    [...asks.map((ask) => ask.rule), ...(night.idleRules ?? [])].map((rule) => [rule.id, rule]),
  );
  const input: BuildInput = {
    brand,
    ruleset: { rules: [...rules.values()], hash: "c".repeat(64) },
    snapshot,
    state: anEmptyState(night.state),
    stops: night.stops ?? [],
    rejections: night.rejections ?? [],
    former: night.former ?? null,
    nowMs: night.nowMs ?? ROUND_AT_MS,
    engineVersion: "test",
    worstDayMultiples: { meta: 1.75, google: 2 },
    inputs: { brand: "1".repeat(64), rules: "2".repeat(64), snapshot: "3".repeat(64), state: "4".repeat(64) },
  };
  return { input, facts: factsDouble(snapshot, night), verdicts: asks.map(verdictOf) };
}

/** The planned change of one ad group; fails the test when there is none or more than one. */
export function changeOf(plan: Plan, holder: string): PlannedChange {
  const changes = plan.changes.filter((change) => change.target.id === holder);
  const [change] = changes;
  if (change === undefined || changes.length > 1) throw new Error(`${changes.length} changes of ${holder}`);
  return change;
}

/** A change in one line: outcome, where it ends in EUR (or `paused`), and the notes left on it. */
export function told(change: PlannedChange): string {
  const { edit } = change;
  const end = edit.kind === "dailyBudget" ? String(Number(edit.toMicros) / 1e6) : edit.to;
  const notes = change.notes.map((note) => note.reason.key.replace("guardrail.", ""));
  return [change.outcome, end, ...notes].join(" ");
}

/** Figures of the note that a guardrail left, without units. */
export function noteOf(change: PlannedChange, guardrail: string): Record<string, unknown> {
  const note = change.notes.find((one) => one.guardrail === guardrail);
  if (note === undefined) throw new Error(`${guardrail} left no note`);
  return Object.fromEntries(Object.entries(note.reason.values).map(([name, { value }]) => [name, value]));
}

export function aRule(action: Action, given: Partial<Rule> = {}): Rule {
  return {
    id: "raise-proven",
    pack: "roads",
    file: "rules/packs/roads/raise-proven.json",
    hash: "a".repeat(64),
    description: "Raise what is proven.",
    owner: "lea",
    appliesTo: {
      ...EVERYBODY,
      level: "budgetHolder",
      status: ["active"],
      budget: { owner: null, period: ["daily"] },
      except: null,
    },
    condition: { kind: "all", children: [] },
    action,
    mode: "propose",
    ...PLAIN,
    ...given,
  };
}

export function aRaise(percent = 20, given: Partial<Rule> = {}): Rule {
  return aRule({ type: "raiseBudget", by: { kind: "percent", percent }, ceilingMicros: null }, given);
}

export function aCut(percent = 20, given: Partial<Rule> = {}): Rule {
  return aRule(
    { type: "cutBudget", by: { kind: "percent", percent }, floorMicros: null },
    { id: "cut-dear", ...given },
  );
}

export function aPause(given: Partial<Rule> = {}): Rule {
  return aRule({ type: "pause", until: null, what: "self" }, { id: "pause-dead", ...given });
}

export function aHold(given: Partial<Rule> = {}): Rule {
  return aRule(
    { type: "hold", blocks: ["raise"], scope: { kind: "brand" }, forAtLeastNights: null },
    { id: "hold-under-floor", onNoData: "hold", ...given },
  );
}

/** The rule matched for an ad group of the night. */
export function anAskOf(rule: Rule, holder: string, verdict: Partial<Verdict> = {}): Ask {
  return { rule, holder, verdict };
}

/** Matched, of conversions over 14 days: 20 against at least 15. */
export function aLeaf(given: Partial<Evidence> = {}): Evidence {
  return {
    fact: "conversions",
    params: { window: "14d" },
    operator: "greaterThanInclusive",
    value: aFigure(20, "count", "14d"),
    threshold: aFigure(15, "count", null),
    thresholdFact: null,
    thresholdTimes: null,
    thresholdPlus: null,
    result: "matched",
    distancePercent: null,
    ...given,
  };
}

/** An applied budget change of ad group 200, one night ago from 50 to 60 EUR where nothing else is said. */
export function applied(given: Partial<AppliedChange> = {}): AppliedChange {
  return {
    changeId: "atelier-lune-20260310-1",
    holderKey: keyOf("200"),
    ruleId: "raise-proven",
    day: "2026-03-10",
    atMs: ROUND_AT_MS - 86_400_000,
    edit: { kind: "dailyBudget", fromMicros: 50_000_000n, toMicros: 60_000_000n },
    ...given,
  };
}

/** An intent of this round for ad group 201, durable and not yet sent. */
export function anIntent(given: Omit<Partial<Intent>, "change"> & { change?: Partial<Change> } = {}): Intent {
  return {
    roundId: `atelier-lune/${ROUND_DAY}/night`,
    allowedBy: "approval:lea",
    status: "intended",
    intendedAtMs: ROUND_AT_MS,
    sends: 0,
    writerId: null,
    sendBeforeMs: null,
    answered: false,
    settledAtMs: null,
    actual: null,
    reason: null,
    ...given,
    change: {
      id: "atelier-lune-20260311-9",
      holderKey: keyOf("201"),
      target: { platform: "meta", accountId: "1001", level: "adGroup", id: "201" },
      name: "Ad group 201",
      stage: "prospecting",
      currency: "EUR",
      edit: { kind: "dailyBudget", fromMicros: 50_000_000n, toMicros: 60_000_000n },
      ruleId: "raise-proven",
      pack: "roads",
      owner: "lea",
      ...given.change,
    },
  };
}

/** A person sets ad group 200 from 50 to 60 EUR an hour before the round. */
export function anEdit(given: Partial<PastEdit> = {}): PastEdit {
  return {
    target: { platform: "meta", accountId: "1001", level: "adGroup", id: "200" },
    atMs: ROUND_AT_MS - 3_600_000,
    by: "Camille Roy",
    via: "Ads Manager",
    edit: { kind: "dailyBudget", fromMicros: 50_000_000n, toMicros: 60_000_000n },
    ...given,
  };
}

/** These edits, and no others in the 96 hours before the round. */
export function aHistory(edits: PastEdit[] = []): EditHistory {
  return { fromMs: ROUND_AT_MS - 96 * 3_600_000, edits };
}

/** A channel that wants notice of a night before its automatic changes. */
export function slackSettings(given: Partial<SlackSettings> = {}): SlackSettings {
  return {
    ...{ team: "T1", app: "A1", channel: "C1", digestAt: "08:30", reviewEvery: "week", reviewOn: "mon" },
    noticeBeforeApply: true,
    ...given,
  };
}

function keyOf(adGroup: string): string {
  return `meta/1001/adGroup/${adGroup}`;
}

function snapshotOf(night: Night): Snapshot {
  const adGroups = HOLDERS.map((id) => anAdGroup({ id, name: `Ad group ${id}`, ...night.entities?.[id] }));
  const account = anAccount({
    entities: [aCampaign(night.campaign), ...adGroups],
    ...(night.minDailyBudgetMicros === undefined ? {} : { minDailyBudgetMicros: night.minDailyBudgetMicros }),
    ...(night.budgetUnitMicros === undefined ? {} : { budgetUnitMicros: night.budgetUnitMicros }),
    ...(night.history === undefined ? {} : { history: night.history }),
  });
  return aSnapshot({ accounts: [account], ...night.snapshot });
}

function verdictOf({ rule, holder, verdict }: Ask): Verdict {
  const subject: Subject =
    holder === undefined
      ? { level: "brand", key: "atelier-lune", name: "Atelier Lune", ref: null, stage: null }
      : {
          level: "budgetHolder",
          key: keyOf(holder),
          name: `Ad group ${holder}`,
          ref: { platform: "meta", accountId: "1001", level: "adGroup", id: holder },
          stage: "prospecting",
        };
  return { ruleId: rule.id, pack: rule.pack, subject, result: "matched", evidence: [aLeaf()], ...verdict };
}
