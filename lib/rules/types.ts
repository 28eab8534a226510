/** A rule as loaded: checked, normalised (`not` pushed into the leaves), money in micros. */

import type { Matcher } from "../domain/brand.ts";
import type { EntityStatus } from "../domain/entity.ts";
import type { Unit } from "../domain/figure.ts";
import type { Level } from "../domain/ids.ts";
import type { Mode } from "../domain/verdict.ts";
import type { Params } from "../metrics/port.ts";

export interface Scope {
  level: Level;
  platforms: readonly string[] | null;
  accounts: readonly string[] | null;
  stages: readonly string[] | null;
  status: readonly EntityStatus[];
  budget: {
    owner: readonly ("campaign" | "adGroup" | "shared")[] | null;
    period: readonly ("daily" | "lifetime")[];
  };
  match: Matcher;
  except: Matcher | null;
}

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

export type Action =
  | { type: "raiseBudget"; by: BudgetStep; ceilingMicros: bigint | null }
  | { type: "cutBudget"; by: BudgetStep; floorMicros: bigint | null }
  | { type: "pause" }
  | { type: "notify"; urgency: "digest" | "now" }
  | { type: "hold"; blocks: readonly Blocked[]; scope: "brand" };

export type BudgetStep = { kind: "percent"; percent: number } | { kind: "amount"; micros: bigint };

export interface Rule {
  id: string;
  pack: string;
  file: string;
  /**
   * SHA-256 of what the rule decides (scope, conditions, action, cool-down, names): such edits start a new life in shadow,
   * a new owner, review date or mode does not.
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
}

export interface Ruleset {
  rules: readonly Rule[];
  /** Hash over the content of all files that were read, switched-off rules included. */
  hash: string;
}
