import { describe, expect, it } from "vitest";
import type { Parameter } from "../../../lib/domain/brand.ts";
import type { AccountSnapshot, Snapshot } from "../../../lib/domain/snapshot.ts";
import { factsOf, ofAdGroup, ofBrand } from "../../support/readings.ts";
import {
  aBrand,
  aCampaign,
  anAccount,
  anAdGroup,
  anInsight,
  aShopDay,
  aSnapshot,
} from "../../support/snapshot.ts";

const EUR = 1_000_000n;

const money = (euros: number): Parameter => ({
  unit: "money",
  default: { value: euros * 1_000_000, source: "the file" },
  values: [{ match: { campaigns: ["*"] }, value: 1, source: "one campaign" }],
});
const BRAND = aBrand({
  parameters: { ltv: money(150), monthBudget: money(2000) },
  groups: {
    tier: [
      { name: "proven", match: { labels: ["proven"] } },
      { name: "test", match: { labels: ["test"] } },
    ],
  },
});

const spend = (level: "account" | "campaign", entityId: string, euros: bigint, day = "2026-03-10") =>
  anInsight({ level, entityId, day, spendMicros: euros * EUR });

/** 100 spent yesterday: 60 by a proven campaign, 10 by a test, 30 by one of neither; 300 on 2 March; 20 on print. */
function snapshotOf(account: Partial<AccountSnapshot> = {}, given: Partial<Snapshot> = {}): Snapshot {
  const entities = [
    aCampaign({ labels: ["proven"] }),
    aCampaign({ id: "101", labels: ["test"] }),
    aCampaign({ id: "102" }),
    anAdGroup(),
  ];
  const insights = [
    spend("account", "1001", 100n),
    spend("account", "1001", 300n, "2026-03-02"),
    spend("account", "1001", 700n, "2026-02-28"),
    spend("campaign", "100", 60n),
    spend("campaign", "101", 10n),
    spend("campaign", "102", 30n),
  ];
  const otherSpend = [{ day: "2026-03-10", source: "print", spendMicros: 20n * EUR }];
  return aSnapshot({
    accounts: [anAccount({ entities, insights, ...account })],
    shop: { source: "csv", days: [aShopDay({ newCustomers: 2 })], otherSpend },
    ...given,
  });
}

function read(
  fact: string,
  params: Record<string, string> = { window: "1d" },
  snapshot = snapshotOf(),
  brand = BRAND,
): unknown {
  const { value, reason } = ofBrand(factsOf({ brand, snapshot }), fact, params);
  return value ?? [reason?.key, ...Object.values(reason?.values ?? {}).map((one) => one.value)];
}

describe("lib/metrics/facts/ltv-to-cac", () => {
  it("divides what a customer is worth by what one costs", () => {
    // (100 + 20) / 2 = 60 for each.
    expect(read("ltvToCac")).toBe(2.5);
  });

  it("has none without a worth, a customer or a cost", () => {
    expect(read("ltvToCac", { window: "1d" }, snapshotOf(), aBrand())).toEqual([
      "noData.parameterUnset",
      "ltv",
    ]);
    const shop = (newCustomers: number) => ({ shop: { source: "csv", days: [aShopDay({ newCustomers })] } });
    expect(read("ltvToCac", { window: "1d" }, snapshotOf({}, shop(0)))).toEqual(["noData.noNewCustomers"]);
    expect(read("ltvToCac", { window: "1d" }, snapshotOf({ insights: [] }, shop(2)))).toEqual([
      "noData.noSpend",
    ]);
  });
});

describe("lib/metrics/facts/group-share", () => {
  const share = (member: string, group = "tier") =>
    read("groupSharePercent", { window: "1d", group, member, basis: "spend" });

  it("divides the spend of a member by all that the brand spends, and makes 100 in all", () => {
    expect(["proven", "test", "unmapped"].map((member) => share(member))).toEqual([50, 8.333333, 41.666667]);
  });

  it("knows no partition and no member that the brand file lacks", () => {
    expect(share("best")).toEqual(["noData.memberUnknown", "tier", "best"]);
    expect(share("unmapped", "market")).toEqual(["noData.memberUnknown", "market", "unmapped"]);
    expect(share("proven", "constructor")).toEqual(["noData.memberUnknown", "constructor", "proven"]);
  });

  it("has none without spend", () => {
    const params = { window: "3d..3d", group: "tier", member: "test", basis: "spend" };
    expect(read("groupSharePercent", params)).toEqual(["noData.noSpend"]);
  });

  it("refuses a share of what no campaign has", () => {
    expect(() => read("groupSharePercent", { window: "1d", group: "tier", member: "test" })).toThrow(
      'the basis "spend"',
    );
  });
});

describe("lib/metrics/facts/month: monthSpentPercent", () => {
  it("holds the month's complete days against the brand's own budget, at every level", () => {
    // 300 + 100 + 20 of 2000.
    expect(read("monthSpentPercent", {})).toBe(21);
    expect(ofAdGroup(factsOf({ brand: BRAND, snapshot: snapshotOf() }), "monthSpentPercent", {}).value).toBe(
      21,
    );
  });

  it("has none on the first, without a budget, or without an account", () => {
    expect(read("monthSpentPercent", {}, snapshotOf({}, { day: "2026-03-01" }))).toEqual([
      "noData.noCompleteDay",
    ]);
    expect(read("monthSpentPercent", {}, snapshotOf(), aBrand())).toEqual([
      "noData.parameterUnset",
      "monthBudget",
    ]);
    expect(read("monthSpentPercent", {}, snapshotOf({}, { accounts: [] }))).toEqual([
      "noData.accountMissing",
      "meta/1001",
    ]);
  });
});

