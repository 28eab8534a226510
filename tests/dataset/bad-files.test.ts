import { describe, expect, it } from "vitest";
import { type DatasetTexts, problemsOf } from "../support/dataset.ts";

const HEADER = "platform,account_id,level,entity_id,date,spend";
const GOOD = "meta,1,campaign,c1,2026-03-01,5";

function insights(...rows: readonly string[]): DatasetTexts {
  return { "insights.csv": [HEADER, ...rows] };
}

function withDays(...rows: readonly string[]): DatasetTexts {
  return { "insights.csv": [`${HEADER},days`, ...rows] };
}

function beside(file: string, ...rows: readonly string[]): DatasetTexts {
  return { ...insights(GOOD), [file]: rows };
}

const ACCOUNTS = "platform,account_id,currency,time_zone";
const ENTITIES = "platform,account_id,level,id";

type Expected = { code: string; line: number | null; path: string; found?: string; allowed?: string };

const CASES: readonly [string, DatasetTexts, Expected][] = [
  ["an empty file", { "insights.csv": "" }, { code: "dataset.empty", line: null, path: "" }],
  ["a header without a row", insights(), { code: "dataset.empty", line: null, path: "" }],
  [
    "a folder without insights and revenue",
    { "insight.csv": [HEADER, GOOD] },
    { code: "dataset.nothing", line: null, path: "", found: "insight.csv" },
  ],
  [
    "UTF-16 from Excel",
    { "insights.csv": Buffer.from(`\uFEFF${HEADER}\n${GOOD}`, "utf16le") },
    { code: "dataset.utf16", line: null, path: "" },
  ],
  [
    "UTF-16 without a mark",
    { "insights.csv": Buffer.from(`${HEADER}\n${GOOD}`, "utf16le") },
    { code: "dataset.utf16", line: null, path: "" },
  ],
  [
    "a ZIP archive renamed to CSV",
    { "insights.csv": Buffer.from("504b0304140000000800", "hex") },
    { code: "dataset.archive", line: null, path: "" },
  ],
  [
    "another archive as the revenue file",
    { "revenue.csv": Buffer.from("504b0304140000000800", "hex") },
    { code: "dataset.archive", line: null, path: "" },
  ],
  [
    "text that is no UTF-8",
    { "insights.csv": Buffer.from(`${HEADER}\nmeta,1,campaign,\xe9t\xe9,2026-03-01,5`, "latin1") },
    { code: "dataset.notUtf8", line: null, path: "" },
  ],
  [
    "semicolons between cells",
    { "insights.csv": [HEADER.replaceAll(",", ";"), GOOD.replaceAll(",", ";")] },
    { code: "dataset.separator", line: 1, path: "" },
  ],
  [
    "a quotation mark that never closes",
    insights('meta,1,campaign,"c1,2026-03-01,5'),
    { code: "dataset.notCsv", line: 2, path: "" },
  ],
  [
    "an unknown column",
    { "insights.csv": [`${HEADER},cost`, `${GOOD},1`] },
    {
      ...{ code: "dataset.unknownColumn", line: 1, path: "cost", found: '"cost"' },
      allowed:
        "the columns platform, account_id, level, entity_id, date, spend, days, impressions, clicks, conversions, " +
        "conversion_value, reach, video_views, leads",
    },
  ],
  [
    "a missing column",
    { "insights.csv": [HEADER.replace(",spend", ""), "meta,1,campaign,c1,2026-03-01"] },
    { code: "dataset.missingColumn", line: 1, path: "spend" },
  ],
  [
    "a repeated column",
    { "insights.csv": [`${HEADER},clicks,clicks`, `${GOOD},1,1`] },
    { code: "dataset.repeatedColumn", line: 1, path: "clicks" },
  ],
  [
    "a row with a cell too many",
    insights(GOOD, "meta,1,campaign,c2,2026-03-01,5,50"),
    { code: "dataset.cellCount", line: 3, path: "", found: "7 cells", allowed: "6 cells, one per column" },
  ],
  [
    "negative spend",
    insights("meta,1,campaign,c1,2026-03-01,-5"),
    { code: "dataset.badCell", line: 2, path: "spend", found: '"-5"' },
  ],
  [
    "blank spend",
    insights("meta,1,campaign,c1,2026-03-01,"),
    { code: "dataset.blankCell", line: 2, path: "spend" },
  ],
  [
    "a decimal comma",
    insights('meta,1,campaign,c1,2026-03-01,"5,50"'),
    { code: "dataset.badCell", line: 2, path: "spend", found: '"5,50"' },
  ],
  [
    "a day that its month does not have",
    insights("meta,1,campaign,c1,2026-02-29,5"),
    { code: "dataset.badCell", line: 2, path: "date" },
  ],
  [
    "a level in another spelling",
    insights("meta,1,adset,c1,2026-03-01,5"),
    { code: "dataset.badCell", line: 2, path: "level", allowed: "account, campaign, adGroup, ad" },
  ],
  [
    "a platform that is no word",
    insights("Meta Ads,1,campaign,c1,2026-03-01,5"),
    { code: "dataset.badCell", line: 2, path: "platform" },
  ],
  [
    "an account row with an id of its own",
    insights("meta,1,account,2,2026-03-01,5"),
    { code: "dataset.accountRow", line: 2, path: "entity_id" },
  ],
  [
    "two rows for one entity and date",
    insights("meta,1,campaign,c1,2026-03-02,5", GOOD, "meta,1,campaign,c1,2026-03-02,6"),
    {
      ...{ code: "dataset.duplicateRow", line: 4, path: "date" },
      allowed: "each day of an entity once; the other row stands in line 2",
    },
  ],
  [
    "weeks that overlap",
    withDays("meta,1,campaign,c1,2026-03-08,5,7", "meta,1,campaign,c1,2026-03-02,5,7"),
    {
      code: "dataset.overlap",
      line: 3,
      path: "date",
      allowed: "each day of an entity once; the other row stands in line 2",
    },
  ],
  [
    "a day inside a week",
    withDays(
      "meta,1,campaign,c1,2026-03-02,5,7",
      "meta,1,campaign,c1,2026-03-03,5,",
      "meta,1,campaign,c1,2026-03-09,5,7",
    ),
    { code: "dataset.overlap", line: 3, path: "date" },
  ],
  [
    "a span of no days",
    withDays("meta,1,campaign,c1,2026-03-02,5,0"),
    { code: "dataset.badCell", line: 2, path: "days" },
  ],
  [
    "an amount beyond 2^53 micros",
    insights("meta,1,campaign,c1,2026-03-01,9007199254.740992"),
    { code: "dataset.badCell", line: 2, path: "spend" },
  ],
  [
    "a sum beyond 2^53 micros",
    insights("meta,1,campaign,c1,2026-03-01,9007199254.740991", "meta,1,campaign,c2,2026-03-01,0.000001"),
    { code: "dataset.sumTooLarge", line: null, path: "spend" },
  ],
  [
    "an account named twice",
    beside("accounts.csv", ACCOUNTS, "meta,1,EUR,Europe/Paris", "meta,1,EUR,Europe/Paris"),
    { code: "dataset.duplicateAccount", line: 3, path: "account_id" },
  ],
  [
    "an account of two currencies",
    beside("accounts.csv", ACCOUNTS, "meta,1,EUR,Europe/Paris", "meta,1,USD,Europe/Paris"),
    {
      code: "dataset.twoCurrencies",
      line: 3,
      path: "currency",
      found: '"USD"',
      allowed: "one currency for account meta/1; line 2 says EUR",
    },
  ],
  [
    "a currency that is none",
    beside("accounts.csv", ACCOUNTS, "meta,1,euro,Europe/Paris"),
    { code: "dataset.badCell", line: 2, path: "currency" },
  ],
  [
    "a zone that is none",
    beside("accounts.csv", ACCOUNTS, "meta,1,EUR,CET+1"),
    { code: "dataset.badCell", line: 2, path: "time_zone" },
  ],
  [
    "covered days that end before they begin",
    beside(
      "accounts.csv",
      `${ACCOUNTS},covered_from,covered_to`,
      "meta,2,EUR,Europe/Paris,2026-03-02,2026-03-01",
    ),
    { code: "dataset.coverage", line: 2, path: "covered_from" },
  ],
  [
    "a row outside the covered days",
    beside("accounts.csv", `${ACCOUNTS},covered_from,covered_to`, "meta,1,EUR,Europe/Paris,2026-03-02,"),
    { code: "dataset.notCovered", line: 2, path: "date", found: "2026-03-01" },
  ],
  [
    "an account of which no day is known",
    beside("accounts.csv", ACCOUNTS, "meta,2,EUR,Europe/Paris"),
    { code: "dataset.noDays", line: 2, path: "covered_from" },
  ],
  [
    "an entity named twice",
    beside("entities.csv", ENTITIES, "meta,1,campaign,c1", "meta,1,campaign,c1"),
    { code: "dataset.duplicateEntity", line: 3, path: "id" },
  ],
  [
    "a parent that is not there",
    beside("entities.csv", `${ENTITIES},parent_id`, "meta,1,adGroup,g1,c9"),
    { code: "dataset.parent", line: 2, path: "parent_id", found: '"c9", which is not there' },
  ],
  [
    "a parent of the wrong level",
    beside("entities.csv", `${ENTITIES},parent_id`, "meta,1,ad,a1,c1"),
    { code: "dataset.parent", line: 2, path: "parent_id", found: '"c1", which is of level campaign' },
  ],
  [
    "a parent of a campaign",
    beside("entities.csv", `${ENTITIES},parent_id`, "meta,1,campaign,c2,c1"),
    { code: "dataset.parent", line: 2, path: "parent_id" },
  ],
  [
    "two budgets of one entity",
    beside("entities.csv", `${ENTITIES},daily_budget,lifetime_budget`, "meta,1,campaign,c1,10,100"),
    { code: "dataset.twoBudgets", line: 2, path: "lifetime_budget" },
  ],
  [
    "a budget of nothing",
    beside("entities.csv", `${ENTITIES},daily_budget`, "meta,1,campaign,c1,0"),
    { code: "dataset.badCell", line: 2, path: "daily_budget" },
  ],
  [
    "one source twice on a day",
    beside("other_spend.csv", "date,source,spend", "2026-03-01,print,1", "2026-03-01,print,2"),
    { code: "dataset.duplicateRow", line: 3, path: "source" },
  ],
  [
    "an event that ends before it begins",
    beside("events.csv", "name,from,to", "sale,2026-03-02,2026-03-01"),
    { code: "dataset.eventDays", line: 2, path: "to" },
  ],
  [
    "a bad cell of the shop's figures",
    beside("revenue.csv", "date,revenue", "2026-03-01,1,5"),
    { code: "shop.cellCount", line: 2, path: "" },
  ],
  [
    "sources of another version",
    { ...insights(GOOD), "sources.json": '{ "v": 2, "accounts": [], "imports": [] }' },
    { code: "dataset.unknownWord", line: 1, path: "v" },
  ],
];

describe("lib/dataset on bad files", () => {
  it.each(CASES)("gives one clear message for %s", async (_, texts, expected) => {
    const problems = await problemsOf(texts);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject(expected);
    expect(problems[0]?.fix).not.toBe("");
  });

  it("tells the problems of all files at once, and at most fifty", async () => {
    const bad = Array.from({ length: 60 }, (_, index) => `meta,1,campaign,c${index},2026-13-01,5`);
    const some = await problemsOf({
      "accounts.csv": [ACCOUNTS, "meta,1,EUR,nowhere"],
      ...insights("meta,1,campaign,c1,2026-03-01,x", "meta,1,campaign,,2026-03-01,1"),
      "events.csv": ["name,from,to", ",2026-03-02,2026-03-03"],
    });
    expect(some.map(({ file, line, path }) => [file, line, path])).toEqual([
      ["accounts.csv", 2, "time_zone"],
      ["insights.csv", 2, "spend"],
      ["insights.csv", 3, "entity_id"],
      ["events.csv", 2, "name"],
    ]);
    expect(await problemsOf(insights(...bad))).toHaveLength(50);
  });
});
