import { describe, expect, it } from "vitest";
import { trackingOf } from "../../lib/digest/index.ts";
import { addDays, eachDay } from "../../lib/domain/day.ts";
import type { Insight } from "../../lib/domain/snapshot.ts";
import { maturityOf } from "../../lib/platforms/index.ts";
import { advanceToNextNight, createWorld } from "../../lib/sandbox/index.ts";
import { AT_ONCE, FIRST_DAY, LAST_DAY } from "../support/digest.ts";
import { known } from "../support/known.ts";
import { marketSnapshot, withYesterdayTimes } from "../support/market-snapshot.ts";
import { aBrand, aCampaign, anAccount, anInsight, aSnapshot } from "../support/snapshot.ts";

interface CampaignDays {
  euros: number;
  clicks: number;
  conversions: number;
  /** From yesterday backwards; the usual count where there is none. */
  lately?: readonly number[];
}

/** Yesterday's suspicion of an account with these campaigns, each the same on all of its 35 days but the last ones. */
function suspicionOf(campaigns: readonly CampaignDays[], account: Parameters<typeof anAccount>[0] = {}) {
  const days = eachDay(FIRST_DAY, LAST_DAY);
  const rows = days.flatMap((day, index) =>
    campaigns.map(
      ({ euros, clicks, conversions, lately = [] }, id): Insight =>
        anInsight({
          level: "campaign",
          entityId: String(id),
          day,
          spendMicros: BigInt(euros) * 1_000_000n,
          clicks,
          conversions: lately[days.length - 1 - index] ?? conversions,
        }),
    ),
  );
  const whole = days.map((day) => {
    const ofDay = rows.filter((row) => row.day === day);
    const sum = (of: (row: Insight) => number): number => ofDay.reduce((total, row) => total + of(row), 0);
    return anInsight({
      level: "account",
      entityId: "1001",
      day,
      spendMicros: BigInt(sum((row) => Number(row.spendMicros))),
      clicks: sum((row) => known(row.clicks)),
      conversions: sum((row) => known(row.conversions)),
    });
  });
  const entities = campaigns.map((_, id) => aCampaign({ id: String(id) }));
  const snapshot = aSnapshot({
    accounts: [anAccount({ entities, insights: [...whole, ...rows], ...account })],
  });
  return trackingOf({ brand: aBrand(), snapshot, maturity: AT_ONCE })["meta/1001"];
}

const LARGE = { euros: 60, clicks: 1000, conversions: 50 };
const SMALL = { euros: 40, clicks: 200, conversions: 10 };

