import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { indexIn } from "../../../lib/imports/header.ts";
import type { Complain, ImportColumn, ImportOptions } from "../../../lib/imports/kind.ts";
import { googleAdsReport } from "../../../lib/imports/kinds/google-ads-report/index.ts";

const NOTHING_SAID = { account: null, currency: null, zone: null, conversion: null, series: null };

/** Files whose header is their third line. */
function figuresOf(
  text: string,
  options: Partial<ImportOptions>,
  complain: Complain,
  counted: string | null = null,
) {
  const [title = [], dates = [], header = [], ...rows] = parse(text, {
    trim: true,
    relax_column_count: true,
  }) as string[][];
  const [report] = googleAdsReport.tables;
  const file = {
    ...{
      name: "report.csv",
      header,
      headerLine: 3,
      preamble: [title, dates],
      mark: "point" as const,
      order: null,
    },
    options: { ...NOTHING_SAID, ...options },
    indexOf: (column: ImportColumn) => indexIn(header, column),
  };
  const read = report?.exported?.(file, () => counted);
  return rows.map((cells) => read?.(cells, complain));
}

const silent: Complain = () => {
  throw new Error("complained");
};

const campaigns = readFileSync("tests/fixtures/imports/google/campaigns-en.csv", "utf8");

describe("imports/kinds/google-ads-report/figures", () => {
  it("gives every figure as it is printed, money in micros, and nothing of a total", () => {
    const rows = figuresOf(campaigns, {}, silent);
    expect(rows[0]).toEqual({
      account: { platform: "google", accountId: "1234567890" },
      ...{ level: "campaign", entityId: "111", name: "Brand, exact", from: "2026-09-01", to: "2026-09-01" },
      figures: {
        spend: { value: 1_234_560_000, decimals: 2, column: 16 },
        impressions: { value: 12_034, decimals: 0, column: 12 },
        clicks: { value: 842, decimals: 0, column: 13 },
        conversions: { value: 40.5, decimals: 2, column: 17 },
        conversionValue: { value: 3_210_000_000, decimals: 2, column: 19 },
        cpc: { value: 1_470_000, decimals: 2, column: 15 },
        ctrPercent: { value: 7, decimals: 2, column: 14 },
        cpa: { value: 30_480_000, decimals: 2, column: 18 },
      },
    });
    expect(rows.slice(3)).toEqual([null, null, null]);
  });

  it("leaves out what the report does not say", () => {
    const rows = figuresOf(campaigns, {}, silent);
    expect(Object.keys(rows[2]?.figures ?? {})).toEqual([
      "spend",
      "impressions",
      "clicks",
      "cpc",
      "ctrPercent",
    ]);
  });

  it("compares no cost per conversion of other conversions than those that count", () => {
    const text =
      '"Report"\n"Sep 1, 2026 - Sep 7, 2026"\nCustomer ID,Campaign,Cost (micros),Conversions,Cost / conv.,Conv. value / cost,All conv.\n1234567890,A,1500000,2.00,0.75,3.10,5.00\n';
    const [plain] = figuresOf(text, {}, silent);
    expect(plain).toMatchObject({ entityId: "A", from: "2026-09-01", to: "2026-09-07" });
    expect(plain?.figures).toEqual({
      spend: { value: 1_500_000, decimals: 6, column: 2 },
      conversions: { value: 2, decimals: 2, column: 3 },
      cpa: { value: 750_000, decimals: 2, column: 4 },
      roas: { value: 3.1, decimals: 2, column: 5 },
    });
    const [all] = figuresOf(text, { conversion: "All conv." }, silent);
    expect(Object.entries(all?.figures ?? {}).map(([metric, { value }]) => [metric, value])).toEqual([
      ["spend", 1_500_000],
      ["conversions", 5],
    ]);
  });

  it("compares the conversions that Palier counts, and none where the file lacks them", () => {
    const text =
      "Report\n2026-09-01 - 2026-09-07\nCustomer ID,Campaign,Cost,Conversions,All conv.\n1234567890,A,1.00,2.00,5.00\n";
    const counting = (counted: string) => figuresOf(text, {}, silent, counted)[0]?.figures.conversions?.value;
    expect([counting("Conversions"), counting("All conv."), counting("Sale")]).toEqual([2, 5, undefined]);
  });

  it("needs no account for entities, which are found without it", () => {
    const [row] = figuresOf("Report\n2026-09-01 - 2026-09-07\nCampaign,Cost\nA,1.00\n", {}, silent);
    expect(row).toMatchObject({ account: { platform: "google", accountId: "" }, entityId: "A" });
  });

  it("complains of a cell that is no figure", () => {
    const codes: [number | null, string][] = [];
    const [row] = figuresOf(
      "Report\n2026-09-01 - 2026-09-07\nCustomer ID,Campaign,Cost,CTR\n1234567890,A,1.00,high\n",
      {},
      (column, { code }) => void codes.push([column, code]),
    );
    expect(codes).toEqual([[3, "import.number"]]);
    expect(Object.keys(row?.figures ?? {})).toEqual(["spend"]);
  });
});
