/**
 * Tells the desk one thing. The attempt is in the log before the call, and the channel's name for the message after it: whoever
 * finds an attempt without that looks for the message before posting it again, so that none is lost and none is doubled.
 */
import type { Messenger } from "../../domain/messenger.ts";
import type { BrandState, PostedMessage } from "../../domain/state.ts";
import { LogError, StoreError } from "../../log/errors.ts";
import type { BrandConfig, LoopPorts } from "../ports.ts";
import { contentMaker } from "./contents.ts";
import { type DeskMessage, dueMessages, dueNotice } from "./due-messages.ts";

/** Far longer than a call may take: whoever comes after it finds whatever it did. */
const LEASE_MS = 60_000;
/** A process that slept longer after its attempt was recorded does not call any more. */
const START_WITHIN_MS = 20_000;

/** Returns what kept the message from being told, for a later try; nothing about one message may keep others from anything. */
export async function tellMessage(ports: LoopPorts, config: BrandConfig, key: string): Promise<unknown> {
  const { messenger } = ports;
  if (messenger === null) return null;
  try {
    await tell(ports, messenger, config, key);
    return null;
  } catch (error) {
    // Where nothing can be recorded, nothing may be done at all.
    if (error instanceof LogError || error instanceof StoreError) throw error;
    return error;
  }
}

async function tell(ports: LoopPorts, messenger: Messenger, config: BrandConfig, key: string): Promise<void> {
  const { log, clock } = ports;
  const brand = config.brand.id;
  const due = dueByKey(config, await log.state(brand), key, await clock.nowMs());
  if (due === null) return;
  const contentOf = await contentMaker(ports, config, due);
  const askedAtMs = clock.monotonicMs();
  const attempt = await begin(ports, config, key);
  if (attempt === null) return;
  const { message, state, atMs, before } = attempt;
  const content = contentOf(state, atMs);
  const { channel, thread, digest: shown } = message;
  const isTooLate = () => clock.monotonicMs() - askedAtMs > START_WITHIN_MS;
  if (isTooLate()) return;
  if (before !== null && before.ts !== null) {
    await messenger.update(channel, before.ts, content);
    await recordUpdate(ports, brand, attempt, shown);
    return;
  }
  const found = before === null ? null : await messenger.find(channel, key, before.firstAtMs, thread);
  if (isTooLate()) return;
  // What was found says what it said then.
  if (found !== null) await messenger.update(channel, found, content);
  const ts = found ?? (await messenger.post(channel, content, thread));
  await recordPost(ports, brand, key, { ts, shown });
}

interface Attempt {
  message: DeskMessage;
  /** The state that says what is to be shown: the attempt's own. */
  state: BrandState;
  atMs: number;
  /** How the message stood before; null where it was never begun. */
  before: PostedMessage | null;
}

/** Null once somebody else told it, is about to, or nothing has to be told any more. */
async function begin({ log, clock }: LoopPorts, config: BrandConfig, key: string): Promise<Attempt | null> {
  const atMs = await clock.nowMs();
  let due: DeskMessage | null = null;
  let before: PostedMessage | null = null;
  const appended = await log.append(config.brand.id, (state) => {
    due = dueByKey(config, state, key, atMs);
    before = state.messages[key] ?? null;
    if (due === null) return null;
    const { channel } = due;
    const { writerId } = log;
    return [{ type: "messageAttempted", v: 1, atMs, key, channel, writerId, untilMs: atMs + LEASE_MS }];
  });
  if (appended === null || due === null) return null;
  return { message: due, state: appended.state, atMs, before };
}

function dueByKey({ brand }: BrandConfig, state: BrandState, key: string, nowMs: number): DeskMessage | null {
  const notices = Object.values(state.rounds).map(({ roundId }) => dueNotice(brand, state, roundId, nowMs));
  const due = [...dueMessages(brand, state, nowMs), ...notices];
  return due.find((one) => one?.key === key) ?? null;
}

async function recordPost(
  { log, clock }: LoopPorts,
  brand: string,
  key: string,
  { ts, shown }: { ts: string; shown: string },
): Promise<void> {
  const atMs = await clock.nowMs();
  await log.append(brand, (state) =>
    state.messages[key]?.ts === null ? [{ type: "messagePosted", v: 1, atMs, key, ts, shown }] : null,
  );
}

/** Not after somebody else began to change it: what stands there now is theirs to say. */
async function recordUpdate(
  { log, clock }: LoopPorts,
  brand: string,
  { message: { key }, atMs: attemptedAtMs }: Attempt,
  shown: string,
): Promise<void> {
  const atMs = await clock.nowMs();
  await log.append(brand, (state) => {
    const attempt = state.messages[key]?.attempt;
    const ours = attempt?.writerId === log.writerId && attempt.atMs === attemptedAtMs;
    return ours ? [{ type: "messageUpdated", v: 1, atMs, key, shown }] : null;
  });
}
