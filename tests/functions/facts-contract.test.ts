import { describe, expect, it } from "vitest";
import type { Level } from "../../lib/domain/ids.ts";
import { palier } from "../support/command.ts";
import { aDatasetFolder } from "../support/dataset.ts";
import { MIXED } from "../support/mixed-dataset.ts";

type Expected = readonly [entity: string, metric: string, window: string, value: number | null];

/** Worked out from the folder's files by a program in another language, by the words of lib/dataset/README.md alone. */
const EXPECTED: Readonly<Partial<Record<Level, readonly Expected[]>>> = {
  brand: [
    ["brand", "spend", "7d", 1354.183331],
    ["brand", "spend", "28d", 4539.933324],
    ["brand", "spend", "1d", null],
    ["brand", "mer", "7d", 4.509581],
    ["brand", "mer", "14d", 4.748265],
    ["brand", "mer", "28d", 5.129591],
    ["brand", "mer", "today", null],
    ["brand", "cac", "28d", 27.68252],
    ["brand", "cosPercent", "14d", 21.060322],
    ["brand", "aov", "7d", 63.6125],
    ["brand", "aov", "14d", null],
    ["brand", "revenue", "28d", 23288],
    ["brand", "revenue", "today", 884.4],
    ["brand", "orders", "28d", null],
    ["brand", "cm3", "28d", 12320.116676],
    ["brand", "breakEvenMer", "7d", 1.355816],
    ["brand", "grossMarginLeft", "7d", 32.812153],
    ["brand", "siteConversionRatePercent", "7d", 2.197802],
    ["brand", "qualifiedLeads", "1d", 2],
    ["brand", "qualifiedLeads", "7d", null],
    ["brand", "channel tv", "7d", 67.199173],
    ["brand", "channel affiliates", "28d", 0.909705],
    ["brand", "channel tiktok", "14d", 4.147302],
    ["brand", "stage prospecting", "28d", 21.696354],
    ["brand", "stage awareness", "14d", 69.121694],
    ["brand", "stage retargeting", "7d", 0.465225],
    ["brand", "stage unmapped", "7d", 8.538972],
  ],
  account: [
    ["meta/1001", "spend", "28d", 781.3],
    ["meta/1001", "cpa", "7d", 30.672222],
    ["meta/1001", "roas", "today", 1.554576],
    ["meta/1001", "impressions", "1d", 1870],
    ["meta/1001", "impressions", "14d", null],
    ["meta/1001", "spend", "today", 45.35],
    ["google/2002", "conversionValue", "7d", null],
    ["google/2002", "conversions", "28d", 63],
    ["google/2002", "cpc", "7d", 0.290634],
    ["tiktok/tt-1", "frequency", "1d", null],
    ["tiktok/tt-1", "videoViews", "7d", 1071],
    ["tiktok/tt-1", "cpa", "28d", 7.5],
    ["tv/national", "spend", "14d", 1750],
    ["tv/national", "spend", "1d", null],
    ["tv/national", "clicks", "7d", null],
  ],
  campaign: [
    ["c1", "roas", "28d", 2.263226],
    ["c1", "clicks", "7d", 356],
    ["c2", "spend", "28d", 6.3],
    ["c2", "spend", "1d", 2.1],
    ["c3", "spend", "28d", 0],
    ["c3", "cpa", "28d", null],
    ["s2", "cpa", "14d", 5.333332],
    ["k1", "spend", "today", 7.5],
    ["k1", "reach", "1d", null],
    ["spots", "spend", "28d", 3220],
    ["spots", "spend", "today", null],
  ],
  adGroup: [
    ["g1", "cpm", "7d", 27.620968],
    ["g2", "spend", "7d", 30],
    ["g2", "impressions", "7d", null],
    ["g3", "ctrPercent", "28d", 1.5],
    ["h1", "conversionValue", "7d", 175],
    ["h2", "videoViews", "28d", 1456],
  ],
  ad: [
    ["a1", "roas", "7d", 16.666667],
    ["a1", "reach", "1d", 90],
    ["a1", "reach", "7d", null],
    ["a3", "frequency", "today", 1.111111],
    ["a2", "conversions", "28d", 0],
  ],
};

