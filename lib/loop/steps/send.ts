import type { Change, Edit } from "../../domain/change.ts";
import { figure, type Message, message } from "../../domain/figure.ts";
import { accountKey } from "../../domain/ids.ts";
import type { BrandState, Intent } from "../../domain/state.ts";
import type { LogEvent } from "../../log/events.ts";
import { FENCE_MS, MAX_SENDS } from "../../log/fold-changes.ts";
import { recheckChange } from "../../planner/recheck.ts";
import { PlatformError } from "../../platforms/errors.ts";
import type { LiveHolder, Platform } from "../../platforms/port.ts";
import { isStillAllowed } from "../freshness.ts";
import { actualEdit, holds, liveFigures } from "../live.ts";
import type { BrandConfig, LoopPorts } from "../ports.ts";
import { type Grounds, loadGrounds } from "./intend.ts";
import { isInTrouble, settleFromRead } from "./reconcile.ts";

/** The call may start this long after the fence was asked for; the fence itself stands for `FENCE_MS`. */
const START_WITHIN_MS = 5_000;
/** A write relies on a live read at most this old. */
const LIVE_READ_MAX_AGE_MS = 10_000;
/** One write a second and account, whatever the rules ask and however many processes send. */
const PACE_MS = 1_000;
/** More waits than a busy account can ask for; the change then stays for the next run. */
const MAX_PACE_WAITS = 20;

/** `tooSoon`: the sends named `after` were less than `PACE_MS` ago. */
type Attempt = { kind: "done"; error: unknown } | { kind: "tooSoon"; after: readonly string[] };

const DONE: Attempt = { kind: "done", error: null };

/**
 * Sends one intended change: live read, fence, one call, read back. Returns a PlatformError when the platform could not be
 * read (nothing was sent); every other end is in the log.
 */
export async function sendChange(ports: LoopPorts, config: BrandConfig, changeId: string): Promise<unknown> {
  // Each send is waited for once, and one wait is for all: a clock that stands still, as a sandbox's does, never shows that the
  // second has passed.
  const waitedFor = new Set<string>();
  for (let waits = 0; waits < MAX_PACE_WAITS; waits += 1) {
    const attempt = await trySending(ports, config, changeId, waitedFor);
    if (attempt.kind === "done") return attempt.error;
    for (const send of attempt.after) waitedFor.add(send);
    await ports.clock.wait(PACE_MS);
  }
  return null;
}

async function trySending(
  ports: LoopPorts,
  config: BrandConfig,
  changeId: string,
  waitedFor: ReadonlySet<string>,
): Promise<Attempt> {
  const state = await ports.log.state(config.brand.id);
  const intent = openIntent(state, changeId);
  const planHash = intent === null ? null : (state.rounds[intent.roundId]?.planHash ?? null);
  if (intent === null || planHash === null) return DONE;
  const { change } = intent;
  const grounds = await loadGrounds(ports, config, state, { planHash, change });
  const atMs = await ports.clock.nowMs();
  // Asked before the read as well, so that no call goes to an account that is not the brand's any more.
  const refusal = refusalOf(intent, { config, grounds, state, stops: await ports.stops(), atMs });
  if (refusal !== null) return await drop(ports, config, change, null, refusal);
  ports.onProgress({ kind: "step", step: "send", subject: change.name });
  try {
    const platform = await ports.platform(change.target.platform);
    const readAtMs = ports.clock.monotonicMs();
    const live = await platform.readHolder(change.target);
    if (!isAsPlanned(live, change.edit)) return await supersede(ports, config, change, live);
    const preflight = await platform.preflight(change.target, change.edit, live);
    if (preflight.kind === "refused") {
      return await drop(ports, config, change, null, platformSays("loop.wouldBeRefused", preflight));
    }
    // Too old before the fence already: the next run reads again, and no send is used up.
    if (isStale(ports, readAtMs)) return DONE;
    const fenced = await fence(ports, config, grounds, intent, waitedFor);
    if (fenced.kind !== "sent") return fenced;
    if (await isTooLate(ports, fenced, readAtMs)) {
      return await giveUp(ports, config, changeId, message("loop.tooSlow"));
    }
    return await call(ports, config, platform, change, live);
  } catch (error) {
    if (error instanceof PlatformError) return { kind: "done", error };
    throw error;
  }
}

function openIntent(state: BrandState, changeId: string): Intent | null {
  const intent = state.intents[changeId];
  return intent?.status === "intended" || intent?.status === "notSent" ? intent : null;
}

/**
 * A paused budget is not raised or cut: somebody took it out of delivery since the plan. And what was paused starts again with the
 * very budget that was agreed to: another one in its place would pass every limit unseen.
 */
function isAsPlanned(live: LiveHolder, edit: Edit): boolean {
  if (!holds(live, edit, "from")) return false;
  if (edit.kind === "dailyBudget") return live.status === "active";
  return edit.to === "paused" || live.dailyBudgetMicros === edit.budgetMicros;
}

/** A person or another tool changed the budget meanwhile: it is left alone. */
async function supersede(
  ports: LoopPorts,
  config: BrandConfig,
  change: Change,
  live: LiveHolder,
): Promise<Attempt> {
  const reason = message("loop.changedMeanwhile", liveFigures(live));
  return await drop(ports, config, change, actualEdit(live, change.edit), reason);
}

/** Closes a change that will not be sent any more. */
async function drop(
  ports: LoopPorts,
  config: BrandConfig,
  { id: changeId }: Change,
  actual: Edit | null,
  reason: Message,
): Promise<Attempt> {
  const atMs = await ports.clock.nowMs();
  await ports.log.append(config.brand.id, (state) =>
    openIntent(state, changeId) === null
      ? null
      : [{ type: "changeSuperseded", v: 1, atMs, changeId, actual, reason }],
  );
  return DONE;
}

