import { describe, expect, it } from "vitest";
import { SANDBOX_TOKEN, serveSandbox } from "../../lib/sandbox/index.ts";
import type { GraphBody } from "../support/sandbox.ts";
import { ACCOUNT, aGoogleWorld, BUDGETS, CAMPAIGNS, tokenAnswer } from "../support/sandbox-google.ts";

describe("lib/sandbox/google/rest", () => {
  it("shows campaigns with their budgets and the account through the official client", async () => {
    const { customer } = await aGoogleWorld();
    const rows = await customer.query(
      `SELECT campaign.id, campaign.name, campaign.status, campaign.advertising_channel_type, campaign.start_date_time,
         campaign_budget.amount_micros, campaign_budget.explicitly_shared, campaign_budget.reference_count,
         customer.currency_code, customer.time_zone
       FROM campaign WHERE campaign.name = 'PROS | Search | Gifts | FR'`,
    );
    expect(rows).toEqual([
      {
        campaign: {
          resourceName: CAMPAIGNS.gifts,
          id: "21521288402",
          name: "PROS | Search | Gifts | FR",
          status: "ENABLED",
          advertisingChannelType: "SEARCH",
          // 220 days before 11 March 2026.
          startDateTime: "2025-08-03 00:00:00",
        },
        campaignBudget: {
          resourceName: BUDGETS.shared,
          amountMicros: "250000000",
          explicitlyShared: true,
          referenceCount: "2",
        },
        customer: { resourceName: ACCOUNT, currencyCode: "EUR", timeZone: "Europe/Paris" },
      },
    ]);
  });

  it("gives a budget for a period its total and no daily amount", async () => {
    const { rows } = await aGoogleWorld();
    const fields =
      "campaign_budget.period, campaign_budget.amount_micros, campaign_budget.total_amount_micros";
    const query = `SELECT ${fields} FROM campaign_budget WHERE campaign_budget.period = CUSTOM_PERIOD`;
    expect(await rows(query)).toEqual([
      // 50 EUR a day for 30 days.
      {
        campaignBudget: {
          resourceName: BUDGETS.total,
          period: "CUSTOM_PERIOD",
          totalAmountMicros: "1500000000",
        },
      },
    ]);
  });

  it("keeps removed campaigns in lists, their budgets without a campaign, asset groups out of ad groups", async () => {
    const { rows } = await aGoogleWorld();
    expect(await rows("SELECT campaign.name FROM campaign WHERE campaign.status = 'REMOVED'")).toEqual([
      { campaign: { resourceName: CAMPAIGNS.removed, name: "PROS | Shopping | Old feed | FR" } },
    ]);
    const budget =
      "SELECT campaign_budget.reference_count FROM campaign_budget WHERE campaign_budget.status = REMOVED";
    expect(await rows(budget)).toEqual([
      { campaignBudget: { resourceName: BUDGETS.removed, referenceCount: "0" } },
    ]);
    const groups = await rows("SELECT ad_group.name, campaign.advertising_channel_type FROM ad_group");
    expect(groups).toHaveLength(13);
    expect(JSON.stringify(groups)).not.toContain("PERFORMANCE_MAX");
  });

  it("tells how bidding learns: never by hand, anew after a large step of a budget, not after a small one", async () => {
    const { rows, client, idOf } = await aGoogleWorld();
    const query = `SELECT campaign.name, campaign.bidding_strategy_system_status, campaign.primary_status FROM campaign`;
    async function statusOf(name: string): Promise<string> {
      const row = (await rows(query)).find(({ campaign }) => campaign.name === name);
      return `${row?.campaign.biddingStrategySystemStatus} ${row?.campaign.primaryStatus}`;
    }
    expect(await statusOf("BRAND | Search | FR")).toBe("UNAVAILABLE ELIGIBLE");
    expect(await statusOf("PROS | Search | Winter sale | FR")).toBe("PAUSED PAUSED");
    expect(await statusOf("AWA | Display | FR")).toBe("LIMITED_BY_DATA LIMITED");
    expect(await statusOf("PROS | Search | Gifts | FR")).toBe("ENABLED ELIGIBLE");
    const entityId = await idOf("Search generic");
    await client.edit({ entityId, edit: { field: "daily_budget", cents: 29_000 } });
    expect(await statusOf("PROS | Search | Gifts | FR")).toBe("ENABLED ELIGIBLE");
    await client.edit({ entityId, edit: { field: "daily_budget", cents: 40_000 } });
    expect(await statusOf("PROS | Search | Gifts | FR")).toBe("LEARNING_BUDGET_CHANGE LEARNING");
    expect(await statusOf("PROS | Search | Decoration | FR")).toBe("LEARNING_BUDGET_CHANGE LEARNING");
  });

  it("calls a campaign limited by its budget while that costs it more than a tenth of its searches", async () => {
    const { rows, client } = await aGoogleWorld();
    const query = `SELECT campaign.name, campaign.primary_status, campaign.primary_status_reasons,
      metrics.search_impression_share, metrics.search_budget_lost_impression_share,
      metrics.search_rank_lost_impression_share FROM campaign`;
    async function candles(days: string) {
      const found = await rows(`${query} WHERE segments.date BETWEEN ${days}`);
      return found.find(({ campaign }) => campaign.name === "PROS | Search | Candles | FR");
    }
    const { campaign, metrics } = await candles("'2026-03-04' AND '2026-03-10'");
    expect(campaign).toMatchObject({
      primaryStatus: "LIMITED",
      primaryStatusReasons: ["BUDGET_CONSTRAINED"],
    });
    expect(metrics.searchBudgetLostImpressionShare).toBeGreaterThan(0.1);
    const shares: number[] = Object.values(metrics);
    expect(shares).toHaveLength(3);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
    await client.edit({
      entityId: BUDGETS.candles.split("/").at(-1) ?? "",
      edit: { field: "daily_budget", cents: 40_000 },
    });
    await client.advance({ ms: 8 * 86_400_000 });
    const after = await candles("'2026-03-12' AND '2026-03-18'");
    expect(after.campaign.primaryStatusReasons ?? []).not.toContain("BUDGET_CONSTRAINED");
    expect(after.metrics.searchImpressionShare).toBe(0.98);
    expect(after.metrics.searchBudgetLostImpressionShare).toBeLessThan(0.02);
  });

  it("knows no shares of searches of what is shown elsewhere", async () => {
    const { rows } = await aGoogleWorld();
    const found = await rows(
      `SELECT campaign.name, metrics.search_impression_share FROM campaign
       WHERE campaign.advertising_channel_type IN ('DISPLAY', 'PERFORMANCE_MAX')`,
    );
    expect(found).toHaveLength(3);
    expect(found.filter(({ metrics }) => metrics !== undefined)).toEqual([]);
  });

  it("answers an empty result with one chunk that has no results", async () => {
    const { ask, customer } = await aGoogleWorld();
    const query = "SELECT campaign.id FROM campaign WHERE campaign.id = 1";
    expect((await ask(query)).body).toEqual([{ fieldMask: "campaign.id", requestId: "sandbox-1" }]);
    expect((await ask(query, { call: "googleAds:search" })).body).toEqual({
      totalResultsCount: "0",
      fieldMask: "campaign.id",
    });
    expect(await customer.query(query)).toEqual([]);
  });

  it("pages search by token, refuses a page size and the token of another query", async () => {
    const world = await aGoogleWorld();
    const small = await serveSandbox({ folder: world.folder, googlePageRows: 4 });
    const page = async (body: object, query = "SELECT campaign.id FROM campaign"): Promise<GraphBody> => {
      const headers = { authorization: "Bearer sandbox-token-access", "developer-token": SANDBOX_TOKEN };
      const init = { method: "POST", headers, body: JSON.stringify({ query, ...body }) };
      return await (await fetch(`${small.url}/v25/${ACCOUNT}/googleAds:search`, init)).json();
    };
    const first = await page({});
    const second = await page({ page_token: first.nextPageToken });
    const third = await page({ pageToken: second.nextPageToken });
    expect([first, second, third].map(({ results }) => results.length)).toEqual([4, 4, 2]);
    expect(third).not.toHaveProperty("nextPageToken");
    const ids = [first, second, third].flatMap(({ results }) => results);
    expect(new Set(ids.map(({ campaign }) => campaign.id)).size).toBe(10);
    const codeOf = ({ error }: GraphBody) => error.details[0].errors[0].errorCode.requestError;
    const other = await page({ page_token: first.nextPageToken }, "SELECT customer.id FROM customer");
    expect(codeOf(other)).toBe("INVALID_PAGE_TOKEN");
    expect(codeOf(await page({ page_size: 100 }))).toBe("PAGE_SIZE_NOT_SUPPORTED");
    await small.close();
  });

  it("orders and limits rows, and leaves out resource names when asked to", async () => {
    const { rows } = await aGoogleWorld();
    const query = `SELECT campaign_budget.amount_micros FROM campaign_budget WHERE campaign_budget.amount_micros > 0
      ORDER BY campaign_budget.amount_micros DESC LIMIT 2 PARAMETERS omit_unselected_resource_names=true`;
    expect(await rows(query)).toEqual([
      { campaignBudget: { amountMicros: "250000000" } },
      { campaignBudget: { amountMicros: "240000000" } },
    ]);
  });

  it("refuses what the API refuses, by the API's names", async () => {
    const { refusalOf } = await aGoogleWorld();
    const cases = {
      "SELECT campaign.id FROM adset": "BAD_RESOURCE_TYPE_IN_FROM_CLAUSE",
      "SELECT campaign.budget FROM campaign": "UNRECOGNIZED_FIELD",
      "SELECT campaign.start_date FROM campaign": "UNRECOGNIZED_FIELD",
      "SELECT ad_group.id FROM campaign": "PROHIBITED_RESOURCE_TYPE_IN_SELECT_CLAUSE",
      "SELECT campaign.id FROM campaign WHERE ad_group.id = 1": "PROHIBITED_RESOURCE_TYPE_IN_WHERE_CLAUSE",
      "SELECT campaign_budget.id FROM ad_group": "PROHIBITED_RESOURCE_TYPE_IN_SELECT_CLAUSE",
      "SELECT campaign.id FROM campaign WHERE campaign.status = 'ACTIVE'": "BAD_ENUM_CONSTANT",
      "SELECT campaign.id FROM campaign WHERE campaign.id = 'one'": "BAD_NUMBER",
      "SELECT campaign.id FROM campaign WHERE campaign.name > 'a'": "OPERATOR_FIELD_MISMATCH",
      "SELECT campaign.id FROM campaign WHERE campaign.id LIKE '1%'": "OPERATOR_FIELD_MISMATCH",
      "SELECT campaign.id FROM campaign WHERE campaign.labels = 'a'": "OPERATOR_FIELD_MISMATCH",
      "SELECT campaign.id, segments.date FROM campaign": "EXPECTED_FILTERS_ON_DATE_RANGE",
      "SELECT campaign.id, segments.date FROM campaign WHERE segments.date > '2026-03-01'":
        "EXPECTED_FILTERS_ON_DATE_RANGE",
      "SELECT metrics.cost_micros, segments.conversion_action FROM campaign":
        "PROHIBITED_SEGMENT_WITH_METRIC_IN_SELECT_OR_WHERE_CLAUSE",
      "SELECT metrics.conversions FROM campaign WHERE segments.conversion_action_name = 'a'":
        "EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE",
      "SELECT campaign.id FROM campaign ORDER BY metrics.clicks":
        "EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE",
      "SELECT metrics.clicks FROM currency_constant": "PROHIBITED_METRIC_IN_SELECT_OR_WHERE_CLAUSE",
      "SELECT segments.date FROM change_event": "PROHIBITED_SEGMENT_IN_SELECT_OR_WHERE_CLAUSE",
      "SELECT campaign.id FROM campaign PARAMETERS colour=true": "BAD_PARAMETER_NAME",
      "SELECT campaign.id FROM campaign PARAMETERS include_drafts=maybe": "BAD_PARAMETER_VALUE",
    };
    const codes = Object.keys(cases).map(async (query) => [query, (await refusalOf(query)).queryError]);
    expect(Object.fromEntries(await Promise.all(codes))).toEqual(cases);
  });

  it("says so when Google has a thing that is not simulated", async () => {
    const { ask } = await aGoogleWorld();
    const queries = [
      "SELECT keyword_view.resource_name FROM keyword_view",
      "SELECT campaign.final_url_suffix FROM campaign",
      "SELECT metrics.ctr FROM campaign",
      "SELECT segments.device FROM campaign",
      "SELECT campaign.id FROM campaign WHERE campaign.name REGEXP_MATCH 'a'",
    ];
    for (const query of queries) {
      const { status, body } = await ask(query);
      const [error] = body[0].error.details[0].errors;
      expect([status, error.errorCode], query).toEqual([400, { queryError: "QUERY_ERROR" }]);
      expect(error.message).toContain("not simulated by the sandbox");
    }
  });

  it("gives the official client a failure it can read", async () => {
    const { customer } = await aGoogleWorld();
    await expect(customer.query("SELECT campaign.budget FROM campaign")).rejects.toMatchObject({
      errors: [{ errorCode: { queryError: "UNRECOGNIZED_FIELD" } }],
      requestId: "sandbox-1",
    });
  });

  it("checks access token, developer token, customer and manager, each with Google's own refusal", async () => {
    const { ask } = await aGoogleWorld();
    const query = "SELECT customer.id FROM customer";
    const statusAndCode = async (headers: Record<string, string | undefined>) => {
      const { status, body } = await ask(query, { headers });
      const [detail] = body[0].error.details;
      return [status, detail.reason ?? Object.values(detail.errors[0].errorCode)[0]];
    };
    expect(await statusAndCode({ authorization: undefined })).toEqual([401, "CREDENTIALS_MISSING"]);
    expect(await statusAndCode({ authorization: "Bearer old" })).toEqual([401, "ACCESS_TOKEN_EXPIRED"]);
    const missing = await statusAndCode({ "developer-token": undefined });
    expect(missing).toEqual([400, "DEVELOPER_TOKEN_PARAMETER_MISSING"]);
    expect(await statusAndCode({ "developer-token": "x" })).toEqual([401, "DEVELOPER_TOKEN_INVALID"]);
    const dashes = await statusAndCode({ "login-customer-id": "200-000-0002" });
    expect(dashes).toEqual([400, "INVALID_LOGIN_CUSTOMER_ID"]);
    expect(await statusAndCode({ "login-customer-id": "1234567890" })).toEqual([
      403,
      "USER_PERMISSION_DENIED",
    ]);
    expect((await ask(query, { headers: { "login-customer-id": "2000000002" } })).status).toBe(200);
  });

  it("serves no other customer and no other version", async () => {
    const { url } = await aGoogleWorld();
    const codeOf = async (path: string) => {
      const headers = { authorization: "Bearer sandbox-token-access", "developer-token": SANDBOX_TOKEN };
      const body = JSON.stringify({ query: "SELECT customer.id FROM customer" });
      const answer = await fetch(`${url}/${path}/googleAds:search`, { method: "POST", headers, body });
      const { error }: GraphBody = await answer.json();
      return error.details[0].errors[0].errorCode;
    };
    expect(await codeOf("v25/customers/3000000003")).toEqual({
      authorizationError: "USER_PERMISSION_DENIED",
    });
    expect(await codeOf("v25/customers/200-000-0002")).toEqual({ requestError: "INVALID_CUSTOMER_ID" });
    expect(await codeOf("v22/customers/2000000002")).toEqual({ requestError: "UNSUPPORTED_VERSION" });
  });

  it("gives an access token for its own credentials only", async () => {
    const { url } = await aGoogleWorld();
    expect(await tokenAnswer(url)).toMatchObject({
      status: 200,
      body: { access_token: "sandbox-token-access", token_type: "Bearer", expires_in: 3599 },
    });
    const refused = await tokenAnswer(url, { refresh_token: "mine" });
    expect(refused).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    const stranger = await tokenAnswer(url, { client_secret: "mine" });
    expect(stranger).toMatchObject({ status: 401, body: { error: "invalid_client" } });
    const code = await tokenAnswer(url, { grant_type: "authorization_code" });
    expect(code).toMatchObject({ status: 400, body: { error: "unsupported_grant_type" } });
  });
});
