import { stagesOfHolder } from "../../domain/match.ts";
import { addsMoney } from "../draft.ts";
import { BRAND_WINDOW, brandSubject, numberOf } from "../readings.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const stageBand: PlanningGuardrail = {
  id: "stageBand",
  doc: "A stage that takes more than its band of the last 7 days' spend is not raised further, nor is a shared budget that feeds it, and no rule resumes anything in it.",
  scope: "change",
  atSend: false,
  figures: { blocked: { stage: "text", share: "percent", limit: "percent" } },
  check(draft, { brand, facts }) {
    if (!addsMoney(draft) || draft.endsPause !== undefined) return ALLOW;
    for (const stage of stagesOfHolder(brand.stages, draft.holder)) {
      const limit = brand.stageBands[stage]?.[1];
      if (limit === undefined) continue;
      const params = { stage, basis: "spend", window: BRAND_WINDOW };
      const share = numberOf(facts.read(brandSubject(brand), "stageSharePercent", params));
      if (share === null || share > limit) return { kind: "block", values: { stage, share, limit } };
    }
    return ALLOW;
  },
};
