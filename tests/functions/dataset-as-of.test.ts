import { describe, expect, it } from "vitest";
import { palier } from "../support/command.ts";
import { aDatasetFolder, type DatasetTexts } from "../support/dataset.ts";

/** 2026-01-01 and the days after it, up to 2026-03-01. */
const DAYS = Array.from({ length: 60 }, (_, index) =>
  new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
);
const AS_OF = "2026-02-15";

/** Target CPA 40, of retargeting 12; prospecting is wanted at 70 to 80 %, and one campaign is left alone. */
const BRAND = {
  id: "my-shop",
  name: "My shop",
  currency: "EUR",
  zone: "Europe/Paris",
  accounts: [{ platform: "meta", id: "1001" }],
  parameters: {
    targetCpa: { unit: "money", default: 40, values: [{ campaigns: ["RTG *"], value: 12 }] },
    contributionMargin: { unit: "ratio", default: 0.5 },
    wantedProfit: { unit: "ratio", default: 0.2 },
  },
  groups: { stage: { prospecting: { campaigns: ["PROS *"] }, retargeting: { campaigns: ["RTG *"] } } },
  bands: { stage: { prospecting: [70, 80] } },
  handsOff: [{ campaigns: ["PROS Asia"], by: "lea" }],
  packs: { roads: {} },
};

/** `later`: what the files say from `until` on, which is everything else than before. */
function aShop(until: string, later: boolean): DatasetTexts {
  const days = DAYS.filter((day) => day < until);
  const others = later ? DAYS.filter((day) => day >= until) : [];
  return {
    "accounts.csv": ["platform,account_id,currency,time_zone,name", "meta,1001,EUR,Europe/Paris,Lune"],
    "entities.csv": [
      "platform,account_id,level,id,name,status,created_on,daily_budget,learning",
      "meta,1001,campaign,c1,PROS Europe,active,2025-11-01,60,learned",
      "meta,1001,campaign,c2,RTG Visitors,active,2025-11-01,30,learned",
      "meta,1001,campaign,c3,PROS Asia,active,2025-11-01,60,learned",
      ...(later ? ["meta,1001,campaign,c4,PROS Moon,,2026-02-20,,learned"] : []),
    ],
    "insights.csv": [
      "platform,account_id,level,entity_id,date,spend,impressions,clicks,conversions,conversion_value",
      ...days.flatMap((day) => [
        `meta,1001,campaign,c1,${day},60,6000,120,3,300`,
        `meta,1001,campaign,c2,${day},30,3000,30,1,50`,
        `meta,1001,campaign,c3,${day},60,6000,120,3,300`,
      ]),
      ...others.flatMap((day) => [
        `meta,1001,campaign,c1,${day},9000,1,1,,`,
        `meta,1001,campaign,c2,${day},0,0,0,500,90000`,
        ...(day === AS_OF ? [] : ["c4", "c5"].map((id) => `meta,1001,campaign,${id},${day},700,8,7,6,5`)),
      ]),
    ],
    "revenue.csv": [
      "date,revenue,orders,sessions",
      ...days.flatMap((day) => [`${day},900,12,600`]),
      ...others.map((day) => `${day},1,,`),
    ],
    "other_spend.csv": [
      "date,source,spend",
      "2026-02-12,print,35",
      ...(later ? ["2026-02-16,radio,80000"] : []),
    ],
    "events.csv": [
      "name,from,to",
      "Sale,2026-02-10,2026-02-12",
      ...(later ? ["Fair,2026-02-16,2026-02-18"] : []),
    ],
  };
}

/** Both with one brand file; the folder's name, which is all that may differ, is left out. */
async function told(brand: string, texts: DatasetTexts, ...args: readonly string[]) {
  const folder = aDatasetFolder(texts);
  const { code, stdout, stderr } = await palier([
    ...args,
    ...["--dataset", folder, "--as-of", AS_OF, "--brand", brand],
  ]);
  return { code, stderr, stdout: stdout.replaceAll(folder, "FOLDER").split("\n") };
}

function aBrandFile(): string {
  return `${aDatasetFolder({ "brand.json": JSON.stringify(BRAND) })}/brand.json`;
}

describe("palier on a dataset, as of a day in the middle", () => {
  it.each([
    // The night is over before its own day is; a figure of that day itself may be asked for.
    [["preview"], AS_OF],
    [["preview", "--json"], AS_OF],
    ...["brand", "account", "campaign"].map((level): [string[], string] => [
      ["facts", "--json", "--level", level, "--window", "today", "--window", "28d"],
      "2026-02-16",
    ]),
  ])("tells nothing else when more is known later: %j", async (args, until) => {
    const brand = aBrandFile();
    const then = await told(brand, aShop(until, false), ...args);
    expect(then).toMatchObject({ code: 0, stderr: "" });
    expect(await told(brand, aShop(until, true), ...args)).toEqual(then);
  });

  it("follows the brand file's bands, targets by campaign and hands off", async () => {
    const { stdout } = await told(aBrandFile(), aShop(AS_OF, true), "preview", "--json");
    const plan = JSON.parse(stdout.join("\n"));
    expect(plan.changes.map(({ name, ruleId }: Record<string, unknown>) => [name, ruleId])).toEqual([
      ["PROS Europe", "raise-proven"],
    ]);
    const targets = plan.holders.map((one: { campaignName: string; targetCpa: { value: number } }) => [
      one.campaignName,
      one.targetCpa.value,
    ]);
    expect(targets).toEqual([
      ["PROS Europe", 40_000_000],
      ["RTG Visitors", 12_000_000],
      ["PROS Asia", 40_000_000],
    ]);
    // Of 150 a day on seven days and 35 outside, 120 a day are prospecting.
    expect(plan.brandLine.stages).toMatchObject([
      { stage: "prospecting", band: [70, 80], sharePercent: { value: 77.419355 } },
      { stage: "retargeting", band: null, sharePercent: { value: 19.354839 } },
      { stage: "unmapped", band: null },
    ]);
    expect(plan.protections).toMatchObject([{ name: "PROS Asia", by: "lea", because: "brandFile" }]);
  });
});
