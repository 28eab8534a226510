import type { BudgetHolder } from "../../domain/holder.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const inactive: PlanningGuardrail = {
  id: "inactive",
  doc: "What does not deliver, by itself or because its campaign does not, is left as people set it; only what is paused itself, in a campaign that delivers, can be resumed.",
  scope: "change",
  atSend: false,
  figures: { blocked: { status: "text" } },
  check({ direction, holder }) {
    const { status, platformStatus } = holder;
    const fits = direction === "resume" ? isPausedItself(holder) : status === "active";
    return fits ? ALLOW : { kind: "block", values: { status: platformStatus } };
  },
};

function isPausedItself({ owner, feeds, campaigns }: BudgetHolder): boolean {
  const [own] = feeds;
  const delivers = owner !== "adGroup" || campaigns.every(({ status }) => status === "active");
  return own?.status === "paused" && delivers;
}