describe("lib/digest/tracking", () => {
  it("suspects nothing while clicks bring what they bring", () => {
    expect(suspicionOf([LARGE, SMALL])).toBeNull();
  });

  it("suspects an account of which no conversion is counted any more", () => {
    expect(
      suspicionOf([
        { ...LARGE, lately: [0] },
        { ...SMALL, lately: [0] },
      ]),
    ).toEqual({
      key: "tracking.low",
      values: {
        account: { value: "meta/1001", unit: "text" },
        day: { value: "2026-03-10", unit: "day" },
        conversions: { value: 0, unit: "count" },
        expected: { value: 60, unit: "count" },
        percent: { value: 100, unit: "percent" },
      },
    });
  });

  it("suspects an account that counts every conversion twice", () => {
    expect(
      suspicionOf([
        { ...LARGE, lately: [100] },
        { ...SMALL, lately: [20] },
      ]),
    ).toMatchObject({
      key: "tracking.high",
      values: { conversions: { value: 120 }, expected: { value: 60 } },
    });
  });

  // With 50 conversions of 1000 clicks a day sigma is sqrt(.05 x .95 / 1000) = 0.006892 and 3 of them 20.7 conversions.
  it.each([
    [70, null],
    [71, "tracking.high"],
    [30, null],
    [29, "tracking.low"],
  ])("sees on the first day what leaves three sigmas: %i for 50 is %s", (count, key) => {
    expect(suspicionOf([{ ...LARGE, lately: [count] }])?.key ?? null).toBe(key);
  });

  it("sees what lasts before it leaves three sigmas on any day", () => {
    // w - w0 after n days of 66 for 50: .016 x (1 - .8^n) against .020675 / 3 = .006892: .00576 after two, .007808 after three.
    expect(suspicionOf([{ ...LARGE, lately: [66, 66] }])).toBeNull();
    expect(suspicionOf([{ ...LARGE, lately: [66, 66, 66] }])?.key).toBe("tracking.high");
  });

  it("takes less than 30 % for the market, however many there are", () => {
    const huge = { euros: 60, clicks: 100_000, conversions: 5000 };
    expect(suspicionOf([{ ...huge, lately: [6499] }])).toBeNull();
    expect(suspicionOf([{ ...huge, lately: [6500] }])?.key).toBe("tracking.high");
  });

  it("takes 40 % of the spend to doubt the account, and less to doubt nothing but the campaign", () => {
    const alike = { clicks: 1000, conversions: 50 };
    const split = (euros: number) =>
      suspicionOf([
        { ...alike, euros, lately: [0] },
        { ...alike, euros: 100 - euros },
      ]);
    expect(split(40)?.key).toBe("tracking.low");
    expect(split(39)).toBeNull();
  });

  it("does not add up campaigns that went opposite ways", () => {
    const alike = { clicks: 1000, conversions: 50, euros: 30 };
    const quiet = { ...alike, euros: 40 };
    expect(suspicionOf([{ ...alike, lately: [0] }, { ...alike, lately: [100] }, quiet])).toBeNull();
  });

  it("sees small campaigns together and none of them alone", () => {
    const small = { euros: 25, clicks: 200, conversions: 10 };
    const dead = { ...small, lately: [0] };
    expect(suspicionOf([dead, dead, dead, dead])?.key).toBe("tracking.low");
    expect(suspicionOf([dead, small, small, small])).toBeNull();
  });

  it("judges no account without yesterday, without its usual weeks, or with hardly a conversion", () => {
    const dead = [{ ...LARGE, lately: [0] }];
    expect(suspicionOf(dead, { coveredTo: addDays(LAST_DAY, -1) })).toBeUndefined();
    expect(suspicionOf(dead, { coveredFrom: addDays(FIRST_DAY, 1) })).toBeUndefined();
    expect(suspicionOf([{ euros: 60, clicks: 1000, conversions: 0, lately: [5] }])).toBeUndefined();
    expect(suspicionOf([{ euros: 0, clicks: 1000, conversions: 50, lately: [0] }])).toBeUndefined();
    expect(trackingOf({ brand: aBrand(), snapshot: aSnapshot({ accounts: [] }), maturity: AT_ONCE })).toEqual(
      {},
    );
  });

  it("knows that yesterday's conversions have not all arrived where they count by click", () => {
    // 60 % of the 50 are in by the next morning, 70 % of those of the day before, and so on.
    const maturity = maturityOf([{ platform: "meta" }]);
    const arrived = [30, 35, 39, 42, 45, 46.5, 48, 49, 49.5];
    const snapshotOf = (lately: readonly number[]) => {
      const rows = eachDay(FIRST_DAY, LAST_DAY).map((day, index) =>
        anInsight({
          ...{ level: "account", entityId: "1001", day, clicks: 1000 },
          ...{ spendMicros: 60_000_000n, conversions: lately[34 - index] ?? 50 },
        }),
      );
      return aSnapshot({ accounts: [anAccount({ insights: rows })] });
    };
    const suspicion = (lately: readonly number[]) =>
      trackingOf({ brand: aBrand(), snapshot: snapshotOf(lately), maturity })["meta/1001"];
    expect(suspicion(arrived)).toBeNull();
    expect(suspicion([60, ...arrived.slice(1)])?.key).toBe("tracking.high");
  });

  it("is hardly ever wrong on the sandbox's market, and sees a dead pixel at once", () => {
    const [meta] = aBrand().accounts;
    const google = {
      platform: "google",
      accountId: "2000000002",
      conversions: ["purchase"],
      attribution: "asSet",
    };
    const brand = aBrand({ accounts: meta === undefined ? [google] : [meta, google] });
    const count = { nights: 0, wrong: 0, dead: 0, doubled: 0 };
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      let world = createWorld({ seed, firstNight: "2026-03-11" });
      for (const _ of ["first", "second"]) {
        const snapshot = marketSnapshot(world);
        const looked = (made = snapshot) =>
          trackingOf({ brand, snapshot: made, maturity: maturityOf(brand.accounts) });
        const plain = Object.values(looked());
        count.nights += plain.length;
        count.wrong += plain.filter((reason) => reason !== null).length;
        for (const { platform, accountId } of brand.accounts) {
          const keyAt = (factor: number) =>
            looked(withYesterdayTimes(snapshot, platform, factor))[`${platform}/${accountId}`]?.key;
          if (keyAt(0) === "tracking.low") count.dead += 1;
          if (keyAt(2) === "tracking.high") count.doubled += 1;
        }
        world = advanceToNextNight(world);
      }
    }
    // Over 20 worlds and 10 nights of each: 1 of 400 wrong, 400 of 400 dead seen, 379 of 400 doubled on their first day.
    expect(count).toEqual({ nights: 32, wrong: 0, dead: 32, doubled: 32 });
  });
});
