import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../../lib/domain/day.ts";
import { advance, createWorld, type World } from "../../lib/sandbox/index.ts";
import { deliveryOf, marketOf } from "../../lib/sandbox/market/delivery.ts";
import { poissonQuantile } from "../../lib/sandbox/market/random.ts";
import { withEdit } from "../../lib/sandbox/world.ts";

const HOUR_MS = 3_600_000;
const FIRST_NIGHT = "2026-03-11";

function adSetNamed(world: World, name: string) {
  const adSet = world.meta.adSets.find((one) => one.name === name);
  if (adSet === undefined) throw new Error(`no ad set "${name}"`);
  return adSet;
}

function deliveryNamed(world: World, name: string, day: string) {
  return deliveryOf(marketOf(world), adSetNamed(world, name).id, day);
}

describe("lib/sandbox/market", () => {
  it("answers the same for the same seed and something else for another", () => {
    const day = addDays(FIRST_NIGHT, -20);
    const one = deliveryNamed(createWorld({ seed: 1, firstNight: FIRST_NIGHT }), "Interior design", day);
    const again = deliveryNamed(createWorld({ seed: 1, firstNight: FIRST_NIGHT }), "Interior design", day);
    const other = deliveryNamed(createWorld({ seed: 2, firstNight: FIRST_NIGHT }), "Interior design", day);
    expect(again).toEqual(one);
    expect(other.spendCents).not.toBe(one.spendCents);
  });

  it("only ever adds to what it has said of a day while the clock goes on", () => {
    const world = createWorld({ seed: 1, firstNight: FIRST_NIGHT });
    fc.assert(
      fc.property(
        fc.integer({ min: -3, max: 12 }),
        fc.integer({ min: 0, max: 53 }),
        fc.integer({ min: 1, max: 240 }),
        fc.integer({ min: 1, max: 240 }),
        (dayOffset, index, firstHours, moreHours) => {
          const day = addDays(FIRST_NIGHT, dayOffset);
          const early = advance(world, firstHours * HOUR_MS);
          const late = advance(early, moreHours * HOUR_MS);
          const [a, b] = [early, late].map((state) => {
            const unit = [...state.meta.adSets, ...state.google.adGroups][index];
            if (unit === undefined) throw new Error(`no ad set or ad group ${index}`);
            return deliveryOf(marketOf(state), unit.id, day);
          });
          expect(b?.spendCents).toBeGreaterThanOrEqual(a?.spendCents ?? 0);
          expect(b?.impressions).toBeGreaterThanOrEqual(a?.impressions ?? 0);
          expect(b?.clicks).toBeGreaterThanOrEqual(a?.clicks ?? 0);
          expect(b?.conversions).toEqual(expect.arrayContaining([...(a?.conversions ?? [])]));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("never counts fewer when more are expected", () => {
    const probability = fc.double({ min: 0.000001, max: 0.999999, noNaN: true });
    const mean = fc.double({ min: 0, max: 400, noNaN: true });
    fc.assert(
      fc.property(probability, mean, mean, (u, a, b) => {
        expect(poissonQuantile(u, Math.max(a, b))).toBeGreaterThanOrEqual(poissonQuantile(u, Math.min(a, b)));
      }),
    );
    // The median of Poisson(1) is 1, its 99th percentile 4; nothing is expected of a mean of 0.
    expect(poissonQuantile(0.5, 1)).toBe(1);
    expect(poissonQuantile(0.99, 1)).toBe(4);
    expect(poissonQuantile(0.99, 0)).toBe(0);
  });

  it("lets about 60, 78, 90 and 96 % of conversions arrive within 1, 3, 5 and 7 days", () => {
    const late = advance(createWorld({ seed: 3, firstNight: FIRST_NIGHT }), 24 * 20 * HOUR_MS);
    const delays = late.meta.adSets.flatMap((adSet) =>
      [40, 38, 36, 34, 32, 30].flatMap((ago) => {
        const day = addDays(FIRST_NIGHT, -ago);
        const startMs = Date.parse(`${day}T00:00:00+01:00`);
        const { conversions } = deliveryOf(marketOf(late), adSet.id, day);
        return conversions.map((one) => (one.arrivesAtMs - startMs) / (24 * HOUR_MS));
      }),
    );
    const shareWithin = (days: number) => delays.filter((delay) => delay <= days).length / delays.length;
    expect(delays.length).toBeGreaterThan(400);
    expect(shareWithin(1)).toBeCloseTo(0.6, 1);
    expect(shareWithin(3)).toBeCloseTo(0.78, 1);
    expect(shareWithin(5)).toBeCloseTo(0.9, 1);
    expect(shareWithin(7)).toBeCloseTo(0.96, 1);
    expect(shareWithin(10)).toBe(1);
  });

  it("spends what a raised budget allows from the moment of the raise, and sells less than in proportion", () => {
    const world = createWorld({ seed: 1, firstNight: FIRST_NIGHT });
    const { id } = adSetNamed(world, "Lookalike 1% buyers");
    const raised = withEdit(world, id, { field: "daily_budget", cents: 32_000 }, world.clockMs);
    const days = Array.from({ length: 28 }, (_, index) => addDays(FIRST_NIGHT, index + 1));
    const [plain, double] = [world, raised].map((state) => {
      const later = advance(state, 45 * 24 * HOUR_MS);
      const deliveries = days.map((day) => deliveryNamed(later, "Lookalike 1% buyers", day));
      return {
        spendCents: deliveries.reduce((sum, one) => sum + one.spendCents, 0),
        conversions: deliveries.reduce((sum, one) => sum + one.conversions.length, 0),
      };
    });
    expect((double?.spendCents ?? 0) / (plain?.spendCents ?? 1)).toBeCloseTo(2, 3);
    const growth = (double?.conversions ?? 0) / (plain?.conversions ?? 1);
    expect(growth).toBeGreaterThan(1.3);
    expect(growth).toBeLessThan(1.85);
  });

  it("counts a day with a change in the middle as two parts", () => {
    const world = createWorld({ seed: 1, firstNight: FIRST_NIGHT });
    const { id } = adSetNamed(world, "UGC Clara");
    const noonMs = Date.parse("2026-03-11T12:00:00+01:00");
    const paused = withEdit(world, id, { field: "status", status: "PAUSED" }, noonMs);
    const whole = deliveryNamed(advance(world, 48 * HOUR_MS), "UGC Clara", FIRST_NIGHT);
    const half = deliveryNamed(advance(paused, 48 * HOUR_MS), "UGC Clara", FIRST_NIGHT);
    expect(half.spendCents * 2).toBeGreaterThanOrEqual(whole.spendCents - 2);
    expect(half.spendCents * 2).toBeLessThanOrEqual(whole.spendCents + 2);
    expect(deliveryNamed(advance(paused, 48 * HOUR_MS), "UGC Clara", "2026-03-12").spendCents).toBe(0);
  });

  it("gives the money of a paused ad set to the others under the campaign's budget", () => {
    const world = createWorld({ seed: 1, firstNight: FIRST_NIGHT });
    const { id } = adSetNamed(world, "Advantage+ catalogue");
    const paused = withEdit(world, id, { field: "status", status: "PAUSED" }, world.clockMs);
    const [before, after] = [world, paused].map(
      (state) => deliveryNamed(advance(state, 72 * HOUR_MS), "Advantage+ video", "2026-03-12").spendCents,
    );
    // From 30 % of the campaign's money to all of it.
    expect((after ?? 0) / (before ?? 1)).toBeCloseTo(10 / 3, 2);
  });
});
