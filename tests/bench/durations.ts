/** How long runs and ticks take on Lambda, by the basis: processor time on the given memory, and round trips. */
import { ASSUMED, MEASURED, STACK } from "./basis.ts";
import type { Use } from "./meters.ts";

const PAGE_BYTES = 1_048_576;
const WAKES_A_REQUEST = 10;
/** As `lib/lanes/sqs.ts` sends them. */
const REQUESTS_AT_ONCE = 20;

export const RUN_MS = {
  night: runMs(
    MEASURED.night,
    MEASURED.requests.meta * ASSUMED.metaReadMs +
      MEASURED.requests.google * ASSUMED.googleReadMs +
      ASSUMED.messagesPerNight * ASSUMED.slackCallMs,
  ),
  idle: runMs(MEASURED.idle, 0),
  change: runMs(MEASURED.change, ASSUMED.callsPerChange * ASSUMED.platformCallMs + ASSUMED.paceMs),
  told: runMs(MEASURED.told, ASSUMED.slackCallMs),
} as const;

export function wakeRequests(wakes: number): number {
  return Math.ceil(wakes / WAKES_A_REQUEST);
}

export function tickMs(rows: number, requests: number): number {
  const { thousandRowsMs, wakeRequestMs, tableCallMs } = MEASURED.sdk;
  const cpuMs = (rows / 1_000) * thousandRowsMs + requests * wakeRequestMs + 2 * tableCallMs;
  const pages = Math.max(1, Math.ceil((rows * MEASURED.rowBytes) / PAGE_BYTES));
  const waitedMs = pages * ASSUMED.tablePageMs + Math.ceil(requests / REQUESTS_AT_ONCE) * ASSUMED.queueMs;
  return cpuMs * processorFactor(STACK.tickMb) + waitedMs;
}

function runMs({ cpuMs, tableCalls, blobPuts, blobGets }: Use, platformMs: number): number {
  const blobCalls = blobPuts + blobGets;
  const { tableCallMs, blobPutMs } = MEASURED.sdk;
  const processorMs = cpuMs + tableCalls * tableCallMs + blobCalls * blobPutMs;
  const waitedMs = tableCalls * ASSUMED.tableMs + blobCalls * ASSUMED.blobMs + platformMs;
  return processorMs * processorFactor(STACK.runMb) + waitedMs;
}

function processorFactor(memoryMb: number): number {
  return ASSUMED.slowdown * Math.max(1, ASSUMED.mbPerProcessor / memoryMb);
}
