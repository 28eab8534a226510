/** How rules and planner read figures. Implemented by `createFacts` in `index.ts`. */
import type { Day } from "../domain/day.ts";
import type { Entity } from "../domain/entity.ts";
import type { Reading, Unit } from "../domain/figure.ts";
import type { BudgetHolder } from "../domain/holder.ts";
import type { Level } from "../domain/ids.ts";
import type { Subject } from "../domain/verdict.ts";

type ParamValue = string | number | boolean;
export type Params = Readonly<Record<string, ParamValue>>;

export interface Facts {
  /** Everything of one level that the snapshot knows, hands-off entities taken out, in stable order. */
  subjects(level: Level): readonly Subject[];
  /** The same with hands-off entities: figures that people look at decide nothing. */
  everySubject(level: Level): readonly Subject[];
  /** Holders in stable order, hands-off ones included (they still count as spend and as blast radius). */
  holders(): readonly BudgetHolder[];
  holder(key: string): BudgetHolder | null;
  /** What a campaign, ad group or ad is, with the campaign that it is or belongs to where that is known; null for other subjects. */
  entity(subject: Subject): { self: Entity; campaign: Entity | null } | null;
  /** The member that the subject is in of a partition of the brand file (`tier`, or `stage`); null where it is in none. */
  memberOf(subject: Subject, group: string): string | null;
  /**
   * One figure. Never throws for missing data: that is a Reading with `value` null and a reason.
   * `times`, `plus` and `daysInARow` are not applied here: comparisons do that, the last with windows slid back by `slidWindow`.
   * Ranks are made `among` those subjects, by default among all of the subject's level that `subjects` names.
   */
  read(subject: Subject, fact: string, params: Params, among?: readonly Subject[]): Reading;
  /** The same figure of all that `everySubject` names, in its order. */
  readAll(level: Level, fact: string, params: Params): readonly Reading[];
  /** The subject day by day over a window, oldest first; for drawing, where a window's one figure says too little. */
  days(subject: Subject, window: string): DailyFigures;
}

/** Null for a day without data. `conversions` are the platform's plain ones. */
export interface DailyFigures {
  from: Day;
  spendMicros: (number | null)[];
  conversions: (number | null)[];
}

/** What the catalogue says of a fact; schemas, docs, explanations and lint are derived from it. */
export interface FactDefinition {
  id: string;
  /** Short words for tables and sentences. */
  label: { en: string; fr: string };
  unit: Unit;
  /** `metric` needs a window; `state` and `parameter` refuse one. */
  kind: "metric" | "state" | "parameter";
  /** Levels at which it exists; brand facts are readable from every level. */
  levels: readonly Level[];
  /** Parameters besides `window`, `times` and `plus` that it accepts. */
  params: readonly string[];
  goodSide: "high" | "low" | null;
  /** `brand`: it says the same at every level, whatever the subject, and is computed once for all. */
  about?: "brand";
  /** `conversions`: what platforms claim later than they were paid for, so that young days say too little. */
  counts?: "conversions";
  /** Counts that add up over days and entities, so that `per` may divide them. */
  additive?: true;
  /** The only windows that it is known for; absent for one that has any. */
  windows?: readonly string[];
  /** Held against something of the subject's own, so that a group has none. */
  alone?: true;
  /** A rank: it depends on whom a rule looks at. */
  ranked?: true;
  /** What documents list it under, where its other words do not say. */
  topic?: "evidence" | "time";
  /** Every value that a state can have, where the list is closed; rules may name no other. */
  values?: readonly string[];
  /** Numbers that a rule may name, where it is not 0 and above (percent to 100, probability to 1). */
  range?: readonly [number, number];
  /** One sentence with formula, unit and no-data case. */
  doc: string;
  source: string;
}
