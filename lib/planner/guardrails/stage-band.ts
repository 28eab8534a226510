import { BRAND_WINDOW, brandSubject, numberOf } from "../readings.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const stageBand: PlanningGuardrail = {
  id: "stageBand",
  doc: "A stage that takes more than its band of the last 7 days' spend is not raised further.",
  scope: "change",
  atSend: false,
  figures: { blocked: { stage: "text", share: "percent", limit: "percent" } },
  check(draft, { brand, facts }) {
    const { stage } = draft.subject;
    const band = stage === null ? undefined : brand.stageBands[stage];
    if (draft.direction !== "raise" || stage === null || band === undefined) return ALLOW;
    const params = { stage, basis: "spend", window: BRAND_WINDOW };
    const share = numberOf(facts.read(brandSubject(brand), "stageSharePercent", params));
    const [, limit] = band;
    return share !== null && share <= limit ? ALLOW : { kind: "block", values: { stage, share, limit } };
  },
};
