import { describe, expect, it } from "vitest";
import { lintRules } from "../../../lib/rules/lint/run.ts";
import { readEveryRule } from "../../../lib/rules/load.ts";
import { aRuleFile, type Json, packFiles, spentAtLeast } from "../../support/rule.ts";
import { aBrand } from "../../support/snapshot.ts";

/** What is found of a raise and a cut beside each other, on a brand with the stages PROS and RTG. */
function opposite(raise: Json, cut: Json): string[] {
  const rules = [
    aRuleFile({ id: "up", action: { type: "raiseBudget", percent: 10 }, ...raise }),
    aRuleFile({ id: "down", action: { type: "cutBudget", percent: 10, floor: 5 }, ...cut }),
  ];
  const read = readEveryRule(packFiles(...rules), aBrand());
  if (!read.ok || read.problems.length > 0) throw new Error(JSON.stringify(read.problems));
  const found = lintRules(read, { day: "2026-03-12", latest: null });
  return found.filter(({ code }) => code === "lint.oppositeRules").map((one) => one.found);
}

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
    ["one that is switched off", {}, { enabled: false }],
  ];
  it.each(apart)("finds nothing where they are kept apart by %s", (_, raise, cut) => {
    expect(opposite(raise, cut)).toEqual([]);
    expect(opposite({}, {})).toHaveLength(1);
  });
});
