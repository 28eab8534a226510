import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ImportedText, importText } from "../../support/imports.ts";

const FOLDER = new URL("../../fixtures/imports/meta/", import.meta.url);

function fixture(name: string) {
  return { name, text: readFileSync(new URL(name, FOLDER), "utf8") };
}

function imported(result: ImportedText) {
  if (result.kind !== "imported") throw new Error(JSON.stringify(result.problems, null, 2));
  return result;
}

function notesOf(result: ImportedText): string[] {
  const { report } = imported(result);
  return report.files.flatMap(({ notes }) => notes.map(({ text, times }) => `${text} (${times})`));
}

function accountsOf(result: ImportedText): unknown {
  return JSON.parse(imported(result).tables["sources.json"] ?? "{}").accounts;
}

describe("imports/kinds/meta-ads-manager", () => {
  it("reads campaigns by day in English, with ids, budgets and delivery", async () => {
    const result = await importText(null, [fixture("campaigns-by-day-en.csv")], { zone: "Europe/Paris" });
    const { tables } = imported(result);
    expect(tables["accounts.csv"]).toBe(
      ["platform,account_id,currency,time_zone,name", "meta,1005550001,EUR,Europe/Paris,North Shop", ""].join(
        "\n",
      ),
    );
    expect(tables["entities.csv"]).toBe(
      [
        "platform,account_id,level,id,name,status,objective,created_on,daily_budget,learning",
        "meta,1005550001,campaign,120210000000000101,Spring | Prospecting,active,Sales,2026-01-15,150,learned",
        'meta,1005550001,campaign,120210000000000202,"Retargeting, 30 days",paused,Sales,2025-11-03,,',
        "",
      ].join("\n"),
    );
    expect(tables["insights.csv"]).toBe(
      [
        "platform,account_id,level,entity_id,date,spend,impressions,clicks,conversions,conversion_value,reach,video_views,leads",
        "meta,1005550001,campaign,120210000000000101,2026-03-01,84.5,12000,240,4,310.4,9000,3100,0",
        "meta,1005550001,campaign,120210000000000101,2026-03-02,80.1,11000,198,0,0,8800,2900,2",
        "meta,1005550001,campaign,120210000000000202,2026-03-01,25,5000,50,1,60,4000,0,0",
        "",
      ].join("\n"),
    );
    expect(accountsOf(result)).toEqual([
      {
        ...{ platform: "meta", accountId: "1005550001" },
        ...{ conversion: "Purchases", attribution: "7-day click or 1-day view" },
      },
    ]);
    expect(notesOf(result)).toEqual([
      'blank cells of "Leads" read as 0 (2)',
      'blank cells of "3-second video plays" read as 0 (1)',
      'blank cells of "Purchases" read as 0 (1)',
      'blank cells of "Purchases conversion value" read as 0 (1)',
      "a delivery of Active is read as past the learning phase, which Ads Manager would name (1)",
    ]);
  });

  it("reads ad sets by day in French, with semicolons, decimal commas and names for ids", async () => {
    const settings = { account: "1005550002", zone: "Europe/Paris" };
    const result = await importText(null, [fixture("ad-sets-by-day-fr.csv")], settings);
    const { tables } = imported(result);
    expect(tables["accounts.csv"]).toContain("\nmeta,1005550002,EUR,Europe/Paris\n");
    expect(tables["entities.csv"]).toBe(
      [
        "platform,account_id,level,id,parent_id,name,status,daily_budget,lifetime_budget,learning",
        "meta,1005550002,campaign,Printemps,,Printemps,,,,",
        "meta,1005550002,adGroup,Femmes 25-45,Printemps,Femmes 25-45,active,1500.5,,limited",
        "meta,1005550002,adGroup,Élargi,Printemps,Élargi,paused,,900,",
        "",
      ].join("\n"),
    );
    expect(tables["insights.csv"]).toBe(
      [
        "platform,account_id,level,entity_id,date,spend,impressions,clicks,conversions,conversion_value,reach",
        "meta,1005550002,adGroup,Femmes 25-45,2026-03-01,1234.56,13000,310,5,600.25,11000",
        "meta,1005550002,adGroup,Femmes 25-45,2026-03-02,100.07,10000,210,2,205.25,9000",
        "meta,1005550002,adGroup,Élargi,2026-03-01,75,7000,100,1,100,6000",
        "",
      ].join("\n"),
    );
    expect(accountsOf(result)).toEqual([
      {
        ...{ platform: "meta", accountId: "1005550002" },
        ...{ conversion: "Purchases", attribution: "Clic de 7 jours" },
      },
    ]);
    expect(notesOf(result)).toEqual([]);
  });

  it("adds up the rows of a breakdown, and leaves out people, who are no sum", async () => {
    const result = await importText(null, [fixture("ads-by-age-en.csv")], { account: "1005550003" });
    expect(imported(result).tables["insights.csv"]).toBe(
      [
        "platform,account_id,level,entity_id,date,spend,impressions,clicks,conversions,conversion_value",
        "meta,1005550003,ad,120210000000000901,2026-03-01,19.75,2000,35,3,115.5",
        "",
      ].join("\n"),
    );
    expect(imported(result).tables["entities.csv"]).toBe(
      [
        "platform,account_id,level,id,parent_id,name",
        "meta,1005550003,campaign,Spring,,Spring",
        "meta,1005550003,adGroup,Broad,Spring,Broad",
        "meta,1005550003,ad,120210000000000901,Broad,Video A",
        "",
      ].join("\n"),
    );
    expect(notesOf(result)).toContain("clicks are link clicks: the export has no column of all clicks (1)");
  });

  it("reads a month without days as rows of 28 days, and results of one kind as conversions", async () => {
    const settings = { account: "1005550004" };
    const result = await importText(null, [fixture("campaigns-of-a-month-en.csv")], settings);
    expect(imported(result).tables["insights.csv"]).toBe(
      [
        "platform,account_id,level,entity_id,date,spend,days,impressions,clicks,conversions,reach",
        "meta,1005550004,campaign,Leads form,2026-02-01,1250.5,28,48000,960,41,21000",
        "meta,1005550004,campaign,Newsletter,2026-02-01,640,28,30500,310,9,15000",
        "",
      ].join("\n"),
    );
    expect(accountsOf(result)).toEqual([
      {
        ...{ platform: "meta", accountId: "1005550004" },
        ...{ conversion: "actions:lead", attribution: null },
      },
    ]);
  });

  it("leaves out the totals of an account's days, and takes its currency from the rows", async () => {
    const text = [
      "Account ID,Account name,Day,Amount spent,Currency,Attribution setting",
      "77,North Shop,,21,EUR,",
      "77,North Shop,2026-03-01,10,EUR,7-day click",
      "77,North Shop,2026-03-02,11,EUR,1-day click",
    ].join("\n");
    const settings = { zone: "Europe/Paris" };
    const result = await importText("meta-ads-manager", [{ name: "days.csv", text }], settings);
    const { tables } = imported(result);
    expect(tables["accounts.csv"]).toContain("\nmeta,77,EUR,Europe/Paris,North Shop\n");
    expect(tables["insights.csv"]).toBe(
      [
        "platform,account_id,level,entity_id,date,spend",
        "meta,77,account,77,2026-03-01,10",
        "meta,77,account,77,2026-03-02,11",
        "",
      ].join("\n"),
    );
    expect(notesOf(result)).toEqual(["attribution differs between rows: 7-day click, 1-day click (1)"]);
  });

  it("takes delivery and budgets as far as it knows their words", async () => {
    const text = [
      "Campaign name,Ad set name,Ad set delivery,Ad set budget,Ad set budget type,Day,Amount spent (EUR)",
      "Spring,A,learning,40,Daily,2026-03-01,1",
      "Spring,B,not_delivering,Using campaign budget,Using campaign budget,2026-03-01,1",
      "Spring,C,campaign_off,500,Lifetime,2026-03-01,1",
      "Spring,D,archived,40,Per hour,2026-03-01,1",
      "Spring,E,Learning limited,40,Daily,2026-03-01,1",
      "Spring,E,inactive,60,Daily,2026-03-02,1",
      "Spring,F,Active,60,Daily,2026-03-02,1",
    ].join("\n");
    const settings = { account: "77" };
    const result = await importText("meta-ads-manager", [{ name: "sets.csv", text }], settings);
    expect(imported(result).tables["entities.csv"]).toBe(
      [
        "platform,account_id,level,id,parent_id,name,status,daily_budget,lifetime_budget,learning",
        "meta,77,campaign,Spring,,Spring,,,,",
        "meta,77,adGroup,A,Spring,A,active,40,,learning",
        "meta,77,adGroup,B,Spring,B,,,,",
        "meta,77,adGroup,C,Spring,C,paused,,500,",
        "meta,77,adGroup,D,Spring,D,removed,,,",
        "meta,77,adGroup,E,Spring,E,paused,60,,",
        "meta,77,adGroup,F,Spring,F,active,60,,learned",
        "",
      ].join("\n"),
    );
  });

  it("reads the weeks of a breakdown by week, whatever days the report covers", async () => {
    const text = [
      "Account ID,Week,Amount spent (EUR),Reporting starts,Reporting ends",
      "act_77,2026-03-02 - 2026-03-08,70.5,2026-03-02,2026-03-15",
      "act_77,2026-03-09 - 2026-03-15,69,2026-03-02,2026-03-15",
    ].join("\n");
    const result = await importText("meta-ads-manager", [{ name: "weeks.csv", text }]);
    expect(imported(result).tables["insights.csv"]).toBe(
      [
        "platform,account_id,level,entity_id,date,spend,days",
        "meta,77,account,77,2026-03-02,70.5,7",
        "meta,77,account,77,2026-03-09,69,7",
        "",
      ].join("\n"),
    );
  });
});
