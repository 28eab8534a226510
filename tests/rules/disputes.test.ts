/** What becomes of a rule that its two executors judge differently: the compiler is made wrong on purpose. */
import { describe, expect, it } from "vitest";
import type { Verdict } from "../../lib/domain/verdict.ts";
import { MORE, NO, PARTS, type Parts } from "../../lib/rules/judge/compile-parts.ts";
import { evaluateRules } from "../../lib/rules/judge/evaluate.ts";
import {
  aRuleFile,
  aStatedBrand,
  aStatedHolder,
  type Json,
  loaded,
  type Readings,
  spentAtLeast,
  statedFacts,
} from "../support/rule.ts";

/** Takes under for over, so that it fires where it must not and does not where it must. */
const WRONG: Parts = {
  ...PARTS,
  orders: { ...PARTS.orders, lessThan: MORE, greaterThanInclusive: PARTS.orders.lessThan ?? 0 },
};
/** Takes what is unknown for not met. */
const BLIND: Parts = { ...PARTS, unknown: NO };
/** Takes a text for money. */
const CREDULOUS: Parts = {
  ...PARTS,
  codeOf: (reading) => PARTS.codeOf(typeof reading.value === "string" ? { ...reading, value: 1 } : reading),
};

const MER = { fact: "mer", params: { window: "7d" }, operator: "lessThan", value: 2 };
const HOLD = aRuleFile({
  id: "hold-raises",
  conditions: { all: [MER] },
  action: { type: "hold", blocks: ["raise"] },
  appliesTo: { level: "brand" },
});

async function verdictOf(rule: Json, readings: Readings, parts: Parts): Promise<Verdict> {
  const brand = rule === HOLD;
  const facts = statedFacts(brand ? aStatedBrand(readings) : aStatedHolder(readings));
  const [verdict] = await evaluateRules(loaded([rule]), facts, undefined, parts);
  if (verdict === undefined) throw new Error("expected a verdict");
  return verdict;
}

describe("lib/rules/evaluate, disputes", () => {
  it("keeps the case of a money rule that fired by mistake: what each executor said of what figures", async () => {
    const verdict = await verdictOf(aRuleFile(), { "spend window=7d": 99_000_000 }, WRONG);
    expect(verdict.dispute).toMatchObject({
      compiled: "matched",
      reference: "notMatched",
      conditions: [
        {
          left: { value: 99_000_000, unit: "money" },
          right: null,
          compiled: "matched",
          reference: "notMatched",
        },
      ],
    });
  });

  it("keeps the figure of the right side as it was read, before its factor", async () => {
    const conditions = { all: [spentAtLeast({ fact: "targetCpa", params: { times: 3 } })] };
    const readings = { "spend window=7d": 1_000_000, targetCpa: 35_000_000 };
    const verdict = await verdictOf(aRuleFile({ conditions }), readings, WRONG);
    expect(verdict.dispute?.conditions).toMatchObject([{ right: { value: 35_000_000 } }]);
  });

  it("finds a condition that was answered wrongly even where the rule comes out the same", async () => {
    const sold = { fact: "conversions", params: { window: "7d" }, operator: "equal", value: 0 };
    const conditions = { any: [spentAtLeast(100), sold] };
    const readings = { "spend window=7d": 99_000_000, "conversions window=7d": 0 };
    const verdict = await verdictOf(aRuleFile({ conditions }), readings, WRONG);
    expect(verdict.dispute).toMatchObject({ compiled: "matched", reference: "matched" });
  });

  it("takes a figure that only the library refuses for a disagreement, not for the end of the night", async () => {
    const conditions = { any: [{ fact: "status", operator: "equal", value: "active" }, spentAtLeast(0)] };
    const readings = { status: "active", "spend window=7d": "5" };
    const verdict = await verdictOf(aRuleFile({ conditions }), readings, CREDULOUS);
    expect(verdict).toMatchObject({ result: "matched", dispute: { compiled: "matched", reference: null } });
  });

  it.each([
    ["fires by mistake", 3, WRONG, "matched", { compiled: "matched", reference: "notMatched" }],
    ["fails to fire", 1, WRONG, "matched", { compiled: "notMatched", reference: "matched" }],
    [
      "does not see that data are missing",
      null,
      BLIND,
      "noData",
      { compiled: "notMatched", reference: "noData" },
    ],
  ])("keeps a hold that %s", async (_, mer, parts, result, dispute) => {
    expect(await verdictOf(HOLD, { "mer window=7d": mer }, parts)).toMatchObject({ result, dispute });
  });

  it("says nothing of a dispute where both agree", async () => {
    const money = await verdictOf(aRuleFile(), { "spend window=7d": 100_000_000 }, PARTS);
    expect(money.result).toBe("matched");
    expect(money).not.toHaveProperty("dispute");
    expect(await verdictOf(HOLD, { "mer window=7d": 3 }, PARTS)).not.toHaveProperty("dispute");
  });

  it("does not ask twice about a note to people, nor about a money rule that did not fire", async () => {
    const note = aRuleFile({ action: { type: "notify" }, appliesTo: { level: "budgetHolder" } });
    expect(await verdictOf(note, { "spend window=7d": 1_000_000 }, WRONG)).not.toHaveProperty("dispute");
    expect(await verdictOf(aRuleFile(), { "spend window=7d": 200_000_000 }, WRONG)).toMatchObject({
      result: "notMatched",
    });
  });
});
