/** What is missing, late or suspect in the figures that the morning is told. */
import type { Brand } from "../domain/brand.ts";
import type { Message } from "../domain/figure.ts";
import { UNMAPPED_STAGE } from "../domain/match.ts";
import type { Plan } from "../domain/plan.ts";
import type { Facts } from "../metrics/port.ts";
import { digestMessage } from "./messages.ts";

/** What evidence is taken from. A week of clicks never settles as far as a raise asks, which would be news every morning. */
const WINDOW = "14d";

/** First what was not read, then what is suspect, then what is late, then what no stage claims and what rules look at since. */
export function qualityOf(
  brand: Brand,
  night: Plan | null,
  facts: Facts,
  tracking: Readonly<Record<string, Message | null>>,
): Message[] {
  return [
    ...(night === null ? [digestMessage("digest.noNight", {})] : night.missing),
    ...Object.values(tracking).flatMap((reason) => reason ?? []),
    ...unsettled(brand, facts),
    ...unmapped(night),
    ...changedScopes(night),
  ];
}

function unsettled(brand: Brand, facts: Facts): Message[] {
  const needed = brand.limits.settledPercent;
  return facts.subjects("account").flatMap((account) => {
    const percent = facts.read(account, "settledPercent", { window: WINDOW }).value;
    if (typeof percent !== "number" || percent >= needed) return [];
    return [digestMessage("digest.unsettled", { account: account.key, percent, needed })];
  });
}

function unmapped(night: Plan | null): Message[] {
  return (night?.brandLine.stages ?? []).flatMap(({ stage, spend, sharePercent }) => {
    if (stage !== UNMAPPED_STAGE || typeof spend.value !== "number" || spend.value <= 0) return [];
    if (typeof sharePercent.value !== "number") return [];
    return [digestMessage("digest.unmapped", { spend: spend.value, percent: sharePercent.value })];
  });
}

function changedScopes(night: Plan | null): Message[] {
  const { newcomers, scopes } = night ?? { newcomers: [], scopes: [] };
  const uncovered = newcomers.filter(({ rules }) => rules.length === 0).length;
  const rules = scopes.map(({ ruleId }) => ruleId).join(", ");
  return [
    ...(newcomers.length === 0
      ? []
      : [digestMessage("digest.newcomers", { count: newcomers.length, uncovered })]),
    ...(scopes.length === 0 ? [] : [digestMessage("digest.scopes", { rules })]),
  ];
}
