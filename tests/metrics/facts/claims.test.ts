import { describe, expect, it } from "vitest";
import type { BrandAccount } from "../../../lib/domain/brand.ts";
import type { AccountSnapshot, Insight } from "../../../lib/domain/snapshot.ts";
import type { Params } from "../../../lib/metrics/port.ts";
import { AD_GROUP_KEY, dailyRows, factsOf, ofBrand, reading } from "../../support/readings.ts";
import { aBrand, aCampaign, anAccount, anAdGroup, aSnapshot } from "../../support/snapshot.ts";

const EUR = 1_000_000n;
const INSTALL = "appInstall/7dClick+1dView";
const CLICKED = "purchase/1dClick";

const account: BrandAccount = {
  platform: "meta",
  accountId: "1001",
  conversions: ["omni_purchase"],
  attribution: "7dClick+1dView",
  conversion: "purchase",
  named: { purchase: ["omni_purchase"], appInstall: ["mobile_app_install"], lead: ["lead"] },
};
const claim = (conversions: number, euros: bigint) => ({
  conversions,
  conversionValueMicros: euros * EUR,
});

/** Two days of 60 spent, 30 clicks and 3 purchases of 90; installs on the first alone. */
const rows = dailyRows(
  [
    { claims: { [INSTALL]: claim(6, 30n), [CLICKED]: claim(1, 40n) } },
    { claims: { [CLICKED]: claim(0.5, 20n) } },
  ],
  { spendMicros: 60n * EUR, clicks: 30, conversions: 3, conversionValueMicros: 90n * EUR },
);
const both = [...rows, ...rows.map((row): Insight => ({ ...row, level: "account", entityId: "1001" }))];

function snapshotOf(given: Partial<AccountSnapshot> = {}) {
  return aSnapshot({
    accounts: [
      anAccount({
        entities: [aCampaign(), anAdGroup()],
        insights: both,
        claims: [INSTALL, CLICKED],
        ...given,
      }),
    ],
  });
}

function read(fact: string, params: Params, given: Partial<AccountSnapshot> = {}): unknown {
  const facts = factsOf({ brand: aBrand({ accounts: [account] }), snapshot: snapshotOf(given) });
  const { value, reason } = reading(facts, "adGroup", AD_GROUP_KEY, fact, { window: "2d", ...params });
  return value ?? [reason?.key, ...Object.values(reason?.values ?? {}).map((figure) => figure.value)];
}

describe("lib/metrics/claimed", () => {
  const install = { conversion: "appInstall" };
  const clicked = { attribution: "1dClick" };

  it.each([
    ["conversions", {}, 6],
    ["conversions", install, 6],
    ["conversions", clicked, 1.5],
    ["conversions", { conversion: "purchase", ...clicked }, 1.5],
    ["conversionValue", install, 30_000_000],
    ["conversionValue", clicked, 60_000_000],
    ["cpa", {}, 20_000_000],
    ["cpa", clicked, 80_000_000],
    ["cpaAtLeast", { ...clicked, window: "1d" }, 60_000_000],
    ["roas", {}, 1.5],
    ["roas", clicked, 0.5],
    ["roiPercent", clicked, -50],
    ["conversionRatePercent", install, 10],
  ])("reads %s with %j as %j", (fact, params, expected) => {
    expect(read(fact, params)).toBe(expected);
  });

  it("reads the plain columns for the account's own conversion and attribution", () => {
    const own = { conversion: "purchase", attribution: "7dClick+1dView" };
    expect(read("conversions", own, { claims: [] })).toBe(6);
    expect(read("cpa", { ...own, correctedForDelay: true }, { claims: [] })).toBe(20_000_000);
  });

  it("takes a row without them for none", () => {
    expect(read("conversions", { ...install, window: "1d" })).toBe(0);
    expect(read("cpa", { ...install, window: "1d" })).toEqual(["noData.noConversions"]);
  });

  it("has none that nobody asked the account for", () => {
    const unasked = ["noData.conversionNotCounted", "meta/1001", "appInstall 1dClick"];
    expect(read("cpa", { ...install, ...clicked })).toEqual(unasked);
    expect(read("cpa", { conversion: "signup" })).toEqual([
      "noData.conversionNotCounted",
      "meta/1001",
      "signup",
    ]);
    expect(read("conversions", install, { claims: [CLICKED] })).toEqual([
      "noData.conversionNotCounted",
      "meta/1001",
      "appInstall",
    ]);
  });

  it("prefers leads that the account was asked for to those that the source tells anyway", () => {
    const insights = both.map((row) => ({
      ...row,
      leads: 4,
      claims: { "lead/7dClick+1dView": claim(5, 10n) },
    }));
    const lead = { conversion: "lead" };
    expect(read("conversions", lead, { insights })).toBe(8);
    expect(read("conversionValue", lead, { insights })).toEqual([
      "noData.figureMissing",
      "conversionValue",
      "2026-03-09",
    ]);
    const asked = { insights, claims: ["lead/7dClick+1dView"] };
    expect(read("conversions", lead, asked)).toBe(10);
    expect(read("conversionValue", lead, asked)).toBe(20_000_000);
  });

  it("corrects no conversion for delay that it knows no exposure of", () => {
    expect(read("cpa", { ...clicked, correctedForDelay: true })).toEqual(["noData.onlyPlain"]);
    expect(read("cpa", { ...clicked, countedOn: "conversion" })).toEqual(["noData.onlyPlain"]);
  });

  it("adds accounts up, each by what it counts as its own", () => {
    const other: BrandAccount = { ...account, accountId: "1002", attribution: "1dClick" };
    const second = (claims: string[]) =>
      anAccount({
        ...{ accountId: "1002", attribution: "1dClick", claims },
        insights: rows.map((row): Insight => ({ ...row, level: "account", entityId: "1002" })),
      });
    const brand = aBrand({ accounts: [account, other] });
    const readBrand = (params: Params, claims: string[]) => {
      const [first] = snapshotOf().accounts;
      if (first === undefined) throw new Error("no account");
      const snapshot = aSnapshot({ accounts: [first, second(claims)] });
      return ofBrand(factsOf({ brand, snapshot }), "conversions", { window: "2d", ...params });
    };
    // 1.5 claimed by the first, 6 plain ones of the second.
    expect(readBrand(clicked, [])).toMatchObject({ value: 7.5, source: "meta/1001 + meta/1002 1dClick" });
    expect(readBrand(install, []).reason).toMatchObject({
      key: "noData.conversionNotCounted",
      values: { account: { value: "meta/1002" } },
    });
  });
});
