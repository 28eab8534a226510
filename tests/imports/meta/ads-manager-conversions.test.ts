import { describe, expect, it } from "vitest";
import type { ImportSettings } from "../../../lib/runtime/import/index.ts";
import { type ImportedText, importText } from "../../support/imports.ts";

const HEADER = "Campaign name,Day,Amount spent (EUR)";

function importLines(lines: readonly string[], settings: Partial<ImportSettings> = {}) {
  const file = { name: "report.csv", text: lines.join("\n") };
  return importText("meta-ads-manager", [file], { account: "77", ...settings });
}

function imported(result: ImportedText) {
  if (result.kind !== "imported") throw new Error(JSON.stringify(result.problems, null, 2));
  return result;
}

/** From the date on, header first. */
function insightsOf(result: ImportedText): string[] {
  const lines = (imported(result).tables["insights.csv"] ?? "").trimEnd().split("\n");
  return lines.map((line) => line.split(",").slice(3).join(","));
}

function notesOf(result: ImportedText): string[] {
  return imported(result).report.files.flatMap(({ notes }) => notes.map(({ text }) => text));
}

function conversionOf(result: ImportedText): unknown {
  return JSON.parse(imported(result).tables["sources.json"] ?? "{}").accounts[0]?.conversion ?? null;
}

const BOTH = [
  `${HEADER},Purchases,Purchases conversion value,Website purchases,Website purchases conversion value,Results,Result type`,
  "Spring,2026-03-01,50,4,400,3,290.5,9,Add to cart",
];

const MIXED = [
  `${HEADER},Results,Result indicator`,
  "Spring,2026-03-01,50,4,actions:offsite_conversion.fb_pixel_purchase",
  "Likes,2026-03-01,10,90,actions:like",
];

describe("imports/kinds/meta-ads-manager conversions", () => {
  it.each([
    ["Purchases unless another is named", null, "Spring,2026-03-01,50,4,400", "Purchases"],
    ["the column that is named", "website purchases", "Spring,2026-03-01,50,3,290.5", "Website purchases"],
    ["results of one kind that are named", "Results", "Spring,2026-03-01,50,9", "Add to cart"],
  ])("counts %s", async (_case, conversion, row, name) => {
    const result = await importLines(BOTH, { conversion });
    expect(insightsOf(result)[1]).toBe(row);
    expect(conversionOf(result)).toBe(name);
  });

  it("counts nothing where results count different things, and says so", async () => {
    const result = await importLines(MIXED);
    expect(insightsOf(result).slice(1)).toEqual(["Likes,2026-03-01,10,", "Spring,2026-03-01,50,"]);
    expect(conversionOf(result)).toBeNull();
    expect(notesOf(result)).toEqual([
      "results count different things (actions:offsite_conversion.fb_pixel_purchase, actions:like): conversions are unknown; add the column Purchases to the report, or name the one that counts by --conversion",
    ]);
  });

  it("counts nothing where results do not say what they are", async () => {
    const result = await importLines([`${HEADER},Results`, "Spring,2026-03-01,50,4"]);
    expect(insightsOf(result)).toEqual(["entity_id,date,spend", "Spring,2026-03-01,50"]);
    expect(notesOf(result)).toEqual(["results do not say what they count: conversions are unknown"]);
  });

  it("takes a row without results for one of the kind that all others have", async () => {
    const lines = [
      `${HEADER},Results,Result indicator`,
      "Spring,2026-03-01,50,4,actions:lead",
      "Spring,2026-03-02,50,,",
    ];
    const result = await importLines(lines);
    expect(insightsOf(result).slice(1)).toEqual(["Spring,2026-03-01,50,4", "Spring,2026-03-02,50,0"]);
    expect(conversionOf(result)).toBe("actions:lead");
  });

  it("lists the columns of the file when the one that is named is not among them", async () => {
    const result = await importLines(BOTH, { conversion: "Subscriptions" });
    expect(result).toEqual({
      kind: "problems",
      problems: [
        {
          ...{ code: "import.conversion", file: "report.csv", line: 1, path: "", found: "Subscriptions" },
          allowed:
            "a column of this file: Campaign name, Day, Amount spent (EUR), Purchases, Purchases conversion value, Website purchases, Website purchases conversion value, Results, Result type",
          fix: "name the column that counts after --conversion as its header is written",
        },
      ],
    });
  });
});
