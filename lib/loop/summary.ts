/** The row beside the log that tells what a brand waits for, without folding its log. Rebuilt after each run. */
import type { Brand } from "../domain/brand.ts";
import { addDays, instantOf, localDay } from "../domain/day.ts";
import { NIGHT_SLOT, roundIdOf } from "../domain/ids.ts";
import type { BrandState, Intent, Proposal } from "../domain/state.ts";
import { JUDGE_AFTER_MS } from "../log/fold-changes.ts";
import type { BrandSummary } from "../log/store.ts";
import { nextDeskAtMs, settlingDeskSteps, tellingSteps } from "./desk/due-steps.ts";
import { stepKey } from "./next-step.ts";

const UNSETTLED = new Set(["intended", "sent", "notSent"]);

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

/** The row after a person's answer: what the log says anew, and the times of nights as they were. Its message is due at once. */
export function summaryAfterAnswer(row: BrandSummary, state: BrandState, nowMs: number): BrandSummary {
  const tellAtMs = state.desk?.slack == null ? row.nextDueAtMs : nowMs;
  return { ...row, nextDueAtMs: Math.min(row.nextDueAtMs, tellAtMs), ...openMatters(state, nowMs) };
}

/** Now while the desk has to be told or asked to look at something, put off while that waits after a failure. */
function deskDueAtMs(brand: Brand, state: BrandState, nowMs: number): number {
  const due = [...settlingDeskSteps(brand, state, nowMs), ...tellingSteps(brand, state, nowMs)];
  return Math.min(
    nextDeskAtMs(brand, state, nowMs),
    ...due.map((step) => afterWaiting(state, stepKey(step), nowMs)),
  );
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

/** The moment, put off while that step waits after a failure. */
function afterWaiting(state: BrandState, step: string, atMs: number): number {
  return Math.max(atMs, state.retries[step]?.nextTryAtMs ?? atMs);
}
