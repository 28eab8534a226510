import { describe, expect, it } from "vitest";
import type { Brand } from "../../lib/domain/brand.ts";
import type { ConfigProblem } from "../../lib/domain/problem.ts";
import type { FactDefinition } from "../../lib/metrics/port.ts";
import { loadRuleset } from "../../lib/rules/load.ts";
import { leavesOf } from "../../lib/rules/normalise.ts";
import { aRuleFile, type Json, packFiles } from "../support/rule.ts";
import { aBrand, ROUND_DAY } from "../support/snapshot.ts";

const LEVELS = ["brand", "account", "budgetHolder", "campaign", "adGroup", "ad"] as const;

function aFact(id: string, given: Partial<FactDefinition> = {}): FactDefinition {
  const words = { label: { en: id, fr: id }, doc: "A fact.", source: "a test" };
  return {
    ...words,
    id,
    unit: "count",
    kind: "metric",
    levels: LEVELS,
    params: ["of", "per", "minSettledPercent"],
    goodSide: null,
    ...given,
  };
}

const RATIO = { unit: "ratio", goodSide: "high", params: ["of", "conversion", "attribution"] } as const;
const RANK = { ranked: true, params: ["by", "within", "order", "of", "conversion"] } as const;

/** One fact of every kind that parameters differ by. */
const CATALOGUE: readonly FactDefinition[] = [
  aFact("clicks", { additive: true }),
  aFact("roas", RATIO),
  aFact("claimedValue", { unit: "ratio", params: ["conversion"] }),
  aFact("mer", { unit: "ratio", about: "brand", params: ["customers", "against"] }),
  aFact("place", RANK),
  aFact("people", { windows: ["7d", "28d", "lifetime"], params: [] }),
  aFact("memberSharePercent", { unit: "percent", about: "brand", params: ["group", "member", "basis"] }),
  aFact("daysTo", { kind: "state", unit: "days", params: ["event"] }),
];

const META = { platform: "meta", accountId: "1", attribution: "asSet" };
const BRAND: Partial<Brand> = {
  accounts: [
    {
      ...META,
      conversions: ["omni_purchase"],
      conversion: "purchase",
      named: { purchase: ["omni_purchase"], appInstall: ["mobile_app_install"] },
    },
  ],
  calendar: { "black-friday": [{ from: "2026-11-27", to: "2026-11-30" }] },
  groups: { tier: [{ name: "proven", match: { labels: ["proven"] } }] },
};

function load(leaf: Json, rule: Json = {}, brand: Partial<Brand> = {}) {
  const conditions = { all: [{ operator: "greaterThan", value: 1, ...leaf }] };
  const file = aRuleFile({ conditions, ...rule });
  return loadRuleset(packFiles(file), aBrand({ ...BRAND, parameters: {}, ...brand }), ROUND_DAY, CATALOGUE);
}

const clicks = (params: Json): Json => ({ fact: "clicks", params: { window: "7d", ...params } });
const roas = (params: Json): Json => ({ fact: "roas", params: { window: "7d", ...params } });
const rank = (params: Json): Json => ({ fact: "place", params: { window: "7d", by: "roas", ...params } });
const against = (base: string): Json => ({ fact: "mer", params: { window: "28d", against: base } });

const PATH = "conditions.all[0].params";
const RIGHT = "conditions.all[0].value.params";

const GOOD_WINDOWS = [
  ...["1d", "14d..8d", "92d", "today", "7d+today", "lifetime", "lifetime+today", "sinceChange"],
  ...["sinceChange+today", "thisWeek", "thisMonth+today", "lastWeek", "lastMonth"],
  ...["event:black-friday", "before:black-friday:14d"],
];

type Case = readonly [what: string, leaf: Json, path: string, code: string, fix?: string];

