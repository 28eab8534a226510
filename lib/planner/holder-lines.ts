/** One row per budget holder, as the round found it. */
import type { Brand } from "../domain/brand.ts";
import type { HolderLine } from "../domain/plan.ts";
import type { Facts } from "../metrics/port.ts";
import { EVIDENCE_WINDOW, holderSubject } from "./readings.ts";

/** Hands-off holders included: they spend and count as width. Figures are over the evidence window. */
export function holderLines(brand: Brand, facts: Facts): HolderLine[] {
  return facts.holders().map((holder) => {
    const subject = holderSubject(brand, holder);
    const params = { window: EVIDENCE_WINDOW };
    return {
      subject,
      campaignName: holder.campaigns.map((campaign) => campaign.name).join(", "),
      owner: holder.owner,
      status: holder.status,
      learning: holder.learning,
      budgetMicros: holder.budget.amountMicros,
      period: holder.budget.period,
      targetCpa: facts.read(subject, "targetCpa", {}),
      spend: facts.read(subject, "spend", params),
      conversions: facts.read(subject, "conversions", params),
      cpa: facts.read(subject, "cpa", params),
      daily: facts.days(subject, EVIDENCE_WINDOW),
    };
  });
}

/** Start-of-night figures that the night's limits are shares of; from the lines, so that they can be told again later. */
export function nightBase(lines: readonly HolderLine[]): {
  startBudgetsMicros: bigint;
  activeHolders: number;
} {
  const active = lines.filter((line) => line.status === "active");
  const daily = active.filter((line) => line.period === "daily");
  return {
    startBudgetsMicros: daily.reduce((sum, line) => sum + line.budgetMicros, 0n),
    activeHolders: active.length,
  };
}
