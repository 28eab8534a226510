/** `npm run bench -- metrics`: window sums against the obvious code, and every fact of many entities from their rows. */
import { spawnSync } from "node:child_process";
import { addDays, eachDay } from "../../lib/domain/day.ts";
import type { AccountSnapshot, Insight } from "../../lib/domain/snapshot.ts";
import { accumulate, type Span, windowSums } from "../../lib/metrics/delivery/block.ts";
import { COUNTED, type CountedColumn } from "../../lib/metrics/delivery/columns.ts";
import { blocksOfAccount } from "../../lib/metrics/delivery/rows.ts";
import { parseWindow, USUAL_WINDOWS } from "../../lib/metrics/windows/window.ts";
import { anAccount, anInsight } from "../support/snapshot.ts";
import { ALL_FACTS, type AllFacts } from "./metrics-facts.ts";

const ENTITIES = 274;
const DAYS = 365;
const FIRST = "2025-01-01";
/** The day after the last. */
const END = addDays(FIRST, DAYS);
const ROUNDS = 5;

const LEAST_RATIO = 25;
const MOST_MS = 300;
const MOST_MEGABYTES = 200;
/** The quickest counts: what else runs on the machine only ever adds. */
const CHILDREN = 5;

/** Reach is never summed. */
const COLUMNS = COUNTED.filter((column) => column !== "reach");
const WIDTHS = USUAL_WINDOWS.map((window) => parseWindow(window)?.fromDaysAgo ?? 0);

/** Every standard window that ends on any of the days and begins on one of them. */
const SPANS: readonly Span[] = Array.from({ length: DAYS }, (_, day) =>
  WIDTHS.filter((width) => width <= day + 1).map((width) => ({ start: day + 1 - width, end: day + 1 })),
).flat();

export interface MetricsBench {
  windows: {
    entityDays: number;
    obviousMs: number;
    columnsMs: number;
    ratio: number;
    /** The same where the columns have to be made first. */
    ratioWithColumns: number;
    /** Both ways. */
    checksums: [number, number];
    /** What it takes to make columns of the rows of a snapshot. */
    rowsMs: number;
  };
  facts: AllFacts;
  targets: { name: string; met: boolean }[];
}

export function benchMetrics(): MetricsBench {
  const windows = compareWindows();
  const [facts] = Array.from({ length: CHILDREN }, everyFact).sort((a, b) => a.ms - b.ms);
  if (facts === undefined) throw new Error("no run of every fact");
  const [obvious, columns] = windows.checksums;
  return {
    windows,
    facts,
    targets: [
      { name: `window sums at least ${LEAST_RATIO} x the obvious code`, met: windows.ratio >= LEAST_RATIO },
      { name: "both ways come to the same", met: obvious === columns },
      { name: `every fact of ${facts.entities} ad groups under ${MOST_MS} ms`, met: facts.ms < MOST_MS },
      { name: `and under ${MOST_MEGABYTES} MB more memory`, met: facts.megabytes < MOST_MEGABYTES },
    ],
  };
}

/** A process of its own, so that nothing else's memory counts. */
function everyFact(): AllFacts {
  const { stdout, stderr, status } = spawnSync(process.execPath, [ALL_FACTS], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as AllFacts;
}

/**
 * Both ways have the same figures before them in the form they work on, grouped by entity in the order of their days: row
 * objects for the obvious code, columns for the other, which are made once a night and read for every window. What making them
 * takes is told beside, and so is what the product takes to make them of a snapshot's own rows. Rounds alternate and the least
 * of each counts, which is what a quiet machine gives.
 */
function compareWindows(): MetricsBench["windows"] {
  const account = anAccountYear();
  const byEntity = [...Map.groupBy(account.insights.map(plainRow), ({ entityId }) => entityId).values()];
  const made = Array.from({ length: ROUNDS }, () => timed(() => blocksOfAccount(account, [], END)));
  const sums = [sumsForAll(), sumsForAll()] as const;
  const daily = COLUMNS.map((column) => ({ column, running: new Float64Array(ENTITIES * (DAYS + 1)) }));
  const [obvious, filled, columns]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    obvious.push(timed(() => byRows(byEntity, sums[0])));
    filled.push(timed(() => fillColumns(byEntity, daily)));
    columns.push(timed(() => byColumns(daily, sums[1])));
  }
  const [obviousMs, filledMs, columnsMs] = [Math.min(...obvious), Math.min(...filled), Math.min(...columns)];
  return {
    ...{ entityDays: ENTITIES * DAYS, obviousMs, columnsMs, ratio: obviousMs / columnsMs },
    ratioWithColumns: obviousMs / (filledMs + columnsMs),
    checksums: [checksum(sums[0]), checksum(sums[1])],
    rowsMs: Math.min(...made),
  };
}

