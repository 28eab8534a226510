/** What json-rules-engine 7.3.1 does wrong, and that none of it reaches a verdict. */
import { Engine } from "json-rules-engine";
import { describe, expect, it } from "vitest";
import type { Facts } from "../../lib/metrics/port.ts";
import { evaluateRules } from "../../lib/rules/judge/evaluate.ts";
import type { Ruleset } from "../../lib/rules/types.ts";
import {
  aRuleFile,
  aStatedHolder,
  type Json,
  loaded,
  problemsOf,
  spentAtLeast,
  statedFacts,
} from "../support/rule.ts";

const SPENT = { "spend window=7d": 200_000_000, "conversions window=7d": 0 };
const NO_SALE = { fact: "conversions", params: { window: "7d" }, operator: "equal", value: 0 };

/** Rules of both kinds of conditions, so that a lost one shows. */
function someRules(): Ruleset {
  const ids = ["a", "b", "c", "d", "e"];
  return loaded(
    ids.map((id, index) =>
      aRuleFile({ id, conditions: { any: [index % 2 === 0 ? NO_SALE : spentAtLeast(100)] } }),
    ),
  );
}

/** Facts whose figure of one holder breaks its unit, which only shows while the library compares it. */
function withBroken(facts: Facts, key: string): Facts {
  return {
    ...facts,
    read: (subject, fact, params) => {
      const reading = facts.read(subject, fact, params);
      return subject.key === key ? { ...reading, value: Number.NaN } : reading;
    },
  };
}

async function resultsOf(rules: Ruleset, facts: Facts): Promise<string[]> {
  return (await evaluateRules(rules, facts)).map(({ ruleId, result }) => `${ruleId} ${result}`);
}

const ALL_MATCHED = ["a matched", "b matched", "c matched", "d matched", "e matched"];

function only(condition: Json): Json {
  return aRuleFile({ conditions: { all: [condition] } });
}

describe("lib/rules/engine, hazards of the library", () => {
  it("keeps every rule of the next entity after a run that failed", async () => {
    const facts = statedFacts(aStatedHolder(SPENT));
    const rules = someRules();
    const failed = evaluateRules(rules, withBroken(facts, "meta/1001/adGroup/200"));
    await expect(failed).rejects.toMatchObject({ code: "rules.badReading" });
    expect(await resultsOf(rules, facts)).toEqual(ALL_MATCHED);
  });

  it("keeps every rule of every entity while other runs are under way", async () => {
    const rules = someRules();
    const runs = Array.from({ length: 64 }, (_, index) =>
      resultsOf(rules, statedFacts(aStatedHolder(SPENT, String(index + 1)))),
    );
    for (const results of await Promise.all(runs)) expect(results).toEqual(ALL_MATCHED);
  });

  it("gives no verdict at all once one entity failed, so that nothing acts on half of them", async () => {
    const facts = statedFacts(
      aStatedHolder(SPENT, "201"),
      aStatedHolder(SPENT, "202"),
      aStatedHolder(SPENT, "203"),
    );
    let seen = 0;
    const run = evaluateRules(someRules(), withBroken(facts, "meta/1001/adGroup/202"), () => {
      seen += 1;
    });
    await expect(run).rejects.toMatchObject({ code: "rules.badReading" });
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toBe(1);
  });

  it("leaves no rejection unhandled when several rules fail at once", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    const facts = withBroken(statedFacts(aStatedHolder(SPENT)), "meta/1001/adGroup/200");
    await expect(evaluateRules(someRules(), facts)).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });

  it("refuses named conditions, whose cycles never end and whose absence ends the process", () => {
    const named = { condition: "mine" };
    expect(problemsOf([only({ any: [named, named] })]).map(({ code }) => code)).toEqual([
      "rule.unknownKey",
      "rule.unknownKey",
    ]);
    expect(problemsOf([aRuleFile({ conditions: named })])).toHaveLength(1);
  });

  it("refuses empty lists, which the library takes for true", async () => {
    expect(await libraryFires({ any: [] })).toBe(true);
    expect(problemsOf([aRuleFile({ conditions: { any: [] } })])).toMatchObject([{ code: "rule.emptyList" }]);
    expect(problemsOf([only({ all: [] })])).toMatchObject([{ code: "rule.emptyList" }]);
  });

  it("has no data where a threshold is missing, which the library takes for reached", async () => {
    const reached = { fact: "spend", operator: "greaterThanInclusive", value: { fact: "target" } };
    expect(await libraryFires({ all: [reached] }, { spend: 10, target: null })).toBe(true);
    const rules = loaded([only(spentAtLeast({ fact: "targetCpa", params: { times: 3 } }))]);
    expect(await resultsOf(rules, statedFacts(aStatedHolder({ ...SPENT, targetCpa: null })))).toEqual([
      "stop noData",
    ]);
  });

  it("has no data under not, where the library takes missing data for true", async () => {
    const cheap = { fact: "cpa", operator: "lessThan", value: 20 };
    expect(await libraryFires({ all: [{ not: cheap }] }, { cpa: null })).toBe(true);
    const rules = loaded([only({ not: { ...cheap, params: { window: "7d" } } })]);
    expect(await resultsOf(rules, statedFacts(aStatedHolder({ "cpa window=7d": null })))).toEqual([
      "stop noData",
    ]);
  });

  it("compares only what is of one type, where the library compares texts as numbers and parts of texts", async () => {
    expect(
      await libraryFires({ all: [{ fact: "spend", operator: "greaterThan", value: 5 }] }, { spend: "0x10" }),
    ).toBe(true);
    expect(
      await libraryFires(
        { all: [{ fact: "status", operator: "in", value: "inactive" }] },
        { status: "active" },
      ),
    ).toBe(true);
    expect(problemsOf([only(spentAtLeast("5"))])).toMatchObject([{ code: "rule.wrongType" }]);
    expect(problemsOf([only({ fact: "status", operator: "in", value: "inactive" })])).toMatchObject([
      { code: "rule.wrongType" },
    ]);
    const textual = evaluateRules(
      loaded([only(spentAtLeast(5))]),
      statedFacts(aStatedHolder({ "spend window=7d": "0x10" })),
    );
    await expect(textual).rejects.toMatchObject({ code: "rules.badReading" });
    const flag = only({ fact: "always", operator: "notEqual", value: true });
    const worded = evaluateRules(loaded([flag]), statedFacts(aStatedHolder({ always: "true" })));
    await expect(worded).rejects.toMatchObject({ code: "rules.badReading" });
    const within = loaded([only({ fact: "name", operator: "in", value: ["PROS Broad"] })]);
    expect(await resultsOf(within, statedFacts(aStatedHolder({ name: "PROS" })))).toEqual([
      "stop notMatched",
    ]);
  });

  it("refuses unknown operators when a rule is loaded, not at night", () => {
    expect(problemsOf([only({ ...NO_SALE, operator: "equals" })])).toMatchObject([
      { code: "rule.unknownOperator" },
    ]);
  });

  it("evaluates frozen rules and leaves them as they were", async () => {
    const rules = frozen(someRules());
    expect(await resultsOf(rules, statedFacts(aStatedHolder(SPENT)))).toEqual(ALL_MATCHED);
  });
});

/** What the library says when it is used as its documentation shows. */
async function libraryFires(conditions: Json, facts: Json = {}): Promise<boolean> {
  const engine = new Engine([{ conditions: conditions as never, event: { type: "fired" } }]);
  return (await engine.run(facts)).events.length === 1;
}

function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
