/** Accounts whose counting of conversions is to be doubted, in sentences. */
import type { Message } from "../domain/figure.ts";
import { suspicionsOf, type TrackingInput } from "../metrics/tracking.ts";
import { digestMessage } from "./messages.ts";

/** By account key why its tracking is suspect, or null where it is not; absent where nobody can tell. */
export function trackingOf(input: TrackingInput): Readonly<Record<string, Message | null>> {
  return Object.fromEntries(
    [...suspicionsOf(input)].map(([key, suspicion]) => {
      if (suspicion === null) return [key, null];
      const { side, ...figures } = suspicion;
      return [key, digestMessage(side === "high" ? "tracking.high" : "tracking.low", figures)];
    }),
  );
}
