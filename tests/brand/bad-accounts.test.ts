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

type Case = readonly [what: string, change: (brand: Broken) => void, problem: Partial<ConfigProblem>];

const BAD_ACCOUNTS: readonly Case[] = [
  [
    "a platform that is not built",
    (b) => (b.accounts[1].platform = "tiktok"),
    {
      code: "brand.notSupportedYet",
      path: "accounts[1].platform",
      allowed: "meta, google",
      fix: '"tiktok" is not supported yet: remove it',
    },
  ],
  [
    "Meta's owner for Meta",
    (b) => (b.accounts[0].platform = "facebook"),
    { code: "brand.unknownWord", path: "accounts[0].platform", fix: "write meta" },
  ],
  [
    "Google's product for Google",
    (b) => (b.accounts[1].platform = "adwords"),
    { code: "brand.unknownWord", path: "accounts[1].platform", fix: "write google" },
  ],
  [
    "another spelling of that product",
    (b) => (b.accounts[1].platform = "googleAds"),
    { code: "brand.unknownWord", path: "accounts[1].platform", fix: "write google" },
  ],
  [
    "a misspelt platform",
    (b) => (b.accounts[1].platform = "gogle"),
    { code: "brand.unknownWord", path: "accounts[1].platform", fix: 'did you mean "google"?' },
  ],
  [
    "an account without a platform",
    (b) => delete b.accounts[1].platform,
    { code: "brand.missing", path: "accounts[1].platform", allowed: "meta, google" },
  ],
  [
    "an account that is no object",
    (b) => (b.accounts[1] = "2000000002"),
    { code: "brand.wrongType", path: "accounts[1]", allowed: "an object" },
  ],
  [
    "Google's word for an account's id",
    (b) => (b.accounts[1].customerId = "2000000002"),
    { code: "brand.unknownKey", path: "accounts[1].customerId", fix: "write id" },
  ],
  [
    "a Meta id with its prefix",
    (b) => (b.accounts[0].id = "act_1001"),
    {
      code: "brand.notAllowed",
      path: "accounts[0].id",
      allowed: "the account's digits as a text, without act_",
    },
  ],
  [
    "a Google id with dashes",
    (b) => (b.accounts[1].id = "200-000-0002"),
    {
      code: "brand.notAllowed",
      path: "accounts[1].id",
      allowed: "the customer id's ten digits as a text, without dashes",
    },
  ],
  [
    "a Google id of another length",
    (b) => (b.accounts[1].id = "1001"),
    { code: "brand.notAllowed", path: "accounts[1].id" },
  ],
  [
    "no attribution on Meta",
    (b) => delete b.accounts[0].attribution,
    { code: "brand.missing", path: "accounts[0].attribution" },
  ],
  [
    "an attribution on Google",
    (b) => (b.accounts[1].attribution = "7dClick"),
    {
      code: "brand.unknownKey",
      path: "accounts[1].attribution",
      fix: "write nothing: Google Ads offers no choice of attribution",
    },
  ],
  [
    "a window that Meta no longer returns",
    (b) => (b.accounts[0].attribution = "7dClick+7dView"),
    { code: "brand.notAllowed", path: "accounts[0].attribution", fix: "write for instance 7dClick+1dView" },
  ],
  [
    "two click windows",
    (b) => (b.accounts[0].attribution = "1dClick+7dClick"),
    { code: "brand.notAllowed", path: "accounts[0].attribution" },
  ],
];

const BAD_CONVERSIONS: readonly Case[] = [
  [
    "two action types for one conversion on Meta",
    (b) => (b.conversions.purchase.meta = ["purchase", "omni_purchase"]),
    { code: "brand.wrongType", path: "conversions.purchase.meta", allowed: "a text" },
  ],
  [
    "a bare name on Google",
    (b) => (b.conversions.purchase.google = "Purchase (web)"),
    {
      code: "brand.wrongType",
      path: "conversions.purchase.google",
      fix: 'write it as a list: ["Purchase (web)"]',
    },
  ],
  [
    "a list of none on Google",
    (b) => (b.conversions.purchase.google = []),
    { code: "brand.outOfRange", path: "conversions.purchase.google" },
  ],
  [
    "a name that stands twice and would be counted twice",
    (b) => (b.conversions.purchase.google = ["Purchase (web)", "Purchase (app)", "Purchase (web)"]),
    { code: "brand.duplicateConversion", path: "conversions.purchase.google[2]" },
  ],
  [
    "a conversion of a platform that is not built",
    (b) => (b.conversions.purchase.linkedin = "purchase"),
    { code: "brand.notSupportedYet", path: "conversions.purchase.linkedin" },
  ],
  [
    "a conversion under another name of its platform",
    (b) => (b.conversions.purchase.facebook = "purchase"),
    { code: "brand.unknownKey", path: "conversions.purchase.facebook", fix: "write meta" },
  ],
  [
    "a conversion of no platform",
    (b) => (b.conversions.lead = {}),
    { code: "brand.notAllowed", path: "conversions.lead", fix: "name at least one platform" },
  ],
  [
    "a primary conversion that an account's platform does not have",
    (b) => delete b.conversions.purchase.google,
    {
      code: "brand.missing",
      path: "conversions.purchase.google",
      found: "nothing",
      allowed: "what google calls it, as account 2000000002 counts purchase",
      fix: 'add "google" to conversions.purchase, or name another conversion at the account',
    },
  ],
  [
    "an account's own conversion that its platform does not have",
    (b) => {
      b.conversions.lead = { google: ["Lead form"] };
      b.accounts[0].conversion = "lead";
    },
    {
      code: "brand.missing",
      path: "conversions.lead.meta",
      allowed: "what meta calls it, as account 1001 counts lead",
    },
  ],
  [
    "what two accounts of a platform lack, once",
    (b) => {
      delete b.conversions.purchase.google;
      b.accounts.push({ platform: "google", id: "2000000003" });
    },
    { code: "brand.missing", path: "conversions.purchase.google" },
  ],
  [
    "an unknown primary conversion",
    (b) => (b.conversions.primary = "purchas"),
    { code: "brand.unknownConversion", path: "conversions.primary", fix: 'did you mean "purchase"?' },
  ],
  [
    "a primary conversion called like a part of every object",
    (b) => (b.conversions.primary = "constructor"),
    { code: "brand.unknownConversion", path: "conversions.primary" },
  ],
  [
    "an account's unknown conversion",
    (b) => (b.accounts[0].conversion = "lead"),
    { code: "brand.unknownConversion", path: "accounts[0].conversion" },
  ],
];

describe("lib/brand/parse, bad accounts and conversions", () => {
  it.each([...BAD_ACCOUNTS, ...BAD_CONVERSIONS])("refuses %s", (_, change, problem) => {
    expect(problems(change)).toEqual([expect.objectContaining({ file: FILE, ...problem })]);
  });
});
