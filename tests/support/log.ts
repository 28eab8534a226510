/** Builders for the log: events, a log over the memory store, and the story of one change from round to confirmation. */
import type { Change } from "../../lib/domain/change.ts";
import type { Desk } from "../../lib/domain/desk.ts";
import type { BrandState, Proposal } from "../../lib/domain/state.ts";
import type { Appended } from "../../lib/log/append.ts";
import type { CheckpointStore } from "../../lib/log/checkpoint.ts";
import type { LogEvent, LogEventOf } from "../../lib/log/events.ts";
import type { Head, HeadStore } from "../../lib/log/heads.ts";
import { type Log, type LogDeps, openLog } from "../../lib/log/log.ts";
import { memoryStore } from "../../lib/log/memory-store.ts";
import { packTables } from "../../lib/log/remembered.ts";

export const BRAND = "atelier-lune";
const DAY = "2026-03-11";
export const ROUND_ID = "atelier-lune/2026-03-11/night";
export const CHANGE_ID = "atelier-lune-20260311-1";

/** 2026-03-11 04:10 in Paris. */
export const NIGHT_MS = 1773198600000;
export const EXPIRES_AT_MS = NIGHT_MS + 43_200_000;

export const SNAPSHOT_HASH = "a".repeat(64);
export const PLAN_HASH = "b".repeat(64);
export const RULE_HASH = "c".repeat(64);

export function aChange(over: Partial<Change> = {}): Change {
  return {
    id: CHANGE_ID,
    holderKey: "meta/1001/adGroup/77",
    target: { platform: "meta", accountId: "1001", level: "adGroup", id: "77" },
    name: "PROS broad",
    stage: "prospecting",
    currency: "EUR",
    edit: { kind: "dailyBudget", fromMicros: 100_000_000n, toMicros: 120_000_000n },
    ruleId: "raise-proven",
    pack: "roads",
    owner: "lea",
    ...over,
  };
}

/** lea may do everything, eva and marc approve, tom only looks. */
export function aDesk(over: Partial<Desk> = {}): Desk {
  const unlimited = { raiseLimitMicros: null, dailyRaiseLimitMicros: null };
  return {
    brandName: "Atelier Lune",
    language: "en",
    currency: "EUR",
    zone: "Europe/Paris",
    people: [
      { name: "lea", slack: "U0LEA", role: "owner", ...unlimited },
      { name: "eva", slack: "U0EVA", role: "approver", ...unlimited },
      { name: "marc", slack: null, role: "approver", ...unlimited },
      { name: "tom", slack: "U0TOM", role: "viewer", ...unlimited },
    ],
    slack: { team: "T0LUNE", app: "A0PALIER", channel: "C0LUNE" },
    fourEyesAboveMicros: null,
    approvalsPerHour: 60,
    restoreDays: 7,
    restoredRuleDays: 14,
    ...over,
  };
}

/** An open proposal of the plan, as the fold of `planned()` leaves it. */
export function aProposal(over: Partial<Proposal> = {}): Proposal {
  const change = over.change ?? aChange();
  return {
    change,
    kind: "planned",
    origin: change.id,
    madeBy: null,
    approvals: [],
    roundId: ROUND_ID,
    planHash: PLAN_HASH,
    status: "open",
    expiresAtMs: EXPIRES_AT_MS,
    decidedBy: null,
    decidedAtMs: null,
    reason: null,
    ...over,
  };
}

export function roundStarted(over: Partial<LogEventOf<"roundStarted">> = {}): LogEvent {
  return { type: "roundStarted", v: 1, atMs: NIGHT_MS, roundId: ROUND_ID, day: DAY, slot: "night", ...over };
}

export function accountFetched(over: Partial<LogEventOf<"accountFetched">> = {}): LogEvent {
  const account = { platform: "meta", accountId: "1001" };
  const blobHash = "d".repeat(64);
  return {
    type: "accountFetched",
    v: 1,
    atMs: NIGHT_MS,
    roundId: ROUND_ID,
    account,
    blobHash,
    requests: 7,
    ...over,
  };
}

