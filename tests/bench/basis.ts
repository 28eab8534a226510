/**
 * What the model rests on. MEASURED is rounded from `npm run bench -- measure` and committed, so that the model comes out the same
 * everywhere; ASSUMED is what a machine without AWS and without accounts cannot measure.
 */
import type { Use } from "./meters.ts";

export const MEASURED_ON =
  "2026-11-22, node 24.21.0, one core of an x86-64 server, the example brand (2 accounts, 29 budgets)";

export const MEASURED = {
  /** The night's run of `observe`, after some nights. */
  night: aUse({
    cpuMs: 165,
    tableCalls: 38,
    readUnits: 36,
    writeUnits: 14,
    tableBytes: 7_300,
    blobPuts: 6,
    blobGets: 13,
    blobBytes: 700_000,
    logLines: 6,
  }),
  /** A run of `observe` that finds nothing to do. */
  idle: aUse({ cpuMs: 12, tableCalls: 6, readUnits: 18, blobGets: 1 }),
  /** A run of `apply` that makes one change. */
  change: aUse({
    cpuMs: 30,
    tableCalls: 17,
    readUnits: 25,
    writeUnits: 4,
    tableBytes: 1_750,
    blobGets: 3,
    logLines: 1,
  }),
  /** The run of `observe` after it, which shows on the card what became of it. */
  told: aUse({ cpuMs: 22, tableCalls: 17, readUnits: 25, writeUnits: 5, tableBytes: 1_900, blobGets: 3 }),
  /** Requests of a night's reading. */
  requests: { meta: 9, google: 8 },
  rowBytes: 320,
  sdk: { thousandRowsMs: 10, tableCallMs: 0.35, blobPutMs: 1.3, wakeRequestMs: 0.45 },
} as const;

export const ASSUMED = {
  /** Changes that people approve, each by itself between 08:00 and 11:00, so that each has a run of its own. */
  changesPerNight: 3,
  /** The night's own and the digest; a busy night has a page or two more. */
  messagesPerNight: 2,
  /** Lambda's processors against the one measured on. */
  slowdown: 1.5,
  /** Memory with which Lambda gives one whole processor. Source: AWS Lambda Developer Guide, memory. */
  mbPerProcessor: 1_769,
  /** Round trips. A platform's reports take most of a night's run. */
  metaReadMs: 2_000,
  googleReadMs: 1_000,
  platformCallMs: 800,
  slackCallMs: 400,
  tableMs: 6,
  tablePageMs: 40,
  blobMs: 40,
  queueMs: 20,
  /** From nothing to a container with its SDKs loaded. */
  coldStartMs: 1_200,
  /** Live read, question whether it would be taken, write, read back; each is an operation of Google's quota. */
  callsPerChange: 4,
  /** One write a second and account. */
  paceMs: 1_000,
  logLineBytes: 400,
  /** What Lambda itself writes at start and end, and the metrics of a run. */
  logBytesPerRun: 1_200,
  /** Deliveries without a message: five pollers of 20 s for each queue. Source: AWS Lambda Developer Guide, SQS polling. */
  emptyReceivesPerDay: 2 * 5 * 3 * 1_440,
  daysPerMonth: 30,
  /** Storage is what has gathered after a year; it grows by the same each year. */
  monthsKept: 12,
} as const;

/** Of the stack: `infra/constructs` and `infra/alarms.ts`. */
export const STACK = {
  tickMb: 256,
  runMb: 1_024,
  secrets: 6,
  keys: 2,
  dashboards: 1,
  /** Counted by tick, observe and apply. */
  metrics: 23,
} as const;

/** Limits of others. Source: Google Ads API quotas; DynamoDB and Lambda quotas; Meta, business use case limits for insights. */
export const LIMITS = {
  googleBasicPerDay: 15_000,
  metaInsightsPointsPerHour: 190_000,
  partitionWritesPerSecond: 1_000,
  partitionReadsPerSecond: 3_000,
  tickTimeoutMs: 50_000,
  /** An account's own, less what Palier reserves and what AWS wants left. */
  lambdaConcurrency: 876,
} as const;

function aUse(given: Partial<Use>): Use {
  const none = { cpuMs: 0, tableCalls: 0, readUnits: 0, writeUnits: 0, tableBytes: 0 };
  return { ...none, blobPuts: 0, blobGets: 0, blobBytes: 0, wakeUps: 0, logLines: 0, ...given };
}
