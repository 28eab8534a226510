import { describe, expect, it } from "vitest";
import { compileColumns } from "../../lib/rules/judge/columns.ts";
import type { Rule } from "../../lib/rules/types.ts";
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

const SPENT: Readings = { "spend window=7d": 100_000_000 };
const LITTLE: Readings = { "spend window=7d": 99_000_000 };
const UNKNOWN: Readings = { "spend window=7d": null };

function rulesOf(...files: readonly Json[]): readonly Rule[] {
  return loaded(files).rules;
}

describe("lib/rules/columns", () => {
  it("counts what matches, not what may", () => {
    const facts = statedFacts(
      ...[SPENT, LITTLE, UNKNOWN, SPENT].map((readings, index) => aStatedHolder(readings, `20${index}`)),
    );
    expect(compileColumns(rulesOf(aRuleFile())).count(facts)).toEqual([2]);
  });

  it("counts each rule at its own level and in its own scope", () => {
    const brand = aStatedBrand(SPENT);
    const facts = statedFacts(brand, aStatedHolder(SPENT), aStatedHolder(SPENT, "201"));
    const rules = rulesOf(
      aRuleFile(),
      aRuleFile({ id: "one", appliesTo: { ids: ["201"] } }),
      aRuleFile({ id: "tell", action: { type: "notify" }, appliesTo: { level: "brand" } }),
    );
    // Rules come in the order of their ids.
    expect(rules.map(({ id }) => id)).toEqual(["one", "stop", "tell"]);
    expect(compileColumns(rules).count(facts)).toEqual([1, 2, 1]);
  });

  it("leaves out what nobody may touch", () => {
    const facts = statedFacts(aStatedHolder(SPENT), aStatedHolder(SPENT, "201"));
    const subjects: typeof facts.subjects = (level) => facts.subjects(level).slice(1);
    expect(compileColumns(rulesOf(aRuleFile())).count({ ...facts, subjects })).toEqual([1]);
  });

  it("finds all of them where they are more than are looked at together", () => {
    const [one] = rulesOf(aRuleFile({ appliesTo: { level: "account" }, action: { type: "notify" } }));
    if (one === undefined) throw new Error("expected a rule");
    const accounts = Array.from({ length: 5_000 }, (_, index) => ({
      ...{ level: "account" as const, key: `meta/${index}`, name: `${index}`, ref: null, stage: null },
    }));
    const facts = statedFacts();
    const all: typeof facts.subjects = (level) => (level === "account" ? accounts : []);
    const readAll: typeof facts.readAll = () =>
      accounts.map((_, index) => ({
        ...{ value: index % 5 === 0 ? 100_000_000 : 0, unit: "money" as const },
        ...{ from: null, to: null, reason: null, source: null },
      }));
    const columns = compileColumns([one]);
    const table = columns.read("account", { ...facts, subjects: all, everySubject: all, readAll });
    const rows = new Int32Array(5_000);
    expect(columns.match(0, table, rows)).toBe(1_000);
    expect([rows[0], rows[1], rows[500], rows[999]]).toEqual([0, 5, 2_500, 4_995]);
  });

  it("refuses a figure that breaks its unit, where an answer hangs on it", () => {
    const broken = statedFacts(aStatedHolder({ "spend window=7d": 1.5 }));
    expect(() => compileColumns(rulesOf(aRuleFile())).count(broken)).toThrow("no exact figure");
    const paused = { all: [{ fact: "status", operator: "equal", value: "paused" }, spentAtLeast(1)] };
    const elsewhere = statedFacts(aStatedHolder({ "spend window=7d": 1.5, status: "active" }));
    expect(compileColumns(rulesOf(aRuleFile({ conditions: paused }))).count(elsewhere)).toEqual([0]);
  });
});
