import { describe, expect, it } from "vitest";
import { readEveryRule } from "../../../lib/rules/files/load.ts";
import { lintRules } from "../../../lib/rules/lint/run.ts";
import { aRuleFile, type Json, packFiles, spentAtLeast } from "../../support/rule.ts";
import { aBrand } from "../../support/snapshot.ts";

/** What is found of a raise and a cut beside each other, on a brand with the stages PROS and RTG. */
function toward(low: number, high: number): Json {
  return {
    action: {
      type: "setBudget",
      toward: { metric: "roas", window: "7d", target: 2, band: [low, high] },
      floor: 5,
    },
  };
}

function setTo(amount: number): Json {
  return { action: { type: "setBudget", to: amount } };
}

function budget(operator: string, value: number): Json {
  return { fact: "dailyBudget", operator, value };
}

function opposite(
  raise: Json,
  cut: Json,
  given: Parameters<typeof aBrand>[0] = {},
  layers: Json[] = [],
): string[] {
  const rules = [
    aRuleFile({ id: "up", action: { type: "raiseBudget", percent: 10 }, ...raise }),
    aRuleFile({ id: "down", action: { type: "cutBudget", percent: 10, floor: 5 }, ...cut }),
  ];
  const [pack, ...files] = packFiles(...rules);
  const text = JSON.stringify({ ...JSON.parse(pack?.text ?? ""), layers });
  const read = readEveryRule(
    [{ path: pack?.path ?? "", text }, ...files],
    aBrand({ groups: TIERS, ...given }),
  );
  if (!read.ok || read.problems.length > 0) throw new Error(JSON.stringify(read.problems));
  const found = lintRules(read, { day: "2026-03-12", latest: null });
  return found.filter(({ code }) => code === "lint.oppositeRules").map((one) => one.found);
}

const TIERS = {
  tier: [
    { name: "proven", match: { campaigns: ["*proven*"] } },
    { name: "test", match: { campaigns: ["*test*"] } },
  ],
};

const scoped = (appliesTo: Json): Json => ({ appliesTo });

