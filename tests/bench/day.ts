/**
 * One day of many brands on virtual time: the real `tick` over summary rows, the modelled queues, and runs that take as long as the
 * basis says. All brands share one zone, which is the worst case for the night window.
 */
import { brandOf, messageText } from "../../lib/lanes/message.ts";
import type { Lane } from "../../lib/lanes/port.ts";
import type { BrandSummary } from "../../lib/log/store.ts";
import { tick } from "../../lib/loop/tick.ts";
import { type FifoQueue, fifoQueue } from "../support/queue/fifo.ts";
import { type Fed, FUNCTION_RULES, feed, type Handler } from "../support/queue/function.ts";
import { type VirtualTime, virtualTime } from "../support/queue/time.ts";
import { type Draws, drawsOf } from "../support/simulation/draws.ts";
import { ASSUMED } from "./basis.ts";
import { RUN_MS, tickMs, wakeRequests } from "./durations.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 04:00 in Paris on 2026-03-11. */
const START_MS = 1_773_198_000_000;
const NIGHT_FROM_MS = START_MS + 5 * MINUTE_MS;
const NIGHT_TO_MS = START_MS + 2 * HOUR_MS;
const TONIGHT = "2026-03-11";
const PROPOSAL_MS = 12 * HOUR_MS;
const APPROVED_FROM_MS = START_MS + 4 * HOUR_MS;
const APPROVED_TO_MS = START_MS + 7 * HOUR_MS;
/** Runs differ from each other by up to this share. */
const SPREAD = 0.3;

export interface DayOptions {
  brands: number;
  observeConcurrency: number;
  applyConcurrency: number;
}

export interface Day extends DayOptions {
  runs: { night: number; idle: number; change: number };
  changes: number;
  observe: Fed;
  apply: Fed;
  queues: Record<Lane, FifoQueue["counts"]>;
  wakeRequests: number;
  tickMs: number;
  longestTickMs: number;
  /** From the beginning of the window to the last plan. */
  nightMs: number;
  plannedInWindow: number;
}

interface Brand {
  row: BrandSummary;
  approved: number;
}

interface Stage {
  time: VirtualTime;
  draws: Draws;
  brands: Map<string, Brand>;
  queues: Record<Lane, FifoQueue>;
  day: Day;
}

export async function playDay(options: DayOptions): Promise<Day> {
  const time = virtualTime(START_MS);
  const draws = drawsOf(1);
  const queues = { observe: fifoQueue(time, draws), apply: fifoQueue(time, draws) };
  const brands = new Map(
    Array.from({ length: options.brands }, (_, index) => [`brand-${index}`, aBrand(`brand-${index}`)]),
  );
  const feedOf = (lane: Lane, handler: Handler, maximumConcurrency: number) =>
    feed({ time, draws, queue: queues[lane], handler, rules: { ...FUNCTION_RULES, maximumConcurrency } });
  const day: Day = {
    ...options,
    runs: { night: 0, idle: 0, change: 0 },
    changes: 0,
    observe: feedOf(
      "observe",
      (event, { wait }) => observe(stage, nameIn(event), wait),
      options.observeConcurrency,
    ),
    apply: feedOf("apply", (event, { wait }) => apply(stage, nameIn(event), wait), options.applyConcurrency),
    queues: { observe: queues.observe.counts, apply: queues.apply.counts },
    wakeRequests: 0,
    tickMs: 0,
    longestTickMs: 0,
    nightMs: 0,
    plannedInWindow: 0,
  };
  const stage: Stage = { time, draws, brands, queues, day };
  scheduleTicks(stage);
  scheduleApprovals(stage);
  await time.advanceTo(START_MS + DAY_MS);
  return day;
}

function aBrand(brand: string): Brand {
  const row: BrandSummary = {
    brand,
    nextDueAtMs: NIGHT_FROM_MS,
    nextApplyAtMs: null,
    nightEndsAtMs: NIGHT_TO_MS,
    openProposals: 0,
    unsettled: 0,
    stopped: false,
    lastNight: "2026-03-10",
    head: { position: 1, hash: "a".repeat(64) },
  };
  return { row, approved: 0 };
}