describe("lib/metrics/facts/new-ads", () => {
  const at = (time: string): number => Date.parse(`${time}:00+01:00`);
  const ad = (id: string, createdAtMs: number | null) => ({
    ...anAdGroup({ id, parentId: "200", budget: null, createdAtMs }),
    level: "ad" as const,
  });
  const ads = (...created: (number | null)[]) => ({
    entities: [
      aCampaign(),
      anAdGroup(),
      ...created.map((createdAtMs, index) => ad(`${300 + index}`, createdAtMs)),
    ],
  });

  it("counts ads created on the window's days for each 5,000 spent on Meta", () => {
    // 9 to 10 March: 2 for 100.
    const created = [
      at("2026-03-08T23:59"),
      at("2026-03-09T00:00"),
      at("2026-03-10T23:59"),
      at("2026-03-11T00:01"),
    ];
    expect(read("newAdsPer5000", { window: "2d" }, snapshotOf(ads(...created)))).toBe(100);
    expect(read("newAdsPer5000", { window: "1d" }, snapshotOf(ads(at("2026-01-01T12:00"))))).toBe(0);
  });

  it("has none where ads are not listed, or one has no age", () => {
    expect(read("newAdsPer5000")).toEqual(["noData.adsNotListed", "meta/1001"]);
    expect(read("newAdsPer5000", { window: "1d" }, snapshotOf(ads(null)))).toEqual([
      "noData.notReported",
      "age",
    ]);
    expect(read("newAdsPer5000", { window: "3d..3d" }, snapshotOf(ads(0)))).toEqual(["noData.noSpend"]);
  });
});

describe("lib/metrics/facts: whom the shop sold to", () => {
  const day = {
    revenueMicros: 600n * EUR,
    newCustomerRevenueMicros: 240n * EUR,
    orders: 10,
    newCustomers: 4,
  };
  const sold = (fact: string, customers: string, given = day) => {
    const shop = { source: "csv", days: [aShopDay(given)] };
    return read(fact, { window: "1d", customers }, snapshotOf({}, { shop }));
  };

  it.each([
    ["revenue", [600_000_000, 240_000_000, 360_000_000]],
    ["orders", [10, 4, 6]],
    ["aov", [60_000_000, 60_000_000, 60_000_000]],
    ["mer", [6, 2.4, 3.6]],
  ])("reads %s of all, new and returning customers", (fact, expected) => {
    expect(["all", "new", "returning"].map((customers) => sold(fact, customers))).toEqual(expected);
  });

  it("has none of orders that nobody placed, or that do not add up", () => {
    expect(sold("aov", "returning", { ...day, orders: 4 })).toEqual(["noData.noOrders"]);
    expect(sold("orders", "returning", { ...day, orders: 3 })).toEqual(["noData.customersUnclear"]);
    expect(sold("aov", "returning", { ...day, orders: 3 })).toEqual(["noData.customersUnclear"]);
  });
});

describe("lib/metrics/facts/audience: people asked for as a whole", () => {
  const row = (given: object) => ({
    ...{
      level: "adGroup" as const,
      entityId: "200",
      span: "7d" as const,
      from: "2026-03-04",
      to: "2026-03-10",
    },
    ...{ reach: 400, impressions: 1000, ...given },
  });
  const people = [
    row({}),
    row({ span: "28d", from: "2026-02-11", reach: 500, impressions: 4000 }),
    row({ span: "lifetime", from: "2025-11-03", reach: 800, impressions: 9600 }),
    row({ level: "account", entityId: "act", reach: 250 }),
  ];
  const ofGroup = (fact: string, window: string, rows = people) => {
    const account = anAccount({ entities: [aCampaign(), anAdGroup()], people: rows });
    const snapshot = aSnapshot({ accounts: [account] });
    const { value, reason } = ofAdGroup(factsOf({ snapshot }), fact, { window });
    return value ?? reason?.key;
  };

  it.each([
    ["7d", 400, 2.5],
    ["28d", 500, 8],
    ["lifetime", 800, 12],
  ])("reads %s", (window, reach, frequency) => {
    expect([ofGroup("reach", window), ofGroup("frequency", window)]).toEqual([reach, frequency]);
  });

  it("takes no other days for them", () => {
    expect(ofGroup("reach", "7d", [row({ from: "2026-03-03", to: "2026-03-09" })])).toBe(
      "noData.notAdditive",
    );
    expect(ofGroup("reach", "14d")).toBe("noData.notAdditive");
    expect(ofGroup("frequency", "7d", [row({ reach: 0, impressions: 0 })])).toBe("noData.noReach");
  });

  it("has those of a brand only where it is one account", () => {
    const snapshot = aSnapshot({ accounts: [anAccount({ people })] });
    const [first] = BRAND.accounts;
    if (first === undefined) throw new Error("no account");
    const two = aBrand({ accounts: [first, { ...first, accountId: "1002" }] });
    const second = aSnapshot({ accounts: [anAccount({ people }), anAccount({ accountId: "1002", people })] });
    expect(read("reach", { window: "7d" }, snapshot)).toBe(250);
    expect(read("reach", { window: "7d" }, second, two)).toEqual(["noData.notAdditive", "reach"]);
  });
});
