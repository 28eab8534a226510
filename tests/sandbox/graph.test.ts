import { describe, expect, it } from "vitest";
import { allRows, aServedWorld, type GraphBody, type RawAnswer } from "../support/sandbox.ts";

const DAY = { since: "2026-03-09", until: "2026-03-09" };

/** What the SDK throws for a Graph error: its name is all that identifies it. */
async function sdkError(call: Promise<unknown>): Promise<GraphBody> {
  return await call.then(
    () => {
      throw new Error("the call was expected to be refused");
    },
    (error: GraphBody) => ({ name: error.name, status: error.status, ...error.response }),
  );
}

function errorOf({ status, body }: RawAnswer): GraphBody {
  return { status, code: body.error.code, subcode: body.error.error_subcode };
}

describe("lib/sandbox/meta/graph", () => {
  it("shows the account through the official SDK", async () => {
    const world = await aServedWorld();
    const fields =
      "account_id,name,currency,timezone_name,timezone_offset_hours_utc,account_status,min_daily_budget";
    expect(await world.call("GET", "act_1001", { fields })).toEqual({
      id: "act_1001",
      account_id: "1001",
      name: "Atelier Lune",
      currency: "EUR",
      timezone_name: "Europe/Paris",
      timezone_offset_hours_utc: 1,
      account_status: 1,
      min_daily_budget: 100,
    });
    const minimums = await world.call("GET", "act_1001/minimum_budgets");
    expect(minimums.data[0]).toMatchObject({ currency: "EUR", min_daily_budget_imp: 100 });
  });

  it("answers the id alone where no fields are asked for", async () => {
    const world = await aServedWorld();
    const id = await world.idOf("UGC Clara");
    expect(await world.call("GET", id)).toEqual({ id });
  });

  it("shows budgets as texts in cents, on the level that owns them", async () => {
    const world = await aServedWorld();
    const fields = ["daily_budget", "lifetime_budget", "effective_status"];
    const budgetOf = async (name: string) => await world.call("GET", await world.idOf(name), { fields });
    expect(await budgetOf("PROS | Advantage+ | FR")).toMatchObject({ daily_budget: "52000" });
    expect(await budgetOf("Advantage+ video")).toMatchObject({ daily_budget: "0", lifetime_budget: "0" });
    expect(await budgetOf("PROS | Lookalike | FR")).not.toHaveProperty("daily_budget");
    expect(await budgetOf("Lookalike 1% buyers")).toMatchObject({ daily_budget: "16000" });
  });

  it("writes times with the zone's offset of that day", async () => {
    const world = await aServedWorld();
    const created = async (name: string) =>
      (await world.call("GET", await world.idOf(name), { fields: "created_time" })).created_time;
    expect(await created("Scented candles")).toBe("2026-02-22T10:00:00+0100");
    expect(await created("PROS | Broad | FR")).toBe("2025-06-24T10:00:00+0200");
  });

  it("tells learning of active ad sets as Meta does, until enough conversions have come", async () => {
    const world = await aServedWorld();
    const id = await world.idOf("Lookalike 1% high value");
    const before = await world.call("GET", id, { fields: "learning_stage_info" });
    expect(before.learning_stage_info).toMatchObject({
      status: "LEARNING",
      // 6 March 2026, 10:00 in Paris.
      last_sig_edit_ts: 1_772_787_600,
      attribution_windows: ["1d_view", "7d_click"],
    });
    await world.client.advance({ ms: 20 * 86_400_000 });
    const after = await world.call("GET", id, { fields: "learning_stage_info" });
    expect(after.learning_stage_info.status).toBe("SUCCESS");
    await world.client.edit({ entityId: id, edit: { field: "daily_budget", cents: 20_000 } });
    const raised = await world.call("GET", id, { fields: "learning_stage_info" });
    expect(raised.learning_stage_info).toMatchObject({ status: "LEARNING", conversions: 0 });
  });

  it("gives pages with cursors and full addresses, every row once", async () => {
    const world = await aServedWorld();
    const first = await world.call("GET", "act_1001/adsets", { fields: "name", limit: 15 });
    expect(first.data).toHaveLength(15);
    expect(first.paging.next).toMatch(new RegExp(`^${world.url}/v25\\.0/act_1001/adsets\\?.*access_token=`));
    const second = await world.call("GET", "act_1001/adsets", {
      fields: "name",
      limit: 15,
      after: first.paging.cursors.after,
    });
    expect(second.data[0]).not.toEqual(first.data[14]);
    const rows = await allRows(first);
    expect(rows).toHaveLength(40);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(40);
    const last = await world.call("GET", "act_1001/adsets", { fields: "name", limit: 40 });
    expect(last.paging).not.toHaveProperty("next");
    expect((await world.call("GET", "act_1001/adsets", { fields: "name" })).data).toHaveLength(25);
  });

  it("filters lists by effective status", async () => {
    const world = await aServedWorld();
    const names = async (edge: string, statuses: string[]) =>
      (
        await world.call("GET", `act_1001/${edge}`, {
          fields: "name",
          effective_status: statuses,
          limit: 100,
        })
      ).data.map((one: GraphBody) => one.name);
    expect(await names("campaigns", ["PAUSED"])).toEqual(["PROS | Winter sale | FR"]);
    expect(await names("adsets", ["PAUSED", "CAMPAIGN_PAUSED"])).toEqual([
      "UGC test 13",
      "Winter sale catalogue",
      "Winter sale stories",
    ]);
    expect(await names("adsets", ["ARCHIVED"])).toEqual([]);
  });

  it.each([
    ["a field that Meta does not know", "/v25.0/act_1001/campaigns", { fields: "name,roas" }, 100],
    ["a field of another type", "/v25.0/act_1001/campaigns", { fields: "learning_stage_info" }, 100],
    ["a field that it does not simulate", "/v25.0/act_1001/adsets", { fields: "targeting" }, 100],
    ["a parameter that Meta does not know", "/v25.0/act_1001/campaigns", { colour: "red" }, 100],
    ["a parameter that it does not simulate", "/v25.0/act_1001/campaigns", { date_preset: "last_7d" }, 100],
    ["a value outside an enumeration", "/v25.0/act_1001/adsets", { effective_status: '["RUNNING"]' }, 100],
    ["a limit of 0", "/v25.0/act_1001/adsets", { limit: "0" }, 100],
    ["a made-up cursor", "/v25.0/act_1001/adsets", { after: "bm8" }, 100],
    ["an unknown edge", "/v25.0/act_1001/adsetz", {}, 100],
    ["a dead version", "/v23.0/act_1001", {}, 2635],
  ])("refuses %s with code and trace id", async (_, path, query, code) => {
    const world = await aServedWorld();
    const answer = await world.raw(path, query);
    expect(errorOf(answer)).toMatchObject({ status: 400, code });
    expect(answer.body.error).toMatchObject({ type: "OAuthException", is_transient: false });
    expect(answer.body.error.fbtrace_id).toMatch(/^\w+$/);
  });

  it("refuses objects that are not there as Graph does, without saying whether they exist elsewhere", async () => {
    const world = await aServedWorld();
    for (const path of ["/v25.0/act_1002", "/v25.0/120200000000000001", "/v25.0/act_1002/insights"]) {
      expect(errorOf(await world.raw(path))).toEqual({ status: 400, code: 100, subcode: 33 });
    }
  });

  it("asks for a token, and for the right one", async () => {
    const world = await aServedWorld();
    const missing = await fetch(`${world.url}/v25.0/act_1001`);
    const body: GraphBody = await missing.json();
    expect([missing.status, body.error.code]).toEqual([400, 104]);
    expect(errorOf(await world.raw("/v25.0/act_1001", { access_token: "EAAB-wrong" }))).toMatchObject({
      status: 401,
      code: 190,
    });
  });

  it("hands refusals to the SDK in the shape that its errors are read from", async () => {
    const world = await aServedWorld();
    expect(await sdkError(world.call("GET", "act_1001", { fields: "nonsense" }))).toMatchObject({
      name: "FacebookRequestError",
      status: 400,
      code: 100,
      message: "(#100) Tried accessing nonexisting field (nonsense) on node type (AdAccount)",
    });
  });

  it("serves the versions it is told to", async () => {
    const world = await aServedWorld({ versions: ["v27.0"] });
    expect((await world.raw("/v27.0/act_1001")).status).toBe(200);
    expect(errorOf(await world.raw("/v25.0/act_1001"))).toMatchObject({ code: 2635 });
  });

  it("reports usage that rises with each call and starts anew after an hour", async () => {
    const world = await aServedWorld();
    async function usage(): Promise<{ account: number; kinds: string[]; version: string | null }> {
      const { headers } = await world.raw("/v25.0/act_1001/insights", {
        time_range: JSON.stringify(DAY),
        time_increment: "1",
      });
      const useCases = JSON.parse(headers.get("x-business-use-case-usage") ?? "");
      expect(JSON.parse(headers.get("x-app-usage") ?? "")).toHaveProperty("call_count");
      return {
        account: JSON.parse(headers.get("x-ad-account-usage") ?? "").acc_id_util_pct,
        kinds: useCases["1001"].map((one: GraphBody) => one.type),
        version: headers.get("facebook-api-version"),
      };
    }
    const [first, second] = [await usage(), await usage()];
    expect(first).toMatchObject({ kinds: ["ads_insights"], version: "v25.0" });
    expect(second.account).toBeGreaterThan(first.account);
    await world.client.advance({ ms: 3_600_000 });
    expect((await usage()).account).toBe(first.account);
  });
});
