/** The row beside the log that tells what a brand waits for, without folding its log. Rebuilt after each run. */
import type { Brand } from "../domain/brand.ts";
import { addDays, instantOf, localDay } from "../domain/day.ts";
import { NIGHT_SLOT } from "../domain/ids.ts";
import type { BrandState, Intent, Proposal } from "../domain/state.ts";
import { JUDGE_AFTER_MS } from "../log/fold-changes.ts";
import type { BrandSummary } from "../log/store.ts";

const UNSETTLED = new Set(["intended", "sent", "notSent"]);

export function summaryOf(brand: Brand, state: BrandState, nowMs: number): BrandSummary {
  const planned = Object.values(state.rounds)
    .filter((round) => round.slot === NIGHT_SLOT && round.planHash !== null)
    .map((round) => round.day)
    .sort();
  const lastNight = planned.at(-1) ?? null;
  const open = openProposals(state);
  const nights = nightTimes(brand, lastNight, nowMs);
  return {
    brand: brand.id,
    nextDueAtMs: Math.min(
      afterWaiting(state, "fetch ", nights.dueAtMs),
      ...open.map((proposal) => proposal.expiresAtMs),
    ),
    nightEndsAtMs: nights.endsAtMs,
    lastNight,
    ...openMatters(state, nowMs),
  };
}

/** The row after a person's answer: what the log says anew, and the times of nights as they were. */
export function summaryAfterAnswer(row: BrandSummary, state: BrandState, nowMs: number): BrandSummary {
  return { ...row, ...openMatters(state, nowMs) };
}

/** What the log alone says. */
function openMatters(state: BrandState, nowMs: number) {
  const unsettled = Object.values(state.intents).filter(({ status }) => UNSETTLED.has(status));
  return {
    nextApplyAtMs: nextApplyAtMs(state, unsettled, nowMs),
    openProposals: openProposals(state).length,
    unsettled: unsettled.length,
    stopped: state.stop !== null,
    head: { position: state.position, hash: state.hash },
  };
}

function openProposals(state: BrandState): Proposal[] {
  return Object.values(state.proposals).filter(({ status }) => status === "open");
}

/** When the next night that is not planned yet begins, and when its window is over. */
function nightTimes(
  { zone, limits }: Brand,
  lastNight: string | null,
  nowMs: number,
): { dueAtMs: number; endsAtMs: number } {
  const today = localDay(nowMs, zone);
  const next = lastNight === today ? addDays(today, 1) : today;
  return {
    dueAtMs: instantOf(next, limits.nightFrom, zone),
    endsAtMs: instantOf(next, limits.nightTo, zone),
  };
}

/** Null while no platform has anything to be told. */
function nextApplyAtMs(state: BrandState, unsettled: readonly Intent[], nowMs: number): number | null {
  const approved = Object.values(state.proposals).some(
    ({ status, change }) => status === "approved" && state.intents[change.id] === undefined,
  );
  const times = unsettled.map(({ change, status, sendBeforeMs }) =>
    status === "sent"
      ? afterWaiting(state, `reconcile ${change.id}`, (sendBeforeMs ?? nowMs) + JUDGE_AFTER_MS)
      : afterWaiting(state, `send ${change.id}`, nowMs),
  );
  if (approved || Object.keys(state.auto).length > 0) times.push(nowMs);
  return times.length === 0 ? null : Math.min(...times);
}

/** The moment put off until the first of the steps that wait after a failure may be tried again. */
function afterWaiting(state: BrandState, step: string, atMs: number): number {
  const waits = Object.entries(state.retries)
    .filter(([name]) => name.startsWith(step))
    .map(([, { nextTryAtMs }]) => nextTryAtMs);
  return waits.length === 0 ? atMs : Math.max(atMs, Math.min(...waits));
}
