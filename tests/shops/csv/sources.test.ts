import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseRevenue } from "../../../lib/shops/csv/parse.ts";

const FILE = "/brands/atelier-lune/revenue.csv";

function daysOf(text: string) {
  const parsed = parseRevenue(text, FILE);
  if (parsed.kind === "problems") throw new Error(JSON.stringify(parsed.problems));
  return parsed.days;
}

function problemsOf(text: string) {
  const parsed = parseRevenue(text, FILE);
  return parsed.kind === "problems" ? parsed.problems : [];
}

describe("lib/shops/csv, revenue by source", () => {
  it("reads a column for each source, whatever their order and number", () => {
    const text =
      "date,revenue_from_email,revenue,revenue_from_meta,revenue_from_google\n2026-03-09,300.2,4000,1210.50,890\n";
    expect(daysOf(text)).toEqual([
      {
        day: "2026-03-09",
        revenueMicros: 4_000_000_000n,
        orders: null,
        newCustomers: null,
        sessions: null,
        revenueBySource: { email: 300_200_000n, meta: 1_210_500_000n, google: 890_000_000n },
      },
    ]);
  });

  it("says nothing of sources where the file has none", () => {
    expect(daysOf("date,revenue\n2026-03-09,4000\n")[0]).not.toHaveProperty("revenueBySource");
  });

  it("knows no source on a day that leaves one blank, and every source on the next", () => {
    const text =
      "date,revenue,revenue_from_meta,revenue_from_google\n2026-03-09,100,30,\n2026-03-10,100,30,0\n";
    const [first, second] = daysOf(text);
    expect(first?.revenueMicros).toBe(100_000_000n);
    expect(first).not.toHaveProperty("revenueBySource");
    expect(second?.revenueBySource).toEqual({ meta: 30_000_000n, google: 0n });
  });

  it("leaves out a day with blank revenue, its sources too", () => {
    expect(daysOf("date,revenue,revenue_from_meta\n2026-03-09,,30\n")).toEqual([]);
  });

  it("takes a source whose refunds exceed its sales", () => {
    expect(daysOf("date,revenue,revenue_from_meta\n2026-03-09,10,-5.5\n")[0]?.revenueBySource).toEqual({
      meta: -5_500_000n,
    });
  });

  it.each([
    ["one source, a cent above", "10.00,10.01"],
    ["two sources, a cent and a half above", "10.00,5.005,5.01"],
    ["sources far below: some orders have no known source", "10.00,1,2"],
    ["sources equal to the revenue", "10.00,4,6"],
  ])("accepts %s", (_, cells) => {
    const header = ["date,revenue,revenue_from_meta", "revenue_from_google"].slice(
      0,
      cells.split(",").length - 1,
    );
    expect(problemsOf(`${header.join(",")}\n2026-03-09,${cells}\n`)).toEqual([]);
  });

  it("refuses sources that add up to more than the day's revenue, naming the row and the excess", () => {
    const text =
      "date,revenue,revenue_from_meta,revenue_from_google\n2026-03-09,10,4,6\n2026-03-10,10.00,5.01,5.01\n";
    expect(problemsOf(text)).toEqual([
      {
        code: "shop.sourcesAboveRevenue",
        file: FILE,
        line: 3,
        path: "revenue_from_*",
        found: "sources that add up to 0.02 more than the day's revenue",
        allowed: "at most the day's revenue of 10.00 together",
        fix: "count each order for one source, net of VAT, discounts and refunds as revenue is; or leave the cells blank if unknown",
      },
    ]);
  });

  it("names every row whose sources are above its revenue", () => {
    const text = "date,revenue,revenue_from_meta\n2026-03-09,10,11\n2026-03-10,10,9\n2026-03-11,-3,0\n";
    expect(problemsOf(text).map(({ line, code }) => [line, code])).toEqual([
      [2, "shop.sourcesAboveRevenue"],
      [4, "shop.sourcesAboveRevenue"],
    ]);
  });

  it.each([
    ["an amount with a currency", "revenue_from_meta", "12 EUR", "shop.badNumber"],
    ["an exponent", "revenue_from_email", "1e3", "shop.badNumber"],
  ])("refuses %s in such a column", (_, column, cell, code) => {
    expect(problemsOf(`date,revenue,${column}\n2026-03-09,2000,${cell}\n`)).toMatchObject([
      { code, line: 2, path: column },
    ]);
  });

  it.each(["revenue_from_Meta", "revenue_from_", "revenue_from_paid social", "revenue_from___proto__"])(
    "refuses the column %s: a source is one lower-case word",
    (column) => {
      expect(problemsOf(`date,revenue,${column}\n`)).toMatchObject([
        { code: "shop.unknownColumn", path: column },
      ]);
    },
  );

  it("keeps apart a source called like a part of every object", () => {
    const [day] = daysOf("date,revenue,revenue_from_constructor\n2026-03-09,10,1\n");
    expect(Object.entries(day?.revenueBySource ?? {})).toEqual([["constructor", 1_000_000n]]);
  });

  it("refuses a source twice", () => {
    expect(problemsOf("date,revenue,revenue_from_meta,revenue_from_meta\n")).toMatchObject([
      { code: "shop.repeatedColumn", path: "revenue_from_meta" },
    ]);
  });

  it("refuses more sources than a shop tells apart", () => {
    const sources = Array.from({ length: 31 }, (_, index) => `revenue_from_s${index}`);
    expect(problemsOf(`date,revenue,${sources.join(",")}\n`)).toMatchObject([
      { code: "shop.tooManySources", line: 1, found: "31 columns" },
    ]);
    expect(problemsOf(`date,revenue,${sources.slice(1).join(",")}\n`)).toEqual([]);
  });

  it("reads the example of its README as the README says", () => {
    const example = /```csv\n([\s\S]*?)```/.exec(readFileSync("lib/shops/README.md", "utf8"))?.[1] ?? "";
    expect(daysOf(example).map(({ day, revenueBySource }) => [day, revenueBySource])).toEqual([
      ["2026-03-09", { meta: 1_210_500_000n, google: 890_000_000n, email: 310_200_000n }],
      ["2026-03-10", undefined],
    ]);
  });
});
