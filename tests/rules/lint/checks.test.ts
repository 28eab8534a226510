import { describe, expect, it } from "vitest";
import type { Brand } from "../../../lib/domain/brand.ts";
import type { Snapshot } from "../../../lib/domain/snapshot.ts";
import { readEveryRule } from "../../../lib/rules/files/load.ts";
import { lintRules } from "../../../lib/rules/lint/run.ts";
import { factsOf, SETTLED } from "../../support/readings.ts";
import { aRuleFile, type Json, packFiles, spentAtLeast } from "../../support/rule.ts";
import {
  aBrand,
  aCampaign,
  aGoogleAccount,
  anAccount,
  anAdGroup,
  aSharedBudget,
  aSnapshot,
} from "../../support/snapshot.ts";

interface Given {
  brand?: Partial<Brand>;
  accounts?: Snapshot["accounts"];
  layers?: unknown[];
}

/** What one check finds in some rules of one pack, as `path: found`. */
function foundBy(
  code: string,
  rules: readonly Json[],
  { brand, accounts, layers = [] }: Given = {},
): string[] {
  const own = aBrand({ groups: {}, ...brand });
  const [pack, ...files] = packFiles(...rules.map(aRuleFile));
  const text = JSON.stringify({ ...JSON.parse(pack?.text ?? ""), layers });
  const read = readEveryRule([{ path: pack?.path ?? "", text }, ...files], own);
  if (!read.ok || read.problems.length > 0) throw new Error(JSON.stringify(read.problems, null, 2));
  const maturity = { ...SETTLED, google: [] };
  const latest =
    accounts === undefined ? null : factsOf({ brand: own, snapshot: aSnapshot({ accounts }), maturity });
  const found = lintRules(read, { day: "2026-03-12", latest });
  return found.filter((one) => one.code === `lint.${code}`).map((one) => `${one.path}: ${one.found}`);
}

const RAISE = { action: { type: "raiseBudget", percent: 10 } };
const META = { platform: "meta", accountId: "1001", conversions: ["omni_purchase"], attribution: "asSet" };
const GOOGLE = { ...META, platform: "google", accountId: "2000000002", conversions: ["Purchase (web)"] };

function over(fact: string, params: Json, value: unknown = 1): Json {
  return { fact, params, operator: "greaterThan", value };
}

function when(...all: Json[]): Json {
  return { conditions: { all } };
}

describe("lib/rules/lint/checks/raise-brand-search", () => {
  const stages = [{ name: "brandSearch", match: { campaigns: ["*Brand*"] } }, ...aBrand().stages];

  it("names a campaign that a raise would meet, unless the rule or people keep it out", () => {
    const found = 'appliesTo: it may raise "Brand", which is brand search';
    expect(foundBy("raiseBrandSearch", [RAISE], { brand: { stages } })).toEqual([found]);
    const at = (appliesTo: Json, given: Partial<Brand> = {}) =>
      foundBy("raiseBrandSearch", [{ ...RAISE, appliesTo }], { brand: { stages, ...given } });
    expect(at({ level: "campaign" })).toEqual([found]);
    expect(at({ stages: ["prospecting"] })).toEqual([]);
    expect(at({ except: { stages: ["brandSearch"] } })).toEqual([]);
    expect(at({ except: { campaigns: ["*brand*"] } })).toEqual([]);
    expect(at({ platforms: ["google"], except: { platforms: ["google"] } })).toEqual([]);
    expect(at({}, { handsOff: [{ match: { campaigns: ["*brand*"] }, until: null, by: "lea" }] })).toEqual([]);
  });

  it("leaves cuts alone, and brands without the stage", () => {
    expect(foundBy("raiseBrandSearch", [{}], { brand: { stages } })).toEqual([]);
    expect(foundBy("raiseBrandSearch", [RAISE])).toEqual([]);
  });
});

