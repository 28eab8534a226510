/** What a new pack, rule or test file begins with: small, valid, and saying in its descriptions what to replace. */
import { formatJson } from "../lint/fmt/layout.ts";
import type { CaseFile, TestFileContent } from "./schema.ts";

export function newPack(id: string): string {
  return fileText({
    $schema: "../../schema/pack.schema.json",
    id,
    description: "Replace this by a sentence that says what the rules of this pack are for.",
  });
}

/** Only watched, and tells at most: what it says of each night can be read before it asks for anything. */
export function newRule(id: string, owner: string): string {
  return fileText({
    $schema: "../../schema/rule.schema.json",
    id,
    description:
      "Tell what has spent 3 x its target CPA in two weeks without one conversion; replace this by what your rule does.",
    owner,
    source:
      "At 3 expected conversions a healthy budget shows none in 5 % of cases; replace this by where your numbers come from.",
    appliesTo: { level: "budgetHolder" },
    conditions: {
      all: [
        {
          fact: "spend",
          params: { window: "14d" },
          operator: "greaterThanInclusive",
          value: { fact: "targetCpa", params: { times: 3 } },
        },
        { fact: "conversions", params: { window: "14d" }, operator: "equal", value: 0 },
      ],
    },
    action: { type: "notify", urgency: "digest" },
    mode: "shadow",
  });
}

/** What the rule's own words and its brand say of an ordinary case. */
export interface Ordinary {
  day: string;
  entity: NonNullable<TestFileContent["given"]["entity"]>;
  brand: NonNullable<TestFileContent["given"]["brand"]>;
}

const USUAL_PARAMETERS = { targetCpa: 35, contributionMargin: 0.5, wantedProfit: 0.22 };

/** Nights that most rules tell apart. */
const NIGHTS: readonly Pick<CaseFile, "name" | "series">[] = [
  { name: "an ordinary month" },
  { name: "spend without one conversion", series: { conversions: "0x35", conversionValue: "0x35" } },
  {
    name: "hardly any spend",
    series: { spend: "0x34 1", conversions: "0x35", conversionValue: "0x35" },
  },
  {
    name: "yesterday is not reported yet",
    series: {
      spend: "50x34 -",
      impressions: "5000x34 -",
      clicks: "100x34 -",
      linkClicks: "80x34 -",
      conversions: "2x34 -",
      conversionValue: "200x34 -",
    },
  },
];

/** A test file whose cases expect what `expectationOf` says of each, by its name. */
export function newTest(
  { day, entity, brand }: Ordinary,
  expectationOf: (name: string) => CaseFile["expect"],
): string {
  const given: TestFileContent["given"] = {
    day,
    entity,
    series: {
      spend: "50x35",
      impressions: "5000x35",
      clicks: "100x35",
      linkClicks: "80x35",
      conversions: "2x35",
      conversionValue: "200x35",
    },
    brand: {
      ...brand,
      parameters: { ...USUAL_PARAMETERS, ...brand.parameters },
      shop: { revenue: "500x35", orders: "10x35", newCustomers: "5x35", sessions: "500x35" },
    },
  };
  const cases = NIGHTS.map((night) => ({ ...night, expect: expectationOf(night.name) }));
  return fileText({ $schema: "../../schema/test.schema.json", given, cases });
}

function fileText(content: unknown): string {
  return formatJson(JSON.stringify(content));
}
