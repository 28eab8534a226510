import { describe, expect, it } from "vitest";
import { NO_MEMORY } from "../../lib/domain/state.ts";
import type { FormerNight } from "../../lib/planner/build-input.ts";
import { buildPlan } from "../../lib/planner/build-plan.ts";
import { EVERYBODY } from "../../lib/rules/types.ts";
import { anAskOf, aRaise, type Night, partsOf } from "../support/plan.ts";

const HASH = "a".repeat(64);
const MISSING = { platform: "meta", accountId: "1001", reason: { key: "missing.shop", values: {} } };

describe("lib/planner/scopes", () => {
  const rule = (size: number) => Array.from({ length: size }, (_, at) => anAskOf(aRaise(), `20${at}`));
  const lines = (size: number, before: number | null, given: Partial<Night> = {}) => {
    const scopes: Record<string, number> = before === null ? {} : { [HASH]: before };
    const { input, facts, verdicts } = partsOf({
      asks: rule(size),
      state: { memory: { ...NO_MEMORY, scopes } },
      ...given,
    });
    return buildPlan(input, facts, verdicts).scopes.map((line) => [line.ruleId, line.size, line.before]);
  };

  it("names rules whose scope grew by a quarter and two at least", () => {
    expect(lines(10, 8)).toEqual([["raise-proven", 10, 8]]);
    expect([lines(10, 9), lines(4, 3), lines(9, 10), lines(10, null)]).toEqual([[], [], [], []]);
    expect(lines(2, 0)).toEqual([["raise-proven", 2, 0]]);
  });

  it("names rules that look at nobody, unless an account is missing", () => {
    const nobody = aRaise(20, {
      appliesTo: { ...EVERYBODY, ...aRaise().appliesTo, level: "account", accounts: ["7"] },
    });
    expect(lines(0, null, { idleRules: [nobody] })).toEqual([["raise-proven", 0, null]]);
    const missing = [{ ...MISSING, accountId: "9" }];
    expect(lines(0, null, { idleRules: [nobody], snapshot: { missing } })).toEqual([]);
  });
});

describe("lib/planner/newcomers", () => {
  const holders = ["200", "201", "202", "203", "204", "205", "206", "207"].map(
    (id) => `meta/1001/adGroup/${id}`,
  );
  const newcomers = (former: FormerNight | null) => {
    const { input, facts, verdicts } = partsOf({ asks: [anAskOf(aRaise(), "208")], former });
    return buildPlan(input, facts, verdicts).newcomers.map(({ subject, rules }) => [subject.name, rules]);
  };

  it("names holders that the night before did not list, and the money rules that look at them", () => {
    expect(newcomers({ holders, unread: [] })).toEqual([
      ["Ad group 208", ["raise-proven"]],
      ["Ad group 209", []],
    ]);
  });

  it("takes nobody for new on a first night, nor where the night before could not look", () => {
    expect(newcomers(null)).toEqual([]);
    expect(newcomers({ holders: [], unread: ["meta/1001"] })).toEqual([]);
  });
});
