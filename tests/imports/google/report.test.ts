import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { reportPeriod, writtenDay } from "../../../lib/imports/kinds/google-ads-report/dates.ts";
import type { ImportSettings } from "../../../lib/runtime/import/index.ts";
import { type ImportedText, importText } from "../../support/imports.ts";

const ACCOUNT = { account: "123-456-7890" };

function fixture(name: string) {
  return { name, bytes: readFileSync(`tests/fixtures/imports/google/${name}`) };
}

function imported(result: ImportedText) {
  if (result.kind === "problems") throw new Error(JSON.stringify(result.problems, null, 1));
  const lines = (name: string) => (result.tables[name] ?? "").trimEnd().split("\n");
  const notes = result.report.files.flatMap((file) => file.notes.map(({ text }) => text));
  return { lines, notes, report: result.report, sources: JSON.parse(result.tables["sources.json"] ?? "{}") };
}

async function importFixture(name: string, settings: Partial<ImportSettings> = {}) {
  return imported(await importText(null, [fixture(name)], settings));
}

async function problemsOf(text: string, settings: Partial<ImportSettings> = {}) {
  const result = await importText("google-ads-report", [{ name: "report.csv", text }], settings);
  return result.kind === "problems" ? result.problems : [];
}

describe("imports/kinds/google-ads-report", () => {
  it("reads campaigns by day as the interface exports them in English", async () => {
    const { lines, report } = await importFixture("campaigns-en.csv");
    expect(report.files[0]).toMatchObject({ kind: "google-ads-report", table: "report", mark: "point" });
    expect(lines("insights.csv")).toEqual([
      "platform,account_id,level,entity_id,date,spend,impressions,clicks,conversions,conversion_value",
      "google,1234567890,campaign,111,2026-09-01,1234.56,12034,842,40.5,3210",
      "google,1234567890,campaign,111,2026-09-02,600,5000,300,12,900",
      "google,1234567890,campaign,222,2026-09-01,9.9,100,10,,",
    ]);
    expect(lines("entities.csv")).toEqual([
      "platform,account_id,level,id,name,status,objective,labels,daily_budget,lifetime_budget,bid_strategy",
      'google,1234567890,campaign,111,"Brand, exact",active,search,brand;always on,50,,Maximize conversions',
      "google,1234567890,campaign,222,All products,paused,performanceMax,,,3000,Maximize conversion value",
    ]);
  });

  it("leaves totals out and tells where one differs from the rows", async () => {
    const { notes } = await importFixture("campaigns-en.csv");
    expect(notes).toEqual(['"Total: Account" says cost 1900, the rows add up to 1844.46']);
  });

  it("reads the French interface, with decimal commas and no ids", async () => {
    const { lines, notes, report } = await importFixture("campagnes-fr.csv", ACCOUNT);
    expect(report.files[0]).toMatchObject({ kind: "google-ads-report", mark: "comma" });
    expect(lines("insights.csv").slice(1)).toEqual([
      "google,1234567890,campaign,Liquidation,2026-09-02,3.1,40,2,0,0",
      "google,1234567890,campaign,Toitures printemps,2026-09-01,12.34,1234,7,1,99.9",
      "google,1234567890,campaign,Toitures printemps,2026-09-02,1020.5,10500,88,2.5,1500",
    ]);
    expect(lines("entities.csv").slice(1)).toEqual([
      "google,1234567890,campaign,Liquidation,Liquidation,paused,display",
      "google,1234567890,campaign,Toitures printemps,Toitures printemps,active,search",
    ]);
    expect(notes).toEqual([]);
  });

  it("reads the Excel .csv, UTF-16 with tabs, and takes its dates from above the header", async () => {
    const { lines, report } = await importFixture("ad-groups-utf16.csv", ACCOUNT);
    expect(report.files[0]).toMatchObject({ encoding: "utf-16le", delimiter: "\t" });
    expect(lines("insights.csv")).toEqual([
      "platform,account_id,level,entity_id,date,spend,days,impressions,clicks,conversions",
      "google,1234567890,adGroup,9001,2026-09-01,990,30,40000,900,30",
      "google,1234567890,adGroup,9002,2026-09-01,0,30,0,0,0",
    ]);
    expect(lines("entities.csv")).toEqual([
      "platform,account_id,level,id,parent_id,name,status",
      "google,1234567890,campaign,111,,Brand,",
      "google,1234567890,adGroup,9001,111,Exact terms,active",
      "google,1234567890,adGroup,9002,111,Old terms,removed",
    ]);
  });

  it("adds up rows by device, where unknown and something is unknown", async () => {
    const { lines, notes, report } = await importFixture("devices-en.csv", ACCOUNT);
    expect(report.files[0]?.table).toBe("report by segment");
    expect(lines("insights.csv").slice(1)).toEqual([
      "google,1234567890,campaign,111,2026-09-01,14.5,150,7,1.75",
      "google,1234567890,campaign,111,2026-09-02,0.57,6,0,",
    ]);
    expect(notes).toEqual([]);
  });

  it("reads fields of the API, cost in micros, currency and zone of the account", async () => {
    const { lines } = await importFixture("api-fields.csv");
    expect(lines("insights.csv").slice(1)).toEqual([
      "google,1234567890,campaign,111,2026-09-01,1.750001,200,15,1.5,45.25",
      "google,1234567890,campaign,111,2026-09-02,0,10,0,0,0",
    ]);
    expect(lines("accounts.csv").slice(1)).toEqual(["google,1234567890,EUR,Europe/Paris"]);
    expect(lines("entities.csv").slice(1)).toEqual([
      "google,1234567890,campaign,111,Brand,active,performanceMax",
    ]);
  });

  it("reads the column Cost where micros stand beside it", async () => {
    const text = "Day,Campaign ID,Campaign,Cost,Cost (micros)\n2026-09-01,111,Brand,12,12000000\n";
    const result = await importText("google-ads-report", [{ name: "report.csv", text }], ACCOUNT);
    expect(imported(result).lines("insights.csv").slice(1)).toEqual([
      "google,1234567890,campaign,111,2026-09-01,12",
    ]);
  });

  it("reads weeks, of which the first and the last hold only days of the report", async () => {
    const { lines } = await importFixture("weeks-en.csv", ACCOUNT);
    expect(lines("insights.csv").slice(1)).toEqual([
      "google,1234567890,campaign,Roofs,2026-09-01,60,6,600,6",
      "google,1234567890,campaign,Roofs,2026-09-07,70,7,700,7",
      "google,1234567890,campaign,Roofs,2026-09-28,30,3,300,3",
    ]);
  });

  it("reads months by name", async () => {
    const text =
      '"February 10, 2028 - March 31, 2028"\nMonth,Campaign,Cost\nFebruary 2028,A,2.00\nmars 2028,A,3.00\n';
    const result = imported(await importText(null, [{ name: "report.csv", text }], ACCOUNT));
    expect(result.lines("insights.csv").slice(1)).toEqual([
      "google,1234567890,campaign,A,2028-02-10,2,20",
      "google,1234567890,campaign,A,2028-03-01,3,31",
    ]);
  });

  it("reads ads, with their ad groups and campaigns above them", async () => {
    const text =
      "Day,Campaign ID,Campaign,Ad group ID,Ad group,Ad ID,Ad status,Cost,TrueView views\n2026-09-01,1,C,20,G,300,Enabled,1.00,44\n";
    const { lines } = imported(await importText(null, [{ name: "ads.csv", text }], ACCOUNT));
    expect(lines("insights.csv")[1]).toBe("google,1234567890,ad,300,2026-09-01,1,44");
    expect(lines("entities.csv").slice(1)).toEqual([
      "google,1234567890,campaign,1,,C,",
      "google,1234567890,adGroup,20,1,G,",
      "google,1234567890,ad,300,20,,active",
    ]);
  });

  it("tells ad groups of one name apart by their campaigns", async () => {
    const text = "Day,Campaign,Ad group,Cost\n2026-09-01,A,All,1.50\n2026-09-01,B,All,2.00\n";
    const { lines } = imported(await importText(null, [{ name: "groups.csv", text }], ACCOUNT));
    expect(lines("insights.csv").slice(1)).toEqual([
      "google,1234567890,adGroup,A / All,2026-09-01,1.5",
      "google,1234567890,adGroup,B / All,2026-09-01,2",
    ]);
  });

  it("counts the column of conversions that a person names, without the value of another", async () => {
    const text =
      "Day,Campaign,Cost,Conversions,Conv. value,All conv.,All conv. value,Purchases\n2026-09-01,A,1.50,2.00,20.00,5.00,50.00,1.00\n";
    const file = { name: "report.csv", text };
    const read = async (conversion: string | null) => {
      const { lines, sources } = imported(await importText(null, [file], { ...ACCOUNT, conversion }));
      return [lines("insights.csv")[1], sources.accounts[0].conversion];
    };
    expect(await read(null)).toEqual(["google,1234567890,campaign,A,2026-09-01,1.5,2,20", "Conversions"]);
    expect(await read("all conv.")).toEqual([
      "google,1234567890,campaign,A,2026-09-01,1.5,5,50",
      "All conv.",
    ]);
    expect(await read("Purchases")).toEqual(["google,1234567890,campaign,A,2026-09-01,1.5,1", "Purchases"]);
    expect(await problemsOf(text, { ...ACCOUNT, conversion: "Leads" })).toMatchObject([
      { code: "import.conversionMissing", found: "Leads" },
    ]);
  });

  it("takes the learning phase from the status of the row's own entity", async () => {
    const rows = ["A,Eligible", "B,Eligible (Learning)", "C,Limited by budget", "D,Paused", "E,Not eligible"];
    const text = ["Day,Campaign,Status,Cost", ...rows.map((row) => `2026-09-01,${row},1.00`)].join("\n");
    const { lines } = imported(await importText(null, [{ name: "report.csv", text }], ACCOUNT));
    expect(lines("entities.csv").map((line) => line.split(",").slice(3).join())).toEqual([
      ...["id,name,learning", "A,A,learned", "B,B,learning", "C,C,learned", "D,D,", "E,E,"],
    ]);
  });

  it("leaves budgets out that may be shared, or that do not say of what", async () => {
    const text =
      "Day,Campaign,Budget,Budget type,Budget name,Cost\n2026-09-01,A,10.50,Daily,Everything,1.00\n2026-09-01,B,10.50,--,--,1.00\n";
    const { lines, notes } = imported(await importText(null, [{ name: "report.csv", text }], ACCOUNT));
    expect(lines("entities.csv")[0]).toBe("platform,account_id,level,id,name");
    expect(notes.map((note) => note.slice(0, 30))).toEqual([
      "budgets that have a name are l",
      "budgets are left out where the",
    ]);
  });
});

