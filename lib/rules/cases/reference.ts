/** The part of the rule language's reference that tells how test files are written, derived from their schema. */
import { descriptionOf, markdownTable } from "../../domain/generated.ts";
import { caseShape } from "./schema.ts";

export function testReference(): string[] {
  const { entity, series, brand, expect, ...keys } = caseShape.shape;
  return [
    "## Test cases",
    "",
    "`<rule>.test.json` beside a rule states nights and what the rule should make of them; `palier test` judges them by the same figures, rules and guardrails as a night. `given` holds for all cases, whose own words replace it key by key. Figures by the day are one line each, oldest first up to yesterday: `20x14` is fourteen days of 20, `10 12 0 - 15x3` has a day without data. What nobody states is not reported, which is not 0; only an entity without any series delivered nothing.",
    "",
    ...table("", keys),
    ...table("entity.", entity.unwrap().shape),
    ...table("series.", series.unwrap().shape),
    ...table("brand.", brand.unwrap().shape),
    ...table("expect.", expect.shape),
  ];
}

function table(prefix: string, shape: Readonly<Record<string, unknown>>): string[] {
  const rows = Object.entries(shape).map(([key, schema]) => [`\`${prefix}${key}\``, descriptionOf(schema)]);
  return [...markdownTable(["key", "meaning"], rows), ""];
}