const WINDOWS = ["1d", "7d", "14d", "28d", "today"].flatMap((window) => ["--window", window]);

async function figures(level: string, ...args: readonly string[]) {
  const asked = [
    "facts",
    "--dataset",
    aDatasetFolder(MIXED),
    "--as-of",
    "2026-03-09",
    "--level",
    level,
    "--json",
    ...args,
  ];
  const told = await palier(asked);
  expect(told).toMatchObject({ code: 0, stderr: "" });
  return JSON.parse(told.stdout);
}

interface Told {
  entity: string;
  metric: string;
  window: string;
  value: number | null;
  reason: string | null;
  accounts: readonly string[];
  params: { channel?: string; stage?: string };
}

/** `stageSharePercent` of awareness is `stage awareness` here. */
function nameOf({ metric, params: { channel, stage } }: Told): string {
  if (channel !== undefined) return `channel ${channel}`;
  return stage !== undefined ? `stage ${stage}` : metric;
}

describe("palier facts on days beside weeks, several platforms, levels and blank cells", () => {
  it.each(Object.entries(EXPECTED))(
    "has the figures of level %s, or none where a cell is blank",
    async (level, expected) => {
      const told: Told[] = await figures(level, ...WINDOWS);
      for (const [entity, metric, window, value] of expected) {
        const found = told.filter(
          (one) =>
            (level === "account" ? one.accounts[0] : one.entity) === entity &&
            nameOf(one) === metric &&
            one.window === window,
        );
        expect(found, `${entity} ${metric} ${window}`).toMatchObject([
          { value, reason: value === null ? expect.any(String) : null },
        ]);
      }
    },
  );

  it("counts leads instead of conversions, without a correction that nobody knows", async () => {
    const told = await figures(
      "account",
      "--entity",
      "tt-1",
      "--metric",
      "cpa(conversion=lead)",
      "--window",
      "7d",
    );
    // 7.50 a day for two leads of each of three ads.
    expect(told).toMatchObject([{ value: 1.25, corrected: null }]);
  });

  it("moves conversions back by what each account's own platform needs, and never spend", async () => {
    const asked = ["--metric", "cpa", "--metric", "spend", "--window", "7d", "--mature"];
    const told = await figures("account", ...asked);
    const days = told.map((one: Record<string, unknown>) => [one.entity, one.metric, one.from, one.value]);
    // Meta and Google have 85 % after five days; what other platforms need nobody knows.
    expect(days).toEqual([
      ["1001", "cpa", "2026-02-26", 21.977273],
      ["1001", "spend", "2026-03-02", 276.05],
      ["2002", "cpa", "2026-02-26", 4.465608],
      ["2002", "spend", "2026-03-02", 70.333331],
      ["national", "cpa", "2026-03-02", null],
      ["national", "spend", "2026-03-02", 910],
      ["tt-1", "cpa", "2026-03-02", 7.5],
      ["tt-1", "spend", "2026-03-02", 52.5],
    ]);
  });

  it("reads the attributes of entities.csv, and says why an entity of insights.csv has none", async () => {
    const budgets = await figures("campaign", "--metric", "dailyBudget");
    const told = budgets.map((one: Record<string, unknown>) => [one.entity, one.value]);
    expect(told).toEqual([
      ["c1", null],
      ["c2", 40],
      ["c3", null],
      ["k1", 30],
      ["s1", 12],
      ["s2", null],
      ["spots", null],
    ]);
    const [age, learning] = await figures(
      "adGroup",
      "--entity",
      "g3",
      "--metric",
      "learning",
      "--metric",
      "ageDays",
    );
    expect([age, learning]).toMatchObject([{ value: 4 }, { value: "learning" }]);
  });
});
