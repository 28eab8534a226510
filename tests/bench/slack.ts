/** `npm run bench -- slack`: from a click in Slack to its answer, which is given once the decision is durable in the log. */
import { setTimeout as sleep } from "node:timers/promises";
import type { LogEvent } from "../../lib/log/events.ts";
import { approval, type Click, changesFor, clickPairs } from "./slack-clicks.ts";
import { type Answered, isTold, onStage, type Stage, send } from "./slack-stage.ts";

const TARGET = { medianMs: 300, p99Ms: 1_000 };
const BRANDS = 10;
const PER_BRAND_AND_SECOND = 5;
/** A click that nobody waits behind. */
const SINGLE_CLICKS = 100;

export interface SlackRun {
  name: string;
  requests: number;
  minMs: number;
  medianMs: number;
  p99Ms: number;
  maxMs: number;
  /** Processor time that Palier took for one request, all of its threads together. */
  cpuMs: number;
  /** Answered with anything but 200. */
  failed: number;
  /** Decisions that have to be in the logs once each, and those that are. */
  decisions: number;
  recorded: number;
  /** Whoever clicked was not told what became of it. */
  untold: number;
}

export interface SlackBench {
  runs: SlackRun[];
  /** Median of one entry appended to the same logs, which an answer cannot be faster than. */
  appendMs: number;
  targets: { name: string; met: boolean }[];
}

/** `seconds`: of each of the two storms. */
export async function benchSlack(seconds: number): Promise<SlackBench> {
  const requests = seconds * PER_BRAND_AND_SECOND;
  const many = Array.from({ length: BRANDS }, (_, index) => `brand-${index}`);
  const brands = {
    ...{ calm: SINGLE_CLICKS, one: changesFor(requests), appended: 0 },
    ...Object.fromEntries(many.map((brand) => [brand, changesFor(requests)])),
  };
  return await onStage(brands, async (stage) => {
    const pairsOf = (brand: string) => clickPairs(stage.busy(brand), requests, stage.slackUrl);
    const runs = [
      await runOf(stage, "one at a time", ["calm"], async () => await oneByOne(stage)),
      await runOf(
        stage,
        `${BRANDS} brands`,
        many,
        async () => await storm(stage, many.map(pairsOf), seconds),
      ),
      await runOf(stage, "one brand", ["one"], async () => await storm(stage, [pairsOf("one")], seconds)),
    ];
    const appends: number[] = [];
    for (let count = 0; count < SINGLE_CLICKS; count += 1)
      appends.push(await stage.ask<number>({ ask: "append", brand: "appended" }));
    return { runs, appendMs: quantile(appends, 0.5), targets: targetsOf(runs) };
  });
}

function targetsOf(runs: readonly SlackRun[]): SlackBench["targets"] {
  const [single, ...storms] = runs;
  return [
    {
      name: `the median answer to a click within ${TARGET.medianMs} ms`,
      met: single !== undefined && single.medianMs < TARGET.medianMs,
    },
    {
      name: `the 99th percentile within ${TARGET.p99Ms / 1_000} s, at ${BRANDS * PER_BRAND_AND_SECOND} a second over ${BRANDS} brands and ${PER_BRAND_AND_SECOND} on one`,
      met: storms.every(({ p99Ms }) => p99Ms < TARGET.p99Ms),
    },
    { name: "nothing lost: every decision once in a log, everybody told", met: runs.every(isWhole) },
  ];
}

export function isWhole({ failed, untold, decisions, recorded }: SlackRun): boolean {
  return failed === 0 && untold === 0 && recorded === decisions;
}

async function oneByOne(stage: Stage): Promise<Answered[]> {
  const answered: Answered[] = [];
  for (const change of stage.busy("calm").changes)
    answered.push(await send(stage, approval(change, "W111", stage.slackUrl), performance.now()));
  return answered;
}

/** Pairs evenly over the time; what is late is measured from when it should have been sent. */
async function storm(
  stage: Stage,
  brands: readonly (readonly (readonly Click[])[])[],
  seconds: number,
): Promise<Answered[]> {
  const pairs = (brands[0] ?? []).flatMap((_, index) => brands.map((of) => of[index] ?? []));
  const everyMs = (seconds * 1_000) / pairs.length;
  const startMs = performance.now();
  const answered = pairs.map(async (pair, index) => {
    const dueMs = startMs + index * everyMs;
    await sleep(Math.max(0, dueMs - performance.now()));
    return await Promise.all(pair.map(async (click) => await send(stage, click, dueMs)));
  });
  return (await Promise.all(answered)).flat();
}

async function runOf(
  stage: Stage,
  name: string,
  brands: readonly string[],
  play: () => Promise<readonly Answered[]>,
): Promise<SlackRun> {
  const cpuBeforeMs = cpuOfOthersMs();
  const answered = await play();
  const cpuMs = (cpuOfOthersMs() - cpuBeforeMs) / answered.length;
  const entries: LogEvent[][] = [];
  for (const brand of brands) entries.push(...(await stage.ask<LogEvent[][]>({ ask: "entries", brand })));
  const times = answered.map(({ ms }) => ms);
  const wanted = decisionsOf(answered.map(({ click }) => click));
  return {
    name,
    requests: answered.length,
    minMs: Math.min(...times),
    medianMs: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    maxMs: Math.max(...times),
    cpuMs,
    failed: answered.filter(({ status }) => status !== 200).length,
    decisions: wanted.size,
    recorded: [...wanted].filter(([what, clickIds]) => isRecordedOnce(entries, what, clickIds)).length,
    untold: answered.filter((one) => !isTold(stage, one)).length,
  };
}

/** Of this process but for this thread, which is Slack here. */
function cpuOfOthersMs(): number {
  const [all, own] = [process.cpuUsage(), process.threadCpuUsage()];
  return (all.user + all.system - own.user - own.system) / 1_000;
}

/** By what is decided: the clicks that may have decided it. */
function decisionsOf(clicks: readonly Click[]): Map<string, Set<string>> {
  const wanted = new Map<string, Set<string>>();
  for (const { clickId, decides } of clicks) {
    if (decides === null) continue;
    const what = `${decides.type} ${decides.about}`;
    wanted.set(what, (wanted.get(what) ?? new Set()).add(clickId));
  }
  return wanted;
}

/** In one entry of all, together with the click that counted for it. */
function isRecordedOnce(
  entries: readonly LogEvent[][],
  what: string,
  clickIds: ReadonlySet<string>,
): boolean {
  const [entry, ...more] = entries.filter((events) => events.some((event) => what === decided(event)));
  if (entry === undefined || more.length > 0) return false;
  return entry.some((event) => event.type === "clickUsed" && clickIds.has(event.clickId));
}

function decided(event: LogEvent): string {
  if ("changeId" in event) return `${event.type} ${event.changeId}`;
  return "holderKey" in event ? `${event.type} ${event.holderKey}` : event.type;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
