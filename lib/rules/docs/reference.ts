/** JSON Schemas for editors and the reference of the rule language, derived from the same tables that check and decide. */
import {
  annotated,
  type EditorSchema,
  editorSchema,
  entryMarkdown,
  enumOf,
  GENERATED_NOTICE,
  type GeneratedFile,
  markdownTable,
  schemaFile,
} from "../../domain/generated.ts";
import { USUAL_STAGES } from "../../domain/match.ts";
import type { FactDefinition } from "../../metrics/port.ts";
import { testReference } from "../cases/reference.ts";
import { testFileSchema } from "../cases/schema.ts";
import { newPack, newRule } from "../cases/templates.ts";
import { MAX_DEPTH, MAX_LEAVES } from "../files/conditions.ts";
import { packFileSchema, ruleFileSchema } from "../files/schema.ts";
import { PAUSED_BY_SCHEMA } from "../files/schema-action.ts";
import { firstMatchShape, scheduleShape } from "../files/schema-keys.ts";
import { paramsShape } from "../files/schema-params.ts";
import { scopeShape } from "../files/schema-scope.ts";
import { operators } from "../judge/operators.ts";
import { conditionDefinitions } from "./editor-conditions.ts";
import {
  actionEntries,
  describedKeys,
  factEntry,
  levelText,
  saidOf,
  TOPICS,
  takesText,
  topicOf,
  windowEntries,
} from "./entries.ts";
import { PACK_EXAMPLES, PARAM_EXAMPLES, RULE_EXAMPLES, SCOPE_EXAMPLES } from "./key-examples.ts";

export function rulesReference(catalogue: readonly FactDefinition[]): GeneratedFile[] {
  const firstMatch = editorSchema(firstMatchShape);
  const pack = annotated(editorSchema(packFileSchema), {
    extends: () => ({
      anyOf: [{ type: "string" }, { type: "array", minItems: 1, items: { type: "string" } }],
    }),
    layers: withItems({ anyOf: [{ type: "string" }, firstMatch] }),
  });
  return [
    schemaFile("rules/schema/rule.schema.json", ruleSchema(catalogue)),
    schemaFile("rules/schema/pack.schema.json", {
      ...pack,
      defaultSnippets: [fileSnippet(newPack("my-pack"))],
    }),
    schemaFile("rules/schema/test.schema.json", testSchema(catalogue)),
    { path: "rules/README.md", text: referenceText(catalogue) },
  ];
}

/** What depends on the brand stays with the loader: its stages, its parameters, and the level of the rule. */
function ruleSchema(facts: readonly FactDefinition[]): EditorSchema {
  const schedule = editorSchema(scheduleShape);
  const schema = annotated(editorSchema(ruleFileSchema), {
    schedule: () => ({ anyOf: [schedule, { type: "array", minItems: 1, items: schedule }] }),
    pausedBy: () => PAUSED_BY_SCHEMA,
    conditions: () => ({ allOf: [{ $ref: "#/definitions/group" }] }),
    stages: withItems({ examples: USUAL_STAGES }),
    type: (property) => actionText(String(property.const)) ?? {},
  });
  return {
    ...schema,
    definitions: conditionDefinitions(facts),
    defaultSnippets: [fileSnippet(newRule("my-rule", "me"))],
  };
}

function testSchema(facts: readonly FactDefinition[]): EditorSchema {
  const parameters = facts.filter(({ kind }) => kind === "parameter").map(({ id }) => id);
  const named = (examples: readonly string[]) => (property: EditorSchema) => ({
    propertyNames: { ...(property.propertyNames as object | undefined), examples },
  });
  return annotated(editorSchema(testFileSchema), {
    stage: () => ({ examples: USUAL_STAGES }),
    parameters: named(parameters),
    bands: named(USUAL_STAGES),
    distancePercent: named(facts.map(({ id }) => id)),
    reason: withItems({ anyOf: [enumOf(facts.map(factEntry)), { type: "string" }] }),
  });
}

function withItems(more: EditorSchema): (list: EditorSchema) => EditorSchema {
  return ({ items }) => ({ items: { ...(items as EditorSchema | undefined), ...more } });
}

function actionText(type: string): EditorSchema | null {
  const entries = actionEntries();
  const entry = entries.find(({ id }) => id === type);
  if (entry === undefined) return null;
  const errorMessage = `Expected one of ${entries.map(({ id }) => id).join(", ")}.`;
  return { markdownDescription: entryMarkdown(entry), errorMessage };
}