export function accountFailed(over: Partial<LogEventOf<"accountFailed">> = {}): LogEvent {
  const account = { platform: "meta", accountId: "1001" };
  const reason = { key: "fetch.throttled", values: {} };
  return { type: "accountFailed", v: 1, atMs: NIGHT_MS, roundId: ROUND_ID, account, reason, ...over };
}

export function snapshotSealed(over: Partial<LogEventOf<"snapshotSealed">> = {}): LogEvent {
  const event = { roundId: ROUND_ID, snapshotHash: SNAPSHOT_HASH, missing: [] };
  return { type: "snapshotSealed", v: 1, atMs: NIGHT_MS, ...event, ...over };
}

export function planned(over: Partial<LogEventOf<"planned">> = {}): LogEventOf<"planned"> {
  return {
    type: "planned",
    v: 1,
    atMs: NIGHT_MS,
    roundId: ROUND_ID,
    planHash: PLAN_HASH,
    inputs: {
      brand: "1".repeat(64),
      rules: "2".repeat(64),
      snapshot: SNAPSHOT_HASH,
      state: "3".repeat(64),
    },
    engineVersion: "1",
    ruleHashes: [RULE_HASH],
    refused: null,
    proposed: [aChange()],
    auto: [],
    expiresAtMs: EXPIRES_AT_MS,
    ...over,
  };
}

/** Nothing stands after the night. */
export function rulesRemembered(over: Partial<LogEventOf<"rulesRemembered">> = {}): LogEvent {
  const tables = packTables({ streaks: {}, told: {}, holds: {} });
  const event = { roundId: ROUND_ID, tables, scopes: {}, pausesOver: [], channels: [] };
  return { type: "rulesRemembered", v: 1, atMs: NIGHT_MS, ...event, ...over };
}

export function proposalApproved(over: Partial<LogEventOf<"proposalApproved">> = {}): LogEvent {
  return { type: "proposalApproved", v: 1, atMs: NIGHT_MS + 60_000, changeId: CHANGE_ID, by: "lea", ...over };
}

export function proposalRejected(over: Partial<LogEventOf<"proposalRejected">> = {}): LogEvent {
  const event = { changeId: CHANGE_ID, by: "lea", reason: "sale next week" };
  return { type: "proposalRejected", v: 1, atMs: NIGHT_MS + 60_000, ...event, ...over };
}

export function proposalExpired(over: Partial<LogEventOf<"proposalExpired">> = {}): LogEvent {
  return { type: "proposalExpired", v: 1, atMs: EXPIRES_AT_MS, changeId: CHANGE_ID, ...over };
}

export function proposalSuperseded(over: Partial<LogEventOf<"proposalSuperseded">> = {}): LogEvent {
  const reason = { key: "superseded.budgetChanged", values: {} };
  return { type: "proposalSuperseded", v: 1, atMs: NIGHT_MS + 60_000, changeId: CHANGE_ID, reason, ...over };
}

export function changeIntended(over: Partial<LogEventOf<"changeIntended">> = {}): LogEvent {
  const event = { roundId: ROUND_ID, change: aChange(), planHash: PLAN_HASH, allowedBy: "approval:lea" };
  return { type: "changeIntended", v: 1, atMs: NIGHT_MS + 61_000, ...event, ...over };
}

export function changeSent(over: Partial<LogEventOf<"changeSent">> = {}): LogEvent {
  const event = { changeId: CHANGE_ID, attempt: 1, writerId: "w1", sendBeforeMs: NIGHT_MS + 72_000 };
  return { type: "changeSent", v: 1, atMs: NIGHT_MS + 62_000, ...event, ...over };
}

export function changeAnswered(over: Partial<LogEventOf<"changeAnswered">> = {}): LogEvent {
  return { type: "changeAnswered", v: 1, atMs: NIGHT_MS + 63_000, changeId: CHANGE_ID, ...over };
}

