/** `npm run bench -- metrics`: window sums against the obvious code, and every fact of many entities from their rows. */
import { spawnSync } from "node:child_process";
import { addDays, eachDay } from "../../lib/domain/day.ts";
import type { AccountSnapshot, Insight } from "../../lib/domain/snapshot.ts";
import {
  accumulate,
  type Block,
  blocksOfAccount,
  dayOf,
  type Span,
  windowSums,
} from "../../lib/metrics/block.ts";
import { COUNTED, type CountedColumn } from "../../lib/metrics/columns.ts";
import { parseWindow, WINDOWS } from "../../lib/metrics/window.ts";
import { anAccount, anInsight } from "../support/snapshot.ts";
import { ALL_FACTS, type AllFacts } from "./metrics-facts.ts";

const ENTITIES = 274;
const DAYS = 365;
const FIRST = "2025-01-01";
const ROUNDS = 5;

const LEAST_RATIO = 25;
const MOST_MS = 300;
const MOST_MEGABYTES = 200;
/** One run's luck decides nothing. */
const CHILDREN = 3;

/** Reach is never summed. */
const COLUMNS = COUNTED.filter((column) => column !== "reach");
const WIDTHS = WINDOWS.map((window) => parseWindow(window)?.fromDaysAgo ?? 0);

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
    /** Both ways. */
    checksums: [number, number];
    /** What it took to make columns of the account's rows. */
    rowsMs: number;
  };
  facts: AllFacts;
  targets: { name: string; met: boolean }[];
}

export function benchMetrics(): MetricsBench {
  const windows = compareWindows();
  const runs = Array.from({ length: CHILDREN }, everyFact).sort((a, b) => a.ms - b.ms);
  const [facts] = runs.slice(Math.floor(runs.length / 2));
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

function compareWindows(): MetricsBench["windows"] {
  const account = anAccountYear();
  const byEntity = [...Map.groupBy(account.insights.map(plainRow), ({ entityId }) => entityId).values()];
  const made = Array.from({ length: ROUNDS }, () => timed(() => blocksOf(account)));
  const daily = dailyColumns(blocksOf(account));
  const sums = [sumsForAll(), sumsForAll()] as const;
  const obvious: number[] = [];
  const columns: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const [, slowMs] = timed(() => byRows(byEntity, sums[0]));
    const [, fastMs] = timed(() => byColumns(daily, sums[1]));
    // The first round of each is read by an engine that knows neither.
    if (round > 0) obvious.push(slowMs);
    if (round > 0) columns.push(fastMs);
  }
  const [obviousMs, columnsMs] = [median(obvious), median(columns)];
  return {
    ...{ entityDays: ENTITIES * DAYS, obviousMs, columnsMs, ratio: obviousMs / columnsMs },
    checksums: [checksum(sums[0]), checksum(sums[1])],
    rowsMs: median(made.map(([, ms]) => ms)),
  };
}

function sumsForAll(): Float64Array[] {
  return COLUMNS.map(() => new Float64Array(ENTITIES * SPANS.length));
}

type PlainRow = Record<CountedColumn, number> & { entityId: string };

/** Numbers already, which spares the obvious code what the rows' own figures would cost it. */
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
  let at = 0;
  for (const own of byEntity) {
    for (const { start, end } of SPANS) {
      const window = own.slice(start, end);
      COLUMNS.forEach((column, index) => {
        const of = sums[index];
        if (of !== undefined) of[at] = window.reduce((sum, row) => sum + row[column], 0);
      });
      at++;
    }
  }
}

function blocksOf(account: AccountSnapshot): Block {
  const block = blocksOfAccount(account, [], addDays(FIRST, DAYS)).get("adGroup")?.block;
  if (block === undefined) throw new Error("no rows of ad groups");
  return block;
}

/** The block's columns day by day, as they are before they are added up. */
function dailyColumns(block: Block): Float64Array[] {
  return COLUMNS.map((column) => {
    const sums = block.counter(column)?.sums;
    if (sums === undefined) throw new Error(`no ${column}`);
    // The first entity of a block is the one without rows.
    const from = DAYS + 1;
    return sums.slice(from).map((_, at) => (at % from === 0 ? 0 : dayOf(sums, from, at - 1)));
  });
}

/** Running sums and windows through what facts read. */
function byColumns(daily: readonly Float64Array[], sums: readonly Float64Array[]): void {
  for (const [index, column] of COLUMNS.entries()) {
    const running = daily[index]?.slice() ?? new Float64Array();
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

function timed<T>(run: () => T): [T, number] {
  const before = performance.now();
  const result = run();
  return [result, performance.now() - before];
}

function median(figures: number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}
