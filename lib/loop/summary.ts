/** The row beside the log that tells what a brand waits for, without folding its log. Rebuilt after each run. */
import type { Brand } from "../domain/brand.ts";
import { addDays, instantOf, localDay } from "../domain/day.ts";
import { NIGHT_SLOT, roundIdOf } from "../domain/ids.ts";
import type { BrandState } from "../domain/state.ts";
import type { BrandSummary } from "../log/store.ts";
import { nextDeskAtMs, settlingDeskSteps, tellingSteps } from "./desk/due-steps.ts";
import { stepKey } from "./next-step.ts";
import { afterWaiting, openMatters, openProposals } from "./open-matters.ts";

export function summaryOf(brand: Brand, state: BrandState, nowMs: number): BrandSummary {
  const planned = Object.values(state.rounds)
    .filter((round) => round.slot === NIGHT_SLOT && round.planHash !== null)
    .map((round) => round.day)
    .sort();
  const lastNight = planned.at(-1) ?? null;
  const open = openProposals(state);
  const night = nextNight(brand, lastNight, nowMs);
  return {
    brand: brand.id,
    nextDueAtMs: Math.min(
      nightDueAtMs(state, night, nowMs),
      deskDueAtMs(brand, state, nowMs),
      ...open.map((proposal) => proposal.expiresAtMs),
    ),
    nightEndsAtMs: night.endsAtMs,
    lastNight,
    ...openMatters(state, nowMs),
  };
}

/** Now while the desk has to be told or asked to look at something, put off while that waits after a failure. */
function deskDueAtMs(brand: Brand, state: BrandState, nowMs: number): number {
  const due = [...settlingDeskSteps(brand, state, nowMs), ...tellingSteps(brand, state, nowMs)];
  return Math.min(
    nextDeskAtMs(brand, state, nowMs),
    ...due.map((step) => afterWaiting(state, stepKey(step), nowMs)),
  );
}

interface Night {
  roundId: string;
  startsAtMs: number;
  /** End of its window. */
  endsAtMs: number;
}

/** The next night that is not planned yet. */
function nextNight({ id, zone, limits }: Brand, lastNight: string | null, nowMs: number): Night {
  const today = localDay(nowMs, zone);
  const day = lastNight === today ? addDays(today, 1) : today;
  return {
    roundId: roundIdOf(id, day, NIGHT_SLOT),
    startsAtMs: instantOf(day, limits.nightFrom, zone),
    endsAtMs: instantOf(day, limits.nightTo, zone),
  };
}

/** Its start; once accounts that failed wait, the first of them, or the end of the window, which seals without them. */
function nightDueAtMs(state: BrandState, { roundId, startsAtMs, endsAtMs }: Night, nowMs: number): number {
  const waits = Object.entries(state.retries)
    .filter(([step]) => step.startsWith(`fetch ${roundId} `))
    .map(([, { nextTryAtMs }]) => nextTryAtMs);
  if (waits.length === 0) return startsAtMs;
  return Math.min(...waits, ...(endsAtMs > nowMs ? [endsAtMs] : []));
}