const WINDOWS: readonly Case[] = [
  ["more days than are fetched", clicks({ window: "93d" }), `${PATH}.window`, "unknownWindow"],
  ["too many days and today", clicks({ window: "93d+today" }), `${PATH}.window`, "unknownWindow"],
  [
    "too long before an event",
    clicks({ window: "before:black-friday:93d" }),
    `${PATH}.window`,
    "unknownWindow",
  ],
  [
    "a misspelt event",
    clicks({ window: "event:black-fryday" }),
    `${PATH}.window`,
    "unknownEvent",
    'did you mean "black-friday"?',
  ],
  [
    "a slip in a word",
    clicks({ window: "lastWeeks" }),
    `${PATH}.window`,
    "unknownWindow",
    'did you mean "lastWeek"?',
  ],
  [
    "another than people are counted in",
    { fact: "people", params: { window: "14d" } },
    `${PATH}.window`,
    "unknownWindow",
    "people is never summed over days, so it is known for 7d, 28d, lifetime alone",
  ],
  [
    "people day by day",
    { fact: "people", params: { window: "7d", daysInARow: 2 } },
    `${PATH}.daysInARow`,
    "unknownParam",
  ],
  [
    "the brand's own beginning",
    { fact: "mer", params: { window: "lifetime" } },
    `${PATH}.window`,
    "notAllowed",
    "name days, such as 28d: only campaigns and what is in them have a beginning or a last change",
  ],
  ["one day in a row", clicks({ daysInARow: 1 }), `${PATH}.daysInARow`, "outOfRange"],
  [
    "days of a month in a row",
    clicks({ window: "thisMonth", daysInARow: 2 }),
    `${PATH}.daysInARow`,
    "notAllowed",
  ],
  ["today in a row", clicks({ window: "today", daysInARow: 2 }), `${PATH}.daysInARow`, "notAllowed"],
  [
    "days in a row that go back too far",
    clicks({ window: "90d", daysInARow: 4 }),
    `${PATH}.daysInARow`,
    "outOfRange",
  ],
  [
    "a week that settles",
    clicks({ window: "lastWeek", minSettledPercent: 90 }),
    `${PATH}.minSettledPercent`,
    "notAllowed",
  ],
  [
    "two that move the window",
    clicks({ daysInARow: 2, minSettledPercent: 90 }),
    `${PATH}.minSettledPercent`,
    "notAllowed",
    "keep one of them: both move the window",
  ],
  [
    "a base that the window is in",
    against("28d"),
    `${PATH}.against`,
    "notAllowed",
    "begin and end before the window, such as 56d..29d",
  ],
  ["a base without fixed days", against("lastMonth"), `${PATH}.against`, "notAllowed"],
];

const GROUPS: readonly Case[] = [
  ["another word for a group", clicks({ of: "adset" }), `${PATH}.of`, "unknownWord"],
  [
    "an ad group around a holder",
    clicks({ of: "adGroup" }),
    `${PATH}.of`,
    "notAllowed",
    "on the level budgetHolder there is no adGroup around it: use one of: campaign, siblings, objective, stage, account, platform, brand",
  ],
  [
    "an average of nobody",
    clicks({ per: "entity" }),
    `${PATH}.per`,
    "missing",
    'add "of": whose entities share it, such as siblings',
  ],
  ["an average of a ratio", roas({ of: "campaign", per: "entity" }), `${PATH}.per`, "unknownParam"],
  ["a rank by nothing", { fact: "place", params: { window: "7d" } }, PATH, "missing", 'add "by"'],
  ["a rank by a misspelt metric", rank({ by: "roass" }), `${PATH}.by`, "unknownFact", 'did you mean "roas"?'],
  ["a rank by the brand's own figure", rank({ by: "mer" }), `${PATH}.by`, "notAllowed"],
  ["a rank by what is neither good nor bad", rank({ by: "clicks" }), `${PATH}.by`, "notAllowed"],
  ["a rank by another rank", rank({ by: "place" }), `${PATH}.by`, "notAllowed"],
  [
    "what the metric of a rank does not take",
    rank({ by: "roas", per: "entity" }),
    `${PATH}.per`,
    "unknownParam",
  ],
];

const NAMES: readonly Case[] = [
  [
    "a misspelt conversion",
    roas({ conversion: "appInstal" }),
    `${PATH}.conversion`,
    "unknownConversion",
    'did you mean "appInstall"?',
  ],
  [
    "an attribution that Meta does not have",
    roas({ attribution: "7dView" }),
    `${PATH}.attribution`,
    "unknownWord",
  ],
  [
    "two conversions in one comparison",
    { ...roas({}), value: roas({ conversion: "appInstall" }) },
    `${RIGHT}.conversion`,
    "notAllowed",
    "remove conversion: the left side has none",
  ],
  [
    "two attributions in one comparison",
    { ...roas({ attribution: "1dClick" }), value: roas({ attribution: "7dClick" }) },
    `${RIGHT}.attribution`,
    "notAllowed",
    'write "attribution": "1dClick" as on the left side',
  ],
  [
    "days in a row of the right side alone",
    { ...clicks({}), value: clicks({ of: "campaign", daysInARow: 3 }) },
    `${RIGHT}.daysInARow`,
    "notAllowed",
    "put daysInARow on the left side as well",
  ],
  [
    "other days in a row on the right side",
    { ...clicks({ daysInARow: 2 }), value: clicks({ of: "campaign", daysInARow: 3 }) },
    `${RIGHT}.daysInARow`,
    "notAllowed",
    "write 2 as on the left side",
  ],
  [
    "a share of a group that does not exist",
    {
      fact: "memberSharePercent",
      params: { window: "7d", group: "tiers", member: "proven", basis: "spend" },
    },
    `${PATH}.group`,
    "unknownGroup",
    'did you mean "tier"?',
  ],
  [
    "a share of a member that does not exist",
    { fact: "memberSharePercent", params: { window: "7d", group: "tier", member: "provn", basis: "spend" } },
    `${PATH}.member`,
    "unknownMember",
    'did you mean "proven"?',
  ],
  ["days to nothing", { fact: "daysTo", params: { event: "easter" } }, `${PATH}.event`, "unknownEvent"],
];

