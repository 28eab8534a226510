/** The row beside the log that tells what a brand waits for, without folding its log. Rebuilt after each run. */
import type { Brand } from "../domain/brand.ts";
import { addDays, instantOf, localDay } from "../domain/day.ts";
import { NIGHT_SLOT } from "../domain/ids.ts";
import type { BrandState } from "../domain/state.ts";
import type { BrandSummary } from "../log/store.ts";

const UNSETTLED = new Set(["intended", "sent", "notSent"]);

export function summaryOf(brand: Brand, state: BrandState, nowMs: number): BrandSummary {
  const planned = Object.values(state.rounds)
    .filter((round) => round.slot === NIGHT_SLOT && round.planHash !== null)
    .map((round) => round.day)
    .sort();
  const lastNight = planned.at(-1) ?? null;
  const today = localDay(nowMs, brand.zone);
  const nextNight = lastNight === today ? addDays(today, 1) : today;
  return {
    brand: brand.id,
    nextDueAtMs: instantOf(nextNight, brand.limits.nightFrom, brand.zone),
    openProposals: Object.values(state.proposals).filter(({ status }) => status === "open").length,
    unsettled: Object.values(state.intents).filter(({ status }) => UNSETTLED.has(status)).length,
    stopped: state.stop !== null,
    lastNight,
    head: { position: state.position, hash: state.hash },
  };
}
