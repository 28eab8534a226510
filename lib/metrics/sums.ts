/** What a fact reads of a delivery: sums of columns, or columns day by day. */
import { addDays } from "../domain/day.ts";
import { columnSums, dayOf } from "./block.ts";
import { type Column, FIGURE_OF, SETTLED_FROM } from "./columns.ts";
import type { Delivery } from "./delivery.ts";
import { metricMessage } from "./messages.ts";
import { type NoData, noData } from "./outcome.ts";
import { daysOf, isDaily } from "./series.ts";

/** The sum of each column over the delivery's window, under its own name. */
export type Sums<C extends Column> = Readonly<Record<C, number>> & { kind: "sums" };

/** No data as soon as the source does not report one of the columns on one day, or asks single days of longer rows. */
export function sumsOf<C extends Column>(delivery: Delivery, columns: readonly C[]): Sums<C> | NoData {
  const sums: { kind: "sums" } & Partial<Record<Column, number>> = { kind: "sums" };
  for (const column of columns) {
    const sum = sumOf(delivery, column);
    if (typeof sum !== "number") return sum;
    sums[column] = sum;
  }
  return sums as Sums<C>;
}

/** The same for one column that the condition chooses. */
export function sumOf(delivery: Delivery, column: Column): number | NoData {
  const { series, all } = delivery;
  if (column in SETTLED_FROM && !isDaily(series)) return noData(metricMessage("noData.notDaily", {}));
  const sum = columnSums(series.block, all, column)[series.entity];
  return sum === undefined || Number.isNaN(sum) ? figureMissing(delivery, column) : sum;
}

/** Columns day by day, oldest first; no data as soon as one day of one is not known. */
export function daysIn(delivery: Delivery, columns: readonly Column[]): number[][] | NoData {
  if (!isDaily(delivery.series)) return noData(metricMessage("noData.notDaily", {}));
  const daily: number[][] = [];
  for (const column of columns) {
    const days = daysOf(delivery.series, column, delivery.span);
    if (!days.every((day) => day !== null)) return figureMissing(delivery, column);
    daily.push(days);
  }
  return daily;
}

function figureMissing({ series, span, window }: Delivery, column: Column): NoData {
  const { block, entity } = series;
  const unknown = block.counter(column)?.unknown;
  const at = entity * (block.days + 1);
  let day = span.start;
  if (unknown !== null && unknown !== undefined)
    while (day < span.end && dayOf(unknown, at, day) === 0) day++;
  const figure = FIGURE_OF[column];
  const first = day === span.start ? window.from : addDays(window.from, day - span.start);
  return noData(metricMessage("noData.figureMissing", { figure, day: first }));
}