export function changeNotSent(over: Partial<LogEventOf<"changeNotSent">> = {}): LogEvent {
  const reason = { key: "notSent.tooLate", values: {} };
  return { type: "changeNotSent", v: 1, atMs: NIGHT_MS + 68_000, changeId: CHANGE_ID, reason, ...over };
}

export function changeSuperseded(over: Partial<LogEventOf<"changeSuperseded">> = {}): LogEvent {
  const reason = { key: "superseded.budgetChanged", values: {} };
  const actual = { kind: "dailyBudget" as const, fromMicros: 100_000_000n, toMicros: 90_000_000n };
  return {
    type: "changeSuperseded",
    v: 1,
    atMs: NIGHT_MS + 62_000,
    changeId: CHANGE_ID,
    actual,
    reason,
    ...over,
  };
}

export function changeConfirmed(over: Partial<LogEventOf<"changeConfirmed">> = {}): LogEvent {
  return { type: "changeConfirmed", v: 1, atMs: NIGHT_MS + 64_000, changeId: CHANGE_ID, ...over };
}

export function changeNotApplied(over: Partial<LogEventOf<"changeNotApplied">> = {}): LogEvent {
  const reason = { key: "notApplied.refused", values: {} };
  return { type: "changeNotApplied", v: 1, atMs: NIGHT_MS + 64_000, changeId: CHANGE_ID, reason, ...over };
}

export function changeDiverged(over: Partial<LogEventOf<"changeDiverged">> = {}): LogEvent {
  const reason = { key: "diverged.other", values: {} };
  const actual = { kind: "dailyBudget" as const, fromMicros: 100_000_000n, toMicros: 110_000_000n };
  return {
    type: "changeDiverged",
    v: 1,
    atMs: NIGHT_MS + 64_000,
    changeId: CHANGE_ID,
    actual,
    reason,
    ...over,
  };
}

export function stopped(over: Partial<LogEventOf<"stopped">> = {}): LogEvent {
  return { type: "stopped", v: 1, atMs: NIGHT_MS + 50_000, by: "lea", reason: "looks odd", ...over };
}

export function resumed(over: Partial<LogEventOf<"resumed">> = {}): LogEvent {
  return { type: "resumed", v: 1, atMs: NIGHT_MS + 55_000, by: "lea", ...over };
}

/** One change from its round to its confirmation: one list of events per entry, seven entries. */
export const STORY: readonly (readonly LogEvent[])[] = [
  [roundStarted()],
  [accountFetched(), snapshotSealed()],
  [planned()],
  [proposalApproved()],
  [changeIntended()],
  [changeSent()],
  [changeConfirmed()],
];

export function memoryHeads(): HeadStore & { heads: Map<string, Head> } {
  const heads = new Map<string, Head>();
  return {
    heads,
    get: async (brand) => heads.get(brand) ?? null,
    async advance(brand, head) {
      if (head.position > (heads.get(brand)?.position ?? 0)) heads.set(brand, head);
    },
  };
}

export function memoryCheckpoints(): CheckpointStore & { texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    get: async (brand) => texts.get(brand) ?? null,
    async put(brand, text) {
      texts.set(brand, text);
    },
  };
}

/** A log on the memory store with counted ids, a standing clock and no waiting; `over` replaces any part. */
export function aLog(over: Partial<LogDeps> = {}): Log {
  const writerId = over.writerId ?? "w1";
  let entries = 0;
  return openLog({
    store: memoryStore(),
    heads: memoryHeads(),
    checkpoints: memoryCheckpoints(),
    writerId,
    newEntryId: () => {
      entries += 1;
      return `${writerId}-${entries}`;
    },
    nowMs: () => NIGHT_MS,
    random: () => 0,
    sleep: async () => {},
    ...over,
  });
}

/** Appends one entry per list of events and returns the last state. */
export async function appendAll(
  log: Log,
  entries: readonly (readonly LogEvent[])[],
  brand = BRAND,
): Promise<BrandState> {
  let appended: Appended | null = null;
  for (const events of entries) appended = await log.append(brand, () => events);
  return appended?.state ?? log.state(brand);
}
