import type { Change } from "../../domain/change.ts";
import { figure, message } from "../../domain/figure.ts";
import { type AccountRef, accountKey, entityKey } from "../../domain/ids.ts";
import type { PastEdit } from "../../domain/snapshot.ts";
import type { BrandState, Intent } from "../../domain/state.ts";
import type { LogEvent } from "../../log/events.ts";
import { FENCE_MS, MAX_SENDS, PROOF_OF_NO_EFFECT_MS } from "../../log/fold-changes.ts";
import { PlatformError } from "../../platforms/errors.ts";
import type { LiveHolder, Platform } from "../../platforms/port.ts";
import { unboundAccount } from "../binding.ts";
import { isStillAllowed } from "../freshness.ts";
import { actualEdit, holds, liveFigures } from "../live.ts";
import { mayBeJudged } from "../next-step.ts";
import type { BrandConfig, LoopPorts } from "../ports.ts";

/** Attempts of unknown outcome in one account after which Palier stops touching it. */
const UNKNOWNS_BEFORE_STOP = 2;

/** How far the platform's clock may differ from ours. */
const CLOCK_SKEW_MS = 120_000;

/**
 * `answered`: the platform said yes. `unanswered`: the call ended without a usable answer. `later`: somebody else's attempt,
 * or one of a process that died, looked at after its deadline. `inHistory`: so, too, and the platform's own history shows
 * that the new value was in force since.
 */
export type Knowledge = "answered" | "unanswered" | "later" | "inHistory";

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
  const unbound = unboundAccount(config.brand, intent.change.target);
  if (unbound !== null) return unbound;
  let live: LiveHolder;
  let known = knowledge;
  let atMs: number;
  try {
    const platform = await ports.platform(intent.change.target.platform);
    live = await platform.readHolder(intent.change.target);
    // The one time for all that follows: a later one would count as proof what was too early to ask the history.
    atMs = await ports.clock.nowMs();
    if (knowledge === "later" && (await tookEffect(platform, intent, live, atMs))) known = "inHistory";
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (knowledge === "answered") await recordAnswer(ports, config, changeId);
    await stopAfterTrouble(ports, state, intent);
    return error;
  }
  // Before the log says so: a process that ends in between must not leave the account open.
  if (provenBy(live, intent, state, known, atMs)?.type === "changeDiverged")
    await stopAccount(ports, intent, `${changeId} diverged`);
  const appended = await ports.log.append(config.brand.id, (current): LogEvent[] | null => {
    const open = current.intents[changeId];
    const event = open?.status === "sent" ? provenBy(live, open, current, known, atMs) : null;
    return event === null ? null : [event];
  });
  if (appended === null && knowledge === "answered") await recordAnswer(ports, config, changeId);
  await stopAfterTrouble(ports, appended?.state ?? state, intent);
  return null;
}

/**
 * Whether the platform's history shows the new value, although the old one stands again: somebody set it back, and sending
 * once more would overrule them. A history that may not be read shows nothing. @throws PlatformError
 */
async function tookEffect(
  platform: Platform,
  { change, sendBeforeMs }: Intent,
  live: LiveHolder,
  nowMs: number,
): Promise<boolean> {
  const beforeMs = sendBeforeMs ?? nowMs;
  if (!holds(live, change.edit, "from") || nowMs < beforeMs + PROOF_OF_NO_EFFECT_MS) return false;
  const history = await platform.readEdits(change.target, beforeMs - FENCE_MS - CLOCK_SKEW_MS, nowMs);
  return (history?.edits ?? []).some((past) => maybeOurs(past, change));
}

/** An edit whose new value cannot be read may be ours, and a change that may have been made is not made again. */
function maybeOurs({ target, edit }: PastEdit, change: Change): boolean {
  if (entityKey(target) !== change.holderKey) return false;
  if (edit.kind === "status") {
    return change.edit.kind === "status" && (edit.to === change.edit.to || edit.to === "other");
  }
  if (change.edit.kind !== "dailyBudget") return false;
  return edit.toMicros === null || edit.toMicros === change.edit.toMicros;
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
    if (knowledge === "inHistory") return diverged(changeId, live, intent, "loop.reverted", atMs);
    if (intent.answered) return diverged(changeId, live, intent, "loop.revertedAfterYes", atMs);
    const reason = message("loop.noEffect", { attempt: figure(intent.sends, "count") });
    return intent.sends < MAX_SENDS && isStillAllowed(intent, state, atMs)
      ? { type: "changeNotSent", v: 1, atMs, changeId, reason }
      : { type: "changeNotApplied", v: 1, atMs, changeId, reason };
  }
  if (knowledge === "unanswered") return null;
  return diverged(changeId, live, intent, "loop.diverged", atMs);
}

function diverged(changeId: string, live: LiveHolder, intent: Intent, key: string, atMs: number): LogEvent {
  const actual = actualEdit(live, intent.change.edit);
  return { type: "changeDiverged", v: 1, atMs, changeId, actual, reason: message(key, liveFigures(live)) };
}

/** Without it, a person who sets the budget back before it is read would look like a change that never happened. */
async function recordAnswer(ports: LoopPorts, config: BrandConfig, changeId: string): Promise<void> {
  const atMs = await ports.clock.nowMs();
  await ports.log.append(config.brand.id, (state) => {
    const intent = state.intents[changeId];
    const open = intent?.status === "sent" && !intent.answered;
    return open ? [{ type: "changeAnswered", v: 1, atMs, changeId }] : null;
  });
}

/** Two changes of unknown outcome stop the account, as one diverged change does. */
async function stopAfterTrouble(ports: LoopPorts, state: BrandState, intent: Intent): Promise<void> {
  const unknown = unsettledIn(state, intent.change.target).length;
  if (unknown < UNKNOWNS_BEFORE_STOP) return;
  await stopAccount(ports, intent, `${unknown} changes of unknown outcome`);
}

/** Until a person resumes it. */
async function stopAccount(ports: LoopPorts, intent: Intent, reason: string): Promise<void> {
  const scope = accountKey(intent.change.target);
  await ports.putStop({ scope, by: "palier", atMs: await ports.clock.nowMs(), reason });
}

/** Attempts in one account whose outcome is not known. */
function unsettledIn(state: BrandState, account: AccountRef): Intent[] {
  const key = accountKey(account);
  return Object.values(state.intents).filter(
    ({ change, status }) => status === "sent" && accountKey(change.target) === key,
  );
}

/** True while too much in the account is unknown to send more, also when a process ended before it could stop the account. */
export function isInTrouble(state: BrandState, account: AccountRef): boolean {
  return unsettledIn(state, account).length >= UNKNOWNS_BEFORE_STOP;
}
