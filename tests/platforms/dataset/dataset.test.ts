import { describe, expect, it } from "vitest";
import type { BrandAccount } from "../../../lib/domain/brand.ts";
import { accountThrough, openDatasetPlatform } from "../../../lib/platforms/dataset/index.ts";
import { type FetchRequest, NOTHING_FURTHER } from "../../../lib/platforms/port.ts";
import { aDataset, type DatasetTexts } from "../../support/dataset.ts";

const PARIS = { currency: "EUR", zone: "Europe/Paris" };
const NOWHERE = { currency: null, zone: null };
const HEADER =
  "platform,account_id,level,entity_id,date,spend,days,impressions,clicks,conversions,leads,reach";
const ENTITIES =
  "platform,account_id,level,id,parent_id,name,status,created_on,daily_budget,lifetime_budget,learning";
const TARGET = { platform: "meta", accountId: "1", level: "campaign", id: "c1" } as const;
const LIVE = { status: "active", dailyBudgetMicros: 1n, budgetName: "1" } as const;

function account(platform = "meta"): BrandAccount {
  return { platform, accountId: "1", conversions: [], attribution: "asSet" };
}

function request(given: Partial<FetchRequest> = {}): FetchRequest {
  const levels = ["account", "campaign", "adGroup"] as const;
  const plain = { account: account(), levels, days: 35, today: "2026-03-10", editsFromMs: 5, nowMs: 9 };
  return { ...plain, ...NOTHING_FURTHER, ...given };
}

async function fetched(texts: DatasetTexts, given: Partial<FetchRequest> = {}) {
  const asked = request(given);
  const platform = openDatasetPlatform(await aDataset(texts), asked.account.platform, PARIS);
  return (await platform.fetchAccount(asked)).snapshot;
}

function insights(...rows: readonly string[]): DatasetTexts {
  return { "insights.csv": [HEADER, ...rows] };
}

