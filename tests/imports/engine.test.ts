import { describe, expect, it } from "vitest";
import { TEST_KIND } from "../support/import-kind.ts";
import { type ImportedFile, importText } from "../support/imports.ts";

const HEADER = "Day,Campaign,Spend (EUR),Clicks";

function report(...rows: readonly string[]): string {
  return `${[HEADER, ...rows].join("\n")}\n`;
}

async function insightsOf(file: Omit<ImportedFile, "name">): Promise<string | undefined> {
  const imported = await importText(TEST_KIND, [{ name: "report.csv", ...file }]);
  if (imported.kind === "problems") throw new Error(JSON.stringify(imported.problems));
  return imported.tables["insights.csv"];
}

const TWO_DAYS = [
  "platform,account_id,level,entity_id,date,spend,clicks",
  "meta,1,campaign,7,2026-03-01,10,0",
  "meta,1,campaign,7,2026-03-02,1.5,3",
  "",
].join("\n");

describe("lib/runtime/import", () => {
  it("makes a dataset of an export, sorted, whatever the order of its rows", async () => {
    const imported = await importText(TEST_KIND, [
      { name: "report.csv", text: report("2026-03-02,7,1.50,3", "2026-03-01,7,10,0") },
    ]);
    if (imported.kind === "problems") throw new Error(JSON.stringify(imported.problems));
    expect(imported.tables["insights.csv"]).toBe(TWO_DAYS);
    expect(imported.tables["accounts.csv"]).toBe(
      "platform,account_id,currency,time_zone\nmeta,1,EUR,Europe/Paris\n",
    );
    expect(imported.tables["entities.csv"]).toBe(
      "platform,account_id,level,id,name\nmeta,1,campaign,7,Campaign 7\n",
    );
    expect(imported.report.accounts).toEqual([
      {
        ...{ account: "meta/1", level: "campaign", currency: "EUR", rows: 2, spend: "11.5" },
        ...{ from: "2026-03-01", to: "2026-03-02" },
      },
    ]);
    expect(Object.keys(imported.tables)).toEqual([
      "accounts.csv",
      "entities.csv",
      "insights.csv",
      "sources.json",
    ]);
  });

  it.each([
    ["a byte-order mark", { text: `\ufeff${report("2026-03-01,7,10,0", "2026-03-02,7,1.50,3")}` }],
    [
      "lines that end as on Windows",
      { text: report("2026-03-01,7,10,0", "2026-03-02,7,1.50,3").replaceAll("\n", "\r\n") },
    ],
    [
      "semicolons and decimal commas",
      { text: "Day;Campaign;Spend (EUR);Clicks\n2026-03-01;7;10;0\n2026-03-02;7;1,50;3\n" },
    ],
    ["days written first", { text: report("01/03/2026,7,10,0", "02/03/2026,7,1.50,3", "13/03/2026,8,0,0") }],
    [
      "lines above the header",
      {
        text: `Report\n"March 1, 2026 - March 2, 2026"\n${report("2026-03-01,7,10,0", "2026-03-02,7,1.50,3")}`,
      },
    ],
  ])("reads a file with %s", async (_, file) => {
    expect((await insightsOf(file))?.split("\n").slice(0, 3)).toEqual(TWO_DAYS.split("\n").slice(0, 3));
  });

  it.each(["utf-16le", "utf-16be"])("reads tab-separated %s, as Excel writes it", async (encoding) => {
    const text = "\ufeffDay\tCampaign\tSpend (EUR)\tClicks\n2026-03-01\t7\t10\t0\n2026-03-02\t7\t1.50\t3\n";
    const bytes = Buffer.from(text, "utf16le");
    if (encoding === "utf-16be") bytes.swap16();
    expect(await insightsOf({ bytes })).toBe(TWO_DAYS);
  });

  it("reads Windows-1252, and says so", async () => {
    const bytes = Buffer.from(report("2026-03-01,caf\u00e9,10,0"), "latin1");
    const imported = await importText(TEST_KIND, [{ name: "report.csv", bytes }]);
    if (imported.kind === "problems") throw new Error(JSON.stringify(imported.problems));
    expect(imported.tables["insights.csv"]).toContain("meta,1,campaign,café,2026-03-01,10,0");
    expect(imported.report.files[0]?.notes[0]?.text).toContain("Windows-1252");
  });

  it("adds up rows by device, decimals exactly, and reach never", async () => {
    const text =
      "Day,Campaign,Spend (EUR),Clicks,Device\n2026-03-01,7,0.10,1,phone\n2026-03-01,7,0.20,2,desktop\n";
    expect(await insightsOf({ text })).toBe(
      "platform,account_id,level,entity_id,date,spend,clicks\nmeta,1,campaign,7,2026-03-01,0.3,3\n",
    );
  });

  it("finds the kind of each file by its columns, and adds what several files tell", async () => {
    const imported = await importText(TEST_KIND, [
      { name: "march.csv", text: report("2026-03-01,7,10,0") },
      { name: "later.csv", text: report("2026-03-02,7,1.50,3") },
    ]);
    if (imported.kind === "problems") throw new Error(JSON.stringify(imported.problems));
    expect(imported.tables["insights.csv"]).toBe(TWO_DAYS);
  });

  it("leaves out the day on which a file was written, which was not over", async () => {
    const text = report("2026-03-01,7,10,0", "2026-03-02,7,1.50,3", "2026-03-03,7,0.20,0");
    // Already the 3rd in Paris, and still the 2nd in New York.
    const writtenAt = "2026-03-02T23:30:00Z";
    const rowsIn = async (zone: string) => {
      const imported = await importText(TEST_KIND, [{ name: "report.csv", text, writtenAt }], { zone });
      if (imported.kind === "problems") throw new Error(JSON.stringify(imported.problems));
      const days = imported.tables["insights.csv"]?.match(/2026-03-\d\d/g);
      return [days, imported.report.files[0]?.notes.map((note) => note.text)];
    };
    expect(await rowsIn("Europe/Paris")).toEqual([
      ["2026-03-01", "2026-03-02"],
      ["2026-03-03 was not over when the file was written: rows that hold it are left out"],
    ]);
    expect(await rowsIn("America/New_York")).toEqual([
      ["2026-03-01", "2026-03-03"],
      ["2026-03-02 was not over when the file was written: rows that hold it are left out"],
    ]);
  });
});
