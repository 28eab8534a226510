import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import type { DecimalMark } from "../../../lib/imports/cells.ts";
import { indexIn } from "../../../lib/imports/header.ts";
import type { ImportColumn } from "../../../lib/imports/kind.ts";
import { metaAdsManager } from "../../../lib/imports/kinds/meta-ads-manager/index.ts";

const FOLDER = new URL("../../fixtures/imports/meta/", import.meta.url);
const OPTIONS = { account: null, currency: null, zone: null, conversion: null, series: null };

function rowsOf(
  name: string,
  delimiter: string,
  mark: DecimalMark,
  account: string | null,
  counted: string | null = null,
) {
  const text = readFileSync(new URL(name, FOLDER), "utf8");
  const [header = [], ...rows] = parse(text, { delimiter }) as string[][];
  const file = {
    ...{ name, header, headerLine: 1, preamble: [], mark, order: null },
    options: { ...OPTIONS, account },
    indexOf: (column: ImportColumn) => indexIn(header, column),
  };
  const read = metaAdsManager.tables[0]?.exported?.(file, () => counted);
  return rows.map((cells) =>
    read?.(cells, () => {
      throw new Error("complained");
    }),
  );
}

describe("imports/kinds/meta-ads-manager figures", () => {
  it("gives every figure as it is printed, money in micros, and nothing of the row of totals", () => {
    const [first, , , total] = rowsOf("campaigns-by-day-en.csv", ",", "point", null);
    expect(first).toEqual({
      account: { platform: "meta", accountId: "1005550001" },
      ...{ level: "campaign", entityId: "120210000000000101", name: "Spring | Prospecting" },
      ...{ from: "2026-03-01", to: "2026-03-01" },
      figures: {
        spend: { value: 84_500_000, decimals: 1, column: 18 },
        impressions: { value: 12_000, decimals: 0, column: 16 },
        clicks: { value: 240, decimals: 0, column: 19 },
        conversions: { value: 4, decimals: 0, column: 26 },
        conversionValue: { value: 310_400_000, decimals: 1, column: 28 },
        videoViews: { value: 3100, decimals: 0, column: 24 },
        reach: { value: 9000, decimals: 0, column: 15 },
        frequency: { value: 1.333333, decimals: 6, column: 17 },
        cpm: { value: 7_041_667, decimals: 6, column: 22 },
        cpc: { value: 352_083, decimals: 6, column: 21 },
        ctrPercent: { value: 2, decimals: 0, column: 20 },
        cpa: { value: 21_125_000, decimals: 3, column: 27 },
        roas: { value: 3.673373, decimals: 6, column: 29 },
      },
    });
    expect(total).toBeNull();
  });

  it("leaves out what a row does not have", () => {
    const [, , third] = rowsOf("campaigns-by-day-en.csv", ",", "point", null);
    expect(Object.keys(third?.figures ?? {})).toEqual([
      ...["spend", "impressions", "clicks", "videoViews", "reach", "frequency"],
      ...["cpm", "cpc", "ctrPercent"],
    ]);
  });

  it("reads French figures with decimal commas", () => {
    const [, row] = rowsOf("ad-sets-by-day-fr.csv", ";", "comma", "1005550002");
    expect(row).toMatchObject({
      ...{ level: "adGroup", entityId: "Femmes 25-45" },
      figures: {
        spend: { value: 1_234_560_000, decimals: 2 },
        cpm: { value: 94_966_154, decimals: 6 },
        ctrPercent: { value: 2.384615, decimals: 6 },
        cpa: { value: 246_912_000, decimals: 3 },
        roas: { value: 0.486206, decimals: 6 },
        frequency: { value: 1.181818, decimals: 6 },
      },
    });
  });

  it("needs no account for entities, which have names of their own", () => {
    const [, row] = rowsOf("ad-sets-by-day-fr.csv", ";", "comma", null);
    expect(row).toMatchObject({ account: { platform: "meta", accountId: "" }, entityId: "Femmes 25-45" });
  });

  it("gives rows of several days their first and last, and results their cost", () => {
    const [row] = rowsOf("campaigns-of-a-month-en.csv", ",", "point", "1005550004");
    expect(row).toMatchObject({
      ...{ from: "2026-02-01", to: "2026-02-28" },
      figures: { conversions: { value: 41, decimals: 0 }, cpa: { value: 30_500_000, decimals: 1 } },
    });
  });

  it("compares no rows of a breakdown, which are parts", () => {
    expect(metaAdsManager.tables.map(({ id, exported }) => [id, exported !== undefined])).toEqual([
      ["report", true],
      ["breakdown", false],
    ]);
  });

  it("compares the conversion that Palier counts, by whatever name it has in the file, and no other", () => {
    const french = (counted: string) =>
      rowsOf("ad-sets-by-day-fr.csv", ";", "comma", null, counted)[1]?.figures.conversions?.value;
    expect([french("Purchases"), french("omni_purchase"), french("Achats")]).toEqual([5, 5, 5]);
    expect(french("lead")).toBeUndefined();
    const month = (counted: string) =>
      rowsOf("campaigns-of-a-month-en.csv", ",", "point", "1", counted)[0]?.figures.conversions?.value;
    expect(month("actions:lead")).toBe(41);
    expect(month("actions:link_click")).toBeUndefined();
  });
});
