import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { packCatalogue } from "../../lib/runtime/catalogue/catalogue.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import { readPlace } from "../../lib/runtime/lint/place.ts";

describe("lib/runtime/catalogue", () => {
  it("has rules/PACKS.md up to date (npm run generate)", async () => {
    const file = packCatalogue(await readPlace(nodeFiles(), "rules"));
    expect(file.path).toBe("rules/PACKS.md");
    expect(readFileSync(file.path, "utf8")).toBe(file.text);
  });

  it("says every shipped rule and where its numbers come from", () => {
    const text = readFileSync("rules/PACKS.md", "utf8");
    const rules = globSync("rules/packs/*/*.json").filter((file) => !/(?:\.test|pack)\.json$/.test(file));
    expect(rules.length).toBeGreaterThan(30);
    for (const file of rules) {
      const { source } = JSON.parse(readFileSync(file, "utf8"));
      const line = text.split("\n").find((one) => one.startsWith(`| ${path.basename(file, ".json")} |`));
      expect(line).toContain("(");
      expect(text).toContain(source);
    }
  });

  it("refuses a folder with a rule that cannot be read", async () => {
    const place = await readPlace(nodeFiles(), "rules");
    const ruleFiles = place.ruleFiles.map((file) =>
      file.path.endsWith("alarm-mer.json") ? { ...file, text: file.text.replace('"mer"', '"mr"') } : file,
    );
    expect(() => packCatalogue({ ...place, ruleFiles })).toThrow(/alarm-mer/);
  });
});
