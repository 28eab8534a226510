/** What a fact reads of a delivery: sums of columns, or columns day by day. */
import { addDays, type Day } from "../domain/day.ts";
import { columnSums, dayOf, type WindowSums } from "./block.ts";
import { type Column, FIGURE_OF, SETTLED_FROM } from "./columns.ts";
import type { Delivery } from "./delivery.ts";
import { metricMessage } from "./messages.ts";
import { type NoData, noData } from "./outcome.ts";
import { isDaily, knownDays } from "./series.ts";

/** The sum of one column over a delivery's window; no data as soon as the source does not report it on one day. */
export type SumReader = (delivery: Delivery) => number | NoData;

const NOT_DAILY = noData(metricMessage("noData.notDaily", {}));

/** For many deliveries one after another: those of one account and level have their sums side by side. */
export function sumReader(column: Column): SumReader {
  const wantsDays = column in SETTLED_FROM;
  let window: WindowSums | null = null;
  let sums: Float64Array = new Float64Array();
  let missing: NoData | null = null;
  let missingOn = "";
  return (delivery) => {
    const { series } = delivery;
    if (wantsDays && !isDaily(series)) return NOT_DAILY;
    if (delivery.all !== window) {
      window = delivery.all;
      sums = columnSums(series.block, window, column);
    }
    const sum = sums[series.entity] as number;
    if (!Number.isNaN(sum)) return sum;
    const day = firstUnknown(delivery, column);
    if (missing === null || missingOn !== day) missing = figureMissing(column, day);
    missingOn = day;
    return missing;
  };
}

/** The same for a single one. */
export function sumOf(delivery: Delivery, column: Column): number | NoData {
  return sumReader(column)(delivery);
}

/** Columns day by day, oldest first; no data as soon as one day of one is not known. */
export function daysIn(delivery: Delivery, columns: readonly Column[]): Float64Array[] | NoData {
  const { series, all } = delivery;
  if (!isDaily(series)) return NOT_DAILY;
  const daily: Float64Array[] = [];
  for (const column of columns) {
    const days = knownDays(series, column, all);
    if (days === null) return figureMissing(column, firstUnknown(delivery, column));
    daily.push(days);
  }
  return daily;
}

function firstUnknown({ series, window, all }: Delivery, column: Column): Day {
  const { block, entity } = series;
  const unknown = block.counter(column)?.unknown ?? null;
  const at = entity * (block.days + 1);
  let day = all.start;
  if (unknown !== null) while (day < all.end && dayOf(unknown, at, day) === 0) day++;
  return day === all.start ? window.from : addDays(window.from, day - all.start);
}

function figureMissing(column: Column, day: Day): NoData {
  return noData(metricMessage("noData.figureMissing", { figure: FIGURE_OF[column], day }));
}
