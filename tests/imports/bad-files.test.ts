import { describe, expect, it } from "vitest";
import { TEST_KIND } from "../support/import-kind.ts";
import { type ImportedFile, importText } from "../support/imports.ts";

const HEADER = "Day,Campaign,Spend (EUR),Clicks";

/** Each problem as place, code and what was found. */
async function problemsOf(...files: readonly (string | Uint8Array)[]): Promise<string[]> {
  const named = files.map((file, index): ImportedFile => {
    const name = `file${index + 1}.csv`;
    return typeof file === "string" ? { name, text: file } : { name, bytes: file };
  });
  const imported = await importText(TEST_KIND, named);
  if (imported.kind === "imported") return [];
  return imported.problems.map(
    ({ file, line, path, code, found }) => `${file}:${line ?? ""}:${path} ${code}: ${found}`,
  );
}

function report(...rows: readonly string[]): string {
  return `${[HEADER, ...rows].join("\n")}\n`;
}

describe("lib/runtime/import with files that are not right", () => {
  it.each<[string, string | Uint8Array, string]>([
    ["nothing in it", "", "file1.csv:: import.empty: nothing"],
    ["only a header", `${HEADER}\n`, "file1.csv:: import.noRows: a header and no row below it"],
    ["HTML", "<!doctype html><html></html>", "file1.csv:: import.html: HTML or XML"],
    ["JSON", '{"data": []}', "file1.csv:: import.json: JSON"],
    ["a gzip archive", Buffer.from("1f8b0800", "hex"), "file1.csv:: import.gzip: a gzip archive"],
    [
      "a ZIP archive under another name",
      Buffer.from("504b030414000000", "hex"),
      "file1.csv:: import.zip: a ZIP archive or an Excel workbook (XLSX), whatever its name says",
    ],
    [
      "bytes that are no text",
      Buffer.from("Day,Campaign\u0000", "latin1"),
      "file1.csv:: import.binary: bytes that are no text, or UTF-16 without its mark",
    ],
    [
      "columns of no kind",
      "Date,Sales\n2026-03-01,5\n",
      "file1.csv:1: import.unknownKind: the columns Date, Sales",
    ],
    [
      "a column twice",
      `${HEADER},Clicks\n2026-03-01,7,1,1,1\n`,
      'file1.csv:1:Clicks import.repeatedColumn: "Clicks" more than once',
    ],
    [
      "a row that is cut off",
      report("2026-03-01,7,1,1", "2026-03-02,7"),
      'file1.csv:3: import.cellCount: "2026-03-02 | 7"',
    ],
    ["a quotation mark that stays open", report('2026-03-01,"7,1,1'), "import.notCsv"],
    ["a negative spend", report("2026-03-01,7,-1.5,1"), "file1.csv:2:spend import.negative: -1.5"],
    [
      "a spend beyond 2^53 micros",
      report("2026-03-01,7,9007199255,1"),
      "file1.csv:2:spend import.tooLarge: 9007199255",
    ],
    [
      "spend that adds up to more than 2^53 micros",
      report("2026-03-01,7,9000000000,1", "2026-03-02,7,9000000000,1"),
      "file1.csv::spend import.tooLarge: rows of level campaign that add up to more than 9 billion",
    ],
    ["a bad cell", report("2026-03-01,7,abc,1"), 'file1.csv:2:Spend (EUR) test.badCell: "abc"'],
    [
      "numbers that can be read in two ways",
      report('2026-03-01,7,"1,234",1'),
      'file1.csv:2:Spend (EUR) import.unclearMark: "1,234", and no number that shows what its mark means',
    ],
    [
      "dates that can be read in two ways",
      report("01/02/2026,7,1,1"),
      'file1.csv:2:Day import.unclearDate: "01/02/2026", and no date that shows whether day or month comes first',
    ],
    [
      "two decimal marks",
      report("2026-03-01,7,1.5,1", '2026-03-02,7,"1,5",1'),
      "file1.csv:3: import.twoMarks: numbers with a decimal point (line 2) and with a decimal comma (line 3)",
    ],
    [
      "a row twice",
      report("2026-03-01,7,1,1", "2026-03-01,7,1,1"),
      "file1.csv:3: import.duplicateRow: a second row for campaign 7 on 2026-03-01",
    ],
    [
      "weeks that overlap",
      `${HEADER},Days\n2026-03-02,7,1,1,7\n2026-03-08,7,1,1,7\n`,
      "file1.csv:3: import.overlap: a row of 7 days for campaign 7 on 2026-03-08",
    ],
  ])("refuses a file with %s in one message", async (_, file, told) => {
    const problems = await problemsOf(file);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(told);
  });

  it("refuses an account in two currencies", async () => {
    const other = report("2026-03-02,7,1,1").replace("EUR", "USD");
    expect(await problemsOf(report("2026-03-01,7,1,1"), other)).toEqual([
      'file2.csv:2:currency import.twoCurrencies: "USD" for meta/1',
    ]);
  });

  it("refuses days between two files that no file has", async () => {
    expect(await problemsOf(report("2026-03-01,7,1,1"), report("2026-03-04,7,1,1"))).toEqual([
      "file2.csv:: import.gap: no file has 2026-03-02 to 2026-03-03 of meta/1",
    ]);
  });

  it("names both places of a row that stands in two files", async () => {
    const imported = await importText(TEST_KIND, [
      { name: "one.csv", text: report("2026-03-01,7,1,1") },
      { name: "two.csv", text: report("2026-03-01,7,2,1") },
    ]);
    if (imported.kind === "imported") throw new Error("was imported");
    expect(imported.problems[0]?.file).toBe("two.csv");
    expect(imported.problems[0]?.allowed).toContain("one.csv, line 2");
  });

  it("stops after fifty problems", async () => {
    const rows = Array.from({ length: 60 }, () => "2026-03-01,7,abc,1");
    expect(await problemsOf(report(...rows))).toHaveLength(50);
  });

  it("tells what is wrong with each of several files", async () => {
    expect(await problemsOf("", `${HEADER}\n`)).toHaveLength(2);
  });
});
