/** What was in force when. */
import type { AdSet, BudgetStep, Campaign, Status, StatusStep } from "../model.ts";

/** The budget in force at `atMs`; null before the first. */
export function centsAt(steps: readonly BudgetStep[], atMs: number): number | null {
  return stepAt(steps, atMs)?.cents ?? null;
}

/** The status set on the entity itself at `atMs`; nothing runs before it was created. */
export function statusAt(steps: readonly StatusStep[], atMs: number): Status {
  return stepAt(steps, atMs)?.status ?? "PAUSED";
}

export function isDelivering(adSet: AdSet, campaign: Campaign, atMs: number): boolean {
  return statusAt(adSet.statuses, atMs) === "ACTIVE" && statusAt(campaign.statuses, atMs) === "ACTIVE";
}

function stepAt<Step extends { atMs: number }>(steps: readonly Step[], atMs: number): Step | undefined {
  return steps.findLast((step) => step.atMs <= atMs);
}
