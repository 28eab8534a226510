/** A rule as loaded: checked, normalised (`not` pushed into the leaves), money in micros. */

import type { Matcher } from "../domain/brand.ts";
import type { Day } from "../domain/day.ts";
import type { EntityStatus } from "../domain/entity.ts";
import type { Unit } from "../domain/figure.ts";
import type { Level } from "../domain/ids.ts";
import type { Mode } from "../domain/verdict.ts";
import type { Params } from "../metrics/port.ts";

/** Keys by which a rule says who; null where it says nothing. All of them must be met. */
export interface Selection {
  platforms: readonly string[] | null;
  accounts: readonly string[] | null;
  stages: readonly string[] | null;
  /** By partition of the brand file (`tier`), the members that are meant. */
  groups: Readonly<Record<string, readonly string[]>> | null;
  status: readonly EntityStatus[] | null;
  budget: {
    owner: readonly ("campaign" | "adGroup" | "shared")[] | null;
    period: readonly ("daily" | "lifetime")[] | null;
  };
  match: Matcher;
}

/** `status` and `budget.period` have their defaults filled in. */
export interface Scope extends Selection {
  level: Level;
  status: readonly EntityStatus[];
  budget: Selection["budget"] & { period: readonly ("daily" | "lifetime")[] };
  except: Selection | null;
}

/** Selects everybody of a level. */
export const EVERYBODY: Selection = {
  platforms: null,
  accounts: null,
  stages: null,
  groups: null,
  status: null,
  budget: { owner: null, period: null },
  match: {},
};

export type Literal = number | string | boolean | readonly (number | string)[];

export interface Leaf {
  fact: string;
  params: Params;
  operator: string;
  /** `times` in thousandths and `plus` in the fact's own unit (micros for money) keep the comparison exact. */
  right:
    | { kind: "literal"; value: Literal; unit: Unit }
    | { kind: "fact"; fact: string; params: Params; timesPermille: number; plus: number };
}

export type Condition =
  | { kind: "all"; children: readonly Condition[] }
  | { kind: "any"; children: readonly Condition[] }
  | { kind: "leaf"; leaf: Leaf };

export type Blocked = "raise" | "resume" | "cut" | "pause";

/** When a pause ends by itself: the next local night, the first of the next month, or that day. */
export type PauseEnd = { kind: "tomorrow" } | { kind: "nextMonth" } | { kind: "day"; day: Day };

/** Whom a hold keeps from moving; `self` and `account` are those of the subject that the rule matched on. */
export type HoldScope =
  | { kind: "brand" }
  | { kind: "account" }
  | { kind: "self" }
  | { kind: "stage"; stage: string };

/** Where a budget is meant to go: an amount, or wherever a metric would come to its target. At rest inside `band`. */
export type BudgetAim =
  | { kind: "amount"; micros: bigint }
  | {
      kind: "toward";
      metric: string;
      params: Params;
      /** In the metric's own unit, micros for money; `band` is `[low, high]`, both included. */
      target: number;
      band: readonly [number, number];
      goodSide: "high" | "low";
    };

export type Action =
  | { type: "raiseBudget"; by: BudgetStep; ceilingMicros: bigint | null }
  | { type: "cutBudget"; by: BudgetStep; floorMicros: bigint | null }
  | {
      type: "setBudget";
      aim: BudgetAim;
      /** Most that one night may move the budget by; null: the brand's step limit alone. */
      maxPercent: number | null;
      floorMicros: bigint | null;
      ceilingMicros: bigint | null;
    }
  /** `what` is whatever owns money in the account, for rules on accounts. */
  | { type: "pause"; until: PauseEnd | null; what: "self" | "campaigns" }
  | {
      type: "resume";
      pausedBy: { kind: "rules"; ids: readonly string[] } | { kind: "palier" } | { kind: "anyone" };
    }
  | {
      type: "notify";
      urgency: "digest" | "now";
      to: readonly string[];
      repeat: "onChange" | "daily" | "weekly";
    }
  | { type: "hold"; blocks: readonly Blocked[]; scope: HoldScope; forAtLeastNights: number | null }
  /** Loaded, linted and explained; the planner says that it does not act on them yet. */
  | { type: "allocate"; goal: AllocationGoal; basis: "spend" | "budget"; totalMicros: bigint | null }
  | { type: "assign"; group: string; move: "up" | "down" | null; to: string | null };

