import { describe, expect, it } from "vitest";
import { aDataset } from "../support/dataset.ts";

const ACCOUNTS = [
  "platform,account_id,currency,time_zone,name,covered_from,covered_to",
  "meta,1001,EUR,Europe/Paris,Lune,2026-02-01,2026-03-31",
];
const ENTITIES = [
  "platform,account_id,level,id,parent_id,name,status,objective,created_on,labels,daily_budget,lifetime_budget,bid_strategy,learning",
  "meta,1001,campaign,c1,,PROS Été,active,sales,2026-01-05,proven; summer ,,,,",
  "meta,1001,adGroup,g1,c1,Wide,paused,,,,25.50,,lowestCost,limited",
];
const HEADER = "platform,account_id,level,entity_id,date,spend";

describe("lib/dataset", () => {
  it("reads accounts, entities and insights with amounts in micros, blank cells as unknown", async () => {
    const dataset = await aDataset({
      "accounts.csv": ACCOUNTS,
      "entities.csv": ENTITIES,
      "insights.csv": [
        `${HEADER},impressions,clicks,conversions,conversion_value,reach,video_views,leads`,
        "meta,1001,adGroup,g1,2026-03-02,10.0000005,1000,20,1.5,99.90,800,5,2",
        "meta,1001,adGroup,g1,2026-03-01,0,,,,,,,",
      ],
    });
    expect(dataset.accounts).toEqual([
      {
        ...{ platform: "meta", accountId: "1001", currency: "EUR", zone: "Europe/Paris", name: "Lune" },
        ...{ coveredFrom: "2026-02-01", coveredTo: "2026-03-31" },
      },
    ]);
    const account = { platform: "meta", accountId: "1001" };
    expect(dataset.entities).toEqual([
      {
        ...account,
        ...{ level: "campaign", id: "c1", parentId: null, name: "PROS Été", status: "active" },
        ...{ objective: "sales", createdOn: "2026-01-05", labels: ["proven", "summer"] },
        ...{ dailyBudgetMicros: null, lifetimeBudgetMicros: null, bidStrategy: null, learning: "unknown" },
      },
      {
        ...account,
        ...{ level: "adGroup", id: "g1", parentId: "c1", name: "Wide", status: "paused" },
        ...{ objective: null, createdOn: null, labels: [], dailyBudgetMicros: 25_500_000n },
        ...{ lifetimeBudgetMicros: null, bidStrategy: "lowestCost", learning: "limited" },
      },
    ]);
    const row = { ...account, level: "adGroup", entityId: "g1", linkClicks: null };
    expect(dataset.insights).toEqual([
      {
        ...{ ...row, day: "2026-03-02", spendMicros: 10_000_001n, impressions: 1000, clicks: 20 },
        ...{ conversions: 1.5, conversionValueMicros: 99_900_000n, reach: 800, videoViews: 5, leads: 2 },
      },
      {
        ...{ ...row, day: "2026-03-01", spendMicros: 0n, impressions: null, clicks: null },
        ...{ conversions: null, conversionValueMicros: null },
      },
    ]);
    expect(dataset.levels).toEqual([{ account, level: "adGroup" }]);
  });

  it("takes the account and the entity that insights alone name, and the days that they cover", async () => {
    const dataset = await aDataset({
      "insights.csv": [
        `${HEADER},days`,
        "tv,national,campaign,spots,2026-03-09,700,7",
        "tv,national,campaign,spots,2026-02-23,500,7",
      ],
    });
    expect(dataset.accounts).toMatchObject([
      { platform: "tv", currency: null, zone: null, coveredFrom: "2026-02-23", coveredTo: "2026-03-15" },
    ]);
    expect(dataset.entities).toMatchObject([
      { level: "campaign", id: "spots", name: null, status: null, dailyBudgetMicros: null },
    ]);
    expect(dataset.insights.map(({ day, days }) => [day, days])).toEqual([
      ["2026-03-09", 7],
      ["2026-02-23", 7],
    ]);
    expect(dataset.revenue).toBeNull();
  });

  it("reads the shop's figures, other spend, events and where the folder was imported from", async () => {
    const sha256 = "a".repeat(64);
    const sources = {
      v: 1,
      accounts: [{ platform: "meta", accountId: "1", conversion: "purchases", attribution: null }],
      imports: [{ kind: "meta-ads-manager", files: [{ name: "a.csv", sha256, rows: 3 }], notes: [] }],
    };
    const dataset = await aDataset({
      "revenue.csv": ["date,revenue,days,orders", "2026-03-02,700,7,", "2026-03-01,100.5,1,3"],
      "other_spend.csv": ["date,source,spend", "2026-03-02,print,12", "2026-03-02,affiliates,3.5"],
      "events.csv": ["name,from,to,kind", "sale,2026-03-01,2026-03-03,sale", "fair,2026-02-01,2026-02-02,"],
      "sources.json": JSON.stringify(sources),
    });
    expect(dataset.revenue).toMatchObject([
      { day: "2026-03-01", revenueMicros: 100_500_000n, orders: 3 },
      { day: "2026-03-02", days: 7, revenueMicros: 700_000_000n, orders: null },
    ]);
    expect(dataset.otherSpend).toEqual([
      { day: "2026-03-02", source: "affiliates", spendMicros: 3_500_000n },
      { day: "2026-03-02", source: "print", spendMicros: 12_000_000n },
    ]);
    expect(dataset.events).toEqual([
      { name: "fair", from: "2026-02-01", to: "2026-02-02", kind: null },
      { name: "sale", from: "2026-03-01", to: "2026-03-03", kind: "sale" },
    ]);
    expect(dataset.sources).toEqual(sources);
    expect(dataset.accounts).toEqual([]);
  });

  it("reads a byte-order mark, CRLF, quotation marks and blank lines as what they mean", async () => {
    const dataset = await aDataset({
      "insights.csv": `\uFEFF${HEADER}\r\n"meta",1001,campaign,"a, ""b""",2026-03-02,1\r\n\r\nmeta,1001,campaign,"a, ""b""",2026-03-01,2\r\n`,
    });
    expect(dataset.insights.map(({ entityId, day }) => [entityId, day])).toEqual([
      ['a, "b"', "2026-03-02"],
      ['a, "b"', "2026-03-01"],
    ]);
  });

  it("keeps the rows that touch the wanted days, and takes coverage from all and entities from those by then", async () => {
    const rows = ["2026-03-01,1,1", "2026-03-08,2,", "2026-03-02,3,5", "2026-03-09,4,"];
    const dataset = await aDataset(
      { "insights.csv": [`${HEADER},days`, ...rows.map((row, index) => `meta,1,campaign,c${index},${row}`)] },
      { from: "2026-03-06", to: "2026-03-08" },
    );
    expect(dataset.insights.map(({ day }) => day)).toEqual(["2026-03-08", "2026-03-02"]);
    expect(dataset.accounts).toMatchObject([{ coveredFrom: "2026-03-01", coveredTo: "2026-03-09" }]);
    expect(dataset.entities.map(({ id }) => id)).toEqual(["c0", "c1", "c2"]);
  });

  it("goes by the files that an import has committed and not moved yet", async () => {
    const dataset = await aDataset({
      "insights.csv": [HEADER, "meta,1,campaign,old,2026-03-01,1"],
      "accounts.csv": ["platform,account_id,currency,time_zone", "meta,1,EUR,Europe/Paris"],
      ".import-ready/insights.csv": [HEADER, "meta,1,campaign,new,2026-03-01,1"],
    });
    expect(dataset.insights.map(({ entityId }) => entityId)).toEqual(["new"]);
    expect(dataset.accounts).toMatchObject([{ currency: "EUR" }]);
  });
});