describe("lib/rules/lint/checks/opposite-rules", () => {
  it("names a campaign and figures for which both fire", () => {
    const target = { fact: "targetCpa", params: { times: 3 } };
    const raise = { ...scoped({ stages: ["prospecting"] }), conditions: { all: [spentAtLeast(target)] } };
    const cut = { ...scoped({ campaigns: ["*summer"] }), conditions: { all: [spentAtLeast(200)] } };
    expect(opposite(raise, cut)).toEqual([
      'fires together with down (rules/packs/roads/down.json), such as on "PROS summer" with spend (7d) 200, targetCpa 35',
    ]);
  });

  const apart: [string, Json, Json][] = [
    ["stages", scoped({ stages: ["prospecting"] }), scoped({ stages: ["retargeting"] })],
    [
      "a stage and another's campaigns",
      scoped({ stages: ["prospecting"] }),
      scoped({ campaigns: ["RTG *"] }),
    ],
    ["names", scoped({ campaigns: ["PROS *"] }), scoped({ campaigns: ["RTG *"] })],
    ["platforms", scoped({ platforms: ["meta"] }), scoped({ platforms: ["google"] })],
    ["an exception", scoped({ campaigns: ["PROS *"] }), scoped({ except: { campaigns: ["PROS*"] } })],
    [
      "owners of the budget",
      scoped({ budget: { owner: ["shared"] } }),
      scoped({ budget: { owner: ["adGroup"] } }),
    ],
    ["status", scoped({}), scoped({ status: ["paused"] })],
    ["groups", scoped({ groups: { tier: ["proven"] } }), scoped({ groups: { tier: ["test"] } })],
    [
      "an excepted group",
      scoped({ groups: { tier: ["proven"] } }),
      scoped({ except: { groups: { tier: ["proven"] } } }),
    ],
    ["an excepted platform", scoped({}), scoped({ except: { platforms: ["meta"] } })],
    [
      "an excepted stage",
      scoped({ stages: ["prospecting"] }),
      scoped({ except: { stages: ["prospecting"] } }),
    ],
    ["levels that own different budgets", scoped({ level: "campaign" }), scoped({ level: "adGroup" })],
    [
      "a level and another's owner",
      scoped({ level: "campaign" }),
      scoped({ budget: { owner: ["adGroup"] } }),
    ],
    ["weekdays", { schedule: { days: ["mon"] } }, { schedule: { days: ["tue"] } }],
    ["rounds by day", {}, { schedule: { at: ["12:00"] } }],
    [
      "what is to be turned on again",
      { action: { type: "resume", pausedBy: "palier" } },
      { action: { type: "pause" } },
    ],
    ["a band that both move towards", toward(1.9, 2.1), toward(1.8, 2.2)],
    ["an amount that is reached", setTo(50), { ...setTo(90), conditions: { all: [budget("lessThan", 50)] } }],
    ["one that is switched off", {}, { enabled: false }],
  ];
  it.each(apart)("finds nothing where they are kept apart by %s", (_, raise, cut) => {
    expect(opposite(raise, cut)).toEqual([]);
    expect(opposite({}, {})).toHaveLength(1);
  });

  it("finds nothing in a group of which the first match takes the budget", () => {
    expect(opposite({}, {}, {}, [{ firstMatch: ["down", "up"] }])).toEqual([]);
    expect(opposite({}, {}, {}, ["down", "up"] as never)).toHaveLength(1);
  });

  it("leaves out what people took out of automation for good", () => {
    const pros = scoped({ stages: ["prospecting"] });
    const handsOff = [{ match: { campaigns: ["pros*"] }, until: null, by: "lea" }];
    expect(opposite(pros, {}, { handsOff })).toEqual([]);
    expect(opposite(pros, {}, { handsOff: [{ ...handsOff[0], until: "2026-04-01" }] as never })).toHaveLength(
      1,
    );
  });

  it("names what budgets move towards", () => {
    const found = (raise: Json, cut: Json) => opposite(raise, cut).map((one) => one.replace(/^.* with /, ""));
    expect(found(toward(1.9, 2.1), {})).toEqual(["spend (7d) 100, roas (7d) 3"]);
    expect(found({}, toward(1.9, 2.1))).toEqual(["spend (7d) 100, roas (7d) 1"]);
    expect(found(setTo(50), setTo(80))).toEqual(["spend (7d) 100, dailyBudget 51"]);
  });

  it("meets on other levels, in other groups and beside exceptions", () => {
    const found = (raise: Json, cut: Json) =>
      opposite(scoped(raise), scoped(cut)).map((one) => one.replace(/^.*such as on "(.*)" with .*$/, "$1"));
    expect(found({ level: "campaign" }, { budget: { owner: ["campaign"] } })).toEqual(["any campaign"]);
    expect(found({ level: "adGroup" }, { level: "adGroup" })).toEqual(["any campaign"]);
    expect(
      found({ groups: { tier: ["test"] } }, { except: { platforms: ["google"], stages: ["prospecting"] } }),
    ).toEqual(["test"]);
    expect(
      found(
        { stages: ["prospecting"], groups: { tier: ["proven", "test"] } },
        { groups: { tier: ["test"] } },
      ),
    ).toEqual(["PROS test"]);
  });

  it("takes ranks among others for other figures", () => {
    const rank = (operator: string, value: number): Json => ({
      conditions: { all: [{ fact: "rank", params: { by: "roas", window: "7d" }, operator, value }] },
    });
    expect(opposite(rank("lessThan", 3), rank("greaterThan", 4))).toEqual([]);
    const pros = { ...rank("lessThan", 3), appliesTo: { stages: ["prospecting"] } };
    expect(opposite(pros, rank("greaterThan", 4))).toHaveLength(1);
  });
});
