import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseBrand } from "../../lib/brand/parse.ts";
import type { ConfigProblem } from "../../lib/domain/problem.ts";

const FILE = "rules/brands/atelier-lune.json";
const TEXT = readFileSync(FILE, "utf8");

// biome-ignore lint/suspicious/noExplicitAny: the file is broken on purpose, key by key
type Broken = any;

function problems(change: (brand: Broken) => void): ConfigProblem[] {
  const brand: Broken = JSON.parse(TEXT);
  change(brand);
  const result = parseBrand(JSON.stringify(brand, null, 2), FILE);
  return result.ok ? [] : result.problems;
}

const BAD: readonly [what: string, change: (brand: Broken) => void, problem: Partial<ConfigProblem>][] = [
  [
    "a misspelt key",
    (b) => (b.currancy = "EUR"),
    { code: "brand.unknownKey", path: "currancy", fix: 'did you mean "currency"?' },
  ],
  [
    "a misspelt limit",
    (b) => (b.limits = { stepPersentApplied: 5 }),
    {
      code: "brand.unknownKey",
      path: "limits.stepPersentApplied",
      fix: 'did you mean "stepPercentApplied"?',
    },
  ],
  [
    "another tool's word",
    (b) => (b.timezone = "UTC"),
    { code: "brand.unknownKey", path: "timezone", fix: "write zone" },
  ],
  [
    "no accounts",
    (b) => (b.accounts = []),
    { code: "brand.outOfRange", path: "accounts", allowed: "at least 1 entries" },
  ],
  [
    "a missing key",
    (b) => delete b.currency,
    { code: "brand.missing", path: "currency", found: "nothing", fix: 'add "currency"' },
  ],
  [
    "an unknown currency",
    (b) => (b.currency = "EURO"),
    { code: "brand.notAllowed", path: "currency", found: '"EURO"', allowed: "an ISO 4217 code such as EUR" },
  ],
  [
    "an unknown zone",
    (b) => (b.zone = "Europe/Pariss"),
    { code: "brand.notAllowed", path: "zone", allowed: "an IANA zone such as Europe/Paris" },
  ],
  [
    "two currencies",
    (b) => (b.accounts[0].currency = "USD"),
    {
      code: "brand.twoCurrencies",
      path: "accounts[0].currency",
      allowed: "EUR",
      fix: "the brand has EUR and this account USD: a brand has one currency, so make two brands of it",
    },
  ],
  [
    "two zones",
    (b) => (b.accounts[0].zone = "UTC"),
    {
      code: "brand.twoZones",
      path: "accounts[0].zone",
      fix: "the brand has Europe/Paris and this account UTC: a brand has one zone, so make two brands of it",
    },
  ],
  [
    "an account twice",
    (b) => b.accounts.push({ ...b.accounts[0] }),
    { code: "brand.duplicateAccount", path: "accounts[2].id" },
  ],
  [
    "a number for an id",
    (b) => (b.accounts[0].id = 1001),
    { code: "brand.wrongType", path: "accounts[0].id", fix: 'write "1001" in quotes' },
  ],
  [
    "a text for a number",
    (b) => (b.parameters.targetCpa.default = "35"),
    { code: "brand.wrongType", path: "parameters.targetCpa.default", fix: "write 35 without quotes" },
  ],
  [
    "null for a number",
    (b) => (b.parameters.targetCpa.default = null),
    { code: "brand.wrongType", path: "parameters.targetCpa.default", found: "null" },
  ],
  [
    "a bare number as a parameter",
    (b) => (b.parameters.targetCpa = 35),
    { code: "brand.wrongType", path: "parameters.targetCpa", allowed: "an object" },
  ],
  [
    "a negative target",
    (b) => (b.parameters.targetCpa.default = -1),
    { code: "brand.outOfRange", path: "parameters.targetCpa.default", allowed: "0 to 1000000000" },
  ],
  [
    "a parameter without a value",
    (b) => (b.parameters.x = { unit: "count" }),
    { code: "brand.missing", path: "parameters.x" },
  ],
  [
    "a percent over 100",
    (b) => (b.parameters.x = { unit: "percent", default: 101 }),
    { code: "brand.outOfRange", path: "parameters.x.default", allowed: "0 to 100" },
  ],
  [
    "a value for nobody",
    (b) => (b.parameters.targetCpa.values = [{ value: 1 }]),
    { code: "brand.notAllowed", path: "parameters.targetCpa.values[0]", fix: "say who is meant" },
  ],
  [
    "a margin in percent",
    (b) => (b.parameters.contributionMargin.default = 50),
    {
      code: "brand.outOfRange",
      path: "parameters.contributionMargin.default",
      fix: "write the margin as a share, for instance 0.5 for 50 %",
    },
  ],
  [
    "more profit than margin",
    (b) => (b.parameters.wantedProfit.default = 0.5),
    { code: "brand.outOfRange", path: "parameters.wantedProfit.default", allowed: "under 0.5" },
  ],
  [
    "percent 2000",
    (b) => (b.limits = { stepPercentProposed: 2000 }),
    {
      code: "brand.outOfRange",
      path: "limits.stepPercentProposed",
      found: "2000",
      allowed: "1 to 100",
      fix: "use 1 to 100",
    },
  ],
  [
    "hands on a budget sooner after a person's edit",
    (b) => (b.limits = { foreignEditHours: 71 }),
    { code: "brand.outOfRange", path: "limits.foreignEditHours", found: "71" },
  ],
  [
    "half a night",
    (b) => (b.limits = { proposalHours: 1.5 }),
    { code: "brand.wrongType", path: "limits.proposalHours", allowed: "a whole number" },
  ],
  [
    "a night that ends before it starts",
    (b) => (b.limits = { nightFrom: "06:30" }),
    { code: "brand.outOfRange", path: "limits.nightTo", found: "06:30 to 06:00", allowed: "after 06:30" },
  ],
  [
    "a floor above the ceiling",
    (b) => (b.limits = { dailyFloor: 20, dailyCeiling: 10 }),
    { code: "brand.outOfRange", path: "limits.dailyFloor" },
  ],
  [
    "no shadow nights on a real account",
    (b) => {
      b.sandbox = false;
      b.limits = { shadowNights: 0 };
    },
    { code: "brand.outOfRange", path: "limits.shadowNights", allowed: "at least 1" },
  ],
  [
    "a stage without campaigns",
    (b) => (b.groups.stage.mixed = {}),
    { code: "brand.notAllowed", path: "groups.stage.mixed" },
  ],
  [
    "an empty list of globs",
    (b) => (b.groups.stage.mixed = { campaigns: [] }),
    { code: "brand.outOfRange", path: "groups.stage.mixed.campaigns" },
  ],
  [
    "a band for no stage",
    (b) => (b.bands.stage.prospektion = [1, 2]),
    { code: "brand.unknownStage", path: "bands.stage.prospektion", fix: 'did you mean "prospecting"?' },
  ],
  [
    "a band with its ends swapped",
    (b) => (b.bands.stage.awareness = [10, 5]),
    { code: "brand.outOfRange", path: "bands.stage.awareness", fix: "write [5, 10]" },
  ],
  [
    "bands that cannot be met together",
    (b) => (b.bands.stage.retargeting = [30, 40]),
    { code: "brand.outOfRange", path: "bands.stage", found: "105 % at least" },
  ],
  [
    "a share over 100",
    (b) => (b.bands.stage.awareness = [5, 101]),
    { code: "brand.outOfRange", path: "bands.stage.awareness[1]", allowed: "0 to 100" },
  ],
  [
    "hands off nobody",
    (b) => (b.handsOff = [{ by: "lea" }]),
    { code: "brand.notAllowed", path: "handsOff[0]" },
  ],
  [
    "a day that does not exist",
    (b) => (b.handsOff = [{ ids: ["1"], by: "lea", until: "2026-02-30" }]),
    { code: "brand.notAllowed", path: "handsOff[0].until" },
  ],
  [
    "a mode that does not exist",
    (b) => (b.packs.roads.modes = { "raise-proven": "aply" }),
    { code: "brand.unknownWord", path: "packs.roads.modes.raise-proven", fix: 'did you mean "apply"?' },
  ],
  [
    "a parameter of brand and pack",
    (b) => (b.packs.roads.parameters = { targetCpa: { unit: "money", default: 1 } }),
    {
      code: "brand.duplicateParameter",
      path: "packs.roads.parameters.targetCpa",
      fix: "it is set at parameters.targetCpa already: keep one",
    },
  ],
  [
    "an id that is not the file's name",
    (b) => (b.id = "other"),
    { code: "brand.fileName", path: "id", allowed: "the file's own name, atelier-lune" },
  ],
];

describe("lib/brand/parse, bad brand files", () => {
  it.each(BAD)("refuses %s", (_, change, problem) => {
    expect(problems(change)).toEqual([expect.objectContaining({ file: FILE, ...problem })]);
  });
});
