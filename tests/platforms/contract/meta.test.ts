import { expect } from "vitest";
import type { AccountSnapshot, Insight } from "../../../lib/domain/snapshot.ts";
import { metaManifest } from "../../../lib/platforms/meta/manifest.ts";
import type { World } from "../../../lib/sandbox/model.ts";
import type { ContractSetup, KnownHolder } from "./setup.ts";
import { describePlatform } from "./suite.ts";

const ACCOUNT_ID = "1001";

/** Of any bucket; 7 minutes to wait. */
const USED_UP = JSON.stringify({
  [ACCOUNT_ID]: [{ type: "ads_management", call_count: 96, estimated_time_to_regain_access: 7 }],
});

const setup: ContractSetup = {
  manifest: metaManifest,
  load: async () => (await import("../../../lib/platforms/meta/index.ts")).metaModule,
  account: {
    platform: "meta",
    accountId: ACCOUNT_ID,
    conversions: ["omni_purchase"],
    attribution: "7dClick+1dView",
  },
  levels: ["account", "campaign", "adGroup"],
  census: ({ meta }) => [
    ...meta.campaigns.map(({ id }) => `campaign ${id}`),
    ...meta.adSets.map(({ id }) => `adGroup ${id}`),
  ],
  holder: anAdSet,
  sharedBudget: () => null,
  listRead: { method: "GET", path: `/act_${ACCOUNT_ID}/adsets` },
  historyRead: { method: "GET", path: `/act_${ACCOUNT_ID}/activities` },
  accountList: { method: "GET", path: "/me/adaccounts" },
  budgetWrite: ({ target }) => ({ method: "POST", path: `/${target.id}` }),
  // The account, campaigns and ad sets; then 35, 352 and 1 224 daily rows by 500.
  requests: { structure: 3, insights: 5, history: 1 },
  kindOf({ path }) {
    if (path.endsWith("/insights")) return "insights";
    return path.endsWith("/activities") ? "history" : "structure";
  },
  further: {
    claims: [
      { key: "purchase/28dClick+1dView", names: ["omni_purchase"], attribution: "28dClick+1dView" },
      { key: "pixel/asSet", names: ["offsite_conversion.fb_pixel_purchase"], attribution: "asSet" },
    ],
    people: [
      { level: "account", span: "28d" },
      { level: "adGroup", span: "7d" },
      { level: "adGroup", span: "lifetime" },
    ],
    searchShares: true,
  },
  // A request for each question about people.
  furtherRequests: 3,
  judgeFurther,
  smallPages: {
    query: ({ query }) => (query.limit === undefined ? query : { ...query, limit: "30" }),
    body: (text) => text,
  },
  // The account, 12 campaigns, 40 ad sets, 7, 72 and 249 daily rows by 30, no activity.
  requestsOfSmallPages: 1 + 1 + 2 + 1 + 3 + 9 + 1,
  async exhaust({ relay }) {
    relay.spoil = (_, answered) => ({
      ...answered,
      headers: { ...answered.headers, "x-business-use-case-usage": USED_UP },
    });
  },
  retryAfterMs: 420_000,
  tooLow: { micros: 500_000n, code: "100/1885272" },
  preflight: "notOffered",
  historyLagMs: 0,
  person: { by: "Camille Roy", via: "Ads Manager" },
  self: { by: "Palier", via: "Palier" },
};

function anAdSet({ meta }: World): KnownHolder {
  const adSet = meta.adSets.find(
    ({ budgets, statuses }) => budgets.length > 0 && statuses.at(-1)?.status === "ACTIVE",
  );
  if (adSet === undefined) throw new Error("the world has no active ad set with a budget");
  return {
    target: { platform: "meta", accountId: ACCOUNT_ID, level: "adGroup", id: adSet.id },
    moneyId: adSet.id,
    budgetMicros: BigInt(adSet.budgets.at(-1)?.cents ?? 0) * 10_000n,
  };
}

/** People are fewer than what they saw, and saw what the rows of their days say. */
function judgeFurther({ people = [], insights, entities }: AccountSnapshot): void {
  for (const { level, entityId, span, from, to, reach, impressions } of people) {
    const rows = insights.filter((row) => row.level === level && row.entityId === entityId);
    const seen = rows
      .filter(({ day }) => day >= from && day <= to)
      .reduce((sum, row) => sum + (row.impressions ?? 0), 0);
    if (span !== "lifetime") expect(impressions).toBe(seen);
    expect(reach).toBeLessThanOrEqual(impressions);
  }
  const spans = Object.groupBy(people, ({ level, span }) => `${level} ${span}`);
  expect(Object.keys(spans)).toEqual(["account 28d", "adGroup 7d", "adGroup lifetime"]);
  expect(spans["adGroup 7d"]?.length).toBeGreaterThan(30);
  const account = insights.filter(({ level }) => level === "account");
  const sumOf = (read: (row: Insight) => number | null | undefined) =>
    account.reduce((sum, row) => sum + (read(row) ?? 0), 0);
  const counted = (key: string) => sumOf(({ claims }) => claims?.[key]?.conversions);
  const plain = sumOf(({ conversions }) => conversions);
  // The pixel misses a few of what the shop's server reports; clicks of four weeks bring more than those of one.
  expect(counted("pixel/asSet")).toBeGreaterThan(0.9 * plain);
  expect(counted("pixel/asSet")).toBeLessThan(plain);
  expect(counted("purchase/28dClick+1dView")).toBeGreaterThan(plain);
  expect(entities.every(({ bidStrategy }) => bidStrategy !== undefined)).toBe(true);
}

describePlatform("meta", setup);
