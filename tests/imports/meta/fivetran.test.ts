import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ImportedText, importText } from "../../support/imports.ts";

const FOLDER = new URL("../../fixtures/imports/fivetran-meta/", import.meta.url);

function fixture(name: string) {
  return { name, text: readFileSync(new URL(name, FOLDER), "utf8") };
}

function imported(result: ImportedText) {
  if (result.kind !== "imported") throw new Error(JSON.stringify(result.problems, null, 2));
  return result;
}

function linesOf(result: ImportedText, table: string): string[] {
  return (imported(result).tables[table] ?? "").trimEnd().split("\n");
}

function notesOf(result: ImportedText): string[] {
  const { report } = imported(result);
  return report.files.flatMap(({ notes }) => notes.map(({ text, times }) => `${text} (${times})`));
}

/** Spend of ads that `action_values.csv` has actions of. */
const AD_DAILY = {
  name: "ad_daily.csv",
  text: [
    "ad_id,date,account_id,impressions,inline_link_clicks,spend",
    "23857771826760536,2024-09-29,9,100,5,50",
    "23857771826760536,2024-10-02,9,80,,40",
    "6317634610871,2024-10-02,9,10,1,3",
  ].join("\n"),
};

function actionFile(name: string, rows: readonly string[]) {
  return { name, text: ["ad_id,date,action_type,value", ...rows].join("\n") };
}

