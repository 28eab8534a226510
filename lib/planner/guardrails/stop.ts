import { accountKey, type TargetRef } from "../../domain/ids.ts";
import type { ScopedStop } from "../../domain/plan.ts";
import type { BrandState } from "../../domain/state.ts";
import type { MessageValues } from "./guardrail.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

/** Scope of a stop that binds every brand. */
const EVERYTHING = "everything";

export const stop: HardGuardrail = {
  id: "stop",
  doc: "A stop for everything, for the account or for the brand ends all writes until a person lifts it.",
  scope: "change",
  atSend: true,
  bindsRestore: true,
  figures: { blocked: { scope: "text", by: "text", since: "instant" } },
  check(draft, { state, stops }) {
    const values = stopInForce(draft.target, state, stops);
    return values === null ? ALLOW : { kind: "block", values };
  },
};

/** The broadest stop that binds `target`, as figures of the message; null when none does. */
export function stopInForce(
  target: TargetRef,
  state: BrandState,
  stops: readonly ScopedStop[],
): MessageValues | null {
  const account = accountKey(target);
  const outside = stops.find((one) => one.scope === EVERYTHING) ?? stops.find((one) => one.scope === account);
  if (outside !== undefined) return { scope: outside.scope, by: outside.by, since: outside.atMs };
  return state.stop === null ? null : { scope: state.brand, by: state.stop.by, since: state.stop.atMs };
}