describe("lib/platforms/dataset", () => {
  it("answers with the complete days before today, as far as they were asked for and are covered", async () => {
    const snapshot = await fetched(
      insights(
        ...["2026-03-01", "2026-03-07", "2026-03-08", "2026-03-09", "2026-03-10"].map(
          (day) => `meta,1,account,1,${day},1,,10,2,0.5,1,8`,
        ),
      ),
      { days: 2, levels: ["account"] },
    );
    expect(snapshot).toMatchObject({
      ...{ platform: "meta", accountId: "1", name: "meta/1", currency: "EUR", zone: "Europe/Paris" },
      ...{ coveredFrom: "2026-03-08", coveredTo: "2026-03-09", fetchedAtMs: 9, levels: ["account"] },
      ...{ countedOn: "conversion", conversion: "as in the dataset", attribution: "as in the dataset" },
      ...{ minDailyBudgetMicros: 10_000n, budgetUnitMicros: 10_000n, sharedBudgets: [] },
    });
    const row = { level: "account", entityId: "1", spendMicros: 1_000_000n, impressions: 10, clicks: 2 };
    const counters = { linkClicks: null, conversions: 0.5, conversionValueMicros: null, leads: 1, reach: 8 };
    expect(snapshot.insights).toEqual([
      { ...row, ...counters, day: "2026-03-08" },
      { ...row, ...counters, day: "2026-03-09" },
    ]);
  });

  it("lists entities with what is known of them, and none from after today", async () => {
    const { entities } = await fetched({
      ...insights("meta,1,campaign,c2,2026-03-01,1,,,,,,"),
      "entities.csv": [
        ENTITIES,
        "meta,1,campaign,c1,,Été,paused,2026-03-10,,900,",
        "meta,1,adGroup,g1,c1,Wide,active,,25,,learned",
        "meta,1,campaign,c3,,Later,active,2026-03-11,10,,",
      ],
    });
    const unknown = { platform: "meta", accountId: "1", objective: null, labels: [], lastEditAtMs: null };
    expect(entities).toEqual([
      {
        ...{ ...unknown, level: "campaign", id: "c1", parentId: null, name: "Été", status: "paused" },
        // Midnight in Paris is 23:00 of the day before in UTC.
        ...{ platformStatus: "paused", createdAtMs: Date.UTC(2026, 2, 9, 23), budgetScheduled: false },
        ...{ budget: { period: "lifetime", amountMicros: 900_000_000n }, learning: "unknown" },
      },
      {
        ...{ ...unknown, level: "campaign", id: "c2", parentId: null, name: "c2", status: "other" },
        ...{
          platformStatus: "unknown",
          createdAtMs: null,
          budgetScheduled: false,
          budget: null,
          learning: "unknown",
          unsaid: ["status", "budget"],
        },
      },
      {
        ...{ ...unknown, level: "adGroup", id: "g1", parentId: "c1", name: "Wide", status: "active" },
        ...{ platformStatus: "active", createdAtMs: null, budgetScheduled: false },
        ...{ budget: { period: "daily", amountMicros: 25_000_000n }, learning: "learned" },
      },
    ]);
  });

  it("puts a level together from the one below, unknown where a part is, and never people reached", async () => {
    const snapshot = await fetched({
      ...insights(
        "meta,1,adGroup,g1,2026-03-01,1.5,,10,1,2,1,100",
        "meta,1,adGroup,g2,2026-03-01,2,,20,,3,2,100",
        "meta,1,adGroup,g3,2026-03-01,4,,40,4,5,,100",
      ),
      "entities.csv": [
        ENTITIES,
        "meta,1,campaign,c1,,,,,,,",
        "meta,1,campaign,c2,,,,,,,",
        "meta,1,adGroup,g1,c1,,,,,,",
        "meta,1,adGroup,g2,c1,,,,,,",
        "meta,1,adGroup,g3,c2,,,,,,",
      ],
    });
    expect(snapshot.levels).toEqual(["account", "campaign", "adGroup"]);
    const none = { linkClicks: null, conversionValueMicros: null, day: "2026-03-01" };
    expect(snapshot.insights.filter(({ level }) => level !== "adGroup")).toEqual([
      {
        ...none,
        level: "account",
        entityId: "1",
        spendMicros: 7_500_000n,
        impressions: 70,
        clicks: null,
        conversions: 10,
      },
      {
        ...none,
        level: "campaign",
        entityId: "c1",
        spendMicros: 3_500_000n,
        impressions: 30,
        clicks: null,
        conversions: 5,
        leads: 3,
      },
      {
        ...none,
        level: "campaign",
        entityId: "c2",
        spendMicros: 4_000_000n,
        impressions: 40,
        clicks: 4,
        conversions: 5,
      },
    ]);
  });

  it("goes by a level's own rows where it has some, and has no level that cannot be put together whole", async () => {
    const { levels, insights: rows } = await fetched({
      ...insights(
        "meta,1,account,1,2026-03-01,9,,,,,,",
        "meta,1,adGroup,g1,2026-03-01,1,,,,,,",
        "meta,1,adGroup,g2,2026-03-01,2,,,,,,",
      ),
      "entities.csv": [ENTITIES, "meta,1,campaign,c1,,,,,,,", "meta,1,adGroup,g1,c1,,,,,,"],
    });
    expect(levels).toEqual(["account", "adGroup"]);
    expect(rows.filter(({ level }) => level === "account").map(({ spendMicros }) => spendMicros)).toEqual([
      9_000_000n,
    ]);
    const mixed = await fetched({
      ...insights("meta,1,campaign,c1,2026-03-02,7,7,,,,,", "meta,1,campaign,c2,2026-03-03,1,,,,,,"),
    });
    expect(mixed.levels).toEqual(["campaign"]);
    const above = await fetched(insights("meta,1,campaign,c1,2026-03-02,7,,,,,,"));
    expect(above.levels).toEqual(["account", "campaign"]);
  });

  it("covers whole weeks alone where rows are weeks", async () => {
    const weeks = ["2026-02-16", "2026-02-23", "2026-03-02", "2026-03-09"].map(
      (day) => `tv,1,campaign,spots,${day},7,7,,,,,`,
    );
    const dataset = insights(...weeks);
    const night = await fetched(dataset, { account: account("tv"), today: "2026-03-12", days: 20 });
    // 20 days before 12 March begin on 20 February; the week of 9 March is not over.
    expect([night.coveredFrom, night.coveredTo]).toEqual(["2026-02-23", "2026-03-08"]);
    expect(
      night.insights.filter(({ level }) => level === "account").map(({ day, days }) => [day, days]),
    ).toEqual([
      ["2026-02-23", 7],
      ["2026-03-02", 7],
    ]);
    const looking = accountThrough(await aDataset(dataset), PARIS, {
      ...request(),
      account: account("tv"),
      today: "2026-03-12",
    });
    expect([looking.coveredFrom, looking.coveredTo]).toEqual(["2026-02-16", "2026-03-15"]);
    expect(looking.insights.filter(({ level }) => level === "campaign")).toHaveLength(4);
  });

  it("takes an account without a row for one that delivered nothing, at every level", async () => {
    const snapshot = await fetched({
      "accounts.csv": [
        "platform,account_id,currency,time_zone,covered_from,covered_to",
        "meta,1,JPY,Asia/Tokyo,2026-01-01,2026-12-31",
      ],
      "revenue.csv": ["date,revenue", "2026-03-01,1"],
    });
    expect(snapshot).toMatchObject({
      ...{ levels: ["account", "campaign", "adGroup"], insights: [], currency: "JPY", zone: "Asia/Tokyo" },
      ...{ coveredFrom: "2026-02-03", coveredTo: "2026-03-09", budgetUnitMicros: 1_000_000n },
    });
  });

  it("knows clicks of Google's as link clicks, and that its conversions are counted by click", async () => {
    const rows = insights("google,1,campaign,c1,2026-03-01,1,,,7,,,");
    const snapshot = await fetched(rows, { account: account("google"), levels: ["campaign"] });
    expect(snapshot).toMatchObject({ countedOn: "click", insights: [{ linkClicks: 7 }, { linkClicks: 7 }] });
  });

  it("names conversion and attribution as the import knew them", async () => {
    const accounts = [
      { platform: "meta", accountId: "1", conversion: "purchases", attribution: "7-day click" },
    ];
    const snapshot = await fetched({
      ...insights("meta,1,campaign,c1,2026-03-01,1,,,,,,"),
      "sources.json": JSON.stringify({ v: 1, accounts, imports: [] }),
    });
    expect(snapshot).toMatchObject({ conversion: "purchases", attribution: "7-day click" });
  });

  it("refuses every edit, and has no live state to read", async () => {
    const dataset = await aDataset(insights("meta,1,campaign,c1,2026-03-01,1,,,,,,"));
    const platform = openDatasetPlatform(dataset, "meta", PARIS);
    const edit = { kind: "dailyBudget", fromMicros: 1n, toMicros: 2n } as const;
    const refused = { kind: "refused", code: "dataset.readOnly" };
    expect(await platform.preflight(TARGET, edit, LIVE)).toMatchObject(refused);
    expect(await platform.write(TARGET, edit, LIVE)).toMatchObject(refused);
    await expect(platform.readHolder(TARGET)).rejects.toMatchObject({
      details: { code: "dataset.readOnly" },
    });
    expect(await platform.readEdits(TARGET, 0, 1)).toBeNull();
    expect(await platform.checkAccess(TARGET)).toMatchObject({ writing: "refused" });
  });

  it("fails for an account, days or a place that it does not know", async () => {
    const dataset = await aDataset(insights("meta,1,campaign,c1,2026-03-01,1,,,,,,"));
    const platform = openDatasetPlatform(dataset, "meta", PARIS);
    const other = { ...account(), accountId: "2" };
    const unplaced = openDatasetPlatform(dataset, "meta", NOWHERE);
    await expect(platform.fetchAccount(request({ account: other }))).rejects.toMatchObject({
      details: { code: "dataset.noAccount" },
    });
    await expect(platform.checkAccess(other)).rejects.toMatchObject({
      details: { code: "dataset.noAccount" },
    });
    await expect(platform.fetchAccount(request({ today: "2026-03-01" }))).rejects.toMatchObject({
      details: { code: "dataset.noDays" },
    });
    await expect(unplaced.fetchAccount(request())).rejects.toMatchObject({
      details: { code: "dataset.noPlace" },
    });
    await expect(unplaced.listAccounts()).rejects.toMatchObject({ details: { code: "dataset.noPlace" } });
  });

  it("lists its platform's accounts, and what they counted", async () => {
    const dataset = await aDataset({
      "accounts.csv": [
        "platform,account_id,currency,time_zone,name",
        "meta,1,EUR,Europe/Paris,Lune",
        "tv,9,USD,UTC,",
      ],
      ...insights(
        "meta,1,campaign,c1,2026-03-08,1,,,,2.5,1,",
        "meta,1,campaign,c2,2026-03-09,1,,,,1,4,",
        "tv,9,campaign,x,2026-03-01,1,,,,,,",
      ),
    });
    const meta = openDatasetPlatform(dataset, "meta", NOWHERE);
    expect(await meta.listAccounts()).toEqual([
      {
        platform: "meta",
        accountId: "1",
        name: "Lune",
        currency: "EUR",
        zone: "Europe/Paris",
        status: "active",
      },
    ]);
    expect(await meta.listConversions(account(), 30, "2026-03-10")).toEqual([
      { name: "lead", conversions: 5, conversionValueMicros: 0n, primary: false },
      { name: "as in the dataset", conversions: 3.5, conversionValueMicros: 0n, primary: true },
    ]);
    const tv = openDatasetPlatform(dataset, "tv", NOWHERE);
    expect(await tv.listConversions({ platform: "tv", accountId: "9" }, 30, "2026-03-10")).toEqual([]);
  });
});
