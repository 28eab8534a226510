import { EVIDENCE_WINDOW, numberOf } from "../readings.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const evidence: PlanningGuardrail = {
  id: "evidence",
  doc: "A raise needs a floor of conversions and of certainty about the cost over 14 days, whatever its rule asks; a higher one to go unasked.",
  scope: "change",
  atSend: false,
  figures: {
    blocked: {
      conversions: "count",
      minConversions: "count",
      probability: "probability",
      minProbability: "probability",
    },
    degraded: {
      conversions: "count",
      minConversions: "count",
      probability: "probability",
      minProbability: "probability",
    },
  },
  check(draft, { brand, facts }) {
    if (draft.direction !== "raise") return ALLOW;
    const params = { window: EVIDENCE_WINDOW };
    const conversions = numberOf(facts.read(draft.subject, "conversions", params));
    const probability = numberOf(facts.read(draft.subject, "cpaOkProbability", params));
    const meets = (minConversions: number, minProbability: number): boolean =>
      conversions !== null &&
      probability !== null &&
      conversions >= minConversions &&
      probability >= minProbability;
    const { limits } = brand;
    const asked = {
      minConversions: limits.minConversionsProposed,
      minProbability: limits.minCpaOkProbabilityProposed,
    };
    const unasked = {
      minConversions: limits.minConversionsApplied,
      minProbability: limits.minCpaOkProbabilityApplied,
    };
    if (!meets(asked.minConversions, asked.minProbability)) {
      return { kind: "block", values: { conversions, probability, ...asked } };
    }
    if (draft.mode !== "apply" || meets(unasked.minConversions, unasked.minProbability)) return ALLOW;
    return { kind: "degrade", mode: "propose", values: { conversions, probability, ...unasked } };
  },
};
