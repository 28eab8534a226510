/** The JSON Schema of brand files for editors, and the reference of their keys and limits. */
import {
  annotated,
  type DocEntry,
  descriptionOf,
  editorSchema,
  entryMarkdown,
  GENERATED_NOTICE,
  type GeneratedFile,
  markdownTable,
  schemaFile,
} from "../domain/generated.ts";
import { personSchema, slackSchema } from "./desk-schema.ts";
import { type LimitDefinition, limitDefinitions } from "./limits.ts";
import { brandFileSchema } from "./schema.ts";
import { metricSchema, parameter } from "./schema-numbers.ts";

export function brandReference(): GeneratedFile[] {
  return [
    schemaFile("rules/schema/brand.schema.json", annotated(editorSchema(brandFileSchema), LIMIT_DOCS)),
    { path: "rules/brands/README.md", text: referenceText() },
  ];
}

/** The hard limits as people look them up. */
export function limitEntries(): DocEntry[] {
  return limitDefinitions.map((limit) => {
    const [key = "", unit = "", usual = "", bounds = "", doc = ""] = limitRow(limit);
    return {
      id: limit.key,
      doc,
      rows: [
        ["Key", `limits.${key.replaceAll("`", "")} of the brand file`],
        ["Unit", unit],
        ["Default", usual],
        ["Bounds", bounds],
      ],
    };
  });
}

const LIMIT_DOCS = Object.fromEntries(
  limitEntries().map((entry) => [entry.id, () => ({ markdownDescription: entryMarkdown(entry) })]),
);

function referenceText(): string {
  const keys = keysOf(brandFileSchema).filter(([key]) => key !== "`$schema`");
  return [
    `<!-- ${GENERATED_NOTICE} -->`,
    "# Brands",
    "",
    "One file per brand, named after its id. Money is in major units of the brand's currency, percent 0 to 100.",
    "",
    ...markdownTable(["key", "meaning"], keys),
    "",
    "## Formulas",
    "",
    "Of `metrics`, and of parameters that follow from others. Names are money, counts, ratios or percent, and a formula comes to its declared unit or is refused: money and counts do not add up, money / count is money, money / money is a ratio, ratio x money is money. A percent is divided by 100 before anything else is done with it. A written number has no unit: an amount of money is a parameter. Where a figure is missing, or it divides by 0, the whole has no data.",
    "",
    ...markdownTable(["key of a metric", "meaning"], keysOf(metricSchema)),
    "",
    ...markdownTable(["key of a parameter", "meaning"], keysOf(parameter)),
    "",
    "## People",
    "",
    "Keys of each of `people`. With people, an answer names one of them wherever it is given; without, whoever has the machine answers.",
    "",
    ...markdownTable(["key", "meaning"], keysOf(personSchema)),
    "",
    "## Slack",
    "",
    "Keys of `slack`. The app's secrets stand in no file: see the README in the root.",
    "",
    ...markdownTable(["key", "meaning"], keysOf(slackSchema)),
    "",
    "## Limits",
    "",
    "Keys of `limits`. They bind whoever asks, approvals included, and cannot be set outside their bounds.",
    "",
    ...markdownTable(["key", "unit", "default", "bounds", "why"], limitDefinitions.map(limitRow)),
    "",
  ].join("\n");
}

function keysOf({ shape }: { shape: Readonly<Record<string, unknown>> }): string[][] {
  return Object.entries(shape).map(([key, schema]) => [`\`${key}\``, descriptionOf(schema)]);
}

function limitRow(limit: LimitDefinition): string[] {
  const bounds = limit.unit === "time" ? "00:00 to 23:59" : `${limit.min} to ${limit.max}`;
  return [`\`${limit.key}\``, limit.unit, String(limit.default ?? "none"), bounds, limit.doc];
}
