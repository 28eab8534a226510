import { unitOf } from "../draft.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

const FIGURES = { holders: "count", active: "count", limit: "percent", limitHolders: "count" } as const;

export const blastRadius: PlanningGuardrail = {
  id: "blastRadius",
  doc: "A plan that touches too many holders at once is refused whole: that is how a wrong rule or broken tracking looks. An account that may be stopped as a whole counts as one, and the end of a pause counted when it began.",
  scope: "plan",
  atSend: false,
  figures: { blocked: FIGURES },
  refusal: FIGURES,
  check(_, { brand, standing, activeHolders: active }) {
    const counted = standing.filter(({ endsPause }) => endsPause === undefined);
    const holders = new Set(counted.map(unitOf)).size;
    const { blastRadiusPercent: limit, blastRadiusHolders: limitHolders } = brand.limits;
    if (holders <= limitHolders || holders * 100 <= active * limit) return ALLOW;
    return { kind: "refuse", values: { holders, active, limit, limitHolders } };
  },
};
