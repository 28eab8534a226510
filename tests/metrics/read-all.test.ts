import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eachDay } from "../../lib/domain/day.ts";
import { DomainError } from "../../lib/domain/errors.ts";
import { LEVELS, type Level } from "../../lib/domain/ids.ts";
import type { Insight, Snapshot } from "../../lib/domain/snapshot.ts";
import { factCatalogue } from "../../lib/metrics/index.ts";
import type { FactDefinition, Facts, Params } from "../../lib/metrics/port.ts";
import { factsOf, META_MATURITY } from "../support/readings.ts";
import {
  aBrand,
  aCampaign,
  aGoogleAccount,
  anAdGroup,
  anInsight,
  aSharingAccount,
  aShopDay,
  aSnapshot,
} from "../support/snapshot.ts";

const DAYS = eachDay("2026-02-04", "2026-03-10");
const WINDOWS = ["1d", "7d", "28d", "14d..8d", "60d", "lifetime"];
const GOOGLE = { platform: "google", accountId: "2000000002" };
const BRAND = aBrand({
  groups: { tier: [{ name: "proven", match: { campaigns: ["PROS *"] } }] },
  calendar: { "black-friday": [{ from: "2026-03-01", to: "2026-03-04" }] },
  accounts: [
    { platform: "meta", accountId: "1001", conversions: ["omni_purchase"], attribution: "7dClick+1dView" },
    { ...GOOGLE, conversions: ["Purchase (web)"], attribution: "asSet" },
  ],
});
const MATURITY = { ...META_MATURITY, google: [0.5, 0.8, 0.9] };

/** Something that each parameter of the catalogue can be, and something that it cannot. */
const VALUES: Readonly<Record<string, readonly (string | number | boolean)[]>> = {
  correctedForDelay: [true],
  countedOn: ["click", "conversion", "weekday"],
  conversion: ["omni_purchase", "lead", "nothing"],
  attribution: ["1dClick", "7dClick+1dView"],
  customers: ["all", "new", "returning"],
  stage: ["prospecting", "unmapped", "nowhere"],
  basis: ["spend", "revenue", "grossProfit"],
  channel: ["meta", "email"],
  group: ["tier", "market"],
  member: ["unmapped", "proven"],
  event: ["black-friday"],
  against: ["28d..15d"],
  of: ["campaign", "siblings", "stage", "brand"],
  minSettledPercent: [85],
  by: ["spend", "cpa", "mer", "nothing"],
  within: ["campaign", "siblings"],
  order: ["worstFirst"],
};

/** Without parameters, then with each value of each; the rest as it is mostly needed. */
function variantsOf({ id, params }: FactDefinition): Params[] {
  const isShare = id.endsWith("SharePercent") && id !== "searchImpressionSharePercent";
  const needed: Params = {
    by: "cpa",
    ...(isShare
      ? { stage: "prospecting", channel: "google", group: "tier", member: "proven", basis: "spend" }
      : {}),
  };
  const own = Object.fromEntries(Object.entries(needed).filter(([name]) => params.includes(name)));
  return [own, ...params.flatMap((name) => (VALUES[name] ?? []).map((value) => ({ ...own, [name]: value })))];
}

const QUESTIONS = factCatalogue.flatMap((fact) =>
  variantsOf(fact).flatMap((params) =>
    fact.kind === "metric"
      ? WINDOWS.map((window) => ({ id: fact.id, params: { ...params, window } }))
      : [{ id: fact.id, params }],
  ),
);

