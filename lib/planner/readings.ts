/** The figures that guardrails and lines read, all over the same few windows. */
import type { Brand } from "../domain/brand.ts";
import type { Reading } from "../domain/figure.ts";
import type { BudgetHolder } from "../domain/holder.ts";
import { stageOfHolder } from "../domain/match.ts";
import type { Subject } from "../domain/verdict.ts";

/** Two whole weeks: long enough for evidence, short enough to be about now. */
export const EVIDENCE_WINDOW = "14d";
/** One whole week: what the brand is steered on. */
export const BRAND_WINDOW = "7d";

/** A reading as a number; null without data and for anything that is no number. */
export function numberOf(reading: Reading): number | null {
  return typeof reading.value === "number" ? reading.value : null;
}

export function brandSubject(brand: Brand): Subject {
  return { level: "brand", key: brand.id, name: brand.name, ref: null, stage: null };
}

/** A holder as a subject of figures, hands-off ones included. */
export function holderSubject(brand: Brand, holder: BudgetHolder): Subject {
  const { key, name, ref } = holder;
  return { level: "budgetHolder", key, name, ref, stage: stageOfHolder(brand.stages, holder) };
}
