/** What a fact reads of a delivery: sums of columns, or columns day by day. */
import { addDays, type Day } from "../../domain/day.ts";
import { metricMessage } from "../messages.ts";
import { type NoData, noData } from "../outcome.ts";
import { type Block, type Counter, columnSums, dayOf, type WindowSums } from "./block.ts";
import { type Column, figureOf, SETTLED_FROM } from "./columns.ts";
import type { Delivery } from "./delivery.ts";
import { isDaily } from "./series.ts";

/** The sum of one column over a delivery's window; no data as soon as the source does not report it on one day. */
export type SumReader = (delivery: Delivery) => number | NoData;

const NO_SUMS: Float64Array = new Float64Array();
const NOT_DAILY = noData(metricMessage("noData.notDaily", {}));

/** For many deliveries one after another: those of one account and level have their sums side by side. */
export function sumReader(column: Column): SumReader {
  const wantsDays = column in SETTLED_FROM;
  let window: WindowSums | null = null;
  let sums: Float64Array = NO_SUMS;
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

/** Single days of several columns, each known. */
export interface KnownDays {
  kind: "days";
  /** By column: sums over the days before each place. */
  running: readonly Float64Array[];
  /** Place of the window's first day. */
  at: number;
  length: number;
}

/** Columns day by day; no data as soon as one day of one is not known. */
export function daysReader(columns: readonly Column[]): (delivery: Delivery) => KnownDays | NoData {
  let block: Block | null = null;
  let counters: (Counter | null)[] = [];
  let running: Float64Array[] = [];
  return (delivery) => {
    const { series, all } = delivery;
    if (!isDaily(series)) return NOT_DAILY;
    if (series.block !== block) {
      block = series.block;
      counters = columns.map(series.block.counter);
      running = counters.map((counter) => counter?.sums ?? NO_SUMS);
    }
    const at = series.entity * (block.days + 1) + all.start;
    const length = all.end - all.start;
    for (let index = 0; index < counters.length; index++) {
      const counter = counters[index] ?? null;
      const unknown = counter?.unknown ?? null;
      if (counter !== null && (unknown === null || unknown[at] === unknown[at + length])) continue;
      const column = columns[index] as Column;
      return figureMissing(column, firstUnknown(delivery, column));
    }
    return { kind: "days", running, at, length };
  };
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
  return noData(metricMessage("noData.figureMissing", { figure: figureOf(column), day }));
}
