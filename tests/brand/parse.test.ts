import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseBrand } from "../../lib/brand/parse.ts";
import type { Brand } from "../../lib/domain/brand.ts";

const FILE = "rules/brands/atelier-lune.json";
const TEXT = readFileSync(FILE, "utf8");

// biome-ignore lint/suspicious/noExplicitAny: the file is broken on purpose, key by key
type Broken = any;

function parsed(text: string = TEXT, file = FILE): Brand {
  const result = parseBrand(text, file);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 2));
  return result.brand;
}

function withChange(change: (brand: Broken) => void): string {
  const brand: Broken = JSON.parse(TEXT);
  change(brand);
  return JSON.stringify(brand, null, 2);
}

describe("lib/brand/parse", () => {
  it("resolves the example brand, money in micros and every setting with its source", () => {
    const brand = parsed();
    expect(brand).toMatchObject({
      id: "atelier-lune",
      name: "Atelier Lune",
      language: "en",
      currency: "EUR",
      zone: "Europe/Paris",
      mode: "propose",
      sandbox: true,
      shop: { source: "csv", file: "revenue.csv" },
      handsOff: [],
      stageBands: { awareness: [5, 10], prospecting: [70, 80], retargeting: [10, 20] },
      packs: { roads: { off: [], modes: {}, parameters: {} } },
      file: FILE,
    });
    expect(brand.accounts).toEqual([
      {
        platform: "meta",
        accountId: "1001",
        conversions: ["omni_purchase"],
        attribution: "7dClick+1dView",
        conversion: "purchase",
        named: { purchase: ["omni_purchase"] },
      },
      {
        platform: "google",
        accountId: "2000000002",
        conversions: ["Purchase (web)"],
        attribution: "asSet",
        conversion: "purchase",
        named: { purchase: ["Purchase (web)"] },
      },
    ]);
    expect(brand.parameters.targetCpa).toEqual({
      unit: "money",
      default: { value: 35_000_000, source: `${FILE}: parameters.targetCpa.default` },
      values: [
        {
          match: { campaigns: ["*RTG*"] },
          value: 22_000_000,
          source: `${FILE}: parameters.targetCpa.values[0]`,
        },
      ],
    });
    expect(brand.parameters.contributionMargin?.default?.value).toBe(0.5);
    expect(brand.stages).toEqual([
      { name: "awareness", match: { campaigns: ["AWA *"] } },
      { name: "prospecting", match: { campaigns: ["PROS *"] } },
      { name: "retargeting", match: { campaigns: ["RTG *"] } },
      { name: "brandSearch", match: { campaigns: ["BRAND *"] } },
    ]);
  });

  it("takes pushed figures for a shop without a file", () => {
    expect(parsed(withChange((brand) => (brand.shop = { source: "push" }))).shop).toEqual({
      source: "push",
    });
  });

  it("is strict by default: a brand that names no mode is in shadow", () => {
    const text = withChange((brand) => {
      delete brand.mode;
      delete brand.sandbox;
    });
    expect(parsed(text)).toMatchObject({ mode: "shadow", sandbox: false });
  });

  it("hashes what the file says, not how it is laid out", () => {
    expect(parsed(JSON.stringify(JSON.parse(TEXT))).hash).toBe(parsed().hash);
    expect(parsed(withChange((brand) => (brand.mode = "apply"))).hash).not.toBe(parsed().hash);
  });

  it("counts the conversion that an account names instead of the primary one", () => {
    const text = withChange((brand) => {
      brand.conversions.lead = { meta: "onsite_conversion.lead_grouped" };
      brand.accounts[0].conversion = "lead";
    });
    expect(parsed(text).accounts.map(({ conversions }) => conversions)).toEqual([
      ["onsite_conversion.lead_grouped"],
      ["Purchase (web)"],
    ]);
  });

  it("keeps every conversion of a platform that counts several, in the order written", () => {
    const text = withChange((brand) => {
      brand.conversions.purchase.google = ["Purchase (web)", "Purchase (app)"];
    });
    expect(parsed(text).accounts[1]?.conversions).toEqual(["Purchase (web)", "Purchase (app)"]);
  });

  it("asks nothing of a platform on which the brand has no account", () => {
    const text = withChange((brand) => {
      brand.accounts.pop();
      delete brand.conversions.purchase.google;
    });
    expect(parsed(text).accounts.map(({ platform }) => platform)).toEqual(["meta"]);
  });

  it("tells accounts of two platforms apart even by the same digits", () => {
    const text = withChange((brand) => (brand.accounts[0].id = "2000000002"));
    expect(parsed(text).accounts.map(({ accountId }) => accountId)).toEqual(["2000000002", "2000000002"]);
  });

  it("keeps hands-off entries with their end and who said so", () => {
    const text = withChange((brand) => {
      brand.handsOff = [
        { campaigns: ["*INFLU*"], until: "2026-12-31", by: "lea" },
        { ids: ["9"], by: "tom" },
      ];
    });
    expect(parsed(text).handsOff).toEqual([
      { match: { campaigns: ["*INFLU*"] }, until: "2026-12-31", by: "lea" },
      { match: { ids: ["9"] }, until: null, by: "tom" },
    ]);
  });

  it("reports all problems at once, top to bottom, each with its line", () => {
    const text = TEXT.replace('"EUR"', '"EURO"')
      .replace("Europe/Paris", "Paris")
      .replace("propose", "propos");
    const result = parseBrand(text, FILE);
    const found = result.ok ? [] : result.problems;
    expect(found.map(({ path, line }) => [path, line])).toEqual([
      ["currency", 5],
      ["zone", 6],
      ["mode", 7],
    ]);
  });

  it("refuses broken JSON before anything else", () => {
    const result = parseBrand(TEXT.replace('"EUR",', '"EUR"'), FILE);
    expect(result).toMatchObject({ ok: false, problems: [{ code: "json.syntax", file: FILE, line: 6 }] });
  });

  it("refuses a key that is written twice", () => {
    const result = parseBrand(
      TEXT.replace('"mode": "propose",', '"mode": "propose", "mode": "apply",'),
      FILE,
    );
    expect(result).toMatchObject({
      ok: false,
      problems: [{ code: "json.duplicateKey", path: "mode", line: 7 }],
    });
  });
});
