import { describe, expect, it } from "vitest";
import {
  aCampaign,
  aConversionAction,
  aFetchRequest,
  aGooglePlatform,
  HEAD,
  NOW_MS,
} from "../../support/google-platform.ts";

const SHARED_BUDGET = { resourceName: "customers/2000000002/campaignBudgets/7009", id: "7009", name: "Both" };

async function fetched(answers: Parameters<typeof aGooglePlatform>[0], request = aFetchRequest()) {
  const { platform } = await aGooglePlatform(answers);
  return (await platform.fetchAccount(request)).snapshot;
}

describe("lib/platforms/google/read", () => {
  it("reads an account with its facts, its one campaign and the settings of its figures", async () => {
    const { google, platform } = await aGooglePlatform();
    const { snapshot, requests } = await platform.fetchAccount(aFetchRequest({ levels: ["campaign"] }));
    expect(snapshot).toEqual({
      platform: "google",
      accountId: "2000000002",
      name: "Atelier Lune",
      currency: "EUR",
      zone: "Europe/Paris",
      fetchedAtMs: NOW_MS,
      coveredFrom: "2026-02-04",
      coveredTo: "2026-03-10",
      levels: ["account", "campaign"],
      conversion: "Purchase (web)",
      attribution: "asSet",
      countedOn: "click",
      minDailyBudgetMicros: 10_000n,
      budgetUnitMicros: 10_000n,
      entities: [
        {
          platform: "google",
          accountId: "2000000002",
          level: "campaign",
          id: "5001",
          parentId: null,
          name: "PROS Search",
          status: "active",
          platformStatus: "ELIGIBLE",
          objective: "search",
          labels: [],
          // Midnight in Paris, an hour ahead of UTC in January.
          createdAtMs: Date.parse("2026-01-04T23:00:00Z"),
          budget: { period: "daily", amountMicros: 35_000_000n },
          learning: "learned",
          lastEditAtMs: null,
          budgetScheduled: false,
          bidStrategy: "MAXIMIZE_CONVERSIONS",
          budgetLimited: false,
        },
      ],
      sharedBudgets: [],
      insights: [],
      history: { fromMs: NOW_MS - 259_200_000, edits: [] },
    });
    expect(requests).toBe(8);
    expect(google.rest.map(({ gaql }) => / FROM (\w+)/.exec(gaql)?.[1])).toEqual([
      "campaign",
      "conversion_action",
      "currency_constant",
      "customer",
      "customer",
      "campaign",
      "campaign",
      "change_event",
    ]);
  });

  it("asks for the account's facts by themselves where there is no campaign", async () => {
    const snapshot = await fetched({ campaign: [], customer: [HEAD] });
    expect(snapshot).toMatchObject({ name: "Atelier Lune", zone: "Europe/Paris", entities: [] });
  });

  it("lists ad groups only where their level is asked for, paused with their campaign", async () => {
    const adGroup = { id: "6001", name: "Shoes", status: "ENABLED", primaryStatus: "ELIGIBLE" };
    const snapshot = await fetched(
      {
        campaign: [aCampaign({ status: "PAUSED", biddingStrategySystemStatus: "LEARNING_NEW" })],
        ad_group: [{ ...HEAD, campaign: { id: "5001" }, adGroup }],
        "ad_group cost": [],
        "ad_group conversions": [],
      },
      aFetchRequest({ levels: ["adGroup"] }),
    );
    expect(snapshot.levels).toEqual(["account", "adGroup"]);
    expect(snapshot.entities[1]).toMatchObject({
      level: "adGroup",
      id: "6001",
      parentId: "5001",
      status: "paused",
      objective: "search",
      learning: "learning",
      budget: null,
    });
  });

  it.each<[string, object]>([
    ["made to be shared", { explicitlyShared: true, referenceCount: "1" }],
    ["that a second campaign draws on", { referenceCount: "2" }],
  ])("takes a budget %s from its campaigns and lists it with them", async (_, fields) => {
    const campaigns = [
      aCampaign({ id: "5010", status: "PAUSED" }, { ...SHARED_BUDGET, ...fields }),
      aCampaign({ id: "5002" }, { ...SHARED_BUDGET, ...fields }),
      aCampaign(),
    ];
    const snapshot = await fetched({ campaign: campaigns });
    expect(snapshot.entities.map(({ id, budget }) => [id, budget?.amountMicros ?? null])).toEqual([
      ["5001", 35_000_000n],
      ["5002", null],
      ["5010", null],
    ]);
    expect(snapshot.sharedBudgets).toEqual([
      {
        id: "7009",
        name: "Both",
        status: "active",
        platformStatus: "ENABLED",
        budget: { period: "daily", amountMicros: 35_000_000n },
        campaignIds: ["5002", "5010"],
      },
    ]);
  });

  it("takes a budget that two campaigns name for shared, whatever Google's count says", async () => {
    const campaigns = [aCampaign({}, SHARED_BUDGET), aCampaign({ id: "5002" }, SHARED_BUDGET)];
    const snapshot = await fetched({ campaign: campaigns });
    expect(snapshot.entities.map(({ budget }) => budget)).toEqual([null, null]);
    expect(snapshot.sharedBudgets).toMatchObject([{ id: "7009", campaignIds: ["5001", "5002"] }]);
  });

  it("says that a shared budget was removed", async () => {
    const removed = { ...SHARED_BUDGET, explicitlyShared: true, status: "REMOVED" };
    const snapshot = await fetched({ campaign: [aCampaign({}, removed)] });
    expect(snapshot.sharedBudgets).toMatchObject([
      { status: "removed", platformStatus: "REMOVED", budget: { special: "REMOVED" } },
    ]);
  });

  it("leaves a budget alone that an experiment draws on", async () => {
    const campaigns = [
      aCampaign({}, SHARED_BUDGET),
      aCampaign({ id: "5002", experimentType: "EXPERIMENT" }, SHARED_BUDGET),
    ];
    expect((await fetched({ campaign: campaigns })).sharedBudgets).toMatchObject([
      { budget: { special: "EXPERIMENT" } },
    ]);
  });

  it.each<[string, object, object, object | null]>([
    [
      "for a whole period as a lifetime budget",
      {},
      { period: "CUSTOM_PERIOD", amountMicros: undefined, totalAmountMicros: "900000000" },
      { period: "lifetime", amountMicros: 900_000_000n },
    ],
    [
      "with a total as a lifetime budget",
      {},
      { totalAmountMicros: "900000000" },
      { period: "lifetime", amountMicros: 900_000_000n },
    ],
    ["that pays by conversion as special", {}, { type: "FIXED_CPA" }, { special: "FIXED_CPA" }],
    ["that was removed as special", {}, { status: "REMOVED" }, { special: "REMOVED" }],
    ["of an experiment as special", { experimentType: "EXPERIMENT" }, {}, { special: "EXPERIMENT" }],
    ["of a draft as special", { experimentType: "DRAFT" }, {}, { special: "DRAFT" }],
    [
      "of a kind that this version does not know as special",
      {},
      { type: undefined },
      { special: "UNSPECIFIED" },
    ],
    ["of an unknown period as special", {}, { period: "WEEKLY" }, { special: "WEEKLY" }],
    ["without an amount as none", {}, { amountMicros: undefined }, null],
  ])("reads a budget %s", async (_, campaign, budget, expected) => {
    const { entities } = await fetched({ campaign: [aCampaign(campaign, budget)] });
    if (expected === null) expect(entities[0]?.budget).toBeNull();
    else expect(entities[0]?.budget).toMatchObject(expected);
  });

  it.each<[string, string, string]>([
    ["LEARNING_NEW", "ELIGIBLE", "learning"],
    ["LEARNING_BUDGET_CHANGE", "ELIGIBLE", "learning"],
    ["MULTIPLE_LEARNING", "ELIGIBLE", "learning"],
    ["ENABLED", "LEARNING", "learning"],
    ["ENABLED", "ELIGIBLE", "learned"],
    ["LIMITED_BY_DATA", "ELIGIBLE", "limited"],
    ["MULTIPLE_LIMITED", "ELIGIBLE", "limited"],
    ["UNAVAILABLE", "ELIGIBLE", "unknown"],
    ["MULTIPLE", "ELIGIBLE", "unknown"],
    ["MISCONFIGURED_SHARED_BUDGET", "ELIGIBLE", "unknown"],
  ])(
    "takes the bidding status %s of a campaign that is %s as %s",
    async (system, primaryStatus, learning) => {
      const campaign = { biddingStrategySystemStatus: system, primaryStatus };
      expect((await fetched({ campaign: [aCampaign(campaign)] })).entities[0]?.learning).toBe(learning);
    },
  );

  it.each<[string, object, object]>([
    [
      "a paused one",
      { status: "PAUSED", primaryStatus: "PAUSED" },
      { status: "paused", platformStatus: "PAUSED" },
    ],
    ["an unknown status", { status: "NEW_WORD" }, { status: "other" }],
    ["no primary status", { primaryStatus: undefined }, { platformStatus: "ENABLED" }],
    ["Performance Max", { advertisingChannelType: "PERFORMANCE_MAX" }, { objective: "performanceMax" }],
    [
      "too little money",
      { primaryStatus: "LIMITED", primaryStatusReasons: ["BIDDING_STRATEGY_LIMITED", "BUDGET_CONSTRAINED"] },
      { budgetLimited: true },
    ],
    ["no start", { startDateTime: undefined }, { createdAtMs: null }],
  ])("reads a campaign with %s", async (_, fields, expected) => {
    expect((await fetched({ campaign: [aCampaign(fields)] })).entities[0]).toMatchObject(expected);
  });

  it.each<[string, Parameters<typeof aGooglePlatform>[0]]>([
    [
      "a campaign of another account",
      { campaign: [{ ...aCampaign(), customer: { ...HEAD.customer, id: "2000000003" } }] },
    ],
    ["a campaign twice", { campaign: [aCampaign(), aCampaign()] }],
    ["a campaign without a name", { campaign: [aCampaign({ name: undefined })] }],
    ["an amount that is no integer", { campaign: [aCampaign({}, { amountMicros: "1e6" })] }],
    [
      "another currency",
      { currency_constant: [{ currencyConstant: { code: "USD", billableUnitMicros: "10000" } }] },
    ],
    [
      "a smallest step of nothing",
      { currency_constant: [{ currencyConstant: { code: "EUR", billableUnitMicros: "0" } }] },
    ],
    ["an account twice", { campaign: [], customer: [HEAD, HEAD] }],
  ])("calls an answer with %s malformed", async (_, answers) => {
    await expect(fetched(answers)).rejects.toMatchObject({ details: { kind: "malformed" } });
  });

  it.each<[string, object[]]>([
    ["that does not exist", [aConversionAction({ name: "Purchase" })]],
    [
      "that was removed",
      [aConversionAction({ status: "REMOVED" }), aConversionAction({ id: "1", name: "Purchase" })],
    ],
    [
      "that is hidden",
      [aConversionAction({ status: "HIDDEN" }), aConversionAction({ id: "1", name: "Purchase" })],
    ],
    [
      "of which there are two",
      [aConversionAction(), aConversionAction({ id: "2" }), aConversionAction({ id: "1", name: "Purchase" })],
    ],
  ])("refuses a conversion %s, and lists those that record", async (_, actions) => {
    await expect(fetched({ conversion_action: actions })).rejects.toMatchObject({
      message: expect.stringMatching(/"Purchase \(web\)".*"Purchase"/),
      details: { kind: "invalid", code: "conversionName" },
    });
  });

  it("goes without single ads, and says so by the levels of its snapshot", async () => {
    expect((await fetched({}, aFetchRequest({ levels: ["ad"] }))).levels).toEqual(["account"]);
  });

  it.each([["UNKNOWN"], ["UNSPECIFIED"], [undefined]])(
    "says nothing of a budget's limits where the primary status is %s",
    async (primaryStatus) => {
      const [campaign] = (await fetched({ campaign: [aCampaign({ primaryStatus })] })).entities;
      expect(campaign).not.toHaveProperty("budgetLimited");
    },
  );
});
