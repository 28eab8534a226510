/** One market behind both platforms: money, orders that both claim, the days on which each counts them. */
import { describe, expect, it } from "vitest";
import { addDays, type Day, eachDay } from "../../lib/domain/day.ts";
import { advance, createWorld, type World } from "../../lib/sandbox/index.ts";
import type { Conversion } from "../../lib/sandbox/market/conversions.ts";
import { conversionsOn, deliveryOf, type Market, marketOf } from "../../lib/sandbox/market/delivery.ts";
import { causedOrdersOn, shopFigures } from "../../lib/sandbox/shop/figures.ts";
import { withEdit } from "../../lib/sandbox/world.ts";

const DAY_MS = 86_400_000;
const FIRST_NIGHT = "2026-03-11";
const FOUNDED = createWorld({ seed: 1, firstNight: FIRST_NIGHT });
/** Four weeks that are over and whose clicks have all bought what they will. */
const SETTLED = eachDay("2026-01-20", "2026-02-16");

function googleId(world: World, name: string): string {
  const { campaigns, budgets } = world.google;
  const found =
    budgets.find((one) => one.name === name && one.explicitlyShared) ??
    campaigns.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no "${name}" on Google`);
  return found.id;
}

function unitsOf(market: Market, platform: "meta" | "google") {
  return [...market.units.values()].filter((unit) => unit.platform === platform);
}

function conversionsOver(market: Market, platform: "meta" | "google", days: readonly Day[]): Conversion[] {
  return unitsOf(market, platform).flatMap(({ id }) =>
    days.flatMap((day) => [...conversionsOn(market, id, day)]),
  );
}

function spendCents(world: World, campaign: string, day: Day): number {
  const market = marketOf(world);
  const units = market.unitsOfCampaign.get(googleId(world, campaign)) ?? [];
  return units.reduce((sum, { id }) => sum + deliveryOf(market, id, day).spendCents, 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

describe("lib/sandbox/market on Google", () => {
  it("has ten campaigns of four kinds, one paused, one removed, and budgets of each kind that exists", () => {
    const { account, campaigns, adGroups, budgets, conversionActions } = FOUNDED.google;
    expect(account).toEqual({ id: "2000000002", name: "Atelier Lune Search" });
    expect(campaigns).toHaveLength(10);
    expect(new Set(campaigns.map(({ channelType }) => channelType)).size).toBe(4);
    expect(campaigns.filter(({ removed }) => removed).map(({ name }) => name)).toEqual([
      "PROS | Shopping | Old feed | FR",
    ]);
    expect(adGroups).toHaveLength(14);
    expect(adGroups.filter(({ kind }) => kind === "assetGroup").map(({ name }) => name)).toEqual([
      "PMax bestsellers",
    ]);
    const [shared] = budgets.filter(({ explicitlyShared }) => explicitlyShared);
    expect(shared?.name).toBe("Search generic");
    expect(campaigns.filter(({ budgetId }) => budgetId === shared?.id)).toHaveLength(2);
    expect(budgets.filter(({ period }) => period === "CUSTOM_PERIOD")).toMatchObject([
      { name: "AWA | Display | FR", totalCents: 150_000, budgets: [] },
    ]);
    expect(conversionActions.map(({ name, primary }) => [name, primary])).toEqual([
      ["Purchase (web)", true],
      ["Newsletter sign-up", false],
    ]);
  });

  it("gives every entity of both platforms an id, and every unit a name, of its own", () => {
    const { meta, google } = FOUNDED;
    const units = [...meta.adSets, ...google.adGroups];
    const entities = [...units, ...meta.campaigns, ...google.campaigns, ...google.budgets];
    expect(new Set(units.map(({ name }) => name)).size).toBe(54);
    expect(new Set(entities.map(({ id }) => id)).size).toBe(54 + 12 + 10 + 9);
    for (const { id } of [...google.adGroups, ...google.campaigns, ...google.budgets])
      expect(id).toMatch(/^\d{11}$/);
  });

  it("leaves Meta's own figures alone: what an ad set did on a day is what it always was", () => {
    const adSet = FOUNDED.meta.adSets.find(({ name }) => name === "Lookalike 1% buyers");
    const { spendCents, impressions, conversions } = deliveryOf(
      marketOf(FOUNDED),
      adSet?.id ?? "",
      "2026-02-10",
    );
    // As the world of seed 1 answered before it had a second platform.
    expect([spendCents, impressions, conversions.length]).toEqual([16434, 18470, 10]);
  });

  it("divides a shared budget between the campaigns that draw on it, and gives it all to one when the other pauses", () => {
    const [gifts, decoration] = ["PROS | Search | Gifts | FR", "PROS | Search | Decoration | FR"] as const;
    const paused = withEdit(
      FOUNDED,
      googleId(FOUNDED, decoration),
      { field: "status", status: "PAUSED" },
      FOUNDED.clockMs,
    );
    const [plain, alone] = [FOUNDED, paused].map((world) => advance(world, 3 * DAY_MS));
    if (plain === undefined || alone === undefined) throw new Error("two worlds");
    expect(spendCents(alone, decoration, "2026-03-12")).toBe(0);
    // From 60 % of 250 to all of it.
    expect(spendCents(alone, gifts, "2026-03-12") / spendCents(plain, gifts, "2026-03-12")).toBeCloseTo(
      1 / 0.6,
      2,
    );
  });

  it("raises the money of every campaign that draws on a shared budget, from the moment of the raise", () => {
    const edit = { field: "daily_budget", cents: 50_000 } as const;
    const raised = withEdit(FOUNDED, googleId(FOUNDED, "Search generic"), edit, FOUNDED.clockMs);
    const [plain, double] = [FOUNDED, raised].map((world) => advance(world, 3 * DAY_MS));
    if (plain === undefined || double === undefined) throw new Error("two worlds");
    for (const campaign of ["PROS | Search | Gifts | FR", "PROS | Search | Decoration | FR"]) {
      expect(spendCents(double, campaign, "2026-03-10")).toBe(spendCents(plain, campaign, "2026-03-10"));
      expect(
        spendCents(double, campaign, "2026-03-12") / spendCents(plain, campaign, "2026-03-12"),
      ).toBeCloseTo(2, 2);
    }
  });

  it("spends a budget with a total evenly over thirty days and nothing afterwards", () => {
    const late = advance(FOUNDED, 30 * DAY_MS);
    const days = eachDay("2026-02-25", "2026-04-05").map((day) =>
      spendCents(late, "AWA | Display | FR", day),
    );
    expect(days.filter((cents) => cents > 0).length).toBeGreaterThanOrEqual(30);
    expect(sum(days) / 150_000).toBeCloseTo(1, 1);
    // It began on 27 February at ten.
    expect(spendCents(late, "AWA | Display | FR", "2026-02-26")).toBe(0);
    expect(spendCents(late, "AWA | Display | FR", "2026-03-30")).toBe(0);
  });
});

describe("lib/sandbox/market over both platforms", () => {
  const market = marketOf(FOUNDED);

  it("lets Google claim about an eighth of the orders that Meta's ads caused: the same value at the same time", () => {
    const orders = conversionsOver(market, "meta", SETTLED).filter(({ caused }) => caused);
    const byOrder = new Map(orders.map((one) => [one.orderId, one]));
    const claims = conversionsOver(market, "google", SETTLED).filter(
      ({ caused, orderId }) => !caused && orderId !== null,
    );
    expect(claims.length / orders.length).toBeCloseTo(0.12, 1);
    expect(claims.length).toBeGreaterThan(100);
    for (const { orderId, valueCents, arrivesAtMs } of claims)
      expect(byOrder.get(orderId)).toMatchObject({ valueCents, arrivesAtMs });
    expect(new Set(claims.map(({ orderId }) => orderId)).size).toBe(claims.length);
  });

  it("dates such a claim to the day of the order, which is that of Google's click", () => {
    for (const day of SETTLED.slice(0, 7)) {
      for (const { id } of unitsOf(market, "google")) {
        const startMs = Date.parse(`${day}T00:00:00+01:00`);
        const claims = deliveryOf(market, id, day).conversions.filter(
          ({ caused, orderId }) => !caused && orderId !== null,
        );
        for (const { arrivesAtMs } of claims) {
          expect(arrivesAtMs).toBeGreaterThanOrEqual(startMs);
          expect(arrivesAtMs).toBeLessThan(startMs + DAY_MS);
        }
      }
    }
  });

  it("leaves the claim to others while the brand's search is paused", () => {
    const [brandSearch, edit] = ["BRAND | Search | FR", { field: "status", status: "PAUSED" } as const];
    const paused = withEdit(FOUNDED, googleId(FOUNDED, brandSearch), edit, FOUNDED.clockMs);
    const late = advance(paused, 20 * DAY_MS);
    const days = eachDay("2026-03-12", "2026-03-25");
    const claims = conversionsOver(marketOf(late), "google", days).filter(
      ({ caused, orderId }) => !caused && orderId !== null,
    );
    expect(claims.length).toBeGreaterThan(40);
    const onBrand = (marketOf(late).unitsOfCampaign.get(googleId(late, brandSearch)) ?? []).flatMap(
      ({ id }) => days.flatMap((day) => [...deliveryOf(marketOf(late), id, day).conversions]),
    );
    expect(onBrand).toEqual([]);
  });

  it("sums to the same over all days, whether conversions are dated by click or by purchase", () => {
    const late = marketOf(advance(FOUNDED, 12 * DAY_MS));
    const days = eachDay(FOUNDED.historyFrom, addDays(FIRST_NIGHT, 12));
    for (const { id, name } of late.units.values()) {
      const byClick = days.flatMap((day) => [...deliveryOf(late, id, day).conversions]);
      const byPurchase = days.flatMap((day) => [...conversionsOn(late, id, day)]);
      expect([name, byPurchase.length]).toEqual([name, byClick.length]);
      expect(sum(byPurchase.map((one) => one.valueCents))).toBe(sum(byClick.map((one) => one.valueCents)));
    }
  });

  it("keeps the days apart: most purchases of a day are of its own clicks, some of earlier ones", () => {
    const id = FOUNDED.meta.adSets.find(({ name }) => name === "Lookalike 1% buyers")?.id ?? "";
    const own = new Set(SETTLED.flatMap((day) => deliveryOf(market, id, day).conversions.length));
    expect(own.size).toBeGreaterThan(1);
    const sameDay = sum(
      SETTLED.map((day) => {
        const clicked = new Set(deliveryOf(market, id, day).conversions);
        return conversionsOn(market, id, day).filter((one) => clicked.has(one)).length;
      }),
    );
    const all = sum(SETTLED.map((day) => conversionsOn(market, id, day).length));
    expect(sameDay / all).toBeGreaterThan(0.5);
    expect(sameDay / all).toBeLessThan(0.7);
  });
});

describe("lib/sandbox/shop over both platforms", () => {
  const market = marketOf(FOUNDED);

  it("counts each order once, at the platform whose ad caused it, however many claim it", () => {
    const books = new Map(shopFigures(FOUNDED).map((one) => [one.day, one]));
    for (const day of SETTLED) {
      const orders = causedOrdersOn(market, day);
      expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(orders.length);
      const bySource = (source: string) =>
        sum(orders.filter((one) => one.source === source).map((one) => one.valueCents));
      expect(books.get(day)?.revenueCentsFrom).toEqual({
        meta: bySource("meta"),
        google: bySource("google"),
      });
    }
    const ids = SETTLED.flatMap((day) => causedOrdersOn(market, day).map(({ orderId }) => orderId));
    const claimed = [
      ...conversionsOver(market, "meta", SETTLED),
      ...conversionsOver(market, "google", SETTLED),
    ].flatMap(({ orderId }) => (orderId === null ? [] : [orderId]));
    expect(new Set(claimed)).toEqual(new Set(ids));
    expect(claimed.length).toBeGreaterThan(ids.length + 100);
  });

  it("has sources that leave room for its own trade", () => {
    for (const { revenueCents, revenueCentsFrom } of shopFigures(FOUNDED))
      expect(revenueCentsFrom.meta + revenueCentsFrom.google).toBeLessThan(revenueCents);
  });

  it.each([
    [1, 4.02],
    [6, 3.55],
    [15, 3.33],
  ])("has with seed %i a MER of about %s over both platforms, the brand's floor being 3.57", (seed, mer) => {
    const world = createWorld({ seed, firstNight: FIRST_NIGHT });
    const days = eachDay("2026-03-04", "2026-03-10");
    const units = [...marketOf(world).units.keys()];
    const spend = sum(
      units.flatMap((id) => days.map((day) => deliveryOf(marketOf(world), id, day).spendCents)),
    );
    const revenue = sum(
      shopFigures(world).flatMap((one) => (days.includes(one.day) ? [one.revenueCents] : [])),
    );
    expect(Math.abs(revenue / spend - mer)).toBeLessThan(0.02);
  });
});
