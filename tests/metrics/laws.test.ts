import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eachDay } from "../../lib/domain/day.ts";
import type { Insight, Snapshot } from "../../lib/domain/snapshot.ts";
import { factCatalogue } from "../../lib/metrics/index.ts";
import type { Facts, Params } from "../../lib/metrics/port.ts";
import { factsOf, META_MATURITY, ofAdGroup, reading } from "../support/readings.ts";
import { aCampaign, anAccount, anAdGroup, anInsight, aShopDay, aSnapshot } from "../support/snapshot.ts";

const FIRST = "2026-02-04";
const LAST = "2026-03-10";
const DAYS = eachDay(FIRST, LAST);
const WINDOWS = ["1d", "3d", "7d", "14d", "28d", "14d..8d"];
const NEEDED: Readonly<Record<string, Params>> = {
  stageSharePercent: { stage: "prospecting", basis: "spend" },
  channelSharePercent: { channel: "meta", basis: "spend" },
  groupSharePercent: { group: "tier", member: "unmapped", basis: "spend" },
  rank: { by: "cpa" },
  rankPercent: { by: "roas", within: "campaign" },
};
const METRICS = factCatalogue.filter(({ kind }) => kind === "metric");

interface Counts {
  entityId: "200" | "201";
  offset: number;
  euros: number;
  clicks: number;
  conversions: number;
}

const counts = fc.uniqueArray(
  fc.record<Counts>({
    entityId: fc.constantFrom("200", "201"),
    offset: fc.integer({ min: 0, max: DAYS.length - 1 }),
    euros: fc.integer({ min: 0, max: 500 }),
    clicks: fc.integer({ min: 0, max: 400 }),
    conversions: fc.integer({ min: 0, max: 8 }),
  }),
  { minLength: 1, maxLength: 50, selector: ({ entityId, offset }) => `${entityId} ${offset}` },
);

function rowOf({ entityId, offset, euros, clicks, conversions }: Counts): Insight {
  return anInsight({
    entityId,
    day: DAYS[offset] ?? "",
    spendMicros: BigInt(euros) * 1_000_000n,
    impressions: clicks * 40,
    clicks,
    linkClicks: Math.floor(clicks / 2),
    conversions,
    conversionValueMicros: BigInt(conversions) * 60_000_000n,
    videoViews: clicks * 3,
    leads: conversions * 2,
    reach: clicks * 20,
  });
}

/** The campaign's and the account's own rows, as sums of those of ad groups. */
function withParents(groups: readonly Insight[]): Insight[] {
  return (["campaign", "account"] as const).flatMap((level) =>
    [...Map.groupBy(groups, ({ day }) => day).entries()].map(([day, rows]) =>
      anInsight({
        level,
        entityId: level === "campaign" ? "100" : "1001",
        day,
        spendMicros: rows.reduce((sum, row) => sum + row.spendMicros, 0n),
        conversionValueMicros: rows.reduce((sum, row) => sum + (row.conversionValueMicros ?? 0n), 0n),
        impressions: total(rows, (row) => row.impressions),
        clicks: total(rows, (row) => row.clicks),
        linkClicks: total(rows, (row) => row.linkClicks),
        conversions: total(rows, (row) => row.conversions),
        videoViews: total(rows, (row) => row.videoViews ?? null),
        leads: total(rows, (row) => row.leads ?? null),
        reach: total(rows, (row) => row.reach ?? null),
      }),
    ),
  );
}

function total(rows: readonly Insight[], of: (row: Insight) => number | null): number {
  return rows.reduce((sum, row) => sum + (of(row) ?? 0), 0);
}

function snapshotOf(groups: readonly Insight[], parents: readonly Insight[]): Snapshot {
  const entities = [aCampaign(), anAdGroup(), anAdGroup({ id: "201" })];
  const account = anAccount({ countedOn: "conversion", entities, insights: [...groups, ...parents] });
  const days = DAYS.map((day) => aShopDay({ day, revenueMicros: 900_000_000n, orders: 9, sessions: 500 }));
  return aSnapshot({ accounts: [account], shop: { source: "csv revenue.csv", days } });
}

function factsFrom(groups: readonly Insight[], parents: readonly Insight[]): Facts {
  return factsOf({ snapshot: snapshotOf(groups, parents), maturity: META_MATURITY });
}

