/** What an action is: what a rule's verdict of one entity asks for. */
import type { Edit } from "../../domain/change.ts";
import type { Day } from "../../domain/day.ts";
import type { Message } from "../../domain/figure.ts";
import type { BudgetHolder } from "../../domain/holder.ts";
import { percentOf } from "../../domain/money.ts";
import type { Verdict } from "../../domain/verdict.ts";
import type { Facts } from "../../metrics/port.ts";
import type { Action, Blocked, BudgetStep, HoldScope, Rule } from "../../rules/types.ts";
import { plannerMessage } from "../messages.ts";

/** `floorMicros` and `ceilingMicros` are the rule's own; null where it sets none. */
export interface ChangeEffect {
  kind: "change";
  direction: "raise" | "cut" | "pause" | "resume";
  edit: Edit;
  floorMicros: bigint | null;
  ceilingMicros: bigint | null;
  /** Of a pause that ends by itself, the night in which it does. */
  until: Day | null;
}

export type Effect =
  | ChangeEffect
  /** A pause of every active budget holder of the account that the verdict is about. */
  | { kind: "stopAccount"; until: Day | null }
  | { kind: "notice"; urgent: boolean }
  /** It matched, and nothing is done: people are told why. */
  | { kind: "notActed"; reason: Message }
  | { kind: "hold"; blocks: readonly Blocked[]; scope: HoldScope };

/** What an action knows. `holder` is the budget holder that the verdict is about; null when the entity owns no budget. */
export interface Situation {
  rule: Rule;
  verdict: Verdict;
  holder: BudgetHolder | null;
  facts: Facts;
  day: Day;
}

export interface ActionDefinition {
  type: Action["type"];
  /** One sentence for people. */
  doc: string;
  /** True when the action moves money, so that its rules are the ones whose near misses and scope matter. */
  money: boolean;
  effect(situation: Situation): Effect | null;
}

/** Ties a definition to its own type of action. Without a match nothing is asked for, except by what says so itself. */
export function defineAction<T extends Action["type"]>(definition: {
  type: T;
  doc: string;
  money: boolean;
  actsBlind?: true;
  effect(action: Extract<Action, { type: T }>, situation: Situation): Effect | null;
}): ActionDefinition {
  const { type, doc, money, actsBlind } = definition;
  return {
    ...{ type, doc, money },
    effect: (situation) => {
      const { rule, verdict } = situation;
      if (!isOfType(rule.action, type)) return null;
      return verdict.result === "matched" || actsBlind ? definition.effect(rule.action, situation) : null;
    },
  };
}

/** The money of an entity that owns no budget is set elsewhere. */
export const NO_BUDGET: Effect = { kind: "notActed", reason: plannerMessage("notActed.noBudget") };

/** Its budget stays as it is. `until` is the night in which the pause ends by itself. */
export function pausing({ budget }: BudgetHolder, until: Day | null): ChangeEffect {
  const edit = { kind: "status", from: "active", to: "paused", budgetMicros: budget.amountMicros } as const;
  return { kind: "change", direction: "pause", edit, floorMicros: null, ceilingMicros: null, until };
}

/** Its budget stays as it is. */
export function resuming({ budget }: BudgetHolder): ChangeEffect {
  const edit = { kind: "status", from: "paused", to: "active", budgetMicros: budget.amountMicros } as const;
  return { kind: "change", direction: "resume", edit, floorMicros: null, ceilingMicros: null, until: null };
}

/** How far a step is from a budget of `fromMicros`, in micros. */
export function stepMicros(step: BudgetStep, fromMicros: bigint): bigint {
  return step.kind === "percent" ? percentOf(fromMicros, step.percent) : step.micros;
}

function isOfType<T extends Action["type"]>(action: Action, type: T): action is Extract<Action, { type: T }> {
  return action.type === type;
}