describe("lib/rules/params", () => {
  it.each(GOOD_WINDOWS)("reads the window %s", (window) => {
    expect(load(clicks({ window }))).toMatchObject({ ok: true });
  });

  it.each<[string, Json]>([
    [
      "days in a row on both sides",
      { ...clicks({ daysInARow: 3 }), value: clicks({ of: "campaign", daysInARow: 3 }) },
    ],
    [
      "a fixed right side",
      { ...clicks({ daysInARow: 3 }), value: clicks({ of: "siblings", per: "entity" }) },
    ],
    ["a window that settles", clicks({ minSettledPercent: 90 })],
    [
      "a conversion of the brand file on both sides",
      { ...roas({ conversion: "appInstall" }), value: roas({ conversion: "appInstall", of: "campaign" }) },
    ],
    ["leads", roas({ conversion: "lead" })],
    ["an attribution", roas({ attribution: "7dClick+1dView" })],
    ["a rank within the campaign", rank({ within: "campaign", order: "worstFirst", conversion: "lead" })],
    ["a base before the window", against("56d..29d")],
    ["people", { fact: "people", params: { window: "lifetime" } }],
    ["the days to an event", { fact: "daysTo", params: { event: "black-friday" } }],
    [
      "the share of no member",
      {
        fact: "memberSharePercent",
        params: { window: "7d", group: "tier", member: "unmapped", basis: "spend" },
      },
    ],
  ])("reads %s, every parameter as it was written", (_, leaf) => {
    const result = load(leaf);
    const leaves = result.ok ? result.ruleset.rules.flatMap(({ condition }) => leavesOf(condition)) : [];
    expect(leaves.map(({ params }) => params)).toEqual([leaf.params]);
  });

  it.each([...WINDOWS, ...GROUPS, ...NAMES].map((one) => [one[0], one] as const))(
    "refuses %s",
    (_, [, leaf, path, code, fix]) => {
      const problem: Partial<ConfigProblem> = {
        path,
        code: `rule.${code}`,
        ...(fix !== undefined && { fix }),
      };
      expect(load(leaf)).toEqual({ ok: false, problems: [expect.objectContaining(problem)] });
    },
  );

  it("refuses days in a row anywhere inside of a not", () => {
    const conditions = {
      all: [{ not: { any: [{ ...clicks({ daysInARow: 3 }), operator: "lessThan", value: 1 }] } }],
    };
    expect(load(clicks({}), { conditions })).toMatchObject({
      ok: false,
      problems: [{ code: "rule.notAllowed", path: "conditions.all[0].not.any[0].params.daysInARow" }],
    });
  });

  it("refuses a beginning of accounts, which have none", () => {
    const appliesTo = { level: "account" };
    expect(load(clicks({ window: "sinceChange" }), { appliesTo, action: { type: "notify" } })).toMatchObject({
      ok: false,
      problems: [{ code: "rule.notAllowed", path: `${PATH}.window` }],
    });
  });

  it("takes an attribution where the rule can meet Meta alone", () => {
    const google = { platform: "google", accountId: "2", attribution: "asSet", conversions: [] };
    const brand = { accounts: [...(BRAND.accounts ?? []), google] };
    const leaf = roas({ attribution: "7dClick" });
    expect(load(leaf, {}, brand)).toMatchObject({
      ok: false,
      problems: [
        {
          code: "rule.notAllowed",
          path: `${PATH}.attribution`,
          fix: 'add "platforms": ["meta"] to appliesTo: google offers no choice of attribution',
        },
      ],
    });
    expect(load(leaf, { appliesTo: { platforms: ["meta"] } }, brand)).toMatchObject({ ok: true });
    expect(load(leaf, { appliesTo: { platforms: ["google"] } })).toMatchObject({ ok: false });
  });
});
