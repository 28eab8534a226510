/** Folding events to a state, and the steps of one change, each a list of events from an empty log on. */
import type { BrandState } from "../../lib/domain/state.ts";
import type { LogEntry } from "../../lib/log/chain.ts";
import type { LogEvent } from "../../lib/log/events.ts";
import { emptyState, foldEntry } from "../../lib/log/fold.ts";
import {
  aChange,
  accountFetched,
  BRAND,
  changeIntended,
  changeSent,
  NIGHT_MS,
  planned,
  proposalApproved,
  roundStarted,
  snapshotSealed,
} from "./log.ts";

/** One entry per event, all by `writerId`. */
export function fold(events: readonly LogEvent[], from = emptyState(BRAND), writerId = "w1"): BrandState {
  return events.reduce((state, event) => foldEntry(state, anEntry(state, [event], writerId)), from);
}

export function anEntry(state: BrandState, events: LogEvent[], writerId = "w1"): LogEntry {
  const position = state.position + 1;
  return {
    v: 1,
    brand: BRAND,
    position,
    entryId: `e${position}`,
    writerId,
    atMs: NIGHT_MS,
    events,
    hash: `h${position}`,
  };
}

export const sealed = [roundStarted(), accountFetched(), snapshotSealed()];
export const proposed = [...sealed, planned()];
export const approved = [...proposed, proposalApproved()];
export const intended = [...approved, changeIntended()];
export const sent = [...intended, changeSent()];
export const automatic = [...sealed, planned({ proposed: [], auto: [aChange()] })];
