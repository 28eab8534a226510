/** What an incremental figure is held against: days before the window, on which less was spent. */
import { addDays, daysBetween } from "../../domain/day.ts";
import { exactRatio } from "../arithmetic.ts";
import type { MetricContext } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { type NoData, noData } from "../outcome.ts";
import type { WindowDays } from "./window.ts";

const NOT_BEFORE = noData(metricMessage("noData.baseNotBefore", {}));
const MILLION = 1_000_000n;

/** Below this rise of daily spend, chance moves results more than the money does. */
const NEEDED_RISE_PERCENT = 10;

/** The window `against`, else as many days just before. */
export function baseWindow({ window, params, daysOf }: MetricContext): WindowDays | NoData {
  const { against } = params;
  if (against === undefined) {
    const length = daysBetween(window.from, window.to) + 1;
    return { from: addDays(window.from, -length), to: addDays(window.from, -1) };
  }
  const base = daysOf(String(against));
  return "kind" in base || base.to < window.from ? base : NOT_BEFORE;
}

interface Spending {
  days: bigint;
  /** In micros. */
  spend: bigint;
}

/** Null where spend rose enough. Compared per day, so that windows of different lengths can be. */
export function riseMissing(now: Spending, before: Spending): NoData | null {
  const [spend, base] = [now.spend * before.days, before.spend * now.days];
  if (spend === 0n) return noData(metricMessage("noData.noSpend", {}));
  if (spend * 100n >= base * BigInt(100 + NEEDED_RISE_PERCENT)) return null;
  const rise = exactRatio((spend - base) * 100n * MILLION, base) / Number(MILLION);
  return noData(metricMessage("noData.spendNotRaised", { rise, need: NEEDED_RISE_PERCENT }));
}
