/** Why each rule did, or did not, act on one thing in one night: told from what was decided, never decided again. */
import type { Day } from "./day.ts";
import type { Figure, Message } from "./figure.ts";
import type { ActiveHold, Forecast, NearMiss, Notice, Plan, PlannedChange } from "./plan.ts";
import type { Evidence, Mode, Result, Subject } from "./verdict.ts";

/** A condition as written (`not` pushed into the leaves) with its answer. */
export type ExplainedCondition = ExplainedGroup | ExplainedLeaf;

export interface ExplainedGroup {
  kind: "all" | "any";
  result: Result;
  /** True for what made the answer above it what it is. */
  decides: boolean;
  children: readonly ExplainedCondition[];
}

export interface ExplainedLeaf {
  kind: "leaf";
  result: Result;
  decides: boolean;
  evidence: Evidence;
  /** How far the figure is from turning the answer, in its own unit and in percent of the threshold; null where there is no way between. */
  margin: Figure | null;
  marginPercent: number | null;
  /** Which sides have no data. */
  missing: readonly ("value" | "threshold")[];
}

/**
 * One key of a rule's `appliesTo` that keeps the thing out, with what it wants and what it finds. `handsOff` is the brand
 * file's, and finds by whom; `noBudget` is a rule on what owns no budget, and finds who owns it.
 */
export interface Exclusion {
  key: string;
  wanted: readonly string[];
  found: readonly string[];
}

/** `until` is when a pause ends by itself; `endsPause` is that of the pause which this change ends. */
export type BecameChange = Pick<
  PlannedChange,
  "id" | "outcome" | "mode" | "edit" | "wantedMicros" | "notes" | "until" | "endsPause"
>;

/** What the plan made of the verdict. */
export interface Became {
  changes: readonly BecameChange[];
  /** People are told: with an alarm, or in the digest. */
  notice: "now" | "digest" | null;
  hold: Pick<ActiveHold, "blocks" | "because" | "scope" | "until"> | null;
  /** Why a match neither told nor held. */
  silent: Message | null;
  /** Why Palier does not act on the rule yet. */
  notActed: Message | null;
}

export interface RuleExplanation {
  ruleId: string;
  pack: string;
  description: string;
  owner: string;
  action: string;
  mode: Mode;
  /** Empty where the rule looks at the thing. */
  exclusions: readonly Exclusion[];
  /** Null out of scope. */
  judged: Judgement | null;
  /** The end of the rule's own pause of it, for which the rule need not look at it. */
  ends: BecameChange | null;
}

export interface Judgement {
  subject: Subject;
  result: Result;
  condition: ExplainedCondition;
  /** The smallest change of single figures that would turn the verdict, nearest first, the others staying as they are. */
  turns: readonly Evidence[];
  /** When counts that are short will suffice at their pace; `never` where even a lucky window stays short. */
  forecast: Forecast | null;
  never: boolean;
  became: Became;
}

export interface Explanation {
  brand: string;
  roundId: string;
  day: Day;
  /** What was asked about: the same thing at each level that rules may look at. */
  subjects: readonly Subject[];
  /** The plan as a whole was refused. */
  refused: Message | null;
  /** Rules that look at it first. */
  rules: readonly RuleExplanation[];
}

/** Rules that came near to something else than they did, of all rules and all they look at. */
export interface AllNearMisses {
  brand: string;
  roundId: string;
  day: Day;
  nearMisses: readonly NearMiss[];
  /** Those whose counts stay short at any likely pace. */
  tooSmall: readonly NearMiss[];
}

/** One thing that a plan does, would do, or says of the rules. */
export type PlanItem =
  | ({ kind: "change" } & PlannedChange)
  | ({ kind: "notice" } & Notice)
  | ({ kind: "hold" } & ActiveHold)
  | ({ kind: "notActed" } & Plan["notActed"][number])
  | ({ kind: "silent" } & Plan["silent"][number])
  | ({ kind: "scope" } & Plan["scopes"][number])
  | ({ kind: "newcomer" } & Plan["newcomers"][number]);

/** What one plan does that another, on the same snapshot, does not. */
export interface PlanDifference {
  added: readonly PlanItem[];
  gone: readonly PlanItem[];
  /** The same rule on the same thing with another amount or outcome. */
  different: readonly { before: PlanItem; after: PlanItem }[];
  /** Whether the plan as a whole is refused; null where that is as it was. */
  refused: { before: Message | null; after: Message | null } | null;
}
