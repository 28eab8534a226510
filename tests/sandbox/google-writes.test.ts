import { describe, expect, it } from "vitest";
import {
  ACCOUNT,
  aGoogleWorld,
  BUDGETS,
  CAMPAIGNS,
  type GoogleWorld,
  plain,
  thrownBy,
} from "../support/sandbox-google.ts";

type Update = Record<string, unknown>;

/** The `error_code` that a change of the budget's amount is refused with. */
async function refusalOf(world: GoogleWorld, update: Update): Promise<unknown> {
  const thrown = await thrownBy(world.customer.campaignBudgets.update([update]));
  return thrown?.errors[0].error_code;
}

async function amountOf({ rows }: GoogleWorld, budget: string): Promise<string> {
  const query = `SELECT campaign_budget.amount_micros FROM campaign_budget WHERE campaign_budget.resource_name = '${budget}'`;
  return (await rows(query))[0].campaignBudget.amountMicros;
}

describe("lib/sandbox/google/mutate", () => {
  it("changes a budget through the official client and shows the new amount at once", async () => {
    const world = await aGoogleWorld();
    const update = [{ resource_name: BUDGETS.candles, amount_micros: 170_010_000 }];
    expect(await world.customer.campaignBudgets.update(update)).toMatchObject({
      results: [{ resource_name: BUDGETS.candles, campaign_budget: null }],
      partial_failure_error: null,
    });
    expect(await amountOf(world, BUDGETS.candles)).toBe("170010000");
    expect(await world.client.ledger()).toEqual([
      {
        seq: 1,
        atMs: Date.parse("2026-03-11T03:10:00Z"),
        actor: "api",
        by: "palier@atelier-lune.example",
        via: "GOOGLE_ADS_API",
        platform: "google",
        level: "budget",
        entityId: "11521288403",
        field: "daily_budget",
        from: 16_000,
        to: 17_001,
        applied: true,
        stored: 17_001,
        reason: null,
      },
    ]);
  });

  it("answers with what can be edited where the whole resource is asked for", async () => {
    const { customer } = await aGoogleWorld();
    const { results } = await customer.campaignBudgets.update(
      [{ resource_name: BUDGETS.shared, amount_micros: 260_000_000 }],
      { response_content_type: "MUTABLE_RESOURCE" },
    );
    expect(results[0].campaign_budget).toMatchObject({
      resource_name: BUDGETS.shared,
      name: "Search generic",
      amount_micros: "260000000",
      explicitly_shared: true,
    });
    expect(results[0].campaign_budget).not.toHaveProperty("reference_count");
  });

  it("pauses and resumes a campaign", async () => {
    const { customer, rows, client } = await aGoogleWorld();
    const query = "SELECT campaign.status FROM campaign WHERE campaign.id = 21521288404";
    for (const status of ["PAUSED", "ENABLED"]) {
      await customer.campaigns.update([{ resource_name: CAMPAIGNS.candles, status }]);
      expect((await rows(query))[0].campaign.status).toBe(status);
    }
    expect(await client.ledger()).toMatchObject([
      {
        level: "campaign",
        entityId: "21521288404",
        field: "status",
        from: "ACTIVE",
        to: "PAUSED",
        applied: true,
      },
      {
        level: "campaign",
        entityId: "21521288404",
        field: "status",
        from: "PAUSED",
        to: "ACTIVE",
        applied: true,
      },
    ]);
  });

  it.each([
    [
      "a part of a cent",
      BUDGETS.candles,
      170_000_001,
      "NON_MULTIPLE_OF_MINIMUM_CURRENCY_UNIT",
      "170000001 micros",
    ],
    ["less than a euro", BUDGETS.candles, 990_000, "BUDGET_BELOW_PER_DAY_MINIMUM", 99],
    ["nothing", BUDGETS.candles, 0, "BUDGET_BELOW_PER_DAY_MINIMUM", 0],
    ["less than nothing", BUDGETS.candles, -10_000, "NEGATIVE_MONEY_AMOUNT", -1],
    ["over a million", BUDGETS.candles, 1_000_000_010_000, "MONEY_AMOUNT_TOO_LARGE", 100_000_001],
    ["a budget that was removed", BUDGETS.removed, 60_000_000, "CAMPAIGN_BUDGET_REMOVED", 6_000],
    [
      "a daily amount of a total",
      BUDGETS.total,
      60_000_000,
      "BUDGET_AMOUNT_MUST_BE_UNSET_FOR_CUSTOM_BUDGET_PERIOD",
      6_000,
    ],
  ])("refuses %s and keeps it in the ledger", async (_, resource_name, amount_micros, code, to) => {
    const world = await aGoogleWorld();
    expect(await refusalOf(world, { resource_name, amount_micros })).toEqual({ campaign_budget_error: code });
    const [entry] = await world.client.ledger();
    expect(entry).toMatchObject({ to, applied: false, reason: `campaign_budget_error.${code}` });
    expect(entry?.stored).toBe(entry?.from);
  });

  it("says in a refusal where it is, what was sent and what the minimum is", async () => {
    const { customer } = await aGoogleWorld();
    const update = [{ resource_name: BUDGETS.candles, amount_micros: 500_000 }];
    const failure = await thrownBy(customer.campaignBudgets.update(update));
    expect(failure.request_id).toBe("sandbox-grpc-1");
    expect(failure.errors).toEqual([
      {
        error_code: { campaign_budget_error: "BUDGET_BELOW_PER_DAY_MINIMUM" },
        message: "Budget amount must be above this campaign's per-day minimum.",
        trigger: { int64_value: "500000" },
        location: {
          field_path_elements: [
            { field_name: "operations", index: 0 },
            { field_name: "update" },
            { field_name: "amount_micros" },
          ],
        },
        details: {
          budget_per_day_minimum_error_details: {
            currency_code: "EUR",
            budget_per_day_minimum_micros: "1000000",
            minimum_budget_amount_micros: "1000000",
            failed_budget_amount_micros: "500000",
          },
        },
      },
    ]);
  });

  it("changes what the mask names and nothing else", async () => {
    const world = await aGoogleWorld();
    const code = async (update: Update) => {
      const refusal = await refusalOf(world, { resource_name: BUDGETS.candles, ...update });
      return Object.entries(refusal ?? {})
        .flat()
        .join(".");
    };
    // The official client leaves what is null out of the mask: an edit of nothing.
    expect(await code({ amount_micros: null })).toBe("");
    expect(await amountOf(world, BUDGETS.candles)).toBe("160000000");
    expect(await code({ reference_count: 1 })).toBe("request_error.IMMUTABLE_FIELD");
    expect(await code({ period: "DAILY" })).toBe("request_error.IMMUTABLE_FIELD");
    expect(await code({ name: "Mine" })).toBe("mutate_error.MUTATE_NOT_ALLOWED");
    expect(await world.client.ledger()).toEqual([]);
  });

  it("refuses names that are missing, malformed, unknown, another customer's or named twice", async () => {
    const world = await aGoogleWorld();
    const amount_micros = 170_000_000;
    const code = async (resource_name: string) => await refusalOf(world, { resource_name, amount_micros });
    expect(await code("")).toEqual({ request_error: "RESOURCE_NAME_MISSING" });
    expect(await code(CAMPAIGNS.candles)).toEqual({ request_error: "RESOURCE_NAME_MALFORMED" });
    expect(await code(`${ACCOUNT}/campaignBudgets/5`)).toEqual({ mutate_error: "RESOURCE_NOT_FOUND" });
    const foreign = BUDGETS.candles.replace("2000000002", "3000000003");
    expect(await code(foreign)).toEqual({ mutate_error: "RESOURCE_NOT_FOUND" });
    const twice = [1, 2].map((euros) => ({
      resource_name: BUDGETS.candles,
      amount_micros: euros * 1_000_000,
    }));
    const failure = await thrownBy(world.customer.campaignBudgets.update(twice));
    expect(failure.errors[0].error_code).toEqual({ mutate_error: "ID_EXISTS_IN_MULTIPLE_MUTATES" });
    expect(await amountOf(world, BUDGETS.candles)).toBe("160000000");
  });

  it("refuses what cannot be done to a campaign", async () => {
    const { customer } = await aGoogleWorld();
    const code = async (resource_name: string, status: string) =>
      (await thrownBy(customer.campaigns.update([{ resource_name, status }]))).errors[0].error_code;
    expect(await code(CAMPAIGNS.removed, "ENABLED")).toEqual({
      operation_access_denied_error: "OPERATION_NOT_PERMITTED_FOR_REMOVED_RESOURCE",
    });
    expect(await code(CAMPAIGNS.candles, "REMOVED")).toEqual({ mutate_error: "MUTATE_NOT_ALLOWED" });
    expect(await code(CAMPAIGNS.candles, "UNKNOWN")).toEqual({ request_error: "INVALID_ENUM_VALUE" });
  });

  it("creates and removes nothing, and says so", async () => {
    const { customer } = await aGoogleWorld();
    const created = await thrownBy(
      customer.campaignBudgets.create([{ name: "New", amount_micros: 1_000_000 }]),
    );
    expect(created.errors[0].message).toBe("create is not simulated by the sandbox.");
    const removed = await thrownBy(customer.campaignBudgets.remove([BUDGETS.candles]));
    expect(removed.errors[0].message).toBe("remove is not simulated by the sandbox.");
  });

  it("only judges where validation alone is asked for, and keeps that in the ledger", async () => {
    const world = await aGoogleWorld();
    const dry = async (amount_micros: number) =>
      await world.customer.campaignBudgets.update([{ resource_name: BUDGETS.candles, amount_micros }], {
        validate_only: true,
      });
    expect((await dry(170_000_000)).results).toEqual([]);
    const failure = await thrownBy(dry(1));
    expect(failure.errors[0].error_code).toEqual({
      campaign_budget_error: "NON_MULTIPLE_OF_MINIMUM_CURRENCY_UNIT",
    });
    expect(await amountOf(world, BUDGETS.candles)).toBe("160000000");
    expect((await world.client.ledger()).map(({ reason }) => reason)).toEqual([
      "validate_only",
      "campaign_budget_error.NON_MULTIPLE_OF_MINIMUM_CURRENCY_UNIT",
    ]);
  });

  it("does all or nothing, or with partial failure each by itself", async () => {
    const world = await aGoogleWorld();
    const updates = [
      { resource_name: BUDGETS.candles, amount_micros: 1 },
      { resource_name: BUDGETS.brand, amount_micros: 90_000_000 },
    ];
    await thrownBy(world.customer.campaignBudgets.update(updates));
    expect(await amountOf(world, BUDGETS.brand)).toBe("80000000");
    const { results, partial_failure_error } = await world.customer.campaignBudgets.update(updates, {
      partial_failure: true,
    });
    expect(results.map(({ resource_name }: { resource_name: string }) => resource_name)).toEqual([
      "",
      BUDGETS.brand,
    ]);
    const [error] = plain(partial_failure_error).errors;
    expect(error.error_code).toEqual({ campaign_budget_error: "NON_MULTIPLE_OF_MINIMUM_CURRENCY_UNIT" });
    expect(error.location.field_path_elements[0].index).toBe(0);
    expect(await amountOf(world, BUDGETS.brand)).toBe("90000000");
    const refused = "campaign_budget_error.NON_MULTIPLE_OF_MINIMUM_CURRENCY_UNIT";
    expect((await world.client.ledger()).map(({ applied, reason }) => [applied, reason])).toEqual([
      [false, refused],
      [false, refused],
      [false, refused],
      [true, null],
    ]);
  });

  it("takes edits of its own customer with its own developer token only", async () => {
    const { customer } = await aGoogleWorld();
    const update = [{ resource_name: BUDGETS.candles, amount_micros: 170_000_000 }];
    customer.customerOptions.customer_id = "3000000003";
    const foreign = await thrownBy(customer.campaignBudgets.update(update));
    expect(foreign.errors[0].error_code).toEqual({ authorization_error: "USER_PERMISSION_DENIED" });
    customer.customerOptions.customer_id = "2000000002";
    customer.clientOptions.developer_token = "mine";
    const stranger = await thrownBy(customer.campaignBudgets.update(update));
    expect(stranger.errors[0].error_code).toEqual({ authentication_error: "DEVELOPER_TOKEN_INVALID" });
  });
});
