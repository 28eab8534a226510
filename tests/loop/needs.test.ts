import { describe, expect, it } from "vitest";
import type { BrandAccount } from "../../lib/domain/brand.ts";
import type { Formula } from "../../lib/domain/formula.ts";
import type { Level } from "../../lib/domain/ids.ts";
import { needsOf } from "../../lib/loop/needs.ts";
import type { Params } from "../../lib/metrics/port.ts";
import type { Action, Leaf, Rule } from "../../lib/rules/types.ts";
import { aRule } from "../support/plan.ts";
import { aBrand } from "../support/snapshot.ts";

const META: BrandAccount = {
  platform: "meta",
  accountId: "1001",
  conversions: ["omni_purchase"],
  attribution: "7dClick",
  conversion: "purchase",
  named: { purchase: ["omni_purchase"], install: ["app_install"] },
};
const GOOGLE: BrandAccount = {
  platform: "google",
  accountId: "2000000002",
  conversions: ["Purchase (web)"],
  attribution: "asSet",
  conversion: "purchase",
  named: { purchase: ["Purchase (web)"] },
};

const TELL: Action = { type: "notify", urgency: "digest", to: [], repeat: "onChange" };

function aLeaf(fact: string, params: Params = { window: "7d" }): Leaf {
  const right = { kind: "literal", value: 1, unit: "ratio" } as const;
  return { fact, params, operator: "greaterThan", right };
}

/** Looks at every leaf at once. */
function looking(leaves: readonly Leaf[], level: Level = "campaign", action: Action = TELL): Rule {
  const children = leaves.map((leaf) => ({ kind: "leaf", leaf }) as const);
  const plain = aRule(action, { condition: { kind: "all", children } });
  return { ...plain, appliesTo: { ...plain.appliesTo, level } };
}

function needs(rules: readonly Rule[], account = META, brand = aBrand()) {
  return needsOf(brand, { rules, hash: "h" }, account);
}

const names = (...facts: string[]): Formula =>
  facts
    .map((name): Formula => ({ kind: "name", name }))
    .reduce((left, right) => ({ kind: "binary", operator: "/", left, right }));

describe("lib/loop/needs", () => {
  it("asks for the account and its campaigns alone where no rule looks further", () => {
    const plain = { levels: ["account", "campaign"], claims: [], people: [], searchShares: false };
    expect(needs([])).toEqual(plain);
    expect(needs([looking([aLeaf("mer")], "brand"), looking([aLeaf("cpa")], "account")])).toEqual(plain);
  });

  it.each([
    ["adGroup", {}, ["account", "campaign", "adGroup"]],
    ["budgetHolder", {}, ["account", "campaign", "adGroup"]],
    ["ad", {}, ["account", "campaign", "ad"]],
    ["ad", { of: "adGroup" }, ["account", "campaign", "adGroup", "ad"]],
    ["ad", { of: "siblings" }, ["account", "campaign", "adGroup", "ad"]],
    ["campaign", { of: "siblings" }, ["account", "campaign"]],
  ] as const)("asks for the levels of a rule on %s with %j", (level, params, levels) => {
    expect(needs([looking([aLeaf("cpa", { window: "7d", ...params })], level)]).levels).toEqual(levels);
  });

  it("asks Google for no more than its campaigns where a rule looks at budget holders", () => {
    expect(needs([looking([aLeaf("cpa")], "budgetHolder")], GOOGLE).levels).toEqual(["account", "campaign"]);
  });

  it("asks for conversions and attributions that either side of a comparison names, each once", () => {
    const leaf = aLeaf("cpa", { window: "7d", conversion: "install" });
    const right = {
      kind: "fact",
      fact: "cpa",
      params: { window: "28d", attribution: "1dClick" },
      timesPermille: 1000,
      plus: 0,
    } as const;
    const rules = [
      looking([{ ...leaf, right }]),
      looking([leaf, aLeaf("roas", { window: "7d", conversion: "purchase" })]),
    ];
    expect(needs(rules).claims).toEqual([
      { key: "install/7dClick", names: ["app_install"], attribution: "7dClick" },
      { key: "purchase/1dClick", names: ["omni_purchase"], attribution: "1dClick" },
    ]);
    // Google has no name for installs; what it cannot attribute so, it leaves out itself.
    expect(needs(rules, GOOGLE).claims.map(({ key }) => key)).toEqual(["purchase/1dClick"]);
  });

  it("asks for what a budget is moved toward", () => {
    const action: Action = {
      type: "setBudget",
      aim: {
        kind: "toward",
        metric: "roas",
        params: { window: "7d", attribution: "1dView" },
        target: 2,
        band: [1.9, 2.1],
        goodSide: "high",
      },
      maxPercent: null,
      floorMicros: null,
      ceilingMicros: null,
    };
    expect(
      needs([looking([aLeaf("always", {})], "budgetHolder", action)]).claims.map(({ key }) => key),
    ).toEqual(["purchase/1dView"]);
  });

  it("asks for people once for each span and level, and only in spans that count them", () => {
    const leaves = ["7d", "7d..1d", "28d", "8d..2d", "14d", "lifetime"].map((window) =>
      aLeaf("frequency", { window }),
    );
    const of = (level: Level) =>
      needs([looking(leaves, level)]).people.map((one) => `${one.level} ${one.span}`);
    expect(of("campaign")).toEqual(["campaign 7d", "campaign 28d", "campaign lifetime"]);
    // Nobody knows when an account's life began.
    expect(of("account")).toEqual(["account 7d", "account 28d"]);
    expect(of("budgetHolder")).toHaveLength(6);
    expect(of("brand")).toEqual([]);
  });

  it("asks for what ranks and the brand's own metrics are made of, even where these name each other", () => {
    const brand = aBrand({
      metrics: {
        fatigue: { unit: "ratio", formula: names("frequency", "worn"), source: "brand.json" },
        worn: { unit: "ratio", formula: names("fatigue", "searchLostToRankPercent"), source: "brand.json" },
      },
    });
    const rule = looking([aLeaf("rank", { by: "fatigue", window: "28d", within: "campaign" })], "adGroup");
    expect(needs([rule], META, brand)).toMatchObject({
      people: [{ level: "adGroup", span: "28d" }],
      searchShares: true,
    });
  });

  it.each(["searchImpressionSharePercent", "searchLostToBudgetPercent", "searchLostToRankPercent"])(
    "asks for shares of searches for %s",
    (fact) => {
      expect(needs([looking([aLeaf(fact, {})])], GOOGLE).searchShares).toBe(true);
    },
  );
});
