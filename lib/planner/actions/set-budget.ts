import { percentOf } from "../../domain/money.ts";
import type { BudgetAim } from "../../rules/types.ts";
import { plannerMessage } from "../messages.ts";
import { numberOf } from "../readings.ts";
import { defineAction, type Effect, NO_BUDGET, type Situation } from "./action.ts";

/** Figures are multiplied as whole numbers, taken to so many decimals. */
const SCALE = 1_000_000;

export const setBudget = defineAction({
  type: "setBudget",
  doc: "Sets the daily budget to an amount, or moves it by as much as a metric is away from its target, and not at all inside the band; within the rule's own percentage, floor and ceiling, and limited as a raise or a cut, whichever it is.",
  money: true,
  effect({ aim, maxPercent, floorMicros, ceilingMicros }, situation) {
    const { holder } = situation;
    if (holder === null) return NO_BUDGET;
    const from = holder.budget.amountMicros;
    const aimed = aimedAt(aim, from, situation);
    if (typeof aimed !== "bigint") return aimed;
    const most = maxPercent === null ? null : percentOf(from, maxPercent);
    const to = most === null ? aimed : within(aimed, from - most, from + most);
    if (to === from) return null;
    return {
      kind: "change",
      direction: to > from ? "raise" : "cut",
      edit: { kind: "dailyBudget", fromMicros: from, toMicros: to },
      floorMicros,
      ceilingMicros,
      until: null,
    };
  },
});

/** In micros, never under 0; null at rest, and why not where the metric gives nothing to go by. */
function aimedAt(aim: BudgetAim, from: bigint, { verdict, facts }: Situation): bigint | Effect | null {
  if (aim.kind === "amount") return aim.micros;
  const { metric, params, target, band, goodSide } = aim;
  const value = numberOf(facts.read(verdict.subject, metric, params));
  if (value !== null && value >= band[0] && value <= band[1]) return null;
  const [times, by] = goodSide === "high" ? [value, target] : [target, value];
  const divisor = by === null ? 0n : wholeOf(by);
  if (value === null || times === null || divisor <= 0n) {
    return { kind: "notActed", reason: plannerMessage("notActed.noFigure", { metric }) };
  }
  const factor = wholeOf(times);
  return factor <= 0n ? 0n : (from * factor) / divisor;
}

function wholeOf(figure: number): bigint {
  return BigInt(Math.round(figure * SCALE));
}

function within(value: bigint, least: bigint, most: bigint): bigint {
  if (value < least) return least;
  return value > most ? most : value;
}