/** Every metric over every window of these subjects. */
function allOf(facts: Facts, levels: readonly ("brand" | "account" | "campaign" | "adGroup")[]): unknown[] {
  return levels.flatMap((level) =>
    facts.subjects(level).flatMap(({ key }) =>
      METRICS.flatMap(({ id }) =>
        WINDOWS.map((window) => {
          const { value, reason } = reading(facts, level, key, id, { ...NEEDED[id], window });
          return [key, id, window, value, reason];
        }),
      ),
    ),
  );
}

const EVERY = ["brand", "account", "campaign", "adGroup"] as const;

describe("lib/metrics: laws", () => {
  it("reads every metric the same from rows in any order", () => {
    const shuffled = counts.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
    );
    fc.assert(
      fc.property(shuffled, ([given, permuted]) => {
        const parents = withParents(given.map(rowOf));
        const before = allOf(factsFrom(given.map(rowOf), parents), EVERY);
        expect(allOf(factsFrom(permuted.map(rowOf), parents.toReversed()), EVERY)).toEqual(before);
      }),
      { numRuns: 15 },
    );
  });

  it("reads every metric the same with rows of zero inside what is covered", () => {
    const offsets = fc.uniqueArray(fc.integer({ min: 0, max: DAYS.length - 1 }), { maxLength: 10 });
    fc.assert(
      fc.property(counts, offsets, (given, zeros) => {
        const rows = given.map(rowOf);
        const taken = new Set(given.filter(({ entityId }) => entityId === "200").map(({ offset }) => offset));
        const added = zeros
          .filter((offset) => !taken.has(offset))
          .map((offset) => rowOf({ entityId: "200", offset, euros: 0, clicks: 0, conversions: 0 }));
        const parents = withParents(rows);
        expect(allOf(factsFrom([...rows, ...added], parents), EVERY)).toEqual(
          allOf(factsFrom(rows, parents), EVERY),
        );
      }),
      { numRuns: 15 },
    );
  });

  it("reads every metric of what contains them the same when a row is split between two siblings", () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 500 }), (given, share) => {
        const own = given.filter(({ entityId }) => entityId === "200");
        const split = own.flatMap((one): Counts[] => {
          const part = {
            euros: Math.min(one.euros, share),
            clicks: Math.min(one.clicks, share),
            conversions: Math.min(one.conversions, share),
          };
          const rest = {
            euros: one.euros - part.euros,
            clicks: one.clicks - part.clicks,
            conversions: one.conversions - part.conversions,
          };
          return [
            { ...one, ...part },
            { ...one, ...rest, entityId: "201" },
          ];
        });
        const levels = ["brand", "account", "campaign"] as const;
        const whole = own.map((one) => rowOf({ ...one, clicks: one.clicks * 2 }));
        const halves = split.map((one) => rowOf({ ...one, clicks: one.clicks * 2 }));
        expect(allOf(factsFrom(halves, withParents(halves)), levels)).toEqual(
          allOf(factsFrom(whole, withParents(whole)), levels),
        );
      }),
      { numRuns: 15 },
    );
  });

  it("sums any window as adding its rows one by one does", () => {
    const span = fc
      .tuple(fc.integer({ min: 1, max: 35 }), fc.integer({ min: 1, max: 35 }))
      .map(([a, b]) => [Math.max(a, b), Math.min(a, b)] as const);
    fc.assert(
      fc.property(counts, span, (given, [from, to]) => {
        const facts = factsFrom(given.map(rowOf), []);
        const inside = given.filter(
          ({ entityId, offset }) => entityId === "200" && 35 - offset <= from && 35 - offset >= to,
        );
        const sum = (of: (one: Counts) => number): number => inside.reduce((all, one) => all + of(one), 0);
        const window = `${from}d..${to}d`;
        const reported = given.some(({ entityId }) => entityId === "200");
        expect(ofAdGroup(facts, "spend", { window }).value).toBe(sum(({ euros }) => euros * 1_000_000));
        expect(ofAdGroup(facts, "clicks", { window }).value).toBe(sum(({ clicks }) => clicks));
        expect(ofAdGroup(facts, "conversions", { window }).value).toBe(sum(({ conversions }) => conversions));
        if (!reported) return;
        expect(ofAdGroup(facts, "videoViews", { window }).value).toBe(sum(({ clicks }) => clicks * 3));
      }),
    );
  });
});
