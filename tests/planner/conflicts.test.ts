import { describe, expect, it } from "vitest";
import { aCut, anAskOf, aPause, aRaise, noteOf, planOf, told } from "../support/plan.ts";

describe("lib/planner/conflicts", () => {
  const rules = {
    pause: aPause(),
    cutMuch: aCut(20, { id: "cut-much" }),
    cutLittle: aCut(10, { id: "cut-little" }),
    raiseLittle: aRaise(10, { id: "raise-little" }),
    raiseMuch: aRaise(20, { id: "raise-much" }),
  };

  it.each([
    ["pause", "cutMuch", "paused"],
    ["pause", "raiseMuch", "paused"],
    ["cutLittle", "raiseMuch", "45"],
    ["cutMuch", "cutLittle", "40"],
    ["raiseLittle", "raiseMuch", "55"],
  ] as const)("lets %s win over %s, in whichever order they come", (winner, loser, end) => {
    for (const order of [[winner, loser] as const, [loser, winner] as const]) {
      const plan = planOf({ asks: order.map((name) => anAskOf(rules[name], "200")) });
      const [first, second] = plan.changes;
      expect([first && told(first), second?.outcome, second?.notes.map((note) => note.reason.key)]).toEqual([
        `proposed ${end}`,
        "blocked",
        ["guardrail.conflict.blocked"],
      ]);
    }
  });

  it("names the rule that won", () => {
    const plan = planOf({ asks: [anAskOf(rules.raiseMuch, "200"), anAskOf(rules.pause, "200")] });
    const lost = plan.changes.find((change) => change.outcome === "blocked");
    expect(lost && noteOf(lost, "conflict")).toEqual({ rule: "pause-dead" });
  });

  it("settles two rules that ask the same by their names", () => {
    const asks = [anAskOf(aRaise(20, { id: "b" }), "200"), anAskOf(aRaise(20, { id: "a" }), "200")];
    expect(planOf({ asks }).changes.map((change) => `${change.ruleId} ${change.outcome}`)).toEqual([
      "a proposed",
      "b blocked",
    ]);
  });

  it("leaves changes of different holders beside each other", () => {
    const asks = [anAskOf(rules.raiseMuch, "200"), anAskOf(rules.pause, "201")];
    expect(planOf({ asks }).changes.map(told)).toEqual(["proposed paused", "proposed 60"]);
  });
});
