/** JSON Schemas for editors and the reference of the rule language, derived from the same tables that check and decide. */
import { z } from "zod";
import {
  descriptionOf,
  GENERATED_NOTICE,
  type GeneratedFile,
  markdownTable,
  schemaFile,
} from "../domain/generated.ts";
import type { FactDefinition } from "../metrics/port.ts";
import { WINDOWS } from "../metrics/window.ts";
import { testReference } from "./cases/reference.ts";
import { testFileSchema } from "./cases/schema.ts";
import { MAX_DEPTH, MAX_LEAVES } from "./conditions.ts";
import { offeredFacts } from "./offered.ts";
import { operators } from "./operators.ts";
import { factName, leafShape, packFileSchema, paramsShape, rightShape, ruleFileSchema } from "./schema.ts";
import {
  ACTION_WORDS,
  FACT_WORDS,
  LEVEL_WORDS,
  OPERATOR_WORDS,
  PARAMS_WORDS,
  RULE_WORDS,
} from "./vocabulary.ts";

export function rulesReference(catalogue: readonly FactDefinition[]): GeneratedFile[] {
  const offered = offeredFacts(catalogue);
  return [
    schemaFile("rules/schema/rule.schema.json", ruleSchema(offered)),
    schemaFile("rules/schema/pack.schema.json", packFileSchema),
    schemaFile("rules/schema/test.schema.json", testFileSchema),
    { path: "rules/README.md", text: referenceText(offered) },
  ];
}

/** What editors complete and describe; the loader checks more: units, windows, ranges and what a fact takes. */
function ruleSchema(catalogue: readonly FactDefinition[]): z.ZodType {
  const facts = catalogue.map((fact) => z.literal(fact.id).describe(fact.doc));
  const fact = z.union([...facts, factName.describe("A parameter of the brand file or of the pack.")]);
  const window = z
    .union([z.enum(WINDOWS), z.string()])
    .optional()
    .describe(descriptionOf(paramsShape.shape.window));
  const params = paramsShape.extend({ window }).optional();
  const right = rightShape.extend({ fact, params });
  const list = z.array(z.union([z.number(), z.string()])).min(1);
  const leaf = leafShape.extend({
    fact,
    params,
    operator: z.union(operators.map((operator) => z.literal(operator.id).describe(operator.doc))),
    value: z.union([z.number(), z.string(), z.boolean(), list, right]),
  });
  const node: z.ZodType = z.lazy(() => z.union([group, leaf]));
  const children = z.array(node).min(1);
  const group = z.union([
    z.strictObject({ all: children }),
    z.strictObject({ any: children }),
    z.strictObject({ not: node }),
  ]);
  return ruleFileSchema.extend({
    conditions: group.describe(descriptionOf(ruleFileSchema.shape.conditions)),
  });
}

function referenceText(catalogue: readonly FactDefinition[]): string {
  return [
    `<!-- ${GENERATED_NOTICE} -->`,
    "# Rules",
    "",
    "A rule is one JSON file `packs/<pack>/<id>.json`; a brand (`brands/<id>.json`, see [brands](brands/README.md)) names the packs it uses. `appliesTo` says who, `conditions` say when, `action` says what. Point an editor at `schema/` through `$schema` and it completes and explains every word below.",
    "",
    "Money is in major units of the brand's currency (25 = 25 EUR), names ending in `Percent` run 0 to 100, probabilities 0 to 1. Windows are complete account-local days that end on the day before the night.",
    "",
    ...section("Keys of a rule", ["key", "meaning"], describedKeys(ruleFileSchema.shape)),
    ...section("Parameters of a fact", ["key", "meaning"], describedKeys(paramsShape.shape)),
    `Conditions nest at most ${MAX_DEPTH} deep and are at most ${MAX_LEAVES} in a rule. A comparison with missing data is neither true nor false: \`all\` still fails on what is false, \`any\` still holds on what is true, and otherwise the rule is \`noData\`, which never raises a budget and never releases a hold.`,
    "",
    ...section(
      "Operators",
      ["operator", "reads", "facts"],
      operators.map((one) => [`\`${one.id}\``, one.doc, one.left.join(", ")]),
    ),
    ...section("Actions", ["type", "fields"], actionRows()),
    ...section("Facts", ["fact", "unit", "kind", "takes", "levels", "meaning"], catalogue.map(factRow)),
    "Besides these, every parameter of the brand file or of a pack is a fact by its own name.",
    "",
    ...testReference(),
    "## Not supported yet",
    "",
    "Words of the language that are refused as such until they are built:",
    "",
    ...[RULE_WORDS, LEVEL_WORDS, PARAMS_WORDS, OPERATOR_WORDS, ACTION_WORDS, FACT_WORDS].map(
      (words) => `- ${(words.notYet ?? []).map((word) => `\`${word}\``).join(", ")}`,
    ),
    "",
  ].join("\n");
}

function section(title: string, head: string[], rows: string[][]): string[] {
  return [`## ${title}`, "", ...markdownTable(head, rows), ""];
}

function describedKeys(shape: z.ZodRawShape): string[][] {
  return Object.entries(shape)
    .filter(([key]) => key !== "$schema")
    .map(([key, schema]) => [`\`${key}\``, descriptionOf(schema)]);
}

function actionRows(): string[][] {
  return ruleFileSchema.shape.action.options.map((option) => {
    const { type, ...fields } = option.shape;
    const described = describedKeys(fields).map(([key, doc]) => (doc === "" ? key : `${key} (${doc})`));
    return [`\`${[...type.values].join()}\``, described.join("; ")];
  });
}

function factRow(fact: FactDefinition): string[] {
  const takes = [...(fact.kind === "metric" ? ["window"] : []), ...fact.params].map((name) => `\`${name}\``);
  return [`\`${fact.id}\``, fact.unit, fact.kind, takes.join(", "), levelText(fact), fact.doc];
}

function levelText(fact: FactDefinition): string {
  return fact.levels.includes("brand") ? "all" : fact.levels.join(", ");
}