/** The whole file that `palier new` writes. */
function fileSnippet(text: string): EditorSchema {
  const description = "What palier new writes: small, valid, and saying what to replace.";
  return { label: "a new file", description, body: JSON.parse(text) };
}

function referenceText(catalogue: readonly FactDefinition[]): string {
  return [
    `<!-- ${GENERATED_NOTICE} -->`,
    "# Rules",
    "",
    "A rule is one JSON file `packs/<pack>/<id>.json`; a brand (`brands/<id>.json`, see [brands](brands/README.md)) names the packs it uses. `appliesTo` says who, `conditions` say when, `action` says what. Point an editor at `schema/` through `$schema` and it completes and explains every word below. [WRITING.md](WRITING.md) follows one rule from the first line to its first night.",
    "",
    "Money is in major units of the brand's currency (25 = 25 EUR), names ending in `Percent` run 0 to 100, probabilities 0 to 1. Windows are complete account-local days that end on the day before the night.",
    "",
    ...section("Keys of a rule", KEY_HEAD, exampled(ruleFileSchema.shape, RULE_EXAMPLES)),
    ...section("Keys of `appliesTo`", KEY_HEAD, exampled(scopeShape.shape, SCOPE_EXAMPLES)),
    ...section("Keys of `pack.json`", KEY_HEAD, exampled(packFileSchema.shape, PACK_EXAMPLES)),
    ...section("Parameters of a fact", KEY_HEAD, exampled(paramsShape.shape, PARAM_EXAMPLES)),
    ...section(
      "Windows",
      ["window", "days"],
      windowEntries().map(({ id, doc }) => [`\`${id}\``, doc]),
    ),
    `Conditions nest at most ${MAX_DEPTH} deep and are at most ${MAX_LEAVES} in a rule. A comparison with missing data is neither true nor false: \`all\` still fails on what is false, \`any\` still holds on what is true, and otherwise the rule is \`noData\`, which never raises a budget and never releases a hold.`,
    "",
    ...section(
      "Operators",
      ["operator", "reads", "facts"],
      operators.map((one) => [`\`${one.id}\``, one.doc, one.left.join(", ")]),
    ),
    ...section("Actions", ["type", "does", "fields"], actionRows()),
    "## Facts",
    "",
    ...TOPICS.flatMap((topic) => factSection(topic, catalogue)),
    "Besides these, every parameter of the brand file or of a pack is a fact by its own name.",
    "",
    ...testReference(),
  ].join("\n");
}

const KEY_HEAD = ["key", "meaning", "example"];

function exampled(
  shape: Readonly<Record<string, unknown>>,
  examples: Readonly<Record<string, string>>,
): string[][] {
  return describedKeys(shape).map(([key, doc]) => [
    key,
    doc,
    `\`${examples[key.replaceAll("`", "")] ?? ""}\``,
  ]);
}

function section(title: string, head: string[], rows: string[][]): string[] {
  return [`## ${title}`, "", ...markdownTable(head, rows), ""];
}

function actionRows(): string[][] {
  return actionEntries().map(({ id, doc, rows }) => [
    `\`${id}\``,
    doc,
    rows.map(([key, text]) => (text === "" ? key : `${key} (${text})`)).join("; "),
  ]);
}

const TOPIC_TITLES: Readonly<Record<(typeof TOPICS)[number], string>> = {
  delivery: "Delivery: what ads cost, and what the platforms claim for it",
  evidence: "Evidence: how far figures can be relied on",
  entity: "Entity: what it is, and the state that it is in",
  brand: "Brand: what the shop earned, the same at every level",
  time: "Time",
  parameters: "Parameters: what the brand file or a pack sets",
};

function factSection(topic: (typeof TOPICS)[number], catalogue: readonly FactDefinition[]): string[] {
  const facts = catalogue.filter((fact) => topicOf(fact) === topic);
  const head = ["fact", "unit", "takes", "levels", "formula or meaning", "no data"];
  return [`### ${TOPIC_TITLES[topic]}`, "", ...markdownTable(head, facts.map(factRow)), ""];
}

function factRow(fact: FactDefinition): string[] {
  const { meaning, noData } = saidOf(fact);
  return [`\`${fact.id}\``, fact.unit, takesText(fact), levelText(fact), meaning, noData];
}
