/** How much evidence a raise needs: the brand's limits, asked by its guardrail and by rules alike. */
import type { Limits } from "../domain/brand.ts";

export interface Bar {
  minConversions: number;
  minProbability: number;
}

/** `asked`: below it no raise is even proposed; `unasked`: below it none goes without a person. */
export function raiseBars(limits: Limits): { asked: Bar; unasked: Bar } {
  return {
    asked: {
      minConversions: limits.minConversionsProposed,
      minProbability: limits.minCpaOkProbabilityProposed,
    },
    unasked: {
      minConversions: limits.minConversionsApplied,
      minProbability: limits.minCpaOkProbabilityApplied,
    },
  };
}

/** What is not known meets no bar. */
export function meetsBar(bar: Bar, conversions: number | null, probability: number | null): boolean {
  if (conversions === null || probability === null) return false;
  return conversions >= bar.minConversions && probability >= bar.minProbability;
}
