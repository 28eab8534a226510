import { describe, expect, it } from "vitest";
import { readEveryRule } from "../../../lib/rules/files/load.ts";
import { normalise } from "../../../lib/rules/files/normalise.ts";
import { commonText } from "../../../lib/rules/lint/globs.ts";
import { writtenOut } from "../../../lib/rules/lint/ranges/by-day.ts";
import { solve } from "../../../lib/rules/lint/ranges/solve.ts";
import { waysOf } from "../../../lib/rules/lint/ranges/ways.ts";
import { aRuleFile, type Json, packFiles } from "../../support/rule.ts";
import { aBrand } from "../../support/snapshot.ts";

function answers(conditions: Json): string[] {
  const read = readEveryRule(packFiles(aRuleFile({ conditions })), aBrand());
  if (!read.ok || read.problems.length > 0) throw new Error(JSON.stringify(read.problems));
  const [one] = read.rules;
  if (one === undefined) throw new Error("expected a rule");
  return (waysOf(writtenOut(one.rule.condition)) ?? []).map((way) => solve(way, read.facts).kind);
}

function leaf(fact: string, operator: string, value: unknown, window: string | null = "7d"): Json {
  return { fact, ...(window === null ? {} : { params: { window } }), operator, value };
}

function own(fact: string, params: Json, operator: string, value: unknown): Json {
  return { fact, params: { window: "7d", ...params }, operator, value };
}

function right(fact: string, params: Json): Json {
  return { fact, params };
}

