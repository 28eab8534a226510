import { describe, expect, it } from "vitest";
import type { Evidence } from "../../lib/domain/verdict.ts";
import { PARTS } from "../../lib/rules/judge/compile-parts.ts";
import { evaluateRules } from "../../lib/rules/judge/evaluate.ts";
import { compareTurning } from "../../lib/rules/judge/turning.ts";
import {
  aRuleFile,
  aStatedHolder,
  type Json,
  loaded,
  type Readings,
  resultOn,
  statedFacts,
  verdictOn,
} from "../support/rule.ts";

/** Spend of a week over 100 EUR on each of the last three days. */
const THREE_DAYS: Json = {
  fact: "spend",
  params: { window: "7d", daysInARow: 3 },
  operator: "greaterThan",
  value: 100,
};

/** Weeks of spend in EUR, the newest first. */
function weeks(...spent: readonly (number | null)[]): Readings {
  const windows = ["7d", "8d..2d", "9d..3d"];
  return Object.fromEntries(
    spent.map((eur, index) => [`spend window=${windows[index]}`, eur === null ? null : eur * 1e6]),
  );
}

async function evidenceOn(condition: Json, readings: Readings): Promise<Evidence> {
  const { evidence } = await verdictOn(condition, readings);
  if (evidence[0] === undefined) throw new Error("expected evidence");
  return evidence[0];
}

describe("lib/rules, days in a row", () => {
  it.each([
    ["every day holds", [110, 102, 130], "matched"],
    ["the newest day fails", [100, 102, 130], "notMatched"],
    ["the oldest day fails", [110, 102, 100], "notMatched"],
    ["a day is unknown and the others hold", [110, null, 130], "noData"],
    ["a day is unknown and one fails", [null, 102, 90], "notMatched"],
    ["no day is known", [null, null, null], "noData"],
  ])("answers for a series of which %s", async (_, spent, result) => {
    expect(await resultOn(THREE_DAYS, weeks(...spent))).toBe(result);
  });

  it("keeps every day, the newest first, and tells of those that hold the one nearest to failing", async () => {
    expect(await evidenceOn(THREE_DAYS, weeks(110, 102, 130))).toMatchObject({
      result: "matched",
      value: { value: 102_000_000 },
      distancePercent: null,
      days: [
        { value: { value: 110_000_000 }, threshold: { value: 100_000_000 }, result: "matched" },
        { value: { value: 102_000_000 }, threshold: { value: 100_000_000 }, result: "matched" },
        { value: { value: 130_000_000 }, threshold: { value: 100_000_000 }, result: "matched" },
      ],
    });
  });

  it("tells of the days that fail the farthest, and how far that is", async () => {
    expect(await evidenceOn(THREE_DAYS, weeks(110, 96, 20))).toMatchObject({
      result: "notMatched",
      value: { value: 20_000_000 },
      distancePercent: 80,
    });
  });

  it("tells the newest unknown day where none fails", async () => {
    const evidence = await evidenceOn(THREE_DAYS, weeks(110, null, 130));
    expect(evidence).toMatchObject({ result: "noData", value: { value: null }, distancePercent: null });
    expect(evidence.days?.map(({ result }) => result)).toEqual(["matched", "noData", "matched"]);
  });

  it("holds each day against a right side that stands still", async () => {
    const value = { fact: "spend", params: { window: "28d", times: 0.5 } };
    const readings = { ...weeks(110, 102, 130), "spend window=28d": 210_000_000 };
    // 105 EUR on each day.
    expect(await evidenceOn({ ...THREE_DAYS, value }, readings)).toMatchObject({
      result: "notMatched",
      value: { value: 102_000_000 },
      threshold: { value: 105_000_000 },
    });
  });

  it("holds each day against its own right side where that slides, too", async () => {
    const value = { fact: "spend", params: { window: "28d", times: 0.5, daysInARow: 3 } };
    const months = { "spend window=28d": 210_000_000, "spend window=29d..2d": 200_000_000 };
    const readings = { ...weeks(110, 102, 130), ...months, "spend window=30d..3d": 250_000_000 };
    const evidence = await evidenceOn({ ...THREE_DAYS, value }, readings);
    expect(evidence.result).toBe("matched");
    expect(evidence.days?.map(({ threshold }) => threshold.value)).toEqual([
      105_000_000, 100_000_000, 125_000_000,
    ]);
    // 110 against 105 is farther than 102 against 100.
    expect(evidence.value.value).toBe(102_000_000);
  });

  it("keeps no days of a condition that asks for none", async () => {
    const bare = { ...THREE_DAYS, params: { window: "7d" } };
    expect(await evidenceOn(bare, weeks(110))).not.toHaveProperty("days");
  });

  it("keeps the figures of every day where the executors disagree", async () => {
    const stop = aRuleFile({ conditions: { all: [THREE_DAYS] } });
    const stated = statedFacts(aStatedHolder(weeks(110, 102, 90)));
    const blind = { ...PARTS, everyDay: PARTS.any };
    const [verdict] = await evaluateRules(loaded([stop]), stated, undefined, blind);
    expect(verdict?.dispute).toMatchObject({
      compiled: "matched",
      reference: "notMatched",
      conditions: [
        {
          left: { value: 110_000_000 },
          before: [{ left: { value: 102_000_000 } }, { left: { value: 90_000_000 } }],
          compiled: "matched",
          reference: "notMatched",
        },
      ],
    });
  });

  it("takes the farthest of the days that fail for the way that is left to go", async () => {
    const near = await evidenceOn(THREE_DAYS, weeks(96, 95, 130));
    const far = await evidenceOn(THREE_DAYS, weeks(99, 20, 130));
    expect(compareTurning([near], [far])).toBeLessThan(0);
  });
});

describe("lib/rules, ranks", () => {
  const RANK = {
    fact: "rankPercent",
    params: { by: "roas", window: "7d" },
    operator: "lessThanInclusive",
    value: 50,
  };
  const facts = statedFacts(aStatedHolder({}), aStatedHolder({}, "201"), aStatedHolder({}, "202"));
  const shareOf: typeof facts.read = ({ key }, _, __, among = []) => ({
    value: (100 * (1 + among.findIndex((one) => one.key === key))) / among.length,
    unit: "percent",
    ...{ from: null, to: null, reason: null, source: null },
  });

  it("are made among those that the rule itself looks at, however many rules ask for the same rank", async () => {
    const conditions = { all: [RANK] };
    const everybody = aRuleFile({ id: "everybody", conditions });
    const two = aRuleFile({ id: "two", conditions, appliesTo: { ids: ["201", "202"] } });
    const verdicts = await evaluateRules(loaded([everybody, two]), { ...facts, read: shareOf });
    const told = verdicts.map(({ ruleId, subject, evidence }) => [
      ruleId,
      subject.key.split("/").at(-1),
      Math.round(Number(evidence[0]?.value.value)),
    ]);
    expect(told).toEqual([
      ["everybody", "200", 33],
      ["everybody", "201", 67],
      ["everybody", "202", 100],
      ["two", "201", 50],
      ["two", "202", 100],
    ]);
  });

  it("are the same for the second executor", async () => {
    const stop = aRuleFile({ conditions: { all: [RANK] }, appliesTo: { ids: ["201", "202"] } });
    const [verdict] = await evaluateRules(loaded([stop]), { ...facts, read: shareOf });
    expect(verdict?.result).toBe("matched");
    expect(verdict).not.toHaveProperty("dispute");
  });
});
