import { describe, expect, it } from "vitest";
import type { Brand } from "../../lib/domain/brand.ts";
import { loadRuleset, type RuleFile } from "../../lib/rules/files/load.ts";
import { packsOf } from "../../lib/rules/files/pack-files.ts";
import { aRuleFile, type Json, spentAtLeast } from "../support/rule.ts";
import { aBrand, ROUND_DAY } from "../support/snapshot.ts";

const NOTHING = { off: [], modes: {}, parameters: {} };

function aPack(id: string, given: Json, ...rules: readonly Json[]): RuleFile[] {
  const pack = { id, description: "A pack for tests.", ...given };
  return [
    { path: `rules/packs/${id}/pack.json`, text: JSON.stringify(pack) },
    ...rules.map((rule) => ({ path: `rules/packs/${id}/${rule.id}.json`, text: JSON.stringify(rule) })),
  ];
}

function using(...ids: readonly string[]): Brand {
  return aBrand({ packs: Object.fromEntries(ids.map((id) => [id, NOTHING])) });
}

function load(files: readonly RuleFile[], brand: Brand) {
  const result = loadRuleset(files, brand, ROUND_DAY);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 2));
  return result;
}

function problemsOf(files: readonly RuleFile[], brand: Brand) {
  const result = loadRuleset(files, brand, ROUND_DAY);
  return result.ok ? [] : result.problems.map(({ code, file, path, fix }) => ({ code, file, path, fix }));
}

const RAISE = aRuleFile({ id: "raise", action: { type: "raiseBudget", percent: 10 }, mode: "apply" });
const FREQUENT = aRuleFile({
  id: "frequent",
  conditions: { all: [{ fact: "maxClicks", operator: "greaterThan", value: 3 }] },
});
const PARAMETERS = { maxClicks: { unit: "count", default: 4 } };

const BASE = aPack(
  "base",
  { parameters: PARAMETERS, layers: [{ firstMatch: ["stop", "raise"] }, "frequent"] },
  aRuleFile(),
  RAISE,
  FREQUENT,
);