// The sums and rows of the real account were worked out by Python's csv and decimal modules.
describe("imports/kinds/fivetran-meta", () => {
  it("reads a real account's ads by day, with ad sets and campaigns", async () => {
    const names = ["ad_daily.csv", "ad_history.csv", "ad_set_history.csv", "campaign_history.csv"];
    const settings = { currency: "EUR", zone: "Europe/Paris" };
    const result = await importText(null, names.map(fixture), settings);
    const insights = linesOf(result, "insights.csv");
    expect(insights).toHaveLength(408);
    expect(insights.slice(0, 3)).toEqual([
      "platform,account_id,level,entity_id,date,spend,impressions,clicks",
      "meta,1700252260223815,ad,6210593407271,2020-12-02,26.9,555,0",
      "meta,1700252260223815,ad,6210593407271,2020-12-03,56.42,1066,3",
    ]);
    expect(insights.at(-1)).toBe("meta,1700252260223815,ad,6235916624271,2020-12-16,9.39,91,0");
    expect(imported(result).report.accounts).toEqual([
      {
        ...{ account: "meta/1700252260223815", level: "ad", currency: "EUR", rows: 407 },
        ...{ from: "2020-12-02", to: "2020-12-17", spend: "12394.42" },
      },
    ]);
    const entities = linesOf(result, "entities.csv");
    expect(entities).toHaveLength(1 + 3 * 61);
    expect(entities.slice(0, 2)).toEqual([
      "platform,account_id,level,id,parent_id,name",
      "meta,1700252260223815,campaign,6210593400671,,yIkIKGUiFjauy1FhM0DdVQ==",
    ]);
    expect(entities).toContain(
      "meta,1700252260223815,adGroup,6210593402471,6210593400671,Ee+hxfatf6in9pdAkX8cnw==",
    );
    expect(entities).toContain(
      "meta,1700252260223815,ad,6210593407271,6210593402471,Ee+hxfatf6in9pdAkX8cnw==",
    );
    expect(notesOf(result)).toEqual([
      "clicks are link clicks: the table has no others (1)",
      "blank cells of inline_link_clicks read as 0 (171)",
    ]);
  });

  it("takes of an entity the version that was synced last", async () => {
    const history = {
      name: "campaign_history.csv",
      text: [
        "id,account_id,name,effective_status,objective,_fivetran_synced",
        "5,9,New name,CAMPAIGN_PAUSED,OUTCOME_SALES,2024-10-02 08:00:00.1",
        "5,9,Old name,ACTIVE,OUTCOME_LEADS,2024-10-01 08:00:00.1",
      ].join("\n"),
    };
    const result = await importText(null, [AD_DAILY, history]);
    expect(linesOf(result, "entities.csv")).toEqual([
      "platform,account_id,level,id,name,status,objective",
      "meta,9,campaign,5,New name,paused,OUTCOME_SALES",
    ]);
  });

  it("counts each sale once, though it stands under several action types", async () => {
    const result = await importText(null, [AD_DAILY, fixture("action_values.csv")], { account: "9" });
    const insights = linesOf(result, "insights.csv");
    expect(insights[0]).toBe(
      "platform,account_id,level,entity_id,date,spend,impressions,clicks,conversion_value",
    );
    expect(insights.filter((line) => /23857771826760536|6317634610871/.test(line))).toEqual([
      "meta,9,ad,23857771826760536,2024-09-29,50,100,5,207.51",
      "meta,9,ad,23857771826760536,2024-09-30,0,,,582.35",
      "meta,9,ad,23857771826760536,2024-10-01,0,,,492.03",
      "meta,9,ad,23857771826760536,2024-10-02,40,80,0,0",
      "meta,9,ad,6317634610871,2024-09-29,0,,,29324.84",
      "meta,9,ad,6317634610871,2024-10-02,3,10,1,5.82",
    ]);
    expect(notesOf(result)).toContain("2024-10-02 was fetched before it was over (1)");
  });

  it("counts the action type that is named", async () => {
    const settings = { account: "9", conversion: "offsite_conversion.fb_pixel_lead" };
    const result = await importText(null, [AD_DAILY, fixture("action_values.csv")], settings);
    expect(linesOf(result, "insights.csv")).toContain(
      "meta,9,ad,23857771826760536,2024-10-02,40,80,0,4163.53",
    );
    expect(JSON.parse(imported(result).tables["sources.json"] ?? "").accounts).toEqual([
      {
        ...{ platform: "meta", accountId: "9" },
        ...{ conversion: "offsite_conversion.fb_pixel_lead", attribution: null },
      },
    ]);
  });

  it("counts purchases of all places where the file has them, wherever in the file", async () => {
    const values = actionFile("basic_ad_action_values.csv", [
      "23857771826760536,2024-09-29,offsite_conversion.fb_pixel_purchase,70",
      "23857771826760536,2024-09-29,purchase,80",
      "6317634610871,2024-10-02,omni_purchase,90.5",
      "23857771826760536,2024-09-29,omni_purchase,85",
    ]);
    const counts = actionFile("basic_ad_actions.csv", [
      "23857771826760536,2024-09-29,omni_purchase,2",
      "23857771826760536,2024-10-02,link_click,7",
      "6317634610871,2024-10-02,omni_purchase,1",
    ]);
    const result = await importText(null, [AD_DAILY, values, counts], { account: "9" });
    expect(linesOf(result, "insights.csv").slice(1)).toEqual([
      "meta,9,ad,23857771826760536,2024-09-29,50,100,5,2,85",
      "meta,9,ad,23857771826760536,2024-10-02,40,80,0,0,",
      "meta,9,ad,6317634610871,2024-10-02,3,10,1,1,90.5",
    ]);
  });

  it.each([
    ["whose they are", "action_values.csv", null, "import.account"],
    ["by their name whether they are counts or amounts", "table.csv", "9", "import.unknownKind"],
  ])("refuses actions that do not say %s", async (_case, name, account, code) => {
    const file = actionFile(name, ["5,2024-09-29,omni_purchase,85"]);
    const result = await importText("fivetran-meta", [file], { account });
    expect(result).toMatchObject({ kind: "problems", problems: [{ code, file: name, line: 1 }] });
  });

  it("tells every cell that cannot be read by its line and column", async () => {
    const file = {
      name: "ad_daily.csv",
      text: [
        "ad_id,date,account_id,impressions,inline_link_clicks,spend",
        "6.21E+12,2020-12-02,9,555,,26.9",
        "621,2020-12-32,9,555,,26.9",
        "621,2020-12-04,9,many,,26.9",
      ].join("\n"),
    };
    const result = await importText(null, [file]);
    expect(result).toMatchObject({
      kind: "problems",
      problems: [
        { line: 2, path: "ad_id", found: '"6.21E+12"', allowed: "an id, digits alone" },
        { line: 3, path: "date", found: '"2020-12-32"', allowed: "a day, such as 2026-03-31" },
        {
          line: 4,
          path: "impressions",
          found: '"many"',
          allowed: "a number with a decimal point, such as 1,234.50",
        },
      ],
    });
  });
});
