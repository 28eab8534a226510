/** The kinds of figures that conditions compare. */
import type { Unit } from "../../domain/figure.ts";

export type Kind = "number" | "text" | "flag" | "labels";

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
  labels: "labels",
};

/** Of a figure's value, whatever its unit says; null for what is none. */
export function kindOfValue(value: unknown): Kind | null {
  if (typeof value === "number") return "number";
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return "flag";
  return Array.isArray(value) && value.every((one) => typeof one === "string") ? "labels" : null;
}

/** Null for units that no condition compares (instants and days). */
export function kindOf(unit: Unit): Kind | null {
  return KINDS[unit] ?? null;
}
