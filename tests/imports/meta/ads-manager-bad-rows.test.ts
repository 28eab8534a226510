import { describe, expect, it } from "vitest";
import { importText } from "../../support/imports.ts";

async function problemsOf(lines: readonly string[], account: string | null = "77") {
  const file = { name: "report.csv", text: lines.join("\n") };
  const result = await importText("meta-ads-manager", [file], { account });
  if (result.kind !== "problems") throw new Error("it was imported");
  return result.problems.map(({ code, line, path, found, allowed }) => ({
    code,
    line,
    path,
    found,
    allowed,
  }));
}

async function notesOf(lines: readonly string[]) {
  const file = { name: "report.csv", text: lines.join("\n") };
  const result = await importText("meta-ads-manager", [file], { account: "77" });
  if (result.kind !== "imported") throw new Error(JSON.stringify(result.problems));
  return result.report.files.flatMap(({ notes }) => notes.map(({ text }) => text));
}

const HEADER = "Campaign name,Campaign ID,Day,Amount spent (EUR),Impressions";

describe("imports/kinds/meta-ads-manager bad rows", () => {
  it("tells every cell that cannot be read by its line and column", async () => {
    const lines = [
      HEADER,
      "Spring,1201,2026-03-01,12.50,1000",
      "Spring,1.202E+17,2026-03-02,12.50,1000",
      "Spring,1201,March,12.50,1000",
      "Spring,1201,2026-03-04,free,1000",
      "Spring,1201,,12.50,1000",
    ];
    expect(await problemsOf(lines)).toEqual([
      {
        ...{ code: "import.id", line: 3, path: "Campaign ID", found: '"1.202E+17"' },
        allowed: "an id, digits alone",
      },
      { code: "import.day", line: 4, path: "Day", found: '"March"', allowed: "a day, such as 2026-03-31" },
      {
        ...{ code: "import.number", line: 5, path: "Amount spent (EUR)", found: '"free"' },
        allowed: "an amount with a decimal point, such as 1,234.50",
      },
      { code: "import.blank", line: 6, path: "Day", found: '""', allowed: "a day, such as 2026-03-31" },
    ]);
  });

  it("asks for ids where one name stands under two campaigns", async () => {
    const lines = [
      "Campaign name,Ad set name,Day,Amount spent (EUR)",
      "Spring,Broad,2026-03-01,10",
      "Summer,Broad,2026-03-02,10",
    ];
    expect(await problemsOf(lines)).toEqual([
      {
        ...{ code: "import.twins", line: 3, path: "Ad set name", found: '"Broad"' },
        allowed: 'a name that stands under "Spring" alone',
      },
    ]);
  });

  it("refuses two rows of one name and date", async () => {
    const lines = ["Campaign name,Day,Amount spent (EUR)", "Spring,2026-03-01,10", "Spring,2026-03-01,12"];
    expect(await problemsOf(lines)).toEqual([
      {
        ...{ code: "import.duplicateRow", line: 3, path: "" },
        found: "a second row for campaign Spring on 2026-03-01",
        allowed: expect.stringMatching(/^one row per entity and date; .*report\.csv, line 2$/),
      },
    ]);
  });

  it("refuses a file that does not say whose it is", async () => {
    expect(await problemsOf([HEADER, "Spring,1201,2026-03-01,12.50,1000"], null)).toEqual([
      {
        ...{ code: "import.account", line: 1, path: "", found: "no account" },
        allowed: "a column Account ID, or the account's number by --account",
      },
    ]);
  });

  it("refuses rows of another account than the one that is named", async () => {
    const lines = ["Account ID,Day,Amount spent (EUR)", "act_78,2026-03-01,10"];
    expect(await problemsOf(lines)).toEqual([
      {
        ...{ code: "import.account", line: 2, path: "Account ID", found: '"act_78"' },
        allowed: "account 77, which --account names",
      },
    ]);
  });

  it("refuses a report that begins and does not end", async () => {
    const lines = ["Campaign name,Amount spent (EUR),Reporting starts", "Spring,10,2026-03-01"];
    expect(await problemsOf(lines)).toEqual([
      {
        ...{ code: "import.days", line: 1, path: "", found: "Reporting starts without Reporting ends" },
        allowed: "a column Day, or both ends of the report",
      },
    ]);
  });

  it("refuses a row that ends before it begins", async () => {
    const lines = [
      "Campaign name,Amount spent (EUR),Reporting starts,Reporting ends",
      "Spring,10,2026-03-08,2026-03-01",
    ];
    expect(await problemsOf(lines)).toEqual([
      {
        ...{ code: "import.days", line: 2, path: "Reporting ends", found: '"2026-03-01"' },
        allowed: "a day from 2026-03-08 on",
      },
    ]);
  });

  it("leaves out the row of totals, under whatever name", async () => {
    const rows = ["Spring,1201,2026-03-01,40,1000", "Spring,1201,2026-03-02,50,1000"];
    for (const total of [
      ",,,90.02,2000",
      "Total,,,90,2000",
      "Results from 1 campaign,,,90,2000",
      "Résultats de 1 campagne,,,90,2000",
    ]) {
      expect(await notesOf([HEADER, total, ...rows])).toEqual([]);
    }
  });

  it("leaves out the row of totals of a report without ids", async () => {
    const rows = ["Results from 2 campaigns,2026-03-01,90", "Spring,2026-03-01,40", "Summer,2026-03-01,50"];
    const text = ["Campaign name,Day,Amount spent (EUR)", ...rows].join("\n");
    const result = await importText("meta-ads-manager", [{ name: "report.csv", text }], { account: "77" });
    expect(result).toMatchObject({ report: { accounts: [{ rows: 2, spend: "90" }] } });
  });

  it("refuses a row without a name that is not the sum of the others: it may be a campaign's spend", async () => {
    const lines = [
      HEADER,
      ",,,99.99,2000",
      "Spring,1201,2026-03-01,40,1000",
      "Spring,1201,2026-03-02,50,1000",
    ];
    expect(await problemsOf(lines)).toEqual([
      {
        ...{ code: "import.totals", line: 2, path: "Amount spent (EUR)", found: '"99.99"' },
        allowed: "90, the sum of the other rows: without a name a row is their total",
      },
    ]);
  });

  it("refuses a second row without a name", async () => {
    const lines = [HEADER, ",,,50,1000", "Spring,1201,2026-03-01,50,1000", ",,,50,1000"];
    expect(await problemsOf(lines)).toMatchObject([{ code: "import.name", line: 4 }]);
  });
});
