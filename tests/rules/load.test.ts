import { describe, expect, it } from "vitest";
import type { Brand } from "../../lib/domain/brand.ts";
import { loadRuleset, type RuleFile } from "../../lib/rules/files/load.ts";
import { aRuleFile, type Json, loaded, packFiles, problemsOf, spentAtLeast } from "../support/rule.ts";
import { aBrand, ROUND_DAY } from "../support/snapshot.ts";

function withPack(given: Partial<Brand["packs"][string]>): Brand {
  return aBrand({ packs: { roads: { off: [], modes: {}, parameters: {}, ...given } } });
}

function load(files: readonly RuleFile[], brand: Brand = aBrand()) {
  return loadRuleset(files, brand, ROUND_DAY);
}

function only(...conditions: unknown[]): Json {
  return aRuleFile({ conditions: { all: conditions } });
}

function leaf(given: Json): Json {
  return only({ ...spentAtLeast(100), ...given });
}

describe("lib/rules/load", () => {
  it("loads a rule with defaults, money in micros and factors in thousandths", () => {
    const value = { fact: "targetCpa", params: { times: 1.125, plus: 10 } };
    const rules = loaded([
      aRuleFile({ conditions: { any: [spentAtLeast(99.5), spentAtLeast(value)] } }),
    ]).rules;
    expect(rules).toHaveLength(1);
    expect(rules[0]).toMatchObject({
      id: "stop",
      pack: "roads",
      file: "rules/packs/roads/stop.json",
      owner: "lea",
      mode: "propose",
      cooldownNights: null,
      action: { type: "pause" },
      appliesTo: {
        level: "budgetHolder",
        platforms: null,
        accounts: null,
        stages: null,
        status: ["active"],
        budget: { owner: null, period: ["daily"] },
        match: {},
        except: null,
      },
      condition: {
        kind: "any",
        children: [
          { kind: "leaf", leaf: { right: { kind: "literal", value: 99_500_000, unit: "money" } } },
          {
            kind: "leaf",
            leaf: {
              right: { kind: "fact", fact: "targetCpa", params: {}, timesPermille: 1125, plus: 10_000_000 },
            },
          },
        ],
      },
    });
  });

  it.each([
    [
      { type: "raiseBudget", percent: 20, ceiling: 500 },
      { type: "raiseBudget", by: { kind: "percent", percent: 20 }, ceilingMicros: 500_000_000n },
    ],
    [
      { type: "raiseBudget", amount: 12.5 },
      { type: "raiseBudget", by: { kind: "amount", micros: 12_500_000n }, ceilingMicros: null },
    ],
    [
      { type: "cutBudget", percent: 30, floor: 20 },
      { type: "cutBudget", by: { kind: "percent", percent: 30 }, floorMicros: 20_000_000n },
    ],
  ])("reads the action %j", (action, expected) => {
    expect(loaded([aRuleFile({ action })]).rules[0]?.action).toEqual(expected);
  });

  it("reads holds and notes at the level of the brand", () => {
    const conditions = { all: [{ fact: "mer", params: { window: "7d" }, operator: "lessThan", value: 2 }] };
    const hold = aRuleFile({ id: "hold", conditions, action: { type: "hold", blocks: ["raise"] } });
    const note = aRuleFile({
      id: "note",
      conditions,
      action: { type: "notify" },
      appliesTo: { level: "brand" },
    });
    const { rules } = loaded([hold, note]);
    expect(rules.map(({ appliesTo, action }) => [appliesTo.level, action])).toEqual([
      ["brand", { type: "hold", blocks: ["raise"], scope: { kind: "brand" }, forAtLeastNights: null }],
      ["brand", { type: "notify", urgency: "digest", to: [], repeat: "onChange" }],
    ]);
  });

  it("orders rules by id whatever the order of the files", () => {
    const files = packFiles(aRuleFile({ id: "b" }), aRuleFile({ id: "a" }));
    const result = load(files.toReversed());
    expect(result.ok && result.ruleset.rules.map((rule) => rule.id)).toEqual(["a", "b"]);
    expect(load(files)).toEqual(result);
  });

  it("gives a rule a new hash when what it decides changes, not when its papers do", () => {
    const hashOf = (given: Json) => loaded([aRuleFile(given)]).rules[0]?.hash;
    const hash = hashOf({});
    expect(
      hashOf({ owner: "tom", description: "Other words.", reviewOn: "2027-01-01", mode: "shadow" }),
    ).toBe(hash);
    expect(hashOf({ cooldown: "3d" })).not.toBe(hash);
    expect(hashOf({ conditions: { all: [spentAtLeast(101)] } })).not.toBe(hash);
    expect(hashOf({ appliesTo: { stages: ["prospecting"] } })).not.toBe(hash);
  });

  it("gives the ruleset a new hash for any edit, of switched-off rules too", () => {
    const hashOf = (...rules: Json[]) => loaded(rules).hash;
    const hash = hashOf(aRuleFile(), aRuleFile({ id: "off", enabled: false }));
    expect(hashOf(aRuleFile(), aRuleFile({ id: "off", enabled: false, owner: "tom" }))).not.toBe(hash);
    expect(hashOf(aRuleFile(), aRuleFile({ id: "off", enabled: false }))).toBe(hash);
  });

  it("looks at no pack that the brand does not name", () => {
    const stray = { path: "rules/packs/other/broken.json", text: "{" };
    expect(load([...packFiles(aRuleFile()), stray])).toMatchObject({ ok: true });
  });

  it("leaves out rules that the brand or their owner switched off, but still checks them", () => {
    const { rules } = loaded([aRuleFile({ id: "a" }), aRuleFile({ id: "b" })], withPack({ off: ["a"] }));
    expect(rules.map((rule) => rule.id)).toEqual(["b"]);
    expect(loaded([aRuleFile({ enabled: false })]).rules).toEqual([]);
    expect(problemsOf([aRuleFile({ enabled: false, conditions: { all: [] } })])).toHaveLength(1);
  });

  it.each([
    ["shadow", "apply", "shadow"],
    ["apply", "propose", "propose"],
    ["apply", "apply", "apply"],
  ] as const)("takes the stricter of the rule's mode %s and the brand's %s for it", (mode, set, expected) => {
    const { rules } = loaded([aRuleFile({ mode })], withPack({ modes: { stop: set } }));
    expect(rules[0]?.mode).toBe(expected);
  });

  it("is in shadow unless the rule says otherwise", () => {
    const { mode: _, ...silent } = aRuleFile();
    expect(loaded([silent]).rules[0]?.mode).toBe("shadow");
  });

  it.each([
    ["2026-03-10", 0],
    ["2026-03-11", 1],
    ["2026-03-13", 1],
    ["2026-03-14", 0],
  ])("on %s has %i rules of one that is valid from 11 to 13 March", (day, count) => {
    const dated = aRuleFile({ validFrom: "2026-03-11", validUntil: "2026-03-13" });
    expect(loaded([dated], aBrand(), day).rules).toHaveLength(count);
  });

  it.each([
    ["apply", "2026-03-11", "apply"],
    ["apply", "2026-03-12", "propose"],
    ["shadow", "2026-03-12", "shadow"],
  ])("treats a rule in mode %s on %s as %s when its review is due on 11 March", (mode, day, expected) => {
    expect(loaded([aRuleFile({ mode, reviewOn: "2026-03-11" })], aBrand(), day).rules[0]?.mode).toBe(
      expected,
    );
  });

  it("reads parameters of the brand as facts by their own names", () => {
    const payout = { unit: "money", default: { value: 9_000_000, source: "x" }, values: [] } as const;
    const { rules } = loaded([leaf({ value: { fact: "payout" } })], aBrand({ parameters: { payout } }));
    expect(rules[0]?.condition).toMatchObject({ children: [{ leaf: { right: { fact: "payout" } } }] });
  });

  it("fills a pack's parameters into the brand, where the brand does not retune them", () => {
    const pack = {
      id: "roads",
      description: "x",
      parameters: { few: { unit: "count", default: 3 }, many: { unit: "count", default: 9 } },
    };
    const rule = only({
      fact: "conversions",
      params: { window: "7d" },
      operator: "lessThan",
      value: { fact: "few" },
    });
    const files = [
      { path: "rules/packs/roads/pack.json", text: JSON.stringify(pack) },
      ...packFiles(rule).slice(1),
    ];
    const many = { unit: "count", default: { value: 10, source: "brand" }, values: [] } as const;
    const result = load(files, withPack({ parameters: { many } }));
    expect(result.ok && result.brand.packs.roads?.parameters).toEqual({
      few: {
        unit: "count",
        default: { value: 3, source: "rules/packs/roads/pack.json: parameters.few.default" },
        values: [],
      },
      many,
    });
  });

  it("reports the problems of all rules at once", () => {
    const found = problemsOf([
      aRuleFile({ id: "a", ownr: "x" }),
      aRuleFile({ id: "b", conditions: { all: [] } }),
    ]);
    expect(found.map(({ file, code }) => [file, code])).toEqual([
      ["rules/packs/roads/a.json", "rule.unknownKey"],
      ["rules/packs/roads/b.json", "rule.emptyList"],
    ]);
  });

  it("reports shape and conditions of one rule together, with lines", () => {
    const found = problemsOf([aRuleFile({ conditions: { all: [spentAtLeast("3")] }, mode: "live" })]);
    expect(found.map(({ path, line }) => [path, line])).toEqual([
      ["conditions.all[0].value", 13],
      ["mode", 20],
    ]);
  });
});
