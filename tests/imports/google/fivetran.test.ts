import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { importText } from "../../support/imports.ts";

function table(name: string) {
  return { name, text: readFileSync(`tests/fixtures/imports/fivetran-google/${name}`, "utf8") };
}

async function importTables(...files: { name: string; text: string }[]) {
  const result = await importText(null, files);
  if (result.kind === "problems") throw new Error(JSON.stringify(result.problems, null, 1));
  const lines = (name: string) => (result.tables[name] ?? "").trimEnd().split("\n");
  return { lines, report: result.report };
}

describe("imports/kinds/fivetran-google", () => {
  it("reads campaigns by day with the newest version of each", async () => {
    const { lines, report } = await importTables(table("campaign_stats.csv"), table("campaign_history.csv"));
    expect(report.files.map((file) => [file.kind, file.table])).toEqual([
      ["fivetran-google", "campaign_stats"],
      ["fivetran-google", "campaign_history"],
    ]);
    const insights = lines("insights.csv");
    expect(insights).toHaveLength(17);
    expect(insights.slice(0, 3)).toEqual([
      "platform,account_id,level,entity_id,date,spend,impressions,clicks,conversions,conversion_value",
      "google,2121450128,campaign,9935249409,2021-01-05,3.25,71,2,0,0",
      "google,2121450128,campaign,9935249409,2021-01-06,2.52,47,3,0,0",
    ]);
    expect(insights.at(-1)).toBe("google,2121450128,campaign,9935249409,2021-02-26,10.65,78,3,0,0");
    expect(report.accounts).toMatchObject([{ level: "campaign", rows: 16, spend: "231.33" }]);
    expect(lines("entities.csv")).toEqual([
      "platform,account_id,level,id,name,status,objective,created_on",
      "google,2121450128,campaign,9935249409,Zj9yTjsXtiWREoWWkz3kww==,paused,search,2020-04-22",
    ]);
  });

  it("adds up a day's ads over devices and keywords, each below its ad group and campaign", async () => {
    const { lines, report } = await importTables(table("ad_stats_one_day.csv"));
    expect(report.accounts).toMatchObject([{ level: "ad", rows: 71, spend: "879.55" }]);
    const insights = lines("insights.csv");
    expect(insights.filter((line) => /,(?:428943607631|435370163955|479686372731),/.test(line))).toEqual([
      "google,2121450128,ad,428943607631,2021-05-31,5.81,13,1,0,0",
      "google,2121450128,ad,435370163955,2021-05-31,37.24,150,8,0,0",
      "google,2121450128,ad,479686372731,2021-05-31,30.06,105,5,0,0",
    ]);
    const entities = lines("entities.csv");
    expect(
      ["campaign", "adGroup", "ad"].map(
        (level) => entities.filter((line) => line.includes(`,${level},`)).length,
      ),
    ).toEqual([24, 45, 71]);
    expect(entities).toContain("google,2121450128,ad,428943607631,100036258295");
    expect(entities).toContain("google,2121450128,adGroup,100036258295,9714806126");
  });

  it("lets the newest version win, wherever it stands, and takes the account from its history", async () => {
    const history =
      "id,updated_at,name,customer_id,advertising_channel_type,start_date,status\n1,2026-03-02 10:00:00,New,77,PERFORMANCE_MAX,2026-01-01,ENABLED\n1,2026-03-01T10:00:00.5,Old,77,SEARCH,2026-01-01,PAUSED\n";
    const accounts =
      "id,updated_at,currency_code,time_zone,descriptive_name\n77,2026-02-01,eur,Europe/Paris,Shop\n77,2026-01-01,EUR,Europe/London,Old shop\n";
    const stats =
      "customer_id,date,id,cost_micros,clicks,conversions,conversions_value,all_conversions\n77,2026-03-01,1,1500000,3,0.5,12.25,\n77,2026-03-02,1,0,0,0,0,\n";
    const { lines } = await importTables(
      { name: "history.csv", text: history },
      { name: "accounts.csv", text: accounts },
      { name: "stats.csv", text: stats },
    );
    expect(lines("entities.csv")[1]).toBe("google,77,campaign,1,New,active,performanceMax,2026-01-01");
    expect(lines("accounts.csv")[1]).toBe("google,77,EUR,Europe/Paris,Shop");
    expect(lines("insights.csv")[1]).toBe("google,77,campaign,1,2026-03-01,1.5,3,0.5,12.25");
  });

  it("reads ad groups below their campaigns", async () => {
    const text = "customer_id,date,id,campaign_id,cost_micros\n77,2026-03-01,20,1,1000000\n";
    const { lines, report } = await importTables({ name: "groups.csv", text });
    expect(report.files[0]?.table).toBe("ad_group_stats");
    expect(lines("insights.csv")[1]).toBe("google,77,adGroup,20,2026-03-01,1");
    expect(lines("entities.csv")).toContain("google,77,adGroup,20,1");
  });

  it("names file, line, column and cell of what cannot be read", async () => {
    const text =
      "customer_id,date,id,cost_micros\n77,2026-03-01,1,1.5\n77,tomorrow,1,1000000\n77,2026-03-02,,1000000\n,2026-03-02,1,1000000\n";
    const result = await importText(null, [{ name: "stats.csv", text }]);
    const problems = result.kind === "problems" ? result.problems : [];
    expect(problems.map(({ file, line, path, found, code }) => [file, line, path, found, code])).toEqual([
      ["stats.csv", 2, "cost_micros", '"1.5"', "import.number"],
      ["stats.csv", 3, "date", '"tomorrow"', "import.day"],
      ["stats.csv", 4, "id", '""', "import.blank"],
      ["stats.csv", 5, "customer_id", '""', "import.blank"],
    ]);
  });
});
