import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../../lib/domain/day.ts";
import type { Insight } from "../../lib/domain/snapshot.ts";
import { columnSums, sumsOver } from "../../lib/metrics/delivery/block.ts";
import { COUNTED, type Column } from "../../lib/metrics/delivery/columns.ts";
import { combine, covers, type Series, seriesOfAccount, spanOf } from "../../lib/metrics/delivery/series.ts";
import { anAccount, anInsight } from "../support/snapshot.ts";

const FIRST = "2026-02-04";
const LAST = "2026-03-10";
const DAYS = 35;

function seriesOf(insights: Insight[], given: Partial<Parameters<typeof anAccount>[0]> = {}): Series {
  const account = anAccount({ insights, ...given });
  return seriesOfAccount(account, [0.35, 0.6, 0.7], "2026-03-11")("adGroup", "200");
}

/** Every column's sum over `from`..`to`; NaN where it is not reported. */
function totalsOf(series: Series, from: string, to: string): Record<Column, number> {
  const columns: Column[] = [...COUNTED, "settledSpendMicros", "settledClickMillionths"];
  const { block, entity } = series;
  const window = sumsOver(block, spanOf(series, from, to));
  const sums = columns.map((column) => [column, columnSums(block, window, column)[entity]]);
  return Object.fromEntries(sums) as Record<Column, number>;
}

const rowAt = (offset: number, row: Partial<Insight>): Insight =>
  anInsight({ ...row, day: addDays(FIRST, offset) });

/** Rows from 3 days before the covered ones to 3 days after, several a day. */
const rows = fc.array(
  fc.record({
    offset: fc.integer({ min: -3, max: DAYS + 2 }),
    spendMicros: fc.bigInt({ min: 0n, max: 10_000_000_000n }),
    clicks: fc.integer({ min: 0, max: 100_000 }),
    conversionCents: fc.integer({ min: 0, max: 100_000 }),
  }),
  { maxLength: 80 },
);
const asInsights = (
  given: { offset: number; spendMicros: bigint; clicks: number; conversionCents: number }[],
) =>
  given.map(({ offset, conversionCents, ...row }) =>
    rowAt(offset, { ...row, conversions: conversionCents / 100 }),
  );
const span = fc
  .tuple(fc.integer({ min: 0, max: DAYS - 1 }), fc.integer({ min: 0, max: DAYS - 1 }))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

describe("lib/metrics/series", () => {
  it("sums any window exactly as adding its rows one by one does", () => {
    fc.assert(
      fc.property(rows, span, (given, [from, to]) => {
        const inside = given.filter(({ offset }) => offset >= from && offset <= to);
        const totals = totalsOf(seriesOf(asInsights(given)), addDays(FIRST, from), addDays(FIRST, to));
        expect(totals.spendMicros).toBe(Number(inside.reduce((sum, row) => sum + row.spendMicros, 0n)));
        expect(totals.clicks).toBe(inside.reduce((sum, row) => sum + row.clicks, 0));
        expect(totals.conversionMillionths).toBe(
          inside.reduce((sum, row) => sum + row.conversionCents * 10_000, 0),
        );
      }),
    );
  });

  it("is the same whatever the order of rows, and with rows of zero inside what is covered", () => {
    const shuffled = rows.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
    );
    const zeros = fc.array(fc.integer({ min: 0, max: DAYS - 1 }), { maxLength: 10 });
    fc.assert(
      fc.property(shuffled, zeros, ([given, permuted], offsets) => {
        const more = [...asInsights(permuted), ...offsets.map((offset) => rowAt(offset, {}))];
        expect(totalsOf(seriesOf(more), FIRST, LAST)).toEqual(
          totalsOf(seriesOf(asInsights(given)), FIRST, LAST),
        );
      }),
    );
  });

  it("leaves rows outside the covered days out", () => {
    const outside = [rowAt(-1, { spendMicros: 5n }), rowAt(DAYS, { spendMicros: 7n })];
    expect(totalsOf(seriesOf([...outside, rowAt(0, { spendMicros: 1n })]), FIRST, LAST).spendMicros).toBe(1);
  });

  it("covers its own days and none beside them", () => {
    const series = seriesOf([]);
    expect(covers(series, FIRST, LAST)).toBe(true);
    expect(covers(series, "2026-02-03", LAST)).toBe(false);
    expect(covers(series, FIRST, "2026-03-11")).toBe(false);
  });

  it("adds decimals without drifting", () => {
    const tenths = Array.from({ length: DAYS }, (_, offset) => rowAt(offset, { conversions: 0.1 }));
    expect(totalsOf(seriesOf(tenths), "2026-03-08", LAST).conversionMillionths).toBe(300_000);
    expect(totalsOf(seriesOf(tenths), FIRST, LAST).conversionMillionths).toBe(3_500_000);
  });

  it("runs through the end of February in a leap year", () => {
    const given = { coveredFrom: "2028-02-27", coveredTo: "2028-03-02" };
    const insights = ["2028-02-28", "2028-02-29", "2028-03-01"].map((day) => anInsight({ day, clicks: 1 }));
    const series = seriesOf(insights, given);
    expect(totalsOf(series, "2028-02-28", "2028-03-01").clicks).toBe(3);
    expect(totalsOf(series, "2028-02-29", "2028-02-29").clicks).toBe(1);
  });

  it("runs through the end of a year", () => {
    const given = { coveredFrom: "2025-12-30", coveredTo: "2026-01-02" };
    const insights = ["2025-12-31", "2026-01-01"].map((day) => anInsight({ day, clicks: 1 }));
    expect(totalsOf(seriesOf(insights, given), "2025-12-31", "2026-01-01").clicks).toBe(2);
  });

  it("settles spend and clicks by the age of each day", () => {
    const insights = [33, 34].map((offset) => rowAt(offset, { spendMicros: 1_000_001n, clicks: 3 }));
    const totals = totalsOf(seriesOf(insights), FIRST, LAST);
    // Two days ago 70 %, yesterday 60 %, each rounded to whole micros.
    expect(totals.settledSpendMicros).toBe(700_001 + 600_001);
    expect(totals.settledClickMillionths).toBe(3_900_000);
  });

  it("combines series over the days that all of them cover", () => {
    const long = seriesOf([rowAt(0, { clicks: 5 }), rowAt(34, { clicks: 7 })]);
    const short = seriesOf([rowAt(34, { clicks: 2 })], { coveredFrom: "2026-03-01" });
    const sum = combine([long, short]);
    expect([sum.block.coveredFrom, sum.block.coveredTo]).toEqual(["2026-03-01", LAST]);
    expect(totalsOf(sum, "2026-03-01", LAST).clicks).toBe(9);
    expect(totalsOf(combine([long], [short]), "2026-03-10", LAST).clicks).toBe(5);
  });

  it.each([
    [{ spendMicros: 9_007_199_254_740_993n }],
    [{ conversions: 1e10 }],
    [{ impressions: 1.5 }],
    [{ clicks: Number.NaN }],
  ])("refuses figures that numbers cannot hold exactly (case %#)", (row) => {
    expect(() => seriesOf([rowAt(0, row)])).toThrow(/2\^53/);
  });

  it("refuses a sum that leaves the exact range though each day is inside it", () => {
    const half = 5_000_000_000_000_000n;
    const insights = [rowAt(0, { spendMicros: half }), rowAt(1, { spendMicros: half })];
    expect(() => seriesOf(insights)).toThrow("spendMicros: 10000000000000000 is not an integer");
  });
});