describe("lib/rules/lint/checks/no-target", () => {
  const campaigns = ["A", "B", "C", "D", "E", "F", "RTG"].map((name, index) =>
    aCampaign({ id: `10${index}`, name, budget: { period: "daily", amountMicros: 50_000_000n } }),
  );
  const { targetCpa } = aBrand().parameters;
  const parameters = {
    targetCpa: { unit: "money", values: targetCpa?.values ?? [], default: null },
  } as const;
  const given = { brand: { parameters }, accounts: [anAccount({ entities: campaigns })] };

  it("lists up to five that have no value, once for each parameter", () => {
    const target = { fact: "targetCpa", params: { times: 2 } };
    const found = 'no targetCpa for "A", "B", "C", "D", "E" and 1 more';
    const rule = when(spentAtLeast({ fact: "targetCpa" }), over("cpa", { window: "7d" }, target));
    expect(foundBy("noTarget", [rule], given)).toEqual([`conditions.all[0]: ${found}`]);
    expect(foundBy("noTarget", [when(over("expectedConversions", { window: "7d" }, 3))], given)).toEqual([
      `conditions.all[0]: ${found}`,
    ]);
  });

  it("looks at nobody out of scope, and at nothing without a snapshot", () => {
    const rule = { ...when(spentAtLeast({ fact: "targetCpa" })), appliesTo: { campaigns: ["RTG"] } };
    expect(foundBy("noTarget", [rule], given)).toEqual([]);
    expect(
      foundBy("noTarget", [when(spentAtLeast({ fact: "targetCpa" }))], { brand: { parameters } }),
    ).toEqual([]);
  });
});

describe("lib/rules/lint/checks/owns-no-budget", () => {
  const google = { platform: "google", accountId: "2000000002" };
  const accounts = [
    anAccount({
      entities: [
        aCampaign(),
        anAdGroup(),
        aCampaign({ id: "101", budget: { period: "daily", amountMicros: 1_000_000n } }),
        anAdGroup({ id: "201", parentId: "101", budget: null }),
      ],
    }),
    aGoogleAccount({
      entities: [
        aCampaign({ ...google, id: "300" }),
        anAdGroup({ ...google, id: "400", parentId: "300", budget: null }),
      ],
      sharedBudgets: [aSharedBudget({ campaignIds: ["300"] })],
    }),
  ];
  const at = (level: string, given: Json = {}) =>
    foundBy("ownsNoBudget", [{ appliesTo: { level }, ...given }], {
      accounts,
      brand: { accounts: [META, GOOGLE] },
    });

  it("says on which platform the money is with whom", () => {
    expect(at("campaign")).toEqual([
      "appliesTo.level: 2 of 3 own no budget: on google it is with shared budgets, on meta it is with ad groups",
    ]);
    expect(at("adGroup")).toEqual([
      "appliesTo.level: 2 of 3 own no budget: on google it is with shared budgets, on meta it is with campaigns",
    ]);
  });

  it("leaves budget holders and notes alone", () => {
    expect(at("budgetHolder")).toEqual([]);
    expect(at("campaign", { action: { type: "notify" } })).toEqual([]);
  });
});

