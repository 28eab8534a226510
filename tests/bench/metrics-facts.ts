/** Every fact of 2,000 ad groups over every standard window, from their rows; run by itself it prints what that took. */
import { fileURLToPath } from "node:url";
import { eachDay } from "../../lib/domain/day.ts";
import type { Snapshot } from "../../lib/domain/snapshot.ts";
import { createFacts, factCatalogue } from "../../lib/metrics/index.ts";
import type { FactDefinition, Params } from "../../lib/metrics/port.ts";
import { USUAL_WINDOWS } from "../../lib/metrics/windows/window.ts";
import {
  aBrand,
  aCampaign,
  anAccount,
  anAdGroup,
  anEmptyState,
  anInsight,
  aShopDay,
  aSnapshot,
} from "../support/snapshot.ts";

export const ALL_FACTS = fileURLToPath(import.meta.url);

export interface AllFacts {
  entities: number;
  rows: number;
  readings: number;
  /** The least of several passes after a first one, in which the code itself is still being compiled. */
  ms: number;
  firstMs: number;
  createMs: number;
  /** Of the thread that computes: what another process of the machine takes is not in it. */
  processorMs: number;
  /** Of the first pass. */
  megabytes: number;
  /** So that no reading can be left out unseen. */
  known: number;
}

const AD_GROUPS = 2000;
const PASSES = 4;
const FIRST = "2026-02-04";
const LAST = "2026-03-10";
const PER_CAMPAIGN = 20;
const CURVE = [0.35, 0.6, 0.7, 0.78, 0.84, 0.9, 0.93, 0.96, 0.98, 0.99];

/** What some facts mean nothing without. */
const NEEDED: Readonly<Record<string, Params>> = {
  rank: { by: "cpa" },
  rankPercent: { by: "roas", within: "campaign" },
  stageSharePercent: { stage: "prospecting", basis: "spend" },
  channelSharePercent: { channel: "meta", basis: "spend" },
  groupSharePercent: { group: "tier", member: "unmapped", basis: "spend" },
  stageBandLowPercent: { stage: "prospecting" },
  stageBandHighPercent: { stage: "prospecting" },
};

if (process.argv[1] === ALL_FACTS) process.stdout.write(JSON.stringify(everyFact()));

function everyFact(): AllFacts {
  const snapshot = aLargeSnapshot();
  const before = process.memoryUsage.rss();
  const first = onePass(snapshot);
  // Of a process that has only grown; the peak that the system keeps is its parent's as well.
  const megabytes = (process.memoryUsage.rss() - before) / 1024 ** 2;
  const passes = Array.from({ length: PASSES }, () => onePass(snapshot)).sort((a, b) => a.ms - b.ms);
  const rows = snapshot.accounts[0]?.insights.length ?? 0;
  return { ...first, ...passes[0], firstMs: first.ms, entities: AD_GROUPS, rows, megabytes };
}

/** From rows to readings, none of which is kept. */
function onePass(snapshot: Snapshot) {
  const input = { brand: aBrand(), snapshot, state: anEmptyState(), maturity: { meta: CURVE } };
  const used = process.threadCpuUsage();
  const start = performance.now();
  const facts = createFacts(input);
  const createMs = performance.now() - start;
  let readings = 0;
  let known = 0;
  for (const { id, params } of factCatalogue.flatMap(asked)) {
    for (const { value } of facts.readAll("adGroup", id, params)) {
      readings++;
      if (value !== null) known++;
    }
  }
  const ms = performance.now() - start;
  const { user, system } = process.threadCpuUsage(used);
  return { ms, createMs, processorMs: (user + system) / 1000, readings, known };
}

function asked({ id, kind }: FactDefinition): { id: string; params: Params }[] {
  const needed = NEEDED[id] ?? {};
  return kind === "metric"
    ? USUAL_WINDOWS.map((window) => ({ id, params: { ...needed, window } }))
    : [{ id, params: needed }];
}

function aLargeSnapshot(): Snapshot {
  const days = eachDay(FIRST, LAST);
  const campaigns = Array.from({ length: AD_GROUPS / PER_CAMPAIGN }, (_, index) =>
    aCampaign({ id: `c${index}`, name: `Campaign ${index}` }),
  );
  const groups = Array.from({ length: AD_GROUPS }, (_, index) =>
    anAdGroup({ id: `g${index}`, name: `Group ${index}`, parentId: `c${Math.floor(index / PER_CAMPAIGN)}` }),
  );
  const insights = groups.flatMap(({ id }, group) =>
    days.map((day, index) => {
      const seed = (group * 7919 + index * 104_729) % 9973;
      return anInsight({
        entityId: id,
        day,
        spendMicros: BigInt(seed * 12_345),
        impressions: seed * 31,
        clicks: seed % 211,
        linkClicks: seed % 97,
        conversions: (seed % 13) / 4,
        conversionValueMicros: BigInt(seed * 54_321),
      });
    }),
  );
  const account = anAccount({ countedOn: "conversion", entities: [...campaigns, ...groups], insights });
  return aSnapshot({
    accounts: [account],
    shop: {
      source: "csv",
      days: days.map((day) =>
        aShopDay({ day, revenueMicros: 5_000_000_000n, orders: 90, newCustomers: 40, sessions: 4000 }),
      ),
    },
  });
}