describe("imports/kinds/google-ads-report, what it refuses", () => {
  it("refuses rows by conversion action, which carry no cost", async () => {
    const result = await importText(null, [fixture("conversion-actions-en.csv")], ACCOUNT);
    expect(result).toMatchObject({
      kind: "problems",
      problems: [{ code: "import.unsummable", line: 3, path: "Conversion action" }],
    });
  });

  it("refuses rows by search term, which are not all of a campaign", async () => {
    const problems = await problemsOf("Day,Campaign,Search term,Cost\n2026-09-01,A,roofs,1.00\n", ACCOUNT);
    expect(problems).toMatchObject([{ code: "import.unsummable", path: "Search term" }]);
  });

  it("asks for the account where neither the file nor a person says it", async () => {
    const text = "Day,Campaign,Cost\n2026-09-01,A,1.00\n";
    expect(await problemsOf(text)).toMatchObject([{ code: "import.accountMissing", line: 1 }]);
    expect(await problemsOf(text, { account: "mine" })).toMatchObject([{ code: "import.id", found: "mine" }]);
  });

  it("refuses accounts that only a name tells apart", async () => {
    const text = "Day,Account,Campaign,Cost\n2026-09-01,One,A,1.50\n2026-09-01,Two,A,2.50\n";
    expect(await problemsOf(text, ACCOUNT)).toMatchObject([
      { code: "import.accounts", line: 3, path: "Account", found: '"Two"' },
    ]);
  });

  it("refuses a report without days", async () => {
    const problems = await problemsOf("All time\nCampaign,Cost\nA,1.00\n", ACCOUNT);
    expect(problems).toMatchObject([{ code: "import.periodMissing", path: "Day", line: 2 }]);
  });

  it("names file, line, column and cell of everything that cannot be read, all at once", async () => {
    const text = [
      "Day,Campaign ID,Cost,Clicks,Conversions",
      "2026-09-01,111,abc,1,1.00",
      "2026-02-30,111,1.00,1,1.00",
      "2026-09-02,1.23E+10,1.00,1,1.00",
      "2026-09-03,111,1.00,1.5,1.00",
      "2026-09-04,111,--,1,1.00",
      "2026-09-05,111,-1.00,1,-2.00",
      "--,111,1.00,1,1.00",
    ].join("\n");
    const problems = await problemsOf(text, ACCOUNT);
    expect(problems.map(({ file, line, path, found, code }) => [file, line, path, found, code])).toEqual([
      ["report.csv", 2, "Cost", '"abc"', "import.number"],
      ["report.csv", 3, "Day", '"2026-02-30"', "import.day"],
      ["report.csv", 4, "Campaign ID", '"1.23E+10"', "import.id"],
      ["report.csv", 5, "Clicks", '"1.5"', "import.count"],
      ["report.csv", 6, "Cost", '"--"', "import.spendMissing"],
      ["report.csv", 7, "Cost", '"-1.00"', "import.negative"],
      ["report.csv", 7, "Conversions", '"-2.00"', "import.negative"],
      ["report.csv", 8, "Day", '"--"', "import.blank"],
    ]);
  });

  it("refuses a second row of a day that no device or network tells from the first", async () => {
    const text = "Day,Campaign,Cost\n2026-09-01,A,1.00\n2026-09-01,A,1.00\n";
    expect(await problemsOf(text, ACCOUNT)).toMatchObject([{ code: "import.duplicateRow", line: 3 }]);
  });

  it("refuses days by device that stand in two files, rather than count them twice", async () => {
    const files = ["one.csv", "two.csv"].map((name) => ({ ...fixture("devices-en.csv"), name }));
    const result = await importText(null, files, ACCOUNT);
    const problems = result.kind === "problems" ? result.problems : [];
    expect(problems.map(({ file, line, code }) => [file, line, code])).toEqual([
      ["two.csv", 4, "import.duplicateRow"],
      ["two.csv", 5, "import.duplicateRow"],
      ["two.csv", 6, "import.duplicateRow"],
      ["two.csv", 7, "import.duplicateRow"],
    ]);
  });
});

