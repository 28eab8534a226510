import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TABLES } from "../../lib/dataset/tables.ts";
import { palier } from "../support/command.ts";
import { aDatasetFolder } from "../support/dataset.ts";

const README = readFileSync("lib/dataset/README.md", "utf8");

/** `| file | columns |` rows as `{ "accounts.csv": ["platform*", ...] }`; what stands in brackets explains. */
function documented(): Record<string, string[]> {
  const rows = [...README.matchAll(/^\| `(\w+\.csv)` \| (.+) \|$/gm)].map(([, file = "", cell = ""]) => {
    const columns = [...cell.replace(/\([^)]*\)/g, "").matchAll(/`(\w+)`(\*?)/g)];
    return [file, columns.map(([, name, mark]) => `${name}${mark}`)];
  });
  return Object.fromEntries(rows);
}

/** The files of the example: each a line `# name.csv` with its lines below. */
function example(): Record<string, string> {
  const text = /```csv\n([\s\S]*?)```/.exec(README)?.[1] ?? "";
  const files = text.split(/^# /m).slice(1);
  return Object.fromEntries(
    files.map((one) => [one.slice(0, one.indexOf("\n")), one.slice(one.indexOf("\n") + 1).trim()]),
  );
}

describe("lib/dataset/README.md", () => {
  it("lists every file and column, those that are needed with a star", () => {
    const columns = Object.entries(TABLES).map(([file, table]) => [
      file,
      Object.entries(table).map(([name, { required }]) => `${name}${required ? "*" : ""}`),
    ]);
    expect(documented()).toEqual(Object.fromEntries(columns));
  });

  it("shows a folder that can be read as it stands, with the figures that are told below it", async () => {
    const folder = aDatasetFolder(example());
    const asked = ["--as-of", "2026-03-03", "--window", "1d", "--json"];
    const brand = await palier([
      "facts",
      "--dataset",
      folder,
      "--metric",
      "mer",
      "--metric",
      "spend",
      ...asked,
    ]);
    expect(brand).toMatchObject({ code: 0, stderr: "" });
    // 40 on the two ad groups, none on Google, 10 elsewhere; the shop earned 200.
    expect(JSON.parse(brand.stdout)).toMatchObject([{ value: 4 }, { value: 50 }]);
    const campaign = ["--level", "campaign", "--entity", "c1", "--metric", "clicks", "--metric", "cpa"];
    const own = await palier(["facts", "--dataset", folder, ...campaign, ...asked]);
    expect(JSON.parse(own.stdout)).toMatchObject([{ value: 20 }, { value: null }]);
  });
});
