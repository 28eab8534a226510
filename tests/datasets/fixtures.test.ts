import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { palier } from "../support/command.ts";

const DATASETS = "tests/fixtures/datasets";
const IMPORTS = "tests/fixtures/imports";
const PLACE = ["--currency", "USD", "--zone", "America/New_York"];

interface Figure {
  metric: string;
  window: string;
  from: string;
  to: string;
  value: number | null;
  reason: string | null;
  params: { stage?: string };
}

async function figures(dataset: string, asOf: string, ...args: readonly string[]): Promise<Figure[]> {
  const told = await palier([
    "facts",
    "--dataset",
    `${DATASETS}/${dataset}`,
    "--as-of",
    asOf,
    "--json",
    ...args,
  ]);
  expect(told).toMatchObject({ code: 0, stderr: "" });
  return JSON.parse(told.stdout);
}

function metrics(...names: readonly string[]): string[] {
  return names.flatMap((name) => ["--metric", name]);
}

/** Worked out from the source by Python's decimal, each amount rounded once to micros. */
const WEEKS = [
  ["2021-03-01", "7d", 1670748.55018, 7104577.903131, 4.252332, 20.57983, 15.008558, 38.173716, 26.237897],
  ["2021-03-01", "28d", 5610534.728778, 31336420.864231, 5.585282, 21.090213, 17.65288, 41.653183, 19.603724],
  ["2021-12-27", "7d", 1368593.934049, 8983458.778596, 6.564006, 21.31381, 16.87044, 46.99561, 14.82014],
  ["2021-12-27", "28d", 6501858.150395, 34481371.712275, 5.30331, 18.842184, 19.496659, 40.854385, 20.806772],
  ["2022-01-03", "7d", 1486194.184669, 9373521.694161, 6.307064, 28.101239, 9.871607, 36.242318, 25.784836],
  [
    "2022-01-03",
    "28d",
    6528454.850744,
    35115309.532645,
    5.378809,
    20.979938,
    18.219311,
    39.020837,
    21.779914,
  ],
  ["2022-07-04", "7d", 1076385.673104, 9368707.028657, 8.703857, 31.142315, 23.64754, 34.017405, 11.19274],
  ["2022-07-04", "28d", 5202149.489403, 34558401.634375, 6.6431, 24.905034, 20.402217, 33.103273, 21.589475],
  ["2023-06-12", "7d", 1508830.77896, 7930756.840811, 5.256227, 19.728169, 19.955677, 41.725346, 18.590807],
  ["2023-06-12", "28d", 4574157.451433, 35410504.97329, 7.741427, 21.32138, 17.749775, 39.142914, 21.785932],
  ["2024-01-22", "7d", 1309792.377523, 8449061.470462, 6.450688, 20.350099, 14.125238, 49.428006, 16.096657],
  ["2024-01-22", "28d", 5726325.191123, 34634402.468613, 6.048277, 18.775881, 18.826008, 41.03842, 21.359691],
] as const;

describe("the national weekly series", () => {
  it.each(WEEKS)(
    "as of %s over %s has the spend, revenue, MER and stage shares that its source has",
    async (asOf, window, spend, revenue, mer, awareness, prospecting, retargeting, brandSearch) => {
      const asked = metrics("spend", "revenue", "mer", "stageSharePercent");
      const told = await figures("national-weekly", asOf, "--window", window, ...asked);
      const names = told.map(({ metric, params, value }) => [params.stage ?? metric, value]);
      expect(Object.fromEntries(names)).toEqual({
        ...{ mer, revenue, spend, awareness, prospecting, retargeting, brandSearch },
        unmapped: 0,
      });
    },
  );

  it("has no window that its weeks do not make", async () => {
    const told = await figures("national-weekly", "2023-06-14", "--window", "7d", ...metrics("mer"));
    expect(told).toMatchObject([
      {
        from: "2023-06-07",
        to: "2023-06-13",
        value: null,
        reason: expect.stringContaining("row of several days"),
      },
    ]);
  });

  it("says what a brand file would add, where there is none", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "palier-weekly-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const series = `${IMPORTS}/series/meridian_national_all_channels.csv`;
    await palier(["import", series, "--to", folder, ...PLACE]);
    const told = await palier(["facts", "--dataset", folder, "--as-of", "2023-06-12"]);
    expect(told.stdout).toMatch(/MER +5\.26 +6\.30 +7\.74/);
    expect(told.stdout.replaceAll(/\s+/g, " ")).toContain(
      `Propose one with: palier init --dataset ${folder}`,
    );
  });
});