describe("imports/kinds/google-ads-report/dates", () => {
  it.each([
    ["2026-09-01", "2026-09-01"],
    ["September 1, 2026", "2026-09-01"],
    ["Sep 1, 2026", "2026-09-01"],
    ["1 sept. 2026", "2026-09-01"],
    ["1er août 2026", "2026-08-01"],
    ["4 juil. 2026", "2026-07-04"],
    ["4 juin 2026", "2026-06-04"],
    ["29 février 2028", "2028-02-29"],
    ["February 30, 2026", null],
    ["1 jui 2026", null],
    ["01/02/2026", null],
    ["All time", null],
  ])("reads %s as %s", (text, day) => {
    expect(writtenDay(text, null)).toBe(day);
  });

  it("finds the period in one cell or several, and none where one end is missing", () => {
    const period = { from: "2026-09-01", to: "2026-09-30" };
    expect(reportPeriod([["Report"], ["September 1, 2026 - September 30, 2026"]], null)).toEqual(period);
    expect(reportPeriod([["September 1", "2026 - September 30", "2026"]], null)).toEqual(period);
    expect(reportPeriod([["01/09/2026 - 30/09/2026"]], "dayFirst")).toEqual(period);
    expect(reportPeriod([["September 1, 2026"]], null)).toBeNull();
    expect(reportPeriod([["September 30, 2026 - September 1, 2026"]], null)).toBeNull();
  });
});
