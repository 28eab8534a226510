/** How far a figure is from what it is held against. */
import type { Figure } from "../../domain/figure.ts";
import { kindOf } from "./kinds.ts";

/** Percent of the threshold, to three decimals; null where either is no number that rules compare, and against 0. */
export function distanceInPercent({ value }: Figure, threshold: Figure): number | null {
  const against = threshold.value;
  if (typeof value !== "number" || typeof against !== "number" || kindOf(threshold.unit) !== "number")
    return null;
  if (against === 0) return null;
  return Math.round((Math.abs(value - against) / Math.abs(against)) * 100_000) / 1000;
}
