import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../../lib/domain/day.ts";
import type { ShopDay } from "../../lib/domain/snapshot.ts";
import { type ShopFigure, shopSource } from "../../lib/metrics/shop.ts";
import { aShopDay } from "../support/snapshot.ts";

function shopOf(days: readonly Partial<ShopDay>[]) {
  return shopSource({ source: "csv", days: days.map(aShopDay) });
}

const window = (from: string, to: string) => ({ from, to });

describe("lib/metrics/shop", () => {
  const figures: [ShopFigure, Partial<ShopDay>, Partial<ShopDay>, number][] = [
    ["revenue", { revenueMicros: -5n }, { revenueMicros: 12n }, 7],
    ["orders", { orders: 3 }, { orders: 4 }, 7],
    ["newCustomers", { newCustomers: 3 }, { newCustomers: 4 }, 7],
    ["newCustomerRevenue", { newCustomerRevenueMicros: 3n }, { newCustomerRevenueMicros: 4n }, 7],
    ["sessions", { sessions: 3 }, { sessions: 4 }, 7],
    ["productCost", { productCostMicros: 3n }, { productCostMicros: 4n }, 7],
    ["fees", { feesMicros: 3n }, { feesMicros: 4n }, 7],
    ["qualifiedLeads", { qualifiedLeads: 3 }, { qualifiedLeads: 4 }, 7],
  ];

  it.each(figures)("sums %s over the days of the window alone", (figure, first, second, sum) => {
    const outside = { [Object.keys(first)[0] ?? ""]: figure === "revenue" ? 100n : undefined };
    const shop = shopOf([
      { ...outside, day: "2024-02-27" },
      { ...first, day: "2024-02-28" },
      { ...second, day: "2024-02-29" },
      { ...outside, day: "2024-03-01" },
    ]);
    expect(shop.total(figure, window("2024-02-28", "2024-02-29"))).toMatchObject({
      value: sum,
      source: "csv",
    });
  });

  const weeks = shopOf([
    { day: "2025-12-22", days: 7, revenueMicros: 10n },
    { day: "2025-12-29", days: 7, revenueMicros: 20n },
    { day: "2026-01-05", revenueMicros: 3n },
    { day: "2026-01-06", revenueMicros: 4n },
  ]);

  it.each([
    ["one row", "2025-12-29", "2026-01-04", 20],
    ["rows over a year's end", "2025-12-22", "2026-01-04", 30],
    ["rows of several days and of one", "2025-12-29", "2026-01-05", 23],
    ["single days after them", "2026-01-05", "2026-01-06", 7],
  ])("sums a window that rows tile: %s", (_, from, to, value) => {
    expect(weeks.total("revenue", window(from, to))).toMatchObject({ value });
  });

  it.each([
    ["begins inside a row", "2025-12-23", "2026-01-04"],
    ["ends inside a row", "2025-12-22", "2026-01-03"],
    ["lies inside a row", "2025-12-30", "2026-01-01"],
  ])("has no data for a window that %s", (_, from, to) => {
    expect(weeks.total("revenue", window(from, to))).toEqual({
      kind: "noData",
      reason: {
        key: "noData.notTiled",
        values: { from: { value: from, unit: "day" }, to: { value: to, unit: "day" } },
      },
    });
  });

  it.each([
    ["before the first row", "2025-12-20", "2025-12-28", 2, "2025-12-20"],
    ["after the last row", "2026-01-05", "2026-01-09", 3, "2026-01-07"],
    ["wholly outside", "2020-01-01", "2020-01-02", 2, "2020-01-01"],
  ])("counts the missing days %s", (_, from, to, missing, firstMissing) => {
    expect(weeks.total("revenue", window(from, to))).toMatchObject({
      reason: {
        key: "noData.noShopDays",
        values: { missing: { value: missing }, firstMissing: { value: firstMissing } },
      },
    });
  });

  it("finds a hole between rows", () => {
    const shop = shopOf([{ day: "2026-01-01" }, { day: "2026-01-04" }]);
    expect(shop.total("revenue", window("2026-01-01", "2026-01-04"))).toMatchObject({
      reason: { values: { missing: { value: 2 }, firstMissing: { value: "2026-01-02" } } },
    });
    expect(shopOf([]).total("revenue", window("2026-01-01", "2026-01-04"))).toMatchObject({
      reason: { key: "noData.noShopDays", values: { missing: { value: 4 } } },
    });
  });

  it("names the first day of the window on which the shop does not report a figure", () => {
    const shop = shopOf([
      { day: "2026-01-01", sessions: null },
      { day: "2026-01-02", sessions: 5 },
      { day: "2026-01-03", sessions: null },
      { day: "2026-01-04", sessions: null },
    ]);
    expect(shop.total("sessions", window("2026-01-02", "2026-01-04"))).toMatchObject({
      reason: { key: "noData.shopFigureMissing", values: { day: { value: "2026-01-03" } } },
    });
    expect(shop.total("sessions", window("2026-01-02", "2026-01-02"))).toMatchObject({ value: 5 });
    expect(shop.total("fees", window("2026-01-02", "2026-01-02"))).toMatchObject({
      reason: { key: "noData.shopFigureMissing", values: { figure: { value: "fees", unit: "state" } } },
    });
  });

  it("takes no part of an object for a source", () => {
    const shop = shopOf([{ day: "2026-01-01", revenueMicros: 9n, revenueBySource: { meta: 4n } }]);
    const day = window("2026-01-01", "2026-01-01");
    expect(shop.ofSource("meta", day)).toMatchObject({ value: 4 });
    expect(shop.ofSource("constructor", day)).toMatchObject({ reason: { key: "noData.sourceMissing" } });
  });

  it("has no data for a sum beyond 2^53, and exact sums beside it", () => {
    const most = 9_007_199_254_740_991n;
    const shop = shopOf(
      ["2026-01-01", "2026-01-02", "2026-01-03"].map((day) => ({ day, revenueMicros: most })),
    );
    expect(shop.total("revenue", window("2026-01-01", "2026-01-02"))).toMatchObject({
      reason: { key: "noData.sumTooLarge", values: { figure: { value: "revenue", unit: "state" } } },
    });
    expect(shop.total("revenue", window("2026-01-03", "2026-01-03"))).toMatchObject({
      value: 9_007_199_254_740_991,
    });
  });

  /** Rows one after the other over a year's end and a leap day, some days without one, some rows without sessions. */
  const someRows = fc
    .array(
      fc.record({
        days: fc.integer({ min: 1, max: 3 }),
        gap: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
        sessions: fc.option(fc.nat(1000), { freq: 20 }),
      }),
      { minLength: 20, maxLength: 30 },
    )
    .map((parts) => {
      let day = "2023-12-20";
      return parts.map(({ days, gap, sessions }): Partial<ShopDay> => {
        const row = { day, ...(days > 1 && { days }), sessions };
        day = addDays(day, days + gap);
        return row;
      });
    });

  it("has exactly the sums that rows inside the window make, in whatever order they came", () => {
    fc.assert(
      fc.property(someRows, fc.integer(), fc.nat(45), fc.nat(9), (rows, seed, start, length) => {
        const shuffled = [...rows].sort((a, b) => hash(a.day, seed) - hash(b.day, seed));
        const from = addDays("2023-12-18", start);
        const to = addDays(from, length);
        const inside = rows.filter(({ day = "", days = 1 }) => day >= from && addDays(day, days - 1) <= to);
        const covered = inside.reduce((sum, { days = 1 }) => sum + days, 0);
        const isWhole = covered === length + 1 && inside.every(({ sessions }) => sessions !== null);
        const total = shopOf(shuffled).total("sessions", window(from, to));
        const sum = inside.reduce((all, { sessions }) => all + (sessions ?? 0), 0);
        expect(total.kind === "shop" ? total.value : null).toBe(isWhole ? sum : null);
      }),
      { numRuns: 300 },
    );
  });
});

function hash(text = "", seed: number): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0) + seed) % 1_000_003, 7);
}