describe("lib/rules/lint/ranges", () => {
  const never: [string, Json[]][] = [
    ["a number under and over one bar", [leaf("spend", "lessThan", 50), leaf("spend", "greaterThan", 50)]],
    ["two numbers at once", [leaf("conversions", "equal", 1), leaf("conversions", "equal", 2)]],
    ["less than nothing", [leaf("spend", "lessThan", 0)]],
    ["a probability above 1", [leaf("cpaOkProbability", "greaterThan", 1)]],
    ["a number and not that number", [leaf("roas", "equal", 2), leaf("roas", "notEqual", 2)]],
    [
      "a number in the hole of a range",
      [leaf("roas", "between", [2, 3]), leaf("roas", "notBetween", [1, 4])],
    ],
    [
      "two spellings of one window",
      [leaf("spend", "lessThan", 5), leaf("spend", "greaterThan", 6, "7d..1d")],
    ],
    [
      "a shorter window above a longer one",
      [leaf("conversions", "equal", 0, "14d"), leaf("conversions", "greaterThan", 0, "7d")],
    ],
    [
      "itself above 1.2 times itself plus 1",
      [leaf("spend", "greaterThan", right("spend", { window: "7d", times: 1.2, plus: 1 }))],
    ],
    [
      "each above the other",
      [
        leaf("spend", "greaterThan", right("spend", { window: "14d..8d" })),
        leaf("spend", "greaterThan", right("spend", { window: "7d" }), "14d..8d"),
      ],
    ],
    [
      "a bar that a target cannot reach",
      [
        leaf("spend", "greaterThanInclusive", right("targetCpa", { times: 3 })),
        leaf("targetCpa", "greaterThan", 20, null),
        leaf("spend", "lessThan", 60),
      ],
    ],
    [
      "a CPA that its spend and conversions do not make",
      [leaf("cpa", "lessThan", 10), leaf("spend", "greaterThan", 100), leaf("conversions", "lessThan", 5)],
    ],
    [
      "a state of two values",
      [leaf("learning", "equal", "learned", null), leaf("learning", "equal", "limited", null)],
    ],
    ["no state that is left", [leaf("learning", "notIn", ["learning", "learned", "limited"], null)]],
    ["a stable and unstable week", [leaf("stable", "equal", true), leaf("stable", "equal", false)]],
    [
      "a share of clicks that its counters do not make",
      [
        leaf("ctrPercent", "greaterThan", 2),
        leaf("clicks", "lessThanInclusive", 10),
        leaf("impressions", "greaterThan", 500),
      ],
    ],
    [
      "a CPA at best over what was spent",
      [
        leaf("cpaAtLeast", "greaterThan", 90),
        leaf("spend", "lessThan", 90),
        leaf("conversions", "lessThan", 3),
      ],
    ],
    [
      "a CPA at best that so many conversions do not leave",
      [leaf("cpaAtLeast", "greaterThan", 40), leaf("spend", "lessThan", 90), leaf("conversions", "equal", 3)],
    ],
    [
      "a CPA of leads that their number does not make",
      [
        own("cpa", { conversion: "lead" }, "lessThan", 10),
        leaf("spend", "greaterThan", 100),
        own("conversions", { conversion: "lead" }, "lessThan", 5),
      ],
    ],
    ["a rank before the first", [own("rank", { by: "roas" }, "lessThan", 1)]],
    ["a rank beyond the last", [own("rankPercent", { by: "roas" }, "greaterThan", 100)]],
    [
      "a day in a row against the newest day",
      [own("spend", { daysInARow: 3 }, "greaterThan", 50), leaf("spend", "lessThan", 40)],
    ],
    [
      "a day in a row against an older day",
      [own("spend", { daysInARow: 3 }, "greaterThan", 50), leaf("spend", "lessThan", 40, "9d..3d")],
    ],
    ["missing data over a bar", [leaf("mer", "isKnown", false), leaf("mer", "greaterThan", 3)]],
  ];
  it.each(never)("proves impossible: %s", (_, all) => {
    expect(answers({ all })).toEqual(["never"]);
  });

  const met: [string, Json[]][] = [
    [
      "both ends of a range",
      [leaf("spend", "greaterThanInclusive", 50), leaf("spend", "lessThanInclusive", 50)],
    ],
    [
      "a longer window above a shorter one",
      [leaf("conversions", "equal", 0), leaf("conversions", "greaterThan", 0, "14d")],
    ],
    [
      "itself above 1.2 times itself less 10",
      [leaf("spend", "greaterThan", right("spend", { window: "7d", times: 1.2, plus: -10 }))],
    ],
    [
      "a CPA at best of what has less than one conversion",
      [
        leaf("cpaAtLeast", "greaterThan", 90),
        leaf("spend", "lessThan", 91),
        leaf("conversions", "between", [0.2, 0.5]),
      ],
    ],
    [
      "one conversion's number beside another's",
      [own("conversions", { conversion: "lead" }, "greaterThan", 5), leaf("conversions", "equal", 0)],
    ],
    [
      "its own figure beside its campaign's",
      [own("spend", { of: "campaign" }, "greaterThan", 50), leaf("spend", "lessThan", 40)],
    ],
    [
      "days in a row above a target that stands still",
      [own("spend", { daysInARow: 3 }, "greaterThan", right("targetCpa", { times: 2 }))],
    ],
    ["a negative margin", [leaf("cm3", "lessThan", -100)]],
    ["a percentage above 100", [leaf("conversionRatePercent", "greaterThan", 100)]],
    ["missing data alone", [leaf("mer", "isKnown", false)]],
    [
      "a name of two patterns",
      [leaf("name", "matches", "*PROS*", null), leaf("name", "doesNotMatch", "*TEST*", null)],
    ],
    [
      "discounted days beside plain ones",
      [leaf("cpaAtLeast", "greaterThan", 90), leaf("conversions", "equal", 0)],
    ],
  ];
  it.each(met)("finds figures for: %s", (_, all) => {
    expect(answers({ all })).toEqual(["example"]);
  });

  it("looks at each alternative by itself", () => {
    const dead = { all: [leaf("roas", "lessThan", 1), leaf("roas", "greaterThan", 2)] };
    expect(answers({ any: [dead, leaf("roas", "lessThan", 1)] })).toEqual(["never", "example"]);
    expect(
      answers({ not: { any: [leaf("roas", "lessThan", 1), leaf("roas", "greaterThanInclusive", 1)] } }),
    ).toEqual(["never"]);
  });

  it("names figures that people can check", () => {
    const read = readEveryRule(
      packFiles(
        aRuleFile({
          conditions: {
            all: [
              leaf("spend", "greaterThanInclusive", right("targetCpa", { times: 3 })),
              leaf("conversions", "lessThan", 2),
              leaf("conversions", "greaterThan", 0.5),
            ],
          },
        }),
      ),
      aBrand(),
    );
    const [one] = read.ok ? read.rules : [];
    if (!read.ok || one === undefined) throw new Error("expected a rule");
    const [way = []] = waysOf(normalise(one.rule.condition)) ?? [];
    expect(solve(way, read.facts, new Map([["targetCpa", 35_000_000]]))).toEqual({
      kind: "example",
      figures: [
        { fact: "spend", params: { window: "7d" }, unit: "money", value: 105_000_000 },
        { fact: "targetCpa", params: {}, unit: "money", value: 35_000_000 },
        { fact: "conversions", params: { window: "7d" }, unit: "count", value: 1 },
      ],
    });
  });
});

describe("lib/rules/lint/globs", () => {
  it.each([
    [["PROS *", "*summer"], "PROS summer"],
    [["*a*", "b?"], "ba"],
    [["PROS*", "pros"], "PROS"],
    [["*"], ""],
  ])("finds a text for %j", (globs, text) => {
    expect(commonText(globs)).toBe(text);
  });

  it.each([[["PROS *", "RTG *"]], [["a?", "a"]], [["*x", "*y"]]])("finds none for %j", (globs) => {
    expect(commonText(globs)).toBeNull();
  });
});
