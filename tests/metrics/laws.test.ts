import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, dayNumber, eachDay } from "../../lib/domain/day.ts";
import type { Insight, Snapshot } from "../../lib/domain/snapshot.ts";
import { factCatalogue } from "../../lib/metrics/index.ts";
import type { Facts, Params } from "../../lib/metrics/port.ts";
import { factsOf, META_MATURITY, ofAdGroup, reading } from "../support/readings.ts";
import { aCampaign, anAccount, anAdGroup, anInsight, aShopDay, aSnapshot } from "../support/snapshot.ts";

const FIRST = "2026-02-04";
const LAST = "2026-03-10";
const DAYS = eachDay(FIRST, LAST);
const CAMPAIGN = "meta/1001/campaign/100";
const WINDOWS = ["1d", "3d", "7d", "14d", "28d", "14d..8d"];
const NEEDED: Readonly<Record<string, Params>> = {
  stageSharePercent: { stage: "prospecting", basis: "spend" },
  channelSharePercent: { channel: "meta", basis: "spend" },
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

describe("lib/metrics: rows of several days", () => {
  const account = {
    coveredFrom: "2027-12-20",
    coveredTo: "2028-03-12",
    entities: [aCampaign(), anAdGroup()],
  };
  /** Weeks from Monday 20 December 2027 on, over the end of the year and the leap day, 1 EUR and 10 clicks more in each. */
  const weeks = Array.from({ length: 12 }, (_, week) =>
    anInsight({
      day: addDays("2027-12-20", 7 * week),
      days: 7,
      spendMicros: BigInt(week + 1) * 1_000_000n,
      clicks: (week + 1) * 10,
      reach: 1000 + week,
      impressions: 4 * (1000 + week),
    }),
  );
  const on = (day: string, insights = weeks): Facts =>
    factsOf({ snapshot: aSnapshot({ day, accounts: [anAccount({ ...account, insights })] }) });
  const spend = (day: string, window: string, insights = weeks): unknown => {
    const { value, reason } = ofAdGroup(on(day, insights), "spend", { window });
    return value ?? reason?.key;
  };

  it.each([
    ["2028-03-13", "7d", 12_000_000],
    ["2028-03-13", "14d", 23_000_000],
    ["2028-03-13", "28d", 42_000_000],
    ["2028-03-13", "14d..8d", 11_000_000],
    ["2028-03-13", "84d", 78_000_000],
    ["2028-03-06", "7d", 11_000_000],
    ["2028-01-03", "7d", 2_000_000],
    ["2028-03-13", "1d", "noData.notTiled"],
    ["2028-03-13", "3d", "noData.notTiled"],
    ["2028-03-13", "8d", "noData.notTiled"],
    ["2028-03-13", "13d..7d", "noData.notTiled"],
    ["2028-03-12", "7d", "noData.notTiled"],
    ["2028-03-14", "7d", "noData.outsideCoverage"],
  ])("on %s has over %s %s", (day, window, expected) => {
    expect(spend(day, window)).toBe(expected);
  });

  it("has no data where days fall short of a row, be it at the end of what is covered", () => {
    const late = anInsight({ day: "2028-03-10", days: 7, spendMicros: 5n });
    const early = anInsight({ day: "2027-12-18", days: 7, spendMicros: 5n });
    expect(spend("2028-03-13", "7d", [late])).toBe("noData.notTiled");
    expect(spend("2028-03-13", "9d..4d", [late])).toBe(0);
    expect(spend("2028-03-13", "84d", [early])).toBe("noData.notTiled");
    expect(spend("2028-03-13", "79d", [early])).toBe(0);
  });

  it("has no data over single days of such rows, in figures and in pictures", () => {
    const facts = on("2028-03-13");
    const keys = [
      ofAdGroup(facts, "spend", { window: "7d", correctedForDelay: true }),
      ofAdGroup(facts, "settledPercent", { window: "7d" }),
      ofAdGroup(facts, "stable", { window: "28d" }),
    ].map(({ reason }) => reason?.key);
    expect(keys).toEqual(["noData.notDaily", "noData.notDaily", "noData.notDaily"]);
    const [group] = facts.subjects("adGroup");
    if (group === undefined) throw new Error("no ad group");
    expect(facts.days(group, "3d")).toMatchObject({ spendMicros: [null, null, null] });
  });

  it("has reach and frequency where the window is one row, and never their sum", () => {
    const facts = on("2028-03-13");
    const of = (fact: string, window: string): unknown => {
      const { value, reason } = ofAdGroup(facts, fact, { window });
      return value ?? reason?.key;
    };
    expect([of("reach", "7d"), of("frequency", "7d")]).toEqual([1011, 4]);
    expect([of("reach", "14d"), of("frequency", "14d")]).toEqual([
      "noData.notAdditive",
      "noData.notAdditive",
    ]);
    expect(of("clicks", "14d")).toBe(230);
  });

  it("crosses the leap day and the end of a year day by day", () => {
    const daily = eachDay("2027-12-20", "2028-03-12").map((day) =>
      anInsight({ day, clicks: 1, spendMicros: BigInt(dayNumber(day)) }),
    );
    const clicks = (day: string, window: string): unknown =>
      ofAdGroup(on(day, daily), "clicks", { window }).value;
    expect(clicks("2028-03-01", "1d")).toBe(1);
    expect(clicks("2028-03-02", "3d")).toBe(3);
    expect(clicks("2028-01-02", "13d")).toBe(13);
    // 28 February, the leap day and 1 March are days 21242, 21243 and 21244 since 1970.
    expect(spend("2028-03-02", "3d", daily)).toBe(63_729);
  });

  it("keeps a single account's reach in the brand's, and adds no two", () => {
    const rows = [anInsight({ level: "account", entityId: "1001", day: LAST, reach: 70, impressions: 210 })];
    const one = aSnapshot({ accounts: [anAccount({ insights: rows })] });
    expect(
      reading(factsOf({ snapshot: one }), "brand", "atelier-lune", "frequency", { window: "1d" }).value,
    ).toBe(3);
    expect(
      reading(factsOf({ snapshot: one }), "brand", "atelier-lune", "reach", { window: "3d" }).reason?.key,
    ).toBe("noData.notAdditive");
  });

  it("reads the same campaign whichever of its own rows come first", () => {
    const rows = withParents([rowOf({ entityId: "200", offset: 34, euros: 5, clicks: 2, conversions: 1 })]);
    expect(reading(factsFrom([], rows), "campaign", CAMPAIGN, "cpa", { window: "7d" }).value).toBe(5_000_000);
  });
});