describe("lib/rules/lint/checks", () => {
  it("adds claims of platforms up where the brand has several", () => {
    const right = { fact: "cpa", params: { window: "7d", of: "brand", times: 2 } };
    const rule = when(over("cpa", { window: "7d" }, right), over("overclaimRatio", { window: "7d" }));
    const found = foundBy("claimsAdded", [rule], { brand: { accounts: [META, GOOGLE] } });
    expect(found.map((one) => one.replace(/:.*/, ""))).toEqual(["conditions.all[0]"]);
    expect(foundBy("claimsAdded", [rule])).toEqual([]);
  });

  it("finds today in a raise on either side, and in a rule of the night", () => {
    const right = { fact: "spend", params: { window: "thisMonth+today" } };
    const rule = { ...RAISE, ...when(over("spend", { window: "7d" }, right)) };
    expect(foundBy("todayOnly", [{ ...rule, schedule: { every: "1h" } }])).toHaveLength(1);
    expect(foundBy("todayAtNight", [rule])).toHaveLength(1);
    expect(foundBy("todayAtNight", [{ ...rule, schedule: { days: ["mon"] } }])).toHaveLength(1);
    expect(foundBy("todayAtNight", [{ ...rule, schedule: { at: ["09:00"] } }])).toEqual([]);
    expect(foundBy("todayOnly", [{ ...RAISE, ...when(over("spend", { window: "thisMonth" })) }])).toEqual([]);
  });

  it("says of ads, rounds by day, divisions and marks that they are not acted on yet", () => {
    const brand = { groups: { tier: [{ name: "test", match: { campaigns: ["*test*"] } }] } };
    const paths = (given: Json) =>
      foundBy("notActedYet", [given], { brand }).map((one) => one.replace(/:.*/, ""));
    expect(paths({ appliesTo: { level: "ad" } })).toEqual(["appliesTo.level"]);
    expect(paths({ schedule: [{ every: "1h" }, { at: ["09:00"] }] })).toEqual(["schedule"]);
    expect(paths({ action: { type: "allocate", goal: "nextEuro", basis: "budget" } })).toEqual([
      "action.type",
    ]);
    expect(
      paths({ action: { type: "assign", group: "tier", to: "test" }, appliesTo: { level: "campaign" } }),
    ).toEqual(["action.type"]);
    expect(paths({ schedule: [{ every: "1h" }, { days: ["mon"] }] })).toEqual([]);
    expect(paths({ appliesTo: { level: "ad" }, enabled: false })).toEqual([]);
  });

  it("looks at every day in a row, not at the newest alone", () => {
    const cheap = over("cpaAtLeast", { window: "1d" }, 50);
    expect(foundBy("oneDayWindow", [when(cheap)])).toHaveLength(1);
    expect(foundBy("oneDayWindow", [when({ ...cheap, params: { window: "1d", daysInARow: 3 } })])).toEqual(
      [],
    );
    expect(foundBy("oneDayWindow", [{ ...when(cheap), nightsInARow: 3 }])).toEqual([]);
    const zero = { fact: "conversions", params: { window: "1d" }, operator: "equal", value: 0 };
    const series = over("cpa", { window: "1d", daysInARow: 3 }, 50);
    expect(foundBy("cpaWithoutConversions", [when(series, zero)])).toHaveLength(1);
    expect(foundBy("cpaSeries", [when({ ...series, params: { window: "7d", daysInARow: 3 } })])).toEqual([]);
  });

  it("asks no other bar of a budget that moves towards a number", () => {
    const half = { fact: "roas", params: { window: "28d", times: 0.5 } };
    const rule = when(over("roas", { window: "7d" }, half));
    const toward = { metric: "roas", window: "7d", target: 2, band: [1.9, 2.1] };
    expect(foundBy("relativeOnly", [{ ...rule, action: { type: "setBudget", to: 50 } }])).toHaveLength(1);
    expect(foundBy("relativeOnly", [{ ...rule, action: { type: "setBudget", toward, floor: 5 } }])).toEqual(
      [],
    );
  });

  it("holds what a rule asks for against whom it applies to, on every level", () => {
    const platform = { fact: "platform", operator: "equal", value: "google" };
    const at = (level: string, platforms: string[]) =>
      foundBy("neverFires", [{ ...when(platform), appliesTo: { level, platforms } }]).length;
    expect(["budgetHolder", "campaign", "adGroup"].map((level) => at(level, ["meta"]))).toEqual([1, 1, 1]);
    expect(["budgetHolder", "campaign", "adGroup"].map((level) => at(level, ["google"]))).toEqual([0, 0, 0]);
  });

  it("lets a count of changes stand for a cool-down", () => {
    const cut = { action: { type: "cutBudget", percent: 10, floor: 5 }, mode: "apply" };
    expect(foundBy("applyWithoutCooldown", [cut])).toHaveLength(1);
    expect(foundBy("applyWithoutCooldown", [{ ...cut, atMost: { perWeek: 2 } }])).toEqual([]);
  });
});

