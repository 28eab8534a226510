/** What an example leaves out, so that it shows only what it is about. */
import type { RuleFile } from "../files/rule-file.ts";
import type { Check, ExampleRule } from "./check.ts";

/** Files of a pack `examples` with the rules of one example. */
export function exampleFiles(rules: Check["bad"], layers: Check["layers"] = []): RuleFile[] {
  const pack = { id: "examples", description: "Rules of one example.", layers };
  return [
    { path: "packs/examples/pack.json", text: JSON.stringify(pack) },
    ...rules.map(completed).map((rule) => ({
      path: `packs/examples/${rule.id}.json`,
      text: JSON.stringify(rule, null, 2),
    })),
  ];
}

function completed(rule: ExampleRule): ExampleRule & { id: string } {
  return {
    description: "An example.",
    owner: "lea",
    conditions: {
      all: [{ fact: "cpaAtLeast", params: { window: "14d" }, operator: "greaterThan", value: 90 }],
    },
    action: { type: "pause" },
    ...rule,
    id: typeof rule.id === "string" ? rule.id : "example",
  };
}
