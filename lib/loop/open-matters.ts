/**
 * What of a brand's row the log alone says. Apart from the rest because the function that takes clicks rewrites rows too, and has
 * no room for calendars.
 */
import type { BrandState, Intent, Proposal } from "../domain/state.ts";
import { JUDGE_AFTER_MS } from "../log/fold-changes.ts";
import type { BrandSummary } from "../log/store.ts";

const UNSETTLED = new Set(["intended", "sent", "notSent"]);

/** The row after a person's answer: what the log says anew, and the times of nights as they were. Its message is due at once. */
export function summaryAfterAnswer(row: BrandSummary, state: BrandState, nowMs: number): BrandSummary {
  const tellAtMs = state.desk?.slack == null ? row.nextDueAtMs : nowMs;
  return { ...row, nextDueAtMs: Math.min(row.nextDueAtMs, tellAtMs), ...openMatters(state, nowMs) };
}

/** What the log alone says. */
export function openMatters(state: BrandState, nowMs: number) {
  const unsettled = Object.values(state.intents).filter(({ status }) => UNSETTLED.has(status));
  return {
    nextApplyAtMs: nextApplyAtMs(state, unsettled, nowMs),
    openProposals: openProposals(state).length,
    unsettled: unsettled.length,
    stopped: state.stop !== null,
    head: { position: state.position, hash: state.hash },
  };
}

export function openProposals(state: BrandState): Proposal[] {
  return Object.values(state.proposals).filter(({ status }) => status === "open");
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
export function afterWaiting(state: BrandState, step: string, atMs: number): number {
  return Math.max(atMs, state.retries[step]?.nextTryAtMs ?? atMs);
}
