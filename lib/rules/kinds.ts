/** The three kinds of figures that conditions compare. */
import type { Unit } from "../domain/figure.ts";

export type Kind = "number" | "text" | "flag";

const KINDS: Readonly<Partial<Record<Unit, Kind>>> = {
  money: "number",
  count: "number",
  ratio: "number",
  percent: "number",
  probability: "number",
  days: "number",
  nights: "number",
  hours: "number",
  state: "text",
  text: "text",
  flag: "flag",
};

/** Null for units that no condition compares (instants and days). */
export function kindOf(unit: Unit): Kind | null {
  return KINDS[unit] ?? null;
}
