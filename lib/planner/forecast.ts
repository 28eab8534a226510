/** When a count that is short will suffice, at the pace of the very window it is counted over. */
import { addDays, type Day, daysBetween, localDay } from "../domain/day.ts";
import type { Forecast } from "../domain/plan.ts";
import type { Evidence } from "../domain/verdict.ts";

/** Facts that add up from day to day, so that a pace makes sense. */
const ACCRUING: ReadonlySet<string> = new Set(["conversions", "expectedConversions", "spend"]);
const AT_LEAST: ReadonlySet<string> = new Set(["greaterThan", "greaterThanInclusive"]);

export interface Outlook {
  forecast: Forecast;
  /** True when even a lucky window at this pace stays short, so that waiting is of no use. */
  tooSmall: boolean;
}

/** What is being looked at; `createdAtMs` is null where nobody knows, then the whole window counts as lived. */
export interface OutlookInput {
  createdAtMs: number | null;
  zone: string;
  /** The round's day; the window's sums grow by one day with each following round. */
  day: Day;
}

/** Null for conditions that are met, have no data, do not add up, or ask for days in a row. */
export function outlookOf(evidence: Evidence, { createdAtMs, zone, day }: OutlookInput): Outlook | null {
  const { fact, operator, value, threshold, result, days } = evidence;
  // Days in a row are judged one by one: what was short on one of them stays so.
  if (days !== undefined) return null;
  if (result !== "notMatched" || !ACCRUING.has(fact) || !AT_LEAST.has(operator)) return null;
  if (typeof value.value !== "number" || typeof threshold.value !== "number") return null;
  if (value.from === null || value.to === null) return null;
  const windowDays = daysBetween(value.from, value.to) + 1;
  const firstDay = createdAtMs === null ? value.from : laterOf(value.from, localDay(createdAtMs, zone));
  const livedDays = Math.max(1, daysBetween(firstDay, value.to) + 1);
  const have = value.value;
  const need = threshold.value;
  const perDay = have / livedDays;
  // "Over 0" of what stands still would be reached in 0 / 0 days.
  const reaches = perDay > 0 && perDay * windowDays >= need;
  const forecast: Forecast = {
    fact,
    have,
    need,
    unit: value.unit,
    perDay: Math.round(perDay * 1e6) / 1e6,
    day: reaches ? addDays(day, Math.max(1, Math.ceil((need - have) / perDay))) : null,
  };
  return { forecast, tooSmall: (luckyCount(fact, have) / livedDays) * windowDays < need };
}

/**
 * Conversions come by chance: seeing `have`, up to two standard deviations more are still the same pace. Spend follows the
 * budget.
 */
function luckyCount(fact: string, have: number): number {
  return fact === "conversions" ? have + 2 * Math.sqrt(have + 1) : have;
}

function laterOf(a: Day, b: Day): Day {
  return a > b ? a : b;
}
