/** The logs in DynamoDB as functions open them. */
import { randomUUID } from "node:crypto";
import type { CheckpointStore } from "../../log/checkpoint.ts";
import type { HeadStore } from "../../log/heads.ts";
import { type Log, openLog } from "../../log/log.ts";
import type { LogStore } from "../../log/store.ts";
import type { RunningClock } from "../clock.ts";

export interface LogParts {
  store: LogStore;
  checkpoints: CheckpointStore;
  clock: RunningClock;
}

/**
 * No memory of heads: the witness outside the table is the `anchor` function, whose signed heads nobody can overwrite. A head
 * that this function may write itself would witness nothing, for whoever can cut the log could move it too; and no function
 * may change or delete a log's items in the first place.
 */
const NO_HEADS: HeadStore = { get: async () => null, advance: async () => {} };

/**
 * A writer of its own for each invocation: one that was cut off in the middle of a send must not be taken for the next, which
 * does not know what became of it.
 */
export function openBrandLog({ store, checkpoints, clock }: LogParts): Log {
  return openLog({
    store,
    checkpoints,
    heads: NO_HEADS,
    writerId: randomUUID(),
    newEntryId: randomUUID,
    nowMs: clock.lastMs,
    random: Math.random,
    sleep: async (ms) => await clock.wait(ms),
  });
}
