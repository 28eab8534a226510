import { describe, expect, it } from "vitest";
import type { Edit } from "../../../lib/domain/change.ts";
import { createGooglePlatform } from "../../../lib/platforms/google/index.ts";
import { mutationOf } from "../../../lib/platforms/google/write.ts";
import { byResource, optionsFor, type Script, startGoogle } from "../../support/google-fake.ts";

const ACCOUNT = "2000000002";
const CAMPAIGN = { platform: "google", accountId: ACCOUNT, level: "campaign", id: "5001" } as const;
const SHARED = { platform: "google", accountId: ACCOUNT, level: "sharedBudget", id: "7001" } as const;
const BUDGET = "customers/2000000002/campaignBudgets/7001";
const CAMPAIGN_NAME = "customers/2000000002/campaigns/5001";
const LIVE = { status: "active", dailyBudgetMicros: 35_000_000n, budgetName: BUDGET } as const;
const RAISE: Edit = { kind: "dailyBudget", fromMicros: 35_000_000n, toMicros: 42_000_000n };
const PAUSE: Edit = { kind: "status", from: "active", to: "paused", budgetMicros: 35_000_000n };
const RESUME: Edit = { kind: "status", from: "paused", to: "active", budgetMicros: 35_000_000n };
const CENT = 10_000n;
const MUTATION = { resource: "campaignBudget", name: BUDGET, amountMicros: 42_000_000 } as const;

const KNOWN_ROWS = byResource({
  campaign: [
    {
      customer: { id: ACCOUNT, currencyCode: "EUR" },
      campaign: { id: "5001", status: "ENABLED", experimentType: "BASE" },
      campaignBudget: {
        resourceName: BUDGET,
        id: "7001",
        amountMicros: "35000000",
        period: "DAILY",
        referenceCount: "1",
        status: "ENABLED",
        type: "STANDARD",
      },
    },
  ],
  currency_constant: [{ currencyConstant: { code: "EUR", billableUnitMicros: "10000" } }],
});

async function aPlatform(script: Script) {
  const google = await startGoogle(script);
  const platform = createGooglePlatform({ ...optionsFor(google), sleep: async () => {} });
  return { google, platform };
}

describe("lib/platforms/google/write", () => {
  it.each<[string, typeof CAMPAIGN | typeof SHARED, Edit, object]>([
    ["a campaign's own budget", CAMPAIGN, RAISE, MUTATION],
    ["a shared budget", SHARED, RAISE, MUTATION],
    ["a pause", CAMPAIGN, PAUSE, { resource: "campaign", name: CAMPAIGN_NAME, status: "PAUSED" }],
    ["a resumption", CAMPAIGN, RESUME, { resource: "campaign", name: CAMPAIGN_NAME, status: "ENABLED" }],
  ])("makes one mutation of %s", (_, target, edit, mutation) => {
    expect(mutationOf(target, edit, LIVE, CENT)).toEqual({ kind: "mutation", mutation });
  });

  it.each<[string, bigint]>([
    ["half a cent", 42_005_000n],
    ["nothing", 0n],
    ["less than nothing", -10_000n],
    ["more than 2^53 micros", 9_007_199_254_750_000n],
  ])("makes no mutation of %s", (_, toMicros) => {
    const edit: Edit = { kind: "dailyBudget", fromMicros: 1n, toMicros };
    expect(mutationOf(CAMPAIGN, edit, LIVE, CENT)).toMatchObject({ kind: "refused", code: "invalidAmount" });
  });

  it.each<[string, object, Edit, string]>([
    ["a budget of another account", CAMPAIGN, RAISE, "customers/2000000003/campaignBudgets/7001"],
    ["no budget at all", CAMPAIGN, RAISE, ""],
    ["another shared budget than the target", { ...SHARED, id: "7002" }, RAISE, BUDGET],
    ["a shared budget's status", SHARED, PAUSE, BUDGET],
    ["an ad group", { ...CAMPAIGN, level: "adGroup" }, RAISE, BUDGET],
    ["an id that is no number", { ...CAMPAIGN, id: "5001/x" }, PAUSE, BUDGET],
    ["an account that is no number", { ...CAMPAIGN, accountId: "2-2" }, PAUSE, BUDGET],
  ])("makes no mutation of %s", (_, target, edit, budgetName) => {
    const refused = mutationOf({ ...CAMPAIGN, ...target }, edit, { ...LIVE, budgetName }, CENT);
    expect(refused).toMatchObject({ kind: "refused", code: "notSent" });
  });

  it("is one request after the live read, which has told the currency's smallest step", async () => {
    const { google, platform } = await aPlatform({
      rows: KNOWN_ROWS,
      mutates: [{ names: [] }, { names: [BUDGET] }],
    });
    const live = await platform.readHolder(CAMPAIGN);
    expect(live).toEqual(LIVE);
    expect(google.rest).toHaveLength(2);
    expect(await platform.preflight(CAMPAIGN, RAISE, live)).toEqual({ kind: "passed" });
    expect(await platform.write(CAMPAIGN, RAISE, live)).toEqual({ kind: "applied" });
    const odd: Edit = { ...RAISE, toMicros: 42_001_000n };
    expect(await platform.write(CAMPAIGN, odd, live)).toMatchObject({ code: "invalidAmount" });
    expect(google.rest).toHaveLength(2);
    expect(google.tokens).toHaveLength(1);
    expect(google.mutates.map(({ validateOnly }) => validateOnly)).toEqual([true, false]);
  });

  it("neither reads nor sends before a live read has told the currency's smallest step", async () => {
    const { google, platform } = await aPlatform({ rows: KNOWN_ROWS });
    expect(await platform.preflight(CAMPAIGN, RAISE, LIVE)).toMatchObject({
      kind: "refused",
      code: "notSent",
    });
    expect(await platform.write(CAMPAIGN, RAISE, LIVE)).toMatchObject({ kind: "refused", code: "notSent" });
    expect([google.rest, google.mutates]).toEqual([[], []]);
  });

  it("pauses without knowing any amount's step", async () => {
    const { google, platform } = await aPlatform({ mutates: [{ names: [CAMPAIGN_NAME] }] });
    expect(await platform.write(CAMPAIGN, PAUSE, LIVE)).toEqual({ kind: "applied" });
    expect(google.rest).toEqual([]);
  });
});
