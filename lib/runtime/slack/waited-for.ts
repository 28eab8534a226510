/** A log that takes an answer only while whoever gave it still waits for what becomes of it. */
import type { Log } from "../../log/log.ts";
import { RuntimeError } from "../errors.ts";
import type { SlackParts } from "./parts.ts";

/**
 * A function that has answered is frozen with whatever it was doing, and goes on with it at the next request, hours later: a yes
 * that was told to be uncertain, and given up, must not be recorded then.
 * @throws RuntimeError `slack.tooLate` from `append`; nothing was appended.
 */
export function whileWaitedFor(log: Log, { nowMs }: SlackParts["wall"], untilMs: number): Log {
  return {
    ...log,
    append: async (brand, decide) =>
      await log.append(brand, (state) => {
        if (nowMs() < untilMs) return decide(state);
        throw new RuntimeError("slack.tooLate", `the answer came too late to be recorded for ${brand}`);
      }),
  };
}
