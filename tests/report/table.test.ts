import { describe, expect, it } from "vitest";
import { type Column, renderTable } from "../../lib/report/table.ts";

const columns: readonly Column[] = [
  { header: "Name", align: "left", shrinkTo: 8, leaves: null },
  { header: "What", align: "left", shrinkTo: 6, leaves: 1 },
  { header: "Spend", align: "right", shrinkTo: null, leaves: 2 },
  { header: "Budget", align: "right", shrinkTo: null, leaves: null },
];
const rows = [
  ["Broad women 25-44", "campaign", "1,234.00", "100.00"],
  ["日本", "ad set", "5.00", "20.00"],
];

describe("lib/report/table", () => {
  it("aligns names to the left and numbers to the right, by display width", () => {
    expect(renderTable(columns, rows, 60)).toEqual({
      header: ["Name               What         Spend  Budget"],
      rows: [
        ["Broad women 25-44  campaign  1,234.00  100.00"],
        ["日本               ad set        5.00   20.00"],
      ],
      left: [],
    });
  });

  it("cuts the later text first, then the name, and no number", () => {
    expect(renderTable(columns, rows, 40).rows[0]).toEqual(["Broad women 2…  campa…  1,234.00  100.00"]);
  });

  it("leaves columns out in their order when text cannot shrink further, and names them", () => {
    const table = renderTable(columns, rows, 28);
    expect(table.rows[0]).toEqual(["Broad wom…  1,234.00  100.00"]);
    expect(table.left).toEqual(["What"]);
  });

  it("breaks the line rather than a number when numbers alone are too wide", () => {
    const wide: readonly Column[] = [
      { header: "A", align: "right", shrinkTo: null, leaves: null },
      { header: "B", align: "right", shrinkTo: null, leaves: null },
    ];
    expect(renderTable(wide, [["123456", "654321"]], 8).rows).toEqual([["123456", "654321"]]);
  });

  it("colours cells without moving them", () => {
    const table = renderTable(columns, rows, 60, (cell, row) =>
      row === null ? cell : `\u001b[32m${cell}\u001b[39m`,
    );
    const plain = renderTable(columns, rows, 60);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
    expect(table.rows[0]?.[0]?.replaceAll(/\u001b\[\d+m/g, "")).toBe(plain.rows[0]?.[0]);
    expect(table.rows[0]?.[0]).toContain("\u001b[32mBroad women 25-44\u001b[39m");
  });
});
