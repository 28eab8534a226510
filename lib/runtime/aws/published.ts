/** A run holds the files that it began with. What is published meanwhile must bind it before it decides or changes anything more. */
import type { Log } from "../../log/log.ts";

/**
 * What limits, rules and modes allow or refuse, and who may answer: somebody who was taken off the desk must not come back with
 * older files. The outcome of what was sent is recorded whatever was published since.
 */
const BOUND: ReadonlySet<string> = new Set(["planned", "changeIntended", "changeSent", "deskChanged"]);

/** Other files than those of this run are published by now; nothing was appended. `code` is stable. */
export class RepublishedError extends Error {
  override name = "RepublishedError";
  readonly code = "run.republished";
}

/**
 * The log for a run over the source of that hash.
 * @throws RepublishedError from `append`, for what the newer files have to be asked about first.
 */
export function whilePublished(log: Log, sourceHash: string): Log {
  return {
    ...log,
    append: async (brand, decide) =>
      await log.append(brand, (state) => {
        const events = decide(state);
        const isBound = events?.some(({ type }) => BOUND.has(type)) ?? false;
        if (!isBound || state.published?.sourceHash === sourceHash) return events;
        throw new RepublishedError(`${brand} was published anew during the run`);
      }),
  };
}