interface Circumstances {
  config: BrandConfig;
  grounds: Grounds;
  state: BrandState;
  stops: Awaited<ReturnType<LoopPorts["stops"]>>;
  atMs: number;
}

/** Why the change may not be sent any more, by the log, the stops and the brand file as they are now; null when it may. */
function refusalOf(intent: Intent, { config, grounds, state, stops, atMs }: Circumstances): Message | null {
  if (intent.sends >= MAX_SENDS) return message("loop.sendsUsedUp", { sends: figure(MAX_SENDS, "count") });
  if (!isStillAllowed(intent, state, atMs)) return message("loop.tooLate");
  const { change } = intent;
  const { brand, ruleset } = config;
  const checked = recheckChange({ change, ...grounds, brand, ruleset, state, stops, nowMs: atMs });
  return checked.ok ? null : checked.reason;
}

interface Fence {
  kind: "sent";
  /** From before the append on: the call must start before another process could believe that it no longer will. */
  askedAtMonotonicMs: number;
  sendBeforeMs: number;
}

/** Appends the fence, if every limit and stop still allows the change and the account was not written to just now. */
async function fence(
  ports: LoopPorts,
  config: BrandConfig,
  grounds: Grounds,
  { change }: Intent,
  waitedFor: ReadonlySet<string>,
): Promise<Fence | Attempt> {
  const stops = await ports.stops();
  const atMs = await ports.clock.nowMs();
  const askedAtMonotonicMs = ports.clock.monotonicMs();
  const sendBeforeMs = atMs + FENCE_MS;
  let after: readonly string[] = [];
  const appended = await ports.log.append(config.brand.id, (state): LogEvent[] | null => {
    const intent = openIntent(state, change.id);
    after = intent === null ? [] : sendsJustBefore(state, change, atMs, waitedFor);
    if (intent === null || after.length > 0 || isInTrouble(state, change.target)) return null;
    const refusal = refusalOf(intent, { config, grounds, state, stops, atMs });
    if (refusal !== null)
      return [{ type: "changeSuperseded", v: 1, atMs, changeId: change.id, actual: null, reason: refusal }];
    const { writerId } = ports.log;
    const attempt = intent.sends + 1;
    return [{ type: "changeSent", v: 1, atMs, changeId: change.id, attempt, writerId, sendBeforeMs }];
  });
  if (after.length > 0) return { kind: "tooSoon", after };
  const sent = appended?.events.some((event) => event.type === "changeSent") ?? false;
  return sent ? { kind: "sent", askedAtMonotonicMs, sendBeforeMs } : DONE;
}

/** Sends in the same account less than `PACE_MS` before `atMs`, by whatever process, that were not waited for yet. */
function sendsJustBefore(
  state: BrandState,
  { target }: Change,
  atMs: number,
  waitedFor: ReadonlySet<string>,
): string[] {
  const account = accountKey(target);
  return Object.values(state.intents)
    .filter(
      ({ change, sendBeforeMs }) =>
        sendBeforeMs !== null &&
        accountKey(change.target) === account &&
        atMs < sendBeforeMs - FENCE_MS + PACE_MS,
    )
    .map(({ change, sends }) => sendName(change, sends))
    .filter((name) => !waitedFor.has(name));
}

function sendName({ id }: Change, sends: number): string {
  return `${id}#${sends}`;
}

/**
 * Whether the call may not start any more. The world's clock is asked as well: a machine that slept does not count those
 * seconds on its monotonic one, and others may judge the attempt by the world's.
 */
async function isTooLate(ports: LoopPorts, fenced: Fence, readAtMs: number): Promise<boolean> {
  if ((await ports.clock.nowMs()) >= fenced.sendBeforeMs) return true;
  const waitedMs = ports.clock.monotonicMs() - fenced.askedAtMonotonicMs;
  return waitedMs > START_WITHIN_MS || isStale(ports, readAtMs);
}

function isStale(ports: LoopPorts, readAtMs: number): boolean {
  return ports.clock.monotonicMs() - readAtMs > LIVE_READ_MAX_AGE_MS;
}

async function giveUp(
  ports: LoopPorts,
  config: BrandConfig,
  changeId: string,
  reason: Message,
): Promise<Attempt> {
  const atMs = await ports.clock.nowMs();
  await ports.log.append(config.brand.id, (state) =>
    state.intents[changeId]?.status === "sent"
      ? [{ type: "changeNotSent", v: 1, atMs, changeId, reason }]
      : null,
  );
  return DONE;
}

async function call(
  ports: LoopPorts,
  config: BrandConfig,
  platform: Platform,
  change: Change,
  live: LiveHolder,
): Promise<Attempt> {
  const outcome = await platform.write(change.target, change.edit, live);
  if (outcome.kind === "refused") {
    const atMs = await ports.clock.nowMs();
    const reason = platformSays("loop.platformRefused", outcome);
    await ports.log.append(config.brand.id, (state) =>
      state.intents[change.id]?.status === "sent"
        ? [{ type: "changeNotApplied", v: 1, atMs, changeId: change.id, reason }]
        : null,
    );
  } else {
    await settleFromRead(ports, config, change.id, outcome.kind === "applied" ? "answered" : "unanswered");
  }
  await ports.clock.wait(PACE_MS);
  return DONE;
}

function platformSays(
  key: "loop.platformRefused" | "loop.wouldBeRefused",
  { code, detail }: { code: string; detail: string },
): Message {
  return message(key, { code: figure(code, "text"), detail: figure(detail, "text") });
}
