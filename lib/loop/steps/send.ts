import type { Change, Edit } from "../../domain/change.ts";
import { figure, type Message, message } from "../../domain/figure.ts";
import type { LogEvent } from "../../log/events.ts";
import { MAX_SENDS } from "../../log/fold-changes.ts";
import { stopFor } from "../../planner/stops.ts";
import { PlatformError } from "../../platforms/errors.ts";
import type { LiveHolder, Platform } from "../../platforms/port.ts";
import { isStillAllowed } from "../freshness.ts";
import { actualEdit, holds, liveFigures } from "../live.ts";
import type { BrandConfig, LoopPorts } from "../ports.ts";
import { settleFromRead } from "./reconcile.ts";

/** The call may start this long after the fence was asked for; the fence itself stands for `FENCE_MS`. */
const START_WITHIN_MS = 5_000;
const FENCE_MS = 10_000;
/** A write relies on a live read at most this old. */
const LIVE_READ_MAX_AGE_MS = 10_000;
/** One write a second and account, whatever the rules ask. */
const PACE_MS = 1_000;

/**
 * Sends one intended change: live read, fence, one call, read back. Returns a PlatformError when the platform could not be
 * read (nothing was sent); every other end is in the log.
 */
export async function sendChange(ports: LoopPorts, config: BrandConfig, changeId: string): Promise<unknown> {
  const state = await ports.log.state(config.brand.id);
  const intent = state.intents[changeId];
  if (intent === undefined || (intent.status !== "intended" && intent.status !== "notSent")) return null;
  const { change } = intent;
  if (!isStillAllowed(intent, state, await ports.clock.nowMs())) {
    return await drop(ports, config, change, null, message("loop.tooLate"));
  }
  ports.onProgress({ kind: "step", step: "send", subject: change.name });
  try {
    const platform = await ports.platform(change.target.platform);
    const readAtMs = ports.clock.monotonicMs();
    const live = await platform.readHolder(change.target);
    if (!holds(live, change.edit, "from")) return await supersede(ports, config, change, live);
    const fenced = await fence(ports, config, change, intent.sends + 1);
    if (fenced === null) return null;
    if (fenced.waitedMs > START_WITHIN_MS || ports.clock.monotonicMs() - readAtMs > LIVE_READ_MAX_AGE_MS) {
      return await giveUp(ports, config, changeId, message("loop.tooSlow"));
    }
    return await call(ports, config, platform, change);
  } catch (error) {
    if (error instanceof PlatformError) return error;
    throw error;
  }
}

/** A person or another tool changed the budget meanwhile: it is left alone. */
async function supersede(
  ports: LoopPorts,
  config: BrandConfig,
  change: Change,
  live: LiveHolder,
): Promise<null> {
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
): Promise<null> {
  const atMs = await ports.clock.nowMs();
  await ports.log.append(config.brand.id, (state) => {
    const status = state.intents[changeId]?.status;
    const open = status === "intended" || status === "notSent";
    return open ? [{ type: "changeSuperseded", v: 1, atMs, changeId, actual, reason }] : null;
  });
  return null;
}

/**
 * Appends the fence, if no stop forbids it. `waitedMs` counts from before the append: the call must start before another
 * process could believe that it no longer will. Null when the change is not to be sent now.
 */
async function fence(
  ports: LoopPorts,
  config: BrandConfig,
  change: Change,
  attempt: number,
): Promise<{ waitedMs: number } | null> {
  const stops = await ports.stops();
  const startedMs = ports.clock.monotonicMs();
  const atMs = await ports.clock.nowMs();
  const appended = await ports.log.append(config.brand.id, (state): LogEvent[] | null => {
    const intent = state.intents[change.id];
    if (intent === undefined || (intent.status !== "intended" && intent.status !== "notSent")) return null;
    const stop = stopFor(change.target, state, stops);
    if (stop !== null || intent.sends >= MAX_SENDS) {
      const reason = stop ?? message("loop.sendsUsedUp", { sends: figure(MAX_SENDS, "count") });
      return [{ type: "changeSuperseded", v: 1, atMs, changeId: change.id, actual: null, reason }];
    }
    const { writerId } = ports.log;
    const sendBeforeMs = atMs + FENCE_MS;
    return [{ type: "changeSent", v: 1, atMs, changeId: change.id, attempt, writerId, sendBeforeMs }];
  });
  const sent = appended?.events.some((event) => event.type === "changeSent") ?? false;
  return sent ? { waitedMs: ports.clock.monotonicMs() - startedMs } : null;
}

async function giveUp(
  ports: LoopPorts,
  config: BrandConfig,
  changeId: string,
  reason: Message,
): Promise<null> {
  const atMs = await ports.clock.nowMs();
  await ports.log.append(config.brand.id, (state) =>
    state.intents[changeId]?.status === "sent"
      ? [{ type: "changeNotSent", v: 1, atMs, changeId, reason }]
      : null,
  );
  return null;
}

async function call(
  ports: LoopPorts,
  config: BrandConfig,
  platform: Platform,
  change: Change,
): Promise<null> {
  const outcome = await platform.write(change.target, change.edit);
  if (outcome.kind === "refused") {
    const atMs = await ports.clock.nowMs();
    const reason = message("loop.platformRefused", {
      code: figure(outcome.code, "text"),
      detail: figure(outcome.detail, "text"),
    });
    await ports.log.append(config.brand.id, (state) =>
      state.intents[change.id]?.status === "sent"
        ? [{ type: "changeNotApplied", v: 1, atMs, changeId: change.id, reason }]
        : null,
    );
  } else {
    await settleFromRead(ports, config, change.id, outcome.kind === "applied" ? "answered" : "unanswered");
  }
  await ports.clock.wait(PACE_MS);
  return null;
}
