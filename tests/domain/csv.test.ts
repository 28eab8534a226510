import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CsvFault, csvReader } from "../../lib/domain/csv.ts";

interface Read {
  line: number;
  cells: string[];
}

function rowsOf(text: string, { delimiter = ",", pieceBytes = 1 << 16, most = Infinity } = {}): Read[] {
  const rows: Read[] = [];
  const reader = csvReader({
    delimiter,
    onRow(cells, line) {
      rows.push({ cells, line });
      return rows.length >= most;
    },
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    if (!reader.push(bytes.subarray(at, at + pieceBytes))) break;
  }
  reader.end();
  return rows;
}

function cellsOf(text: string, delimiter = ","): string[][] {
  return rowsOf(text, { delimiter }).map(({ cells }) => cells);
}

function faultOf(text: string): unknown {
  try {
    return rowsOf(text);
  } catch (error) {
    return error;
  }
}

describe("lib/domain/csv", () => {
  it.each<[string, string, string[][]]>([
    ["nothing", "", []],
    ["a row without an end", "a,b", [["a", "b"]]],
    ["empty cells", ",a,\n", [["", "a", ""]]],
    ["quotation marks around cells", '"a,b","c""d",""\n', [["a,b", 'c"d', ""]]],
    [
      "a line's end in a cell",
      '"a\r\nb",c\nd,e\n',
      [
        ["a\r\nb", "c"],
        ["d", "e"],
      ],
    ],
    ["each of the three ends of lines", "a\nb\r\nc\rd", [["a"], ["b"], ["c"], ["d"]]],
    ["a mark at its beginning", "\ufeffa,b\n", [["a", "b"]]],
    ["lines with nothing but blanks", "a\n\n \t \nb\n", [["a"], ["b"]]],
    ["blanks around cells and not in them", ' a b ,\t" c " \n', [["a b", " c "]]],
    ["letters beyond ASCII", '"é,€",🙂\n', [["é,€", "🙂"]]],
    ["a space that does not break, which is text", "\u00a0,b\n", [["\u00a0", "b"]]],
  ])("reads %s", (_, text, cells) => {
    expect(cellsOf(text)).toEqual(cells);
    expect(rowsOf(text, { pieceBytes: 1 }).map((row) => row.cells)).toEqual(cells);
  });

  it("keeps empty cells between tabs", () => {
    expect(cellsOf('a\t\tb\n\t\t\n"c"\t\td\n', "\t")).toEqual([
      ["a", "", "b"],
      ["", "", ""],
      ["c", "", "d"],
    ]);
  });

  it("counts lines from 1, a row standing where it begins", () => {
    const rows = rowsOf('a\n\n"b\n\nc",d\r\ne\n');
    expect(rows.map(({ line }) => line)).toEqual([1, 3, 6]);
  });

  it("stops when no more rows are wanted, even before what is wrong", () => {
    expect(rowsOf('a\nb\nc"\n', { most: 2 })).toHaveLength(2);
  });

  it.each([
    ['a,b\nc,"d\ne\n', "a quotation mark that is never closed", 2],
    ['a\nb,c"d\n', "a quotation mark inside a cell", 2],
    ['a\n"b"c,d\n', "a quotation mark inside a cell", 2],
    ['"a" "b"\n', "a quotation mark inside a cell", 1],
    [`a\n"${"b\n".repeat(600_000)}`, "a row of more than 1000000 bytes", 2],
    [`a\n${"b".repeat(1_000_001)}\n`, "a row of more than 1000000 bytes", 2],
  ])("refuses %j", (text, message, line) => {
    const fault = faultOf(text);
    expect(fault).toBeInstanceOf(CsvFault);
    expect(fault).toMatchObject({ message, line });
  });

  it("reads what another reader reads, wherever its pieces are cut", () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom("a", "é", "🙂", "7", ";", "'", " ", "."), maxLength: 6 }),
      fc
        .string({ unit: fc.constantFrom("a", "é", ",", "\n", "\r\n", '""', " ", "\t"), maxLength: 6 })
        .map((text) => `"${text}"`),
    );
    const row = fc.array(cell, { minLength: 1, maxLength: 4 }).map((cells) => cells.join(","));
    const table = fc.tuple(fc.array(row, { maxLength: 5 }), fc.constantFrom("\n", "\r\n"));
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), ([rows, end], pieceBytes) => {
        const text = rows.join(end);
        const options = {
          relax_column_count: true,
          skip_empty_lines: true,
          trim: true,
          record_delimiter: end,
        };
        const other: string[][] = parse(text, options);
        expect(rowsOf(text, { pieceBytes }).map(({ cells }) => cells)).toEqual(other);
      }),
    );
  });
});
