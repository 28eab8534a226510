/** Stops: the brand's own is in its log, those for everything or for one account stand outside. */
import type { Message } from "../domain/figure.ts";
import type { TargetRef } from "../domain/ids.ts";
import type { ScopedStop } from "../domain/plan.ts";
import type { BrandState } from "../domain/state.ts";
import { stop, stopInForce } from "./guardrails/stop.ts";
import { guardrailMessage } from "./messages.ts";

/** Why nothing may be written to `target` now; null when no stop stands. The broadest stop is named. */
export function stopFor(target: TargetRef, state: BrandState, stops: readonly ScopedStop[]): Message | null {
  const values = stopInForce(target, state, stops);
  return values === null ? null : guardrailMessage(stop, "blocked", values);
}
