/** What a rule asks for, with the checks that need its level and the brand. */
import type { Brand } from "../domain/brand.ts";
import type { Level } from "../domain/ids.ts";
import { microsFromMajor } from "../domain/money.ts";
import type { RuleContext } from "./context.ts";
import type { ActionFile } from "./schema.ts";
import type { Action, BudgetStep } from "./types.ts";

const MONEY_ACTIONS: readonly Action["type"][] = ["raiseBudget", "cutBudget", "pause"];

export function movesMoney(type: Action["type"]): boolean {
  return MONEY_ACTIONS.includes(type);
}

/** The level of a rule that names none; null where the action has no usual one. */
export function usualLevel(type: Action["type"]): Level | null {
  return movesMoney(type) ? "budgetHolder" : type === "hold" ? "brand" : null;
}

/** The action with money in micros; null after a complaint. */
export function checkAction(context: RuleContext, written: ActionFile, brand: Brand): Action | null {
  const needed = usualLevel(written.type);
  if (needed !== null && context.level !== needed) {
    const fix = `${written.type} acts on the level ${needed}: change appliesTo.level`;
    context.complain(["appliesTo", "level"], { code: "wrongLevel", allowed: needed, fix });
  }
  switch (written.type) {
    case "raiseBudget": {
      const by = stepOf(context, written);
      return by && { type: "raiseBudget", by, ceilingMicros: microsOrNull(written.ceiling) };
    }
    case "cutBudget": {
      if (written.floor === undefined && brand.limits.dailyFloorMicros === null) {
        const fix = "add floor to the action, or limits.dailyFloor to the brand file";
        context.complain(["action", "floor"], { code: "missing", allowed: "a floor for every cut", fix });
      }
      const by = stepOf(context, written);
      return by && { type: "cutBudget", by, floorMicros: microsOrNull(written.floor) };
    }
    case "pause":
      return { type: "pause", until: null, what: "self" };
    case "notify":
      return { type: "notify", urgency: written.urgency, to: [], repeat: "daily" };
    case "hold":
      return { type: "hold", blocks: written.blocks, scope: { kind: "brand" }, forAtLeastNights: null };
  }
}

function stepOf(
  context: RuleContext,
  written: { percent?: number | undefined; amount?: number | undefined },
): BudgetStep | null {
  const { percent, amount } = written;
  if (percent !== undefined && amount === undefined) return { kind: "percent", percent };
  if (amount !== undefined && percent === undefined)
    return { kind: "amount", micros: microsFromMajor(amount) };
  const fix = percent === undefined ? 'add "percent" or "amount"' : "keep one of percent and amount";
  return context.complain(["action"], {
    code: "notAllowed",
    allowed: "exactly one of percent and amount",
    fix,
  });
}

function microsOrNull(major: number | undefined): bigint | null {
  return major === undefined ? null : microsFromMajor(major);
}