describe("lib/rules/lint/checks/unreachable-in-layer", () => {
  const layers = [{ firstMatch: ["first", "later"] }];
  const first = { id: "first", ...when(spentAtLeast(100)) };
  const later = { id: "later", ...when(spentAtLeast(200)) };
  const found = (a: Json, b: Json, order = layers) =>
    foundBy(
      "unreachableInLayer",
      [
        { ...first, ...a },
        { ...later, ...b },
      ],
      { layers: order },
    ).length;

  it("finds what an earlier rule of the group always takes", () => {
    expect(found({}, {})).toBe(1);
    expect(found({}, { appliesTo: { stages: ["prospecting"] } })).toBe(1);
    expect(
      found(when(spentAtLeast(100)), when({ ...spentAtLeast(200), params: { window: "7d", daysInARow: 2 } })),
    ).toBe(1);
  });

  const free: [string, Json, Json][] = [
    ["a wider scope", { appliesTo: { stages: ["prospecting"] } }, {}],
    ["an exception of the first", { appliesTo: { except: { stages: ["prospecting"] } } }, {}],
    ["another level", { appliesTo: { level: "campaign" } }, {}],
    ["figures that the first leaves", {}, when(spentAtLeast(99))],
    [
      "days on which the first must hold",
      when({ ...spentAtLeast(100), params: { window: "7d", daysInARow: 2 } }),
      {},
    ],
    ["nights that the first waits for", { nightsInARow: 2 }, {}],
    ["weekdays of the first", { schedule: { days: ["mon"] } }, {}],
    ["a last day of the first", { validUntil: "2026-12-31" }, {}],
    ["a first that is only watched", { mode: "shadow" }, {}],
    ["a first that is switched off", { enabled: false }, {}],
    ["no group", {}, {}],
  ];
  it.each(free)("finds nothing where there is %s", (what, a, b) => {
    expect(found(a, b, what === "no group" ? (["first", "later"] as never) : layers)).toBe(0);
  });
});

describe("lib/rules/lint/checks: rules with dates", () => {
  const fourNights = { validFrom: "2026-11-27", validUntil: "2026-11-30", mode: "propose" };
  const brand = { limits: { ...aBrand().limits, shadowNights: 4 } };

  it("counts the nights of watching and those in a row against the rule's dates", () => {
    const found = (rule: Json, given: Given = {}) =>
      foundBy("tooShortToAct", [{ ...fourNights, ...rule }], given).length;
    expect([found({}), found({}, { brand }), found({ validFrom: "2026-11-26" }, { brand })]).toEqual([
      0, 1, 0,
    ]);
    expect([found({ nightsInARow: 4 }), found({ nightsInARow: 5 })]).toEqual([0, 1]);
    expect([found({ rollout: { shadow: "3d" } }), found({ rollout: { shadow: "4d" } })]).toEqual([0, 1]);
    // Notices and holds do not wait for the brand's nights, and a rule in shadow is meant to be watched.
    expect(found({ appliesTo: { level: "budgetHolder" }, action: { type: "notify" } }, { brand })).toBe(0);
    expect(found({ mode: "shadow" }, { brand })).toBe(0);
  });

  it("names pauses that end by themselves on a day after the rule's last", () => {
    const found = (until: string | undefined) =>
      foundBy("pauseOutlivesRule", [{ ...fourNights, action: { type: "pause", until } }]).length;
    expect(["2026-11-30", "2026-12-01", "tomorrow", "nextMonth", undefined].map(found)).toEqual([
      0, 1, 1, 1, 0,
    ]);
  });
});
