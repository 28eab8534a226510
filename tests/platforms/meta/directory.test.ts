import { describe, expect, it } from "vitest";
import { createMetaPlatform } from "../../../lib/platforms/meta/index.ts";
import { graphError, inTurn, type Reply, startGraph, TOKEN } from "../../support/graph-fake.ts";
import { aMetaPlatform } from "../../support/meta-platform.ts";

const ACCOUNT = { platform: "meta", accountId: "1001" };

async function listed(...replies: Reply[]) {
  const graph = await startGraph(inTurn(...replies));
  const platform = createMetaPlatform({ token: TOKEN, baseUrl: graph.url, sleep: async () => {} });
  return { graph, accounts: await platform.listAccounts() };
}

function anAccount(fields: object = {}): object {
  return {
    id: "act_1001",
    account_id: "1001",
    name: "Atelier Lune",
    currency: "EUR",
    timezone_name: "Europe/Paris",
    account_status: 1,
    ...fields,
  };
}

function aDay(day: string, fields: object): object {
  return { account_id: "1001", date_start: day, date_stop: day, spend: "10", impressions: "1", ...fields };
}

describe("lib/platforms/meta/directory", () => {
  it("lists every page of the token's accounts by number, and tells those that deliver from the others", async () => {
    const { graph, accounts } = await listed(
      {
        json: {
          data: [anAccount({ account_id: "20000" }), anAccount({ account_id: "1002", account_status: 9 })],
          paging: { next: "http://other.example/v25.0/me/adaccounts?after=2" },
        },
      },
      { json: { data: [anAccount({ account_id: "1001", account_status: 101, currency: "USD" })] } },
    );
    expect(accounts).toEqual([
      {
        platform: "meta",
        accountId: "1001",
        name: "Atelier Lune",
        currency: "USD",
        zone: "Europe/Paris",
        status: "other",
      },
      {
        platform: "meta",
        accountId: "1002",
        name: "Atelier Lune",
        currency: "EUR",
        zone: "Europe/Paris",
        status: "active",
      },
      {
        platform: "meta",
        accountId: "20000",
        name: "Atelier Lune",
        currency: "EUR",
        zone: "Europe/Paris",
        status: "active",
      },
    ]);
    expect(graph.requests[0]).toMatchObject({ path: "me/adaccounts", query: { limit: "500" } });
  });

  it.each([
    ["an account without its currency", { currency: undefined }, /data|currency/],
    ["an account whose number is no number", { account_id: "act_1001" }, /account_id/],
    ["a status that is no number", { account_status: "ACTIVE" }, /account_status/],
  ])("refuses %s", async (_, fields, place) => {
    await expect(listed({ json: { data: [anAccount(fields)] } })).rejects.toThrow(place);
  });

  it("refuses an account that is listed twice", async () => {
    await expect(listed({ json: { data: [anAccount(), anAccount()] } })).rejects.toMatchObject({
      details: { kind: "malformed" },
    });
  });

  it("asks again after trouble that passes", async () => {
    const { accounts } = await listed(graphError(500, 2), { json: { data: [anAccount()] } });
    expect(accounts).toHaveLength(1);
  });

  it("adds each action type up over the days, values beside counts, what people do on the way left out", async () => {
    const { graph, platform } = await aMetaPlatform({
      "act_1001/insights account": [
        aDay("2026-03-09", {
          actions: [
            { action_type: "link_click", value: "90" },
            { action_type: "omni_purchase", value: "2" },
            { action_type: "lead", value: "7" },
          ],
          action_values: [{ action_type: "omni_purchase", value: "80.10" }],
        }),
        aDay("2026-03-10", {
          actions: [{ action_type: "omni_purchase", value: "1.5" }],
          action_values: [{ action_type: "omni_purchase", value: "19.9" }],
        }),
      ],
    });
    expect(await platform.listConversions(ACCOUNT, 92, "2026-03-11")).toEqual([
      { name: "lead", conversions: 7, conversionValueMicros: 0n, primary: false },
      { name: "omni_purchase", conversions: 3.5, conversionValueMicros: 100_000_000n, primary: true },
    ]);
    expect(JSON.parse(graph.requests[0]?.query.time_range ?? "")).toEqual({
      since: "2025-12-09",
      until: "2026-03-10",
    });
    expect(graph.requests[0]?.query.use_unified_attribution_setting).toBe("true");
  });

  it("refuses days that were not asked for, rows of another account, and a type that stands twice in one row", async () => {
    const purchase = { action_type: "purchase", value: "1" };
    for (const row of [
      aDay("2026-03-11", {}),
      { ...aDay("2026-03-10", {}), account_id: "1002" },
      aDay("2026-03-10", { actions: [purchase, purchase] }),
    ]) {
      const { platform } = await aMetaPlatform({ "act_1001/insights account": [row] });
      await expect(platform.listConversions(ACCOUNT, 7, "2026-03-11")).rejects.toMatchObject({
        details: { kind: "malformed" },
      });
    }
  });
});