function sumsForAll(): Float64Array[] {
  return COLUMNS.map(() => new Float64Array(ENTITIES * SPANS.length));
}

type PlainRow = Record<CountedColumn, number> & { entityId: string };

/** What both ways read of a row. */
const READERS: Readonly<Record<CountedColumn, (row: PlainRow) => number>> = {
  spendMicros: (row) => row.spendMicros,
  conversionValueMicros: (row) => row.conversionValueMicros,
  impressions: (row) => row.impressions,
  clicks: (row) => row.clicks,
  linkClicks: (row) => row.linkClicks,
  conversionMillionths: (row) => row.conversionMillionths,
  onDayConversionMillionths: (row) => row.onDayConversionMillionths,
  onDayValueMicros: (row) => row.onDayValueMicros,
  videoViews: (row) => row.videoViews,
  leadMillionths: (row) => row.leadMillionths,
  reach: (row) => row.reach,
};

/** Numbers already, which spares both ways what the rows' own figures would cost. */
function plainRow(row: Insight): PlainRow {
  const millionths = (count: number | null | undefined): number => Math.round((count ?? 0) * 1_000_000);
  const value = Number(row.conversionValueMicros ?? 0n);
  return {
    entityId: row.entityId,
    spendMicros: Number(row.spendMicros),
    conversionValueMicros: value,
    impressions: row.impressions ?? 0,
    clicks: row.clicks ?? 0,
    linkClicks: row.linkClicks ?? 0,
    conversionMillionths: millionths(row.conversions),
    onDayConversionMillionths: millionths(row.conversions),
    onDayValueMicros: value,
    videoViews: row.videoViews ?? 0,
    leadMillionths: millionths(row.leads),
    reach: 0,
  };
}

/** Each window cut out of the entity's rows, each column of it added up. */
function byRows(byEntity: readonly (readonly PlainRow[])[], sums: readonly Float64Array[]): void {
  const readers = COLUMNS.map((column) => READERS[column]);
  let at = 0;
  for (const own of byEntity) {
    for (const { start, end } of SPANS) {
      const window = own.slice(start, end);
      readers.forEach((read, index) => {
        const of = sums[index];
        if (of !== undefined) of[at] = window.reduce((sum, row) => sum + read(row), 0);
      });
      at++;
    }
  }
}

interface DailyColumn {
  column: CountedColumn;
  /** A place before each entity's first day, as running sums have it. */
  running: Float64Array;
}

function fillColumns(byEntity: readonly (readonly PlainRow[])[], columns: readonly DailyColumn[]): void {
  const read = columns.map(({ column }) => READERS[column]);
  let at = 0;
  for (const own of byEntity) {
    for (const { running } of columns) running[at] = 0;
    at++;
    for (const row of own) {
      for (let index = 0; index < columns.length; index++) {
        (columns[index] as DailyColumn).running[at] = (read[index] as (row: PlainRow) => number)(row);
      }
      at++;
    }
  }
}

/** Running sums and windows through what facts read. */
function byColumns(columns: readonly DailyColumn[], sums: readonly Float64Array[]): void {
  for (const [index, { column, running }] of columns.entries()) {
    accumulate(column, running, DAYS);
    windowSums({ sums: running, unknown: null }, DAYS, ENTITIES, SPANS, sums[index]);
  }
}

/** Depends on every figure and on their order. */
function checksum(columns: readonly Float64Array[]): number {
  return columns.reduce(
    (before, column) => column.reduce((sum, figure) => (sum * 31 + figure) % 1_000_003, before),
    0,
  );
}

function anAccountYear(): AccountSnapshot {
  const coveredTo = addDays(FIRST, DAYS - 1);
  const days = eachDay(FIRST, coveredTo);
  const insights = Array.from({ length: ENTITIES }, (_, entity) =>
    days.map((day, index) => {
      const seed = (entity * 7919 + index * 104_729) % 9973;
      return anInsight({
        entityId: String(entity),
        day,
        spendMicros: BigInt(seed * 12_345),
        impressions: seed * 31,
        clicks: seed % 211,
        linkClicks: seed % 97,
        conversions: (seed % 13) / 4,
        conversionValueMicros: BigInt(seed * 54_321),
        videoViews: seed % 53,
        leads: seed % 5,
      });
    }),
  ).flat();
  return anAccount({ coveredFrom: FIRST, coveredTo, countedOn: "conversion", insights });
}

function timed(run: () => void): number {
  const before = performance.now();
  run();
  return performance.now() - before;
}
