/** What an action is: what a rule's verdict of one entity asks for. */
import type { Edit } from "../../domain/change.ts";
import type { BudgetHolder } from "../../domain/holder.ts";
import type { Verdict } from "../../domain/verdict.ts";
import type { Action, Blocked, HoldScope, Rule } from "../../rules/types.ts";

/** `floorMicros` and `ceilingMicros` are the rule's own; null where it sets none. */
export type Effect =
  | {
      kind: "change";
      direction: "raise" | "cut" | "pause";
      edit: Edit;
      floorMicros: bigint | null;
      ceilingMicros: bigint | null;
    }
  | { kind: "notice"; urgent: boolean }
  /** Palier does not do that yet; people are told so. */
  | { kind: "notYet" }
  | { kind: "hold"; blocks: readonly Blocked[]; scope: HoldScope };

export interface ActionDefinition {
  type: Action["type"];
  /** One sentence for people. */
  doc: string;
  /** True when the action moves money, so that its rules are the ones whose near misses and scope matter. */
  money: boolean;
  /** `holder` is the budget holder that the verdict is about; null when the entity owns no budget. */
  effect(rule: Rule, verdict: Verdict, holder: BudgetHolder | null): Effect | null;
}

/** Ties a definition to its own type of action. */
export function defineAction<T extends Action["type"]>(definition: {
  type: T;
  doc: string;
  money: boolean;
  effect(action: Extract<Action, { type: T }>, verdict: Verdict, holder: BudgetHolder | null): Effect | null;
}): ActionDefinition {
  return {
    ...definition,
    effect: (rule, verdict, holder) =>
      isOfType(rule.action, definition.type) ? definition.effect(rule.action, verdict, holder) : null,
  };
}

/** A money verdict on what owns no budget is advice: the money is set elsewhere. */
export const ADVICE: Effect = { kind: "notice", urgent: false };

function isOfType<T extends Action["type"]>(action: Action, type: T): action is Extract<Action, { type: T }> {
  return action.type === type;
}
