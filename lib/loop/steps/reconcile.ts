import { figure, message } from "../../domain/figure.ts";
import { accountKey } from "../../domain/ids.ts";
import type { BrandState, Intent } from "../../domain/state.ts";
import type { LogEvent } from "../../log/events.ts";
import { MAX_SENDS, PROOF_OF_NO_EFFECT_MS } from "../../log/fold-changes.ts";
import { PlatformError } from "../../platforms/errors.ts";
import type { LiveHolder } from "../../platforms/port.ts";
import { isStillAllowed } from "../freshness.ts";
import { actualEdit, holds, liveFigures } from "../live.ts";
import { mayBeJudged } from "../next-step.ts";
import type { BrandConfig, LoopPorts } from "../ports.ts";

/** Attempts of unknown outcome in one account after which Palier stops touching it. */
const UNKNOWNS_BEFORE_STOP = 2;

/**
 * `answered`: the platform said yes. `unanswered`: the call ended without a usable answer. `later`: somebody else's attempt,
 * or one of a process that died, looked at after its deadline.
 */
export type Knowledge = "answered" | "unanswered" | "later";

/** Settles an attempt whose outcome is unknown, by reading and by nothing else. */
export async function reconcileChange(
  ports: LoopPorts,
  config: BrandConfig,
  changeId: string,
): Promise<unknown> {
  const intent = (await ports.log.state(config.brand.id)).intents[changeId];
  if (intent === undefined || !mayBeJudged(intent, await ports.clock.nowMs())) return null;
  ports.onProgress({ kind: "step", step: "reconcile", subject: intent.change.name });
  return await settleFromRead(ports, config, changeId, "later");
}

/** Reads the holder and appends what that proves. Returns a PlatformError when it cannot be read: then nothing is proven. */
export async function settleFromRead(
  ports: LoopPorts,
  config: BrandConfig,
  changeId: string,
  knowledge: Knowledge,
): Promise<unknown> {
  const state = await ports.log.state(config.brand.id);
  const intent = state.intents[changeId];
  if (intent === undefined || intent.status !== "sent") return null;
  let live: LiveHolder;
  try {
    const platform = await ports.platform(intent.change.target.platform);
    live = await platform.readHolder(intent.change.target);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    await stopAfterTrouble(ports, state, intent);
    return error;
  }
  const atMs = await ports.clock.nowMs();
  const appended = await ports.log.append(config.brand.id, (current): LogEvent[] | null => {
    const open = current.intents[changeId];
    const event = open?.status === "sent" ? provenBy(live, open, current, knowledge, atMs) : null;
    return event === null ? null : [event];
  });
  await stopAfterTrouble(ports, appended?.state ?? state, intent);
  return null;
}

/** What one read proves about a sent attempt; null while it proves nothing yet. */
export function provenBy(
  live: LiveHolder,
  intent: Intent,
  state: BrandState,
  knowledge: Knowledge,
  atMs: number,
): LogEvent | null {
  const changeId = intent.change.id;
  if (holds(live, intent.change.edit, "to")) return { type: "changeConfirmed", v: 1, atMs, changeId };
  if (holds(live, intent.change.edit, "from")) {
    const proof = (intent.sendBeforeMs ?? atMs) + PROOF_OF_NO_EFFECT_MS;
    if (atMs < proof) return null;
    const reason = message("loop.noEffect", { attempt: figure(intent.sends, "count") });
    return intent.sends < MAX_SENDS && isStillAllowed(intent, state, atMs)
      ? { type: "changeNotSent", v: 1, atMs, changeId, reason }
      : { type: "changeNotApplied", v: 1, atMs, changeId, reason };
  }
  if (knowledge === "unanswered") return null;
  const actual = actualEdit(live, intent.change.edit);
  return {
    type: "changeDiverged",
    v: 1,
    atMs,
    changeId,
    actual,
    reason: message("loop.diverged", liveFigures(live)),
  };
}

/** One diverged change, or two of unknown outcome, stop the account until a person resumes it. */
async function stopAfterTrouble(ports: LoopPorts, state: BrandState, intent: Intent): Promise<void> {
  const key = accountKey(intent.change.target);
  const inAccount = Object.values(state.intents).filter(({ change }) => accountKey(change.target) === key);
  const diverged = inAccount.find(
    ({ change, status }) => change.id === intent.change.id && status === "diverged",
  );
  const unknown = inAccount.filter(({ status }) => status === "sent").length;
  if (diverged === undefined && unknown < UNKNOWNS_BEFORE_STOP) return;
  const reason =
    diverged === undefined ? `${unknown} changes of unknown outcome` : `${intent.change.id} diverged`;
  await ports.putStop({ scope: key, by: "palier", atMs: await ports.clock.nowMs(), reason });
}
