import { describe, expect, it } from "vitest";
import type { NearMiss } from "../../lib/domain/plan.ts";
import type { Evidence } from "../../lib/domain/verdict.ts";
import type { Condition, Leaf } from "../../lib/rules/types.ts";
import { aHold, aLeaf, anAskOf, aPause, aRaise, planOf } from "../support/plan.ts";
import { aFigure } from "../support/plan-facts.ts";

const LEAF: Leaf = {
  fact: "spend",
  params: { window: "14d" },
  operator: "greaterThan",
  right: { kind: "literal", value: 1, unit: "money" },
};
const leaf: Condition = { kind: "leaf", leaf: LEAF };

function all(...children: Condition[]): Condition {
  return { kind: "all", children };
}

function any(...children: Condition[]): Condition {
  return { kind: "any", children };
}

/** A condition that failed by so many percent; null is a state that is not as wanted. */
function failed(fact: string, distancePercent: number | null): Evidence {
  const value = distancePercent === null ? aFigure(false, "flag", "14d") : aFigure(1, "ratio", "14d");
  return aLeaf({ fact, value, result: "notMatched", distancePercent });
}

function unknown(fact: string): Evidence {
  return aLeaf({ fact, value: aFigure(null, "ratio", "14d"), result: "noData" });
}

const MET = aLeaf();

function ask(holder: string, condition: Condition, ...evidence: Evidence[]) {
  return anAskOf(aRaise(20, { condition }), holder, { result: "notMatched", evidence });
}

function told(miss: NearMiss): string {
  return `${miss.subject.key.slice(-3)} ${miss.failing.map((one) => one.fact).join(" ")}`;
}

describe("lib/planner/near-misses", () => {
  it("names the failing conditions, nearest first, and what has no distance last", () => {
    const condition = all(leaf, leaf, leaf, leaf);
    const plan = planOf({
      asks: [ask("200", condition, failed("stable", null), failed("mer", 30), MET, failed("cpa", 4))],
    });
    expect(plan.nearMisses.map(told)).toEqual(["200 cpa mer stable"]);
  });

  it("leaves out what a person keeps hands off: nobody would hear the rule", () => {
    const target = { platform: "meta", accountId: "1001", level: "adGroup", id: "200" } as const;
    const held = (until: string) => ({ target, name: "x", until, by: "lea", atMs: 1, reason: null });
    const misses = (until: string) =>
      planOf({
        asks: [ask("200", leaf, failed("cpa", 4)), ask("201", leaf, failed("cpa", 4))],
        state: { heldOff: { "meta/1001/adGroup/200": held(until) } },
      }).nearMisses.map(told);
    expect([misses("2026-03-11"), misses("2026-03-10")]).toEqual([["201 cpa"], ["200 cpa", "201 cpa"]]);
  });

  it("orders by how many conditions fail, then by the farthest of them", () => {
    const two = all(leaf, leaf);
    const asks = [
      ask("200", two, failed("cpa", 1), failed("mer", 2)),
      ask("201", two, MET, failed("mer", 40)),
      ask("202", two, MET, failed("mer", 5)),
      ask("203", two, MET, failed("stable", null)),
      ask("204", two, failed("cpa", 1), failed("mer", 1)),
    ];
    expect(planOf({ asks }).nearMisses.map(told)).toEqual([
      "202 mer",
      "201 mer",
      "203 stable",
      "204 cpa mer",
      "200 cpa mer",
    ]);
  });

  it("counts of alternatives only the one that came nearest, and none where one holds", () => {
    const condition = all(any(leaf, all(leaf, leaf)), any(leaf, leaf), leaf);
    const evidence = [
      failed("far", 50),
      failed("a", 1),
      failed("b", 1),
      MET,
      failed("idle", 9),
      failed("cpa", 7),
    ];
    expect(planOf({ asks: [ask("200", condition, ...evidence)] }).nearMisses.map(told)).toEqual([
      "200 cpa far",
    ]);
    const nearer = [failed("far", 50), MET, failed("b", 1), MET, failed("idle", 9), failed("cpa", 7)];
    expect(planOf({ asks: [ask("200", condition, ...nearer)] }).nearMisses.map(told)).toEqual(["200 b cpa"]);
  });

  it("takes in what had no data", () => {
    const asks = [
      anAskOf(aRaise(20, { condition: all(leaf) }), "200", { result: "noData", evidence: [unknown("mer")] }),
    ];
    expect(planOf({ asks }).nearMisses.map(told)).toEqual(["200 mer"]);
  });

  it("calls nothing near that would have to become another number, as 40 conversions exactly 0", () => {
    const sells = aLeaf({
      operator: "equal",
      value: aFigure(40, "count", "14d"),
      result: "notMatched",
      distancePercent: null,
    });
    const asks = [
      anAskOf(aPause({ condition: all(leaf) }), "200", { result: "notMatched", evidence: [sells] }),
    ];
    expect([planOf({ asks }).nearMisses, planOf({ asks }).tooSmall]).toEqual([[], []]);
  });

  it("looks at rules that move money only, and at what did not match", () => {
    const asks = [
      anAskOf(aHold({ condition: all(leaf) }), "200", { result: "notMatched", evidence: [failed("mer", 1)] }),
      anAskOf(aRaise(20, { condition: all(leaf) }), "201"),
    ];
    expect(planOf({ asks }).nearMisses).toEqual([]);
  });

  it("forecasts by the condition that takes longest and tells the too small apart", () => {
    const short = (have: number) =>
      aLeaf({
        value: aFigure(have, "count", "14d"),
        result: "notMatched",
        distancePercent: Math.round((15 - have) / 0.15),
      });
    const spend = aLeaf({
      fact: "spend",
      value: aFigure(100_000_000, "money", "14d"),
      threshold: aFigure(105_000_000, "money", null),
      result: "notMatched",
      distancePercent: 4.762,
    });
    const two = all(leaf, leaf);
    const asks = [
      ask("200", two, spend, short(11)),
      ask("201", two, MET, short(3)),
      ask("202", two, MET, failed("mer", 2)),
    ];
    /** Ten complete days old: 2026-03-01 at noon in Paris. */
    const plan = planOf({ asks, entities: { "200": { createdAtMs: 1_772_362_800_000 } } });
    expect(
      plan.nearMisses.map((miss) => [told(miss), miss.forecast?.fact ?? null, miss.forecast?.day ?? null]),
    ).toEqual([
      ["202 mer", null, null],
      ["200 spend conversions", "conversions", "2026-03-15"],
    ]);
    expect(plan.tooSmall.map((miss) => [told(miss), miss.forecast])).toEqual([
      [
        "201 conversions",
        { fact: "conversions", have: 3, need: 15, unit: "count", perDay: 0.214286, day: null },
      ],
    ]);
  });
});