/** Spend, impressions, clicks, CPM, CTR and CPC, worked out likewise. */
const DAYS = [
  ["2020-12-05", "3d", 1920.04, 53743, 139, 35.726327, 0.258638, 13.813237],
  ["2020-12-09", "7d", 4885.68, 145841, 371, 33.500045, 0.254387, 13.168949],
  ["2020-12-10", "1d", 885.85, 33914, 67, 26.120481, 0.197559, 13.221642],
  ["2020-12-13", "7d", 5568.27, 196303, 465, 28.36569, 0.236879, 11.974774],
  ["2020-12-16", "3d", 2883.25, 90711, 209, 31.78501, 0.230402, 13.795455],
  ["2020-12-17", "7d", 6392.9, 209186, 478, 30.560841, 0.228505, 13.374268],
] as const;

describe("the Meta account without conversions", () => {
  it.each(DAYS)(
    "as of %s over %s has the delivery that its source has",
    async (asOf, window, spend, impressions, clicks, cpm, ctrPercent, cpc) => {
      const asked = metrics("spend", "impressions", "clicks", "cpm", "ctrPercent", "cpc");
      const told = await figures("meta-account", asOf, "--window", window, ...asked);
      expect(Object.fromEntries(told.map(({ metric, value }) => [metric, value]))).toEqual({
        ...{ spend, impressions, clicks, cpm, ctrPercent, cpc },
      });
    },
  );

  it("has no figure that needs conversions or a shop, and says why", async () => {
    const needy = ["conversions", "conversionValue", "cpa", "cpaAtLeast", "roas", "roiPercent"];
    const shop = ["mer", "cac", "aov", "revenue", "siteConversionRatePercent"];
    const told = await figures("meta-account", "2020-12-17", "--window", "7d", ...metrics(...needy, ...shop));
    const reasons = Object.fromEntries(told.map(({ metric, value, reason }) => [metric, [value, reason]]));
    const unreported = (figure: string) => [
      null,
      `the source does not report ${figure} on Thu\u00a010\u00a0Dec`,
    ];
    const noShop = [null, "the brand has no shop figures"];
    expect(reasons).toEqual({
      ...{ conversions: unreported("conversions"), conversionValue: unreported("conversion value") },
      ...{ cpa: unreported("conversions"), cpaAtLeast: unreported("conversions") },
      ...{ roas: unreported("conversion value"), roiPercent: unreported("conversion value") },
      ...{ mer: noShop, cac: noShop, aov: noShop, revenue: noShop, siteConversionRatePercent: noShop },
    });
  });

  it("has no data before its first day", async () => {
    const told = await figures("meta-account", "2020-12-05", "--window", "7d", ...metrics("spend"));
    expect(told).toMatchObject([{ from: "2020-11-28", to: "2020-12-04", value: null }]);
  });
});

describe("tests/fixtures/datasets", () => {
  it.each([
    [
      "meta-account",
      [
        "fivetran-meta/ad_daily",
        "fivetran-meta/ad_history",
        "fivetran-meta/ad_set_history",
        "fivetran-meta/campaign_history",
      ],
    ],
    ["national-weekly", ["series/meridian_national_all_channels"]],
  ])("%s is what an import makes of its source", async (name, files) => {
    const folder = mkdtempSync(path.join(tmpdir(), "palier-fixture-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const paths = files.map((file) => `${IMPORTS}/${file}.csv`);
    expect(await palier(["import", ...paths, "--to", folder, ...PLACE])).toMatchObject({ code: 0 });
    const shipped = (file: string) => readFileSync(path.join(DATASETS, name, file), "utf8");
    for (const file of ["accounts.csv", "entities.csv", "insights.csv", "sources.json"])
      expect(readFileSync(path.join(folder, file), "utf8")).toBe(shipped(file));
  });
});
