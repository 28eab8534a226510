import { meetsBar, raiseBars } from "../../metrics/raise-bars.ts";
import { addsMoney } from "../draft.ts";
import { EVIDENCE_WINDOW, numberOf } from "../readings.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const evidence: PlanningGuardrail = {
  id: "evidence",
  doc: "A raise needs a floor of conversions and of certainty about the cost over 14 days, whatever its rule asks; a higher one to go unasked. A resume needs only the higher one, to go unasked: what stood still has no new figures. The end of a rule's own pause needs none.",
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
    if (!addsMoney(draft) || draft.endsPause !== undefined) return ALLOW;
    const params = { window: EVIDENCE_WINDOW };
    const conversions = numberOf(facts.read(draft.subject, "conversions", params));
    const probability = numberOf(facts.read(draft.subject, "cpaOkProbability", params));
    const { asked, unasked } = raiseBars(brand.limits);
    if (draft.direction === "raise" && !meetsBar(asked, conversions, probability)) {
      return { kind: "block", values: { conversions, probability, ...asked } };
    }
    if (draft.mode !== "apply" || meetsBar(unasked, conversions, probability)) return ALLOW;
    return { kind: "degrade", mode: "propose", values: { conversions, probability, ...unasked } };
  },
};