describe("lib/rules/pack-files", () => {
  it("brings the rules of the pack that it builds on under its own id, its own taking the place of theirs", () => {
    const own = aRuleFile({ description: "Stop later.", conditions: { all: [spentAtLeast(200)] } });
    const { ruleset } = load([...BASE, ...aPack("mine", { extends: "base" }, own)], using("mine"));
    expect(ruleset.rules.map(({ id, pack, file, description }) => [id, pack, file, description])).toEqual([
      ["frequent", "mine", "rules/packs/base/frequent.json", "Pause what spent too much."],
      ["raise", "mine", "rules/packs/base/raise.json", "Pause what spent too much."],
      ["stop", "mine", "rules/packs/mine/stop.json", "Stop later."],
    ]);
  });

  it("keeps the groups of what it builds on unless it has its own", () => {
    const layersOf = (given: Json) =>
      load([...BASE, ...aPack("mine", { extends: ["base"], ...given })], using("mine")).ruleset.rules.map(
        ({ id, layer }) => [id, layer],
      );
    expect(layersOf({})).toEqual([
      ["frequent", null],
      ["raise", { group: 0, place: 1 }],
      ["stop", { group: 0, place: 0 }],
    ]);
    expect(layersOf({ layers: ["stop", { firstMatch: ["frequent", "raise"] }] })).toEqual([
      ["frequent", { group: 0, place: 0 }],
      ["raise", { group: 0, place: 1 }],
      ["stop", null],
    ]);
  });

  it("retunes what it builds on, and the brand retunes both", () => {
    const mine = aPack("mine", {
      extends: "base",
      off: ["stop"],
      modes: { raise: "propose" },
      parameters: { maxClicks: { unit: "count", default: 6 } },
    });
    const once = load([...BASE, ...mine], using("mine"));
    expect(once.ruleset.rules.map(({ id, mode }) => [id, mode])).toEqual([
      ["frequent", "propose"],
      ["raise", "propose"],
    ]);
    expect(once.brand.packs.mine?.parameters.maxClicks?.default).toEqual({
      value: 6,
      source: "rules/packs/mine/pack.json: parameters.maxClicks.default",
    });
    const settings = { ...NOTHING, off: ["frequent"], modes: { raise: "shadow" } } as const;
    const twice = load([...BASE, ...mine], aBrand({ packs: { mine: settings } }));
    expect(twice.ruleset.rules.map(({ id, mode }) => [id, mode])).toEqual([["raise", "shadow"]]);
  });

  it("gives a rule a new life when another one comes before it in its group, not when one comes after", () => {
    const rules = [aRuleFile(), RAISE, aRuleFile({ id: "cut" })];
    const hashOf = (...firstMatch: readonly string[]) =>
      load(aPack("base", { layers: [{ firstMatch }] }, ...rules), using("base")).ruleset.rules.find(
        ({ id }) => id === "raise",
      )?.hash;
    expect(hashOf("stop", "raise", "cut")).toBe(hashOf("stop", "raise"));
    expect(hashOf("cut", "stop", "raise")).not.toBe(hashOf("stop", "raise"));
  });

  it("changes the ruleset's hash with what it builds on", () => {
    const mine = aPack("mine", { extends: "base" });
    const other = BASE.map((file) => ({ ...file, text: file.text.replace("for tests", "for others") }));
    const one = load([...BASE, ...mine], using("mine")).ruleset.hash;
    expect(load([...other, ...mine], using("mine")).ruleset.hash).not.toBe(one);
  });

  it("takes a pack once that it builds on by two ways", () => {
    const files = [
      ...BASE,
      ...aPack("left", { extends: "base" }),
      ...aPack("right", { extends: "base" }),
      ...aPack("mine", { extends: ["left", "right"] }),
    ];
    expect(load(files, using("mine")).ruleset.rules.map(({ id }) => id)).toEqual([
      "frequent",
      "raise",
      "stop",
    ]);
    expect(packsOf(files, using("mine"))).toEqual(["mine", "left", "base", "right"]);
  });

  it("reads packs that are built on by two ways at each of 24 steps, once each", () => {
    const files = Array.from({ length: 24 }, (_, step) => [`left-${step}`, `right-${step}`])
      .flatMap((pair, step, { length }) =>
        pair.map((id) =>
          aPack(
            id,
            step + 1 < length ? { extends: [`left-${step + 1}`, `right-${step + 1}`] } : { extends: "base" },
          ),
        ),
      )
      .flat();
    const { ruleset } = load([...BASE, ...files], using("left-0"));
    expect(ruleset.rules.map(({ id }) => id)).toEqual(["frequent", "raise", "stop"]);
  });

  const mine = "rules/packs/mine/pack.json";
  it.each<[string, RuleFile[], Brand, Json]>([
    [
      "a circle",
      [...aPack("base", { extends: "mine" }), ...aPack("mine", { extends: "base" })],
      using("mine"),
      {
        code: "pack.circle",
        file: "rules/packs/base/pack.json",
        path: "extends",
        fix: "break the circle: mine extends base extends mine",
      },
    ],
    [
      "two rules of one id that nobody decides between",
      [...BASE, ...aPack("other", {}, aRuleFile()), ...aPack("mine", { extends: ["base", "other"] })],
      using("mine"),
      {
        code: "pack.duplicateRule",
        file: mine,
        path: "extends",
        fix: "write an own stop.json: base and other have one each",
      },
    ],
    [
      "a misspelt rule to do without",
      [...BASE, ...aPack("mine", { extends: "base", off: ["stopp"] })],
      using("mine"),
      { code: "pack.unknownRule", file: mine, path: "off[0]", fix: 'did you mean "stop"?' },
    ],
    [
      "a parameter in another unit",
      [
        ...BASE,
        ...aPack("mine", { extends: "base", parameters: { maxClicks: { unit: "ratio", default: 1 } } }),
      ],
      using("mine"),
      {
        code: "pack.unitMismatch",
        file: mine,
        path: "parameters.maxClicks.unit",
        fix: "write the unit count",
      },
    ],
    [
      "a brand that names both",
      [...BASE, ...aPack("mine", { extends: "base" })],
      using("base", "mine"),
      {
        code: "brand.packTwice",
        path: "packs.base",
        fix: "remove base: mine extends it and comes with its rules",
      },
    ],
    [
      "a brand that names two of one origin",
      [...BASE, ...aPack("left", { extends: "base" }), ...aPack("mine", { extends: "base" })],
      using("left", "mine"),
      {
        code: "brand.packTwice",
        path: "packs.left",
        fix: "remove one of them: both extend base, whose rules would be there twice",
      },
    ],
  ])("refuses %s", (_, files, brand, problem) => {
    expect(problemsOf(files, brand)).toEqual([expect.objectContaining(problem)]);
  });
});
