import { describe, expect, it } from "vitest";
import type { Reading } from "../../../lib/domain/figure.ts";
import type { Params } from "../../../lib/metrics/port.ts";
import { buildPlan } from "../../../lib/planner/build-plan.ts";
import { aLeaf, aRaise, changeOf, partsOf, told } from "../../support/plan.ts";

type Days = readonly [from: string | null, to: string | null];

function overDays([from, to]: Days): Reading {
  return { value: 30_000_000, unit: "money", from, to, reason: null, source: "meta/1001" };
}

/** A raise of ad group 200 by a rule that looked at CPA over these windows; `settled` by window, and whatever else is asked throws. */
function raisedBy(
  looked: readonly (readonly [params: Params, days: Days])[],
  settled: Readonly<Record<string, number | null>>,
): string {
  const evidence = looked.map(([params, days]) => aLeaf({ fact: "cpa", params, value: overDays(days) }));
  const { input, facts, verdicts } = partsOf({
    asks: [{ rule: aRaise(), holder: "200", verdict: { evidence } }],
  });
  const read: typeof facts.read = (subject, fact, params) => {
    if (fact !== "settledPercent") return facts.read(subject, fact, params);
    const asked = [params.window, params.minSettledPercent].filter((one) => one !== undefined).join(" ");
    const value = settled[asked];
    if (value === undefined) throw new Error(`nobody stated what has arrived of ${asked}`);
    return { ...overDays(["2026-02-25", "2026-03-10"]), value, unit: "percent" };
  };
  return told(changeOf(buildPlan(input, { ...facts, read }, verdicts), "200"));
}

const YOUNG = "blocked 60 unsettled.blocked";
const WEEK: Days = ["2026-03-04", "2026-03-10"];

describe("lib/planner/guardrails/unsettled", () => {
  it.each([
    ["thisMonth", ["2026-03-01", "2026-03-10"]],
    ["lastWeek", ["2026-03-02", "2026-03-08"]],
    ["sinceChange", ["2026-03-03", "2026-03-10"]],
    ["event:sale", ["2026-02-20", "2026-03-10"]],
    ["3d+today", ["2026-03-08", "2026-03-11"]],
  ] as const)("knows how long %s was, beside a window of two days", (window, days) => {
    const looked = [
      [{ window: "2d" }, ["2026-03-09", "2026-03-10"]],
      [{ window }, days],
    ] as const;
    expect(raisedBy(looked, { [window]: 85 })).toBe("proposed 60");
    expect(raisedBy(looked, { [window]: 84 })).toBe(YOUNG);
  });

  it("keeps to the longer window where the other one is of the calendar", () => {
    const looked = [
      [{ window: "thisWeek" }, ["2026-03-09", "2026-03-10"]],
      [{ window: "7d" }, WEEK],
    ] as const;
    expect(raisedBy(looked, { "7d": 90 })).toBe("proposed 60");
  });

  it("asks about the days to which a condition moved its window", () => {
    const moved = [[{ window: "7d", minSettledPercent: 90 }, ["2026-02-26", "2026-03-04"]]] as const;
    expect(raisedBy(moved, { "7d 90": 97 })).toBe("proposed 60");
  });

  it("asks about every window of the same length", () => {
    const looked = [
      [{ window: "7d", minSettledPercent: 90 }, ["2026-02-26", "2026-03-04"]],
      [{ window: "7d" }, WEEK],
    ] as const;
    expect(raisedBy(looked, { "7d 90": 97, "7d": 80 })).toBe(YOUNG);
  });

  it("raises nothing by figures of which nobody knows the days", () => {
    expect(raisedBy([[{ window: "event:sale" }, [null, null]]], { "event:sale": null })).toBe(YOUNG);
  });
});
