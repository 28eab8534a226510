import { describe, expect, it } from "vitest";
import { factCatalogue } from "../../lib/metrics/index.ts";
import { operators } from "../../lib/rules/judge/operators.ts";
import { checks } from "../../lib/rules/lint/index.ts";
import { marked } from "../support/editor.ts";
import { aRuleFile, problemsOf } from "../support/rule.ts";

/** One fact of each unit, with every operator and right sides of every form. */
const UNITS = Map.groupBy(factCatalogue, ({ unit }) => unit);
const VALUES = [0.5, -3, "active", "", true, [0.25, 0.5], ["active"], [], { fact: "targetCpa" }, null];

describe("rules/schema beside the loader", () => {
  it.each([...UNITS].map(([unit, facts]) => [unit, facts[0]] as const))(
    "refuses what the loader refuses and nothing else, where a %s is compared",
    async (_, fact) => {
      const params = fact?.kind === "metric" ? { window: "7d" } : {};
      const all = operators.flatMap(({ id }) => {
        return VALUES.map((value) => ({ fact: fact?.id, params, operator: id, value }));
      });
      // Rules have a most of conditions, so each operator is a rule of its own.
      const rules = operators.map(({ id }, index) =>
        aRuleFile({ id: `r${index}`, conditions: { all: all.filter(({ operator }) => operator === id) } }),
      );
      const refused = new Set(
        problemsOf(rules).map(({ file, path }) => {
          const rule = Number(/r(\d+)\.json$/.exec(file)?.[1]);
          return rule * VALUES.length + Number(/all\[(\d+)\]/.exec(path)?.[1]);
        }),
      );
      expect(refused.size).toBeGreaterThan(20);
      for (const [index, leaf] of all.entries()) {
        const marks = await marked("rule", JSON.stringify(aRuleFile({ conditions: { all: [leaf] } })));
        expect([leaf, marks.length > 0]).toEqual([leaf, refused.has(index)]);
      }
    },
  );

  it("marks nothing in the examples of lint, which all load", async () => {
    for (const rule of checks.flatMap(({ bad, good }) => [...bad, ...good])) {
      expect([rule, await marked("rule", JSON.stringify(aRuleFile(rule)))]).toEqual([rule, []]);
    }
  });
});