export type AllocationGoal =
  | { kind: "split"; group: string; bands: Readonly<Record<string, readonly [number, number]>> }
  | { kind: "nextEuro" }
  | { kind: "testEnvelope" }
  | { kind: "monthPlan" }
  | { kind: "moveToOthers"; within: "campaign" | "account" | "stage" | "brand"; pauseSource: boolean };

export type BudgetStep = { kind: "percent"; percent: number } | { kind: "amount"; micros: bigint };

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** When a rule is looked at. `night` rules with `days` are looked at in the nights of those days; others wait for rounds by day. */
export interface Schedule {
  when:
    | { kind: "night" }
    | { kind: "at"; times: readonly string[] }
    | { kind: "every"; minutes: number; from: string | null; to: string | null };
  days: readonly Weekday[] | null;
  /** IANA name; null: the brand's. */
  zone: string | null;
}

/** Applied changes of the rule per entity, unknown outcomes included; null: as many as the limits let. */
export interface MostOften {
  perDay: number | null;
  perWeek: number | null;
  perLife: number | null;
}

export const EVERY_NIGHT: Schedule = { when: { kind: "night" }, days: null, zone: null };

/** What a rule does beyond its action where its file says nothing. */
export const PLAIN: Pick<
  Rule,
  | "cooldownNights"
  | "cooldownHours"
  | "nightsInARow"
  | "notify"
  | "mutes"
  | "rollout"
  | "schedule"
  | "atMost"
  | "onNoData"
  | "layer"
> = {
  cooldownNights: null,
  cooldownHours: null,
  nightsInARow: 1,
  notify: null,
  mutes: null,
  rollout: null,
  schedule: [EVERY_NIGHT],
  atMost: { perDay: null, perWeek: null, perLife: null },
  onNoData: "skip",
  layer: null,
};

export interface Rule {
  id: string;
  pack: string;
  file: string;
  /**
   * SHA-256 of what the rule decides (scope, conditions, action, all that limits it, its place in a layer, names): such edits
   * start a new life in shadow; a new owner, review date, mode, rollout or `notify` does not.
   */
  hash: string;
  description: string;
  owner: string;
  appliesTo: Scope;
  condition: Condition;
  action: Action;
  /** The stricter of the rule's and the pack settings' mode; the brand's is applied by the planner. */
  mode: Mode;
  /** Local nights between this rule's last applied change of a holder and its next; null: the brand's limit alone. */
  cooldownNights: number | null;
  /** The same in hours, of rules whose schedule is by day; at most one of the two is set. */
  cooldownHours: number | null;
  /** Consecutive nights on which it must match before it acts; 1 where it says nothing. */
  nightsInARow: number;
  /** Who is told as well when it acted; null: nobody in particular. */
  notify: { to: readonly string[] } | null;
  /** Rules that leave an entity alone once this one has acted on it, and for how many nights. */
  mutes: { rules: readonly string[]; nights: number | "always" } | null;
  /** Nights in shadow and then as proposals before `mode`, counted from the rule's last edit. */
  rollout: { shadowNights: number; proposeNights: number } | null;
  schedule: readonly Schedule[];
  atMost: MostOften;
  /** What no data means: nothing, a note, or (for `hold`) that it holds. */
  onNoData: "skip" | "notify" | "hold";
  /** Its place in a group of its pack of which the first match takes the entity; null outside of any. */
  layer: { group: number; place: number } | null;
}

export interface Ruleset {
  rules: readonly Rule[];
  /** Hash over the content of all files that were read, switched-off rules included. */
  hash: string;
}