/** What comes of it, a refusal included. */
function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 12 });
const count = fc.integer({ min: 0, max: 900 });
const insight: fc.Arbitrary<Insight> = fc
  .record({
    level: fc.constantFrom("account", "campaign", "adGroup"),
    entityId: fc.constantFrom("100", "101", "200", "201", "500"),
    day: fc.constantFrom(...DAYS),
    isWeek: fc.integer({ min: 0, max: 60 }).map((one) => one === 0),
    euros: count,
    impressions: orNull(count),
    clicks: orNull(count),
    linkClicks: orNull(count),
    conversions: orNull(fc.integer({ min: 0, max: 9 })),
    leads: orNull(count),
    reach: orNull(count),
  })
  .map(({ euros, isWeek, leads, reach, ...row }) =>
    anInsight({
      ...row,
      spendMicros: BigInt(euros) * 1_000_000n,
      conversionValueMicros: row.conversions === null ? null : BigInt(row.conversions) * 40_000_000n,
      ...(leads === null ? {} : { leads }),
      ...(reach === null ? {} : { reach }),
      ...(isWeek ? { days: 7 } : {}),
    }),
  );
const insights = fc.array(insight, { minLength: 20, maxLength: 160 });

const snapshot: fc.Arbitrary<Snapshot> = fc
  .record({
    meta: fc.option(insights, { freq: 6 }),
    google: fc.option(insights, { freq: 6 }),
    isByConversion: fc.boolean(),
    shopDays: fc.option(fc.subarray(DAYS, { minLength: 30 }), { freq: 6 }),
  })
  .map(({ meta, google, isByConversion, shopDays }) => {
    const countedOn = isByConversion ? "conversion" : "click";
    const searching = aCampaign({ ...GOOGLE, id: "500", name: "RTG Search" });
    const group = anAdGroup({ ...GOOGLE, id: "501", parentId: "500", createdAtMs: null });
    const own = {
      ...GOOGLE,
      entities: [searching, group],
      levels: ["account" as const, "campaign" as const],
    };
    const accounts = [
      meta === null ? [] : [aSharingAccount({}, { insights: meta, countedOn })],
      google === null ? [] : [aGoogleAccount({ ...own, insights: google })],
    ].flat();
    const days = shopDays?.map((day) => aShopDay({ day, revenueMicros: 900_000_000n, orders: 9 })) ?? [];
    return aSnapshot({ accounts, shop: shopDays === null ? null : { source: "csv", days } });
  });

function inTurn(facts: Facts, level: Level, id: string, params: Params): unknown {
  // Last first: no reading may depend on whose was read before.
  const subjects = facts.everySubject(level).toReversed();
  return attempt(() => subjects.map((subject) => facts.read(subject, id, params)).reverse());
}

describe("lib/metrics/readers", () => {
  it("reads all subjects at once as it reads them one by one", () => {
    fc.assert(
      fc.property(snapshot, (given) => {
        const [one, all] = [0, 1].map(() => factsOf({ brand: BRAND, snapshot: given, maturity: MATURITY }));
        if (one === undefined || all === undefined) throw new Error("no facts");
        for (const level of LEVELS) {
          if (one.everySubject(level).length === 0) continue;
          for (const { id, params } of QUESTIONS) {
            const together = attempt(() => all.readAll(level, id, params));
            expect({ level, id, params, readings: together }).toEqual({
              ...{ level, id, params, readings: inTurn(one, level, id, params) },
            });
          }
        }
      }),
      { numRuns: 10 },
    );
  });

  it("answers in the order of every subject, hands-off ones included", () => {
    const accounts = [aSharingAccount()];
    const handsOff = [{ match: { ids: ["100"] }, until: null, by: "Ana" }];
    const facts = factsOf({ brand: aBrand({ handsOff }), snapshot: aSnapshot({ accounts }) });
    expect(facts.subjects("campaign").map(({ name }) => name)).toEqual(["PROS Narrow FR"]);
    expect(facts.readAll("campaign", "name", {}).map(({ value }) => value)).toEqual([
      "PROS Broad FR",
      "PROS Narrow FR",
    ]);
  });

  it("has one reading for all where the figure is the brand's", () => {
    const [first, second] = factsOf({ snapshot: aSnapshot({ accounts: [aSharingAccount()] }) }).readAll(
      "campaign",
      "revenue",
      { window: "7d" },
    );
    expect(first?.reason?.key).toBe("noData.noShop");
    expect(second).toBe(first);
  });
});
