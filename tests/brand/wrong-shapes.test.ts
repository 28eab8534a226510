import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseBrand } from "../../lib/brand/parse.ts";

const FILE = "rules/brands/atelier-lune.json";
const TEXT = readFileSync(FILE, "utf8");

// biome-ignore lint/suspicious/noExplicitAny: the file is broken on purpose, key by key
type Broken = any;

type Case = readonly [what: string, change: (brand: Broken) => void, problem: object];

const WRONG: readonly Case[] = [
  [
    "bands as shares of 1",
    (b) => (b.bands.stage.prospecting = [0.07, 0.8]),
    {
      code: "brand.outOfRange",
      path: "bands.stage.prospecting",
      fix: "write percent as 0 to 100: [7, 80]",
    },
  ],
  [
    "packs as a list",
    (b) => (b.packs = ["roads"]),
    { code: "brand.wrongType", path: "packs", fix: 'write an object with a key for each: { "roads": ... }' },
  ],
  [
    "a parameter without its unit",
    (b) => (b.packs.roads = { parameters: { few: 4 } }),
    {
      code: "brand.wrongType",
      path: "packs.roads.parameters.few",
      fix: 'write an object such as { "unit": "ratio", "default": 4 }',
    },
  ],
  [
    "a file beside pushed figures",
    (b) => (b.shop = { source: "push", file: "revenue.csv" }),
    {
      code: "brand.unknownKey",
      path: "shop.file",
      fix: "write nothing: pushed figures come without a file",
    },
  ],
  [
    "a CSV shop without its file",
    (b) => (b.shop = { source: "csv" }),
    { code: "brand.missing", path: "shop.file", fix: 'add "file"' },
  ],
  [
    "a shop without a source",
    (b) => (b.shop = { file: "revenue.csv" }),
    { code: "brand.missing", path: "shop.source", allowed: "csv, push" },
  ],
  [
    "a source that is not built yet",
    (b) => (b.shop = { source: "shopify" }),
    { code: "brand.notSupportedYet", path: "shop.source", allowed: "csv, push" },
  ],
];

describe("lib/brand/parse, values of another shape", () => {
  it.each(WRONG)("refuses %s and shows how to write it", (_, change, problem) => {
    const brand: Broken = JSON.parse(TEXT);
    change(brand);
    const result = parseBrand(JSON.stringify(brand, null, 2), FILE);
    expect(result).toMatchObject({ ok: false, problems: [{ file: FILE, ...problem }] });
  });
});
