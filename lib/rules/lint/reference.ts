/** The page of all checks: what each code means, with an example of it and one of how it is done. */
import { GENERATED_NOTICE, type GeneratedFile } from "../../domain/generated.ts";
import type { Check } from "./check.ts";
import { formatJson } from "./fmt/layout.ts";
import { checks } from "./index.ts";

export function lintReference(): GeneratedFile {
  const text = [
    `<!-- ${GENERATED_NOTICE} -->`,
    "# What lint finds",
    "",
    "`palier lint` first tells everything for which a night would refuse the files, and then what it would not refuse and hardly anybody wants. An error fails the command, a warning only with `--strict`, an info never. Conditions are compared by the ranges of their figures: what is said to be impossible is proven, and what is said to meet comes with figures that were tried.",
    "",
    "Examples show the keys that matter. They are for a brand on 12 March 2026 whose people are lea and tom, with accounts on Meta and Google, and whose one budget is that of an ad group of the campaign `PROS Summer`; a parameter `mostSpend` has a value for another campaign alone.",
    "",
    ...checks.flatMap(sectionOf),
  ].join("\n");
  return { path: "rules/LINT.md", text };
}

function sectionOf({ code, severity, doc, layers, bad, good }: Check): string[] {
  return [
    `## \`lint.${code}\``,
    "",
    `${severity}. ${doc}`,
    "",
    ...(layers === undefined ? [] : [`In a pack with the layers \`${JSON.stringify(layers)}\`.`, ""]),
    "Found:",
    "",
    ...block(bad),
    "Fine:",
    "",
    ...block(good),
  ];
}

function block(rules: Check["bad"]): string[] {
  return rules.flatMap((rule) => ["```json", formatJson(JSON.stringify(rule)).trimEnd(), "```", ""]);
}