function scheduleTicks(stage: Stage): void {
  const { time, brands, queues, day } = stage;
  const rows = [...brands.values()].map(({ row }) => row);
  for (let atMs = START_MS; atMs < START_MS + DAY_MS; atMs += MINUTE_MS) {
    time.at(atMs, () => {
      const { wakes } = tick(rows, atMs);
      const lanes = (["observe", "apply"] as const).map((lane) => wakes.filter(({ part }) => part === lane));
      const requests = lanes.reduce((sum, woken) => sum + wakeRequests(woken.length), 0);
      const takesMs = tickMs(rows.length, requests);
      day.wakeRequests += requests;
      day.tickMs += takesMs;
      day.longestTickMs = Math.max(day.longestTickMs, takesMs);
      for (const { brand, part } of wakes) wake(queues[part], brand, `${brand}#${atMs / MINUTE_MS}`);
    });
  }
}

function scheduleApprovals({ time, draws, brands, queues, day }: Stage): void {
  for (const [name, brand] of brands) {
    for (let change = 1; change <= ASSUMED.changesPerNight; change += 1) {
      time.at(APPROVED_FROM_MS + draws.next() * (APPROVED_TO_MS - APPROVED_FROM_MS), () => {
        brand.approved += 1;
        brand.row.nextApplyAtMs = time.nowMs();
        day.wakeRequests += 1;
        wake(queues.apply, name, `${name}#${change}`);
      });
    }
  }
}

function wake(queue: FifoQueue, brand: string, dedupe: string): void {
  queue.send({ body: messageText(brand), group: brand, dedupe });
}

type Answer = ReturnType<Handler>;
type Wait = (ms: number) => Promise<void>;

async function observe({ time, draws, brands, day }: Stage, name: string, wait: Wait): Answer {
  const brand = brandNamed(brands, name);
  const isNight = brand.row.lastNight !== TONIGHT && time.nowMs() >= NIGHT_FROM_MS;
  await wait(varied(draws, isNight ? RUN_MS.night : RUN_MS.idle));
  day.runs[isNight ? "night" : "idle"] += 1;
  if (isNight) {
    const expiresAtMs = time.nowMs() + PROPOSAL_MS;
    brand.row = Object.assign(brand.row, { lastNight: TONIGHT, nextDueAtMs: expiresAtMs });
    day.nightMs = Math.max(day.nightMs, time.nowMs() - NIGHT_FROM_MS);
    if (time.nowMs() <= NIGHT_TO_MS) day.plannedInWindow += 1;
  } else if (brand.row.lastNight === TONIGHT && time.nowMs() >= brand.row.nextDueAtMs) {
    brand.row.nextDueAtMs = NIGHT_FROM_MS + DAY_MS;
  }
  return { batchItemFailures: [] };
}

async function apply({ draws, brands, day }: Stage, name: string, wait: Wait): Answer {
  const brand = brandNamed(brands, name);
  const changes = brand.approved;
  brand.approved = 0;
  await wait(varied(draws, changes === 0 ? RUN_MS.idle : RUN_MS.change * changes));
  day.runs[changes === 0 ? "idle" : "change"] += 1;
  day.changes += changes;
  if (brand.approved === 0) brand.row.nextApplyAtMs = null;
  return { batchItemFailures: [] };
}

function varied(draws: Draws, ms: number): number {
  return ms * (1 - SPREAD + 2 * SPREAD * draws.next());
}

function nameIn({ Records: [record] }: Parameters<Handler>[0]): string {
  return brandOf(record?.body ?? "") ?? "";
}

function brandNamed(brands: ReadonlyMap<string, Brand>, name: string): Brand {
  const brand = brands.get(name);
  if (brand === undefined) throw new Error(`no brand ${name}`);
  return brand;
}
