/** By how much, or where to, a rule moves a budget. */
import type { Brand } from "../../domain/brand.ts";
import { microsFromMajor } from "../../domain/money.ts";
import type { BudgetAim, BudgetStep } from "../types.ts";
import { factAt, type RuleContext } from "./context.ts";
import { checkNumber } from "./literal.ts";
import { checkParams } from "./params.ts";
import type { ActionFileOf } from "./schema-action.ts";

export function stepOf(
  context: RuleContext,
  written: { percent?: number | undefined; amount?: number | undefined },
): BudgetStep | null {
  const { percent, amount } = written;
  if (percent !== undefined && amount === undefined) return { kind: "percent", percent };
  if (amount !== undefined && percent === undefined)
    return { kind: "amount", micros: microsFromMajor(amount) };
  return exactlyOne(context, "percent", "amount", percent === undefined);
}

export function microsOrNull(major: number | undefined): bigint | null {
  return major === undefined ? null : microsFromMajor(major);
}

/** Without a floor, cut after cut would leave nothing. */
export function checkFloor(
  context: RuleContext,
  floor: number | undefined,
  brand: Brand,
  whom: string,
): void {
  if (floor !== undefined || brand.limits.dailyFloorMicros !== null) return;
  const fix = "add floor to the action, or limits.dailyFloor to the brand file";
  context.complain(["action", "floor"], { code: "missing", allowed: `a floor for ${whom}`, fix });
}

export function aimOf(
  context: RuleContext,
  written: ActionFileOf<"setBudget">,
  brand: Brand,
): BudgetAim | null {
  const { to, toward, floor, ceiling } = written;
  if ((to === undefined) === (toward === undefined)) {
    return exactlyOne(context, "to", "toward", to === undefined);
  }
  if (to !== undefined) {
    for (const key of (["floor", "ceiling"] as const).filter((one) => written[one] !== undefined)) {
      const fix = `remove ${key}: an amount needs no limit of its own`;
      context.complain(["action", key], { code: "notAllowed", allowed: `${key} beside toward`, fix });
    }
    return { kind: "amount", micros: microsFromMajor(to) };
  }
  checkFloor(context, floor, brand, "a budget that may be cut");
  if (floor !== undefined && ceiling !== undefined && floor > ceiling) {
    const fix = "write the lower amount as the floor";
    context.complain(["action", "ceiling"], { code: "outOfRange", allowed: `${floor} or more`, fix });
  }
  return towardOf(context, toward?.window ?? "");
}

/** The metric must say in which direction it is good, and be no count: a count grows with the budget itself. */
function towardOf(context: RuleContext, window: string): BudgetAim | null {
  const path = ["action", "toward"];
  const fact = factAt(context, [...path, "metric"]);
  if (fact === null) return null;
  const { goodSide, kind, additive } = fact;
  if (kind !== "metric" || goodSide === undefined || goodSide === null || additive === true) {
    const fix = `${fact.id} is no ratio with a good side: write such as roas or cpa`;
    return context.complain([...path, "metric"], {
      code: "notAllowed",
      allowed: "a ratio that is better high or low",
      fix,
    });
  }
  const params = checkParams(context, fact, { window }, path);
  const target = checkNumber(context, fact, [...path, "target"]);
  const low = checkNumber(context, fact, [...path, "band", 0]);
  const high = checkNumber(context, fact, [...path, "band", 1]);
  if (params === null || target === null || low === null || high === null) return null;
  if (low > target || target > high) {
    const fix = "write [low, high] with the target between them";
    return context.complain([...path, "band"], {
      code: "outOfRange",
      allowed: "a band around the target",
      fix,
    });
  }
  if (target <= 0) {
    const fix = "write a target above zero: a budget cannot be moved in proportion to less";
    return context.complain([...path, "target"], { code: "outOfRange", allowed: "above 0", fix });
  }
  return { kind: "toward", metric: fact.id, params, target, band: [low, high], goodSide };
}

function exactlyOne(context: RuleContext, one: string, other: string, isNone: boolean): null {
  const fix = isNone ? `add "${one}" or "${other}"` : `keep one of ${one} and ${other}`;
  return context.complain(["action"], {
    code: "notAllowed",
    allowed: `exactly one of ${one} and ${other}`,
    fix,
  });
}
