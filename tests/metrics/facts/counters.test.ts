import { describe, expect, it } from "vitest";
import {
  AD_GROUP_KEY,
  CAMPAIGN_KEY,
  dailyRows,
  factsOf,
  META_MATURITY,
  ofAdGroup,
  ofBrand,
  reading,
  withRows,
} from "../../support/readings.ts";
import { aCampaign, anAccount, anAdGroup, anInsight, aSnapshot } from "../../support/snapshot.ts";

const twoDays = dailyRows([
  {
    spendMicros: 10_500_000n,
    impressions: 1000,
    clicks: 20,
    linkClicks: 12,
    conversions: 0.1,
    conversionValueMicros: 30_000_000n,
  },
  {
    spendMicros: 20_000_001n,
    impressions: 3000,
    clicks: 40,
    linkClicks: 30,
    conversions: 0.2,
    conversionValueMicros: 45_000_000n,
  },
]);

describe("lib/metrics/facts/counters", () => {
  it.each([
    ["spend", "money", 30_500_001],
    ["impressions", "count", 4000],
    ["clicks", "count", 60],
    ["linkClicks", "count", 42],
    ["conversions", "count", 0.3],
    ["conversionValue", "money", 75_000_000],
  ])("sums %s in %s over the window's days", (fact, unit, value) => {
    const facts = factsOf({ snapshot: withRows(twoDays) });
    expect(ofAdGroup(facts, fact)).toMatchObject({
      value,
      unit,
      from: "2026-03-04",
      to: "2026-03-10",
      reason: null,
    });
  });

  it("counts yesterday alone over 1d, the day before alone over 2d..2d", () => {
    const facts = factsOf({ snapshot: withRows(twoDays) });
    expect(ofAdGroup(facts, "spend", { window: "1d" }).value).toBe(20_000_001);
    expect(ofAdGroup(facts, "spend", { window: "2d..2d" }).value).toBe(10_500_000);
    expect(ofAdGroup(facts, "spend", { window: "9d..3d" }).value).toBe(0);
  });

  it("counts each day's spend at the share of its conversions that has arrived, where asked to", () => {
    const rows = dailyRows([{ spendMicros: 10_000_000n }, { spendMicros: 30_000_000n }]);
    const facts = factsOf({ snapshot: withRows(rows), maturity: META_MATURITY });
    // 30 x 60 % + 10 x 70 %.
    expect(ofAdGroup(facts, "spend", { window: "7d", correctedForDelay: true }).value).toBe(25_000_000);
    expect(ofAdGroup(facts, "spend").value).toBe(40_000_000);
  });

  it("says what was counted, with conversion and attribution where conversions are", () => {
    const facts = factsOf({ snapshot: withRows(twoDays) });
    expect(ofAdGroup(facts, "spend").source).toBe("meta/1001 adGroup 200");
    expect(ofAdGroup(facts, "conversions").source).toBe(
      "meta/1001 adGroup 200 omni_purchase 7dClick+1dView by click day",
    );
    expect(ofBrand(facts, "spend").source).toBe("meta/1001");
  });

  it("reads each level from its own rows, and the brand from its accounts' rows", () => {
    const facts = factsOf({
      snapshot: withRows([
        anInsight({ spendMicros: 1n }),
        anInsight({ level: "campaign", entityId: "100", spendMicros: 20n }),
        anInsight({ level: "account", entityId: "1001", spendMicros: 300n }),
      ]),
    });
    const window = { window: "1d" };
    expect(reading(facts, "adGroup", AD_GROUP_KEY, "spend", window).value).toBe(1);
    expect(reading(facts, "budgetHolder", AD_GROUP_KEY, "spend", window).value).toBe(1);
    expect(reading(facts, "campaign", CAMPAIGN_KEY, "spend", window).value).toBe(20);
    expect(reading(facts, "account", "meta/1001", "spend", window).value).toBe(300);
    expect(ofBrand(facts, "spend", window).value).toBe(300);
  });

  it("reads a campaign that holds its own budget from campaign rows", () => {
    const campaign = aCampaign({ budget: { period: "daily", amountMicros: 80_000_000n } });
    const insights = [
      anInsight({ spendMicros: 1n }),
      anInsight({ level: "campaign", entityId: "100", spendMicros: 20n }),
    ];
    const accounts = [anAccount({ entities: [campaign, anAdGroup({ budget: null })], insights })];
    const facts = factsOf({ snapshot: aSnapshot({ accounts }) });
    expect(reading(facts, "budgetHolder", CAMPAIGN_KEY, "spend", { window: "1d" }).value).toBe(20);
  });

  it("tells a stage's spend at any level", () => {
    const insights = [
      anInsight({ level: "campaign", entityId: "100", spendMicros: 20_000_000n }),
      anInsight({ level: "account", entityId: "1001", spendMicros: 25_000_000n }),
    ];
    const facts = factsOf({ snapshot: withRows(insights) });
    const spent = (stage: string): unknown => ofAdGroup(facts, "spend", { window: "1d", stage }).value;
    expect(spent("prospecting")).toBe(20_000_000);
    expect(spent("retargeting")).toBe(0);
    expect(spent("unmapped")).toBe(5_000_000);
  });
});
