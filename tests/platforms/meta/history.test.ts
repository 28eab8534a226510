import { describe, expect, it } from "vitest";
import type { EditHistory } from "../../../lib/domain/snapshot.ts";
import { createMetaPlatform } from "../../../lib/platforms/meta/index.ts";
import {
  graphError,
  inTurn,
  QUIET_ACCOUNT,
  type Reply,
  type Script,
  startGraph,
  TOKEN,
} from "../../support/graph-fake.ts";
import { aFetchRequest, aMetaPlatform, EDITS_FROM_MS } from "../../support/meta-platform.ts";

const ACCOUNT = { platform: "meta", accountId: "1001" };
const NOW_MS = 1_773_198_600_000;

/** An ad set's budget raised from 35.00 to 42.00 on 10 March 2026, 18:00 in Paris. */
function anActivity(fields: object = {}): object {
  return {
    event_type: "update_ad_set_budget",
    event_time: "2026-03-10T17:00:00+0000",
    object_id: "3001",
    actor_id: "77",
    actor_name: "Camille Roy",
    application_name: "Ads Manager",
    extra_data: '{"currency":"EUR","old_value":3500,"new_value":4200}',
    ...fields,
  };
}

async function historyOf(activities: readonly object[], currency = "EUR"): Promise<EditHistory | null> {
  const { platform } = await aMetaPlatform({
    act_1001: { ...QUIET_ACCOUNT.act_1001, currency },
    "act_1001/activities": [...activities],
  });
  return await platform.readEdits(ACCOUNT, EDITS_FROM_MS, NOW_MS);
}

/** The account's head, then these replies. */
async function readAfter(...replies: Reply[]) {
  return await readWith(inTurn({ json: QUIET_ACCOUNT.act_1001 }, ...replies));
}

async function readWith(script: Script) {
  const graph = await startGraph(script);
  const platform = createMetaPlatform({ token: TOKEN, baseUrl: graph.url, sleep: async () => {} });
  return { graph, reading: platform.readEdits(ACCOUNT, EDITS_FROM_MS, NOW_MS) };
}

describe("lib/platforms/meta/history", () => {
  it("tells who changed a budget, when, through what, from what and to what", async () => {
    expect(await historyOf([anActivity()])).toEqual({
      fromMs: EDITS_FROM_MS,
      edits: [
        {
          target: { platform: "meta", accountId: "1001", level: "adGroup", id: "3001" },
          atMs: 1_773_162_000_000,
          by: "Camille Roy",
          via: "Ads Manager",
          edit: { kind: "dailyBudget", fromMicros: 35_000_000n, toMicros: 42_000_000n },
        },
      ],
    });
  });

  it("knows budgets and run states of campaigns and ad sets, and passes over everything else", async () => {
    const kinds = [
      "update_ad_set_run_status",
      "update_ad_run_status",
      "update_campaign_run_status",
      "update_campaign_name",
      "update_campaign_budget",
      "something_new",
    ];
    const history = await historyOf(kinds.map((event_type) => anActivity({ event_type })));
    expect(history?.edits.map(({ target, edit }) => `${target.level} ${edit.kind}`)).toEqual([
      "campaign dailyBudget",
      "campaign status",
      "adGroup status",
    ]);
  });

  it("needs nothing of an activity that is no edit but its kind", async () => {
    expect(await historyOf([{ event_type: "ad_account_billing_charge" }])).toMatchObject({ edits: [] });
  });

  it.each<[string, string | null | undefined, bigint | null, bigint | null]>([
    ["numbers", '{"old_value":3500,"new_value":4200}', 35_000_000n, 42_000_000n],
    ["texts", '{"old_value":"3500","new_value":"4200"}', 35_000_000n, 42_000_000n],
    [
      "the pair inside each value",
      '{"old_value":{"old_value":3500,"new_value":4200},"new_value":{"old_value":"3500","new_value":"4200"}}',
      35_000_000n,
      42_000_000n,
    ],
    [
      "an object that holds one amount",
      '{"old_value":{"amount":3500,"currency":"EUR"},"new_value":{"amount":"4200","type":"payment_amount"}}',
      35_000_000n,
      42_000_000n,
    ],
    [
      "an object that holds two",
      '{"old_value":3500,"new_value":{"daily":4200,"lifetime":9}}',
      35_000_000n,
      null,
    ],
    ["one side alone", '{"new_value":4200}', null, 42_000_000n],
    ["decimals, whose unit is anybody's guess", '{"old_value":35.5,"new_value":"42.00"}', null, null],
    ["a formatted amount", '{"old_value":"€35","new_value":"4,200"}', null, null],
    ["less than nothing", '{"old_value":-3500,"new_value":"-1"}', null, null],
    ["more than a number holds", '{"old_value":9007199254740993,"new_value":"9999999999999999"}', null, null],
    ["a list", "[3500,4200]", null, null],
    ["null", "null", null, null],
    ["no JSON", "raised", null, null],
    ["nothing", null, null, null],
    ["no field at all", undefined, null, null],
  ])(
    "reads amounts from %s, and what it cannot read is unknown but still an edit",
    async (_, extra, from, to) => {
      const history = await historyOf([anActivity({ extra_data: extra })]);
      expect(history?.edits.map(({ edit }) => edit)).toEqual([
        { kind: "dailyBudget", fromMicros: from, toMicros: to },
      ]);
    },
  );

  it("reads amounts in the account's own minor unit", async () => {
    const history = await historyOf([anActivity()], "JPY");
    expect(history?.edits[0]?.edit).toMatchObject({ toMicros: 4_200_000_000n });
  });

  it.each([
    ['{"old_value":"Inactive","new_value":"Active"}', "active"],
    ['{"old_value":"ACTIVE","new_value":"PAUSED"}', "paused"],
    ['{"old_value":"Active","new_value":"Inactive"}', "paused"],
    ['{"new_value":"Deleted"}', "removed"],
    ['{"new_value":"Archived"}', "other"],
    ['{"new_value":15}', "other"],
    ["{}", "other"],
    ["paused", "other"],
  ])("reads the state in %s as %s", async (extra_data, to) => {
    const history = await historyOf([anActivity({ event_type: "update_ad_set_run_status", extra_data })]);
    expect(history?.edits[0]?.edit).toEqual({ kind: "status", to });
  });

  it.each<[object, string, string | null]>([
    [{ actor_name: null }, "77", "Ads Manager"],
    [{ actor_name: undefined, actor_id: undefined }, "?", "Ads Manager"],
    [{ application_name: null }, "Camille Roy", null],
  ])("names the actor as far as Meta does: %j", async (fields, by, via) => {
    expect((await historyOf([anActivity(fields)]))?.edits).toMatchObject([{ by, via }]);
  });

  it("orders the newest-first list oldest first, within one second too, and leaves out what came before", async () => {
    const edits: readonly (readonly [string, string])[] = [
      ["3004", "2026-03-10T17:00:00+0000"],
      ["3003", "2026-03-10T17:00:00+0000"],
      ["3002", "2026-03-04T04:10:00+0100"],
      ["3001", "2026-03-04T03:09:59+0000"],
    ];
    const history = await historyOf(
      edits.map(([object_id, event_time]) => anActivity({ object_id, event_time })),
    );
    expect(history?.edits.map(({ target }) => target.id)).toEqual(["3002", "3003", "3004"]);
  });

  it("asks for explicit dates, the running second included, and follows every page", async () => {
    const next = "https://graph.facebook.com/v25.0/act_1001/activities?after=abc";
    const { graph, reading } = await readAfter(
      { json: { data: [anActivity()], paging: { next } } },
      { json: { data: [anActivity({ event_time: "2026-03-09T17:00:00+0000" })] } },
    );
    expect((await reading)?.edits.map(({ atMs }) => atMs)).toEqual([1_773_075_600_000, 1_773_162_000_000]);
    expect(graph.requests[1]).toMatchObject({
      path: "act_1001/activities",
      query: { since: "1772593800", until: "1773198601", limit: "500" },
    });
    expect(graph.requests[2]).toMatchObject({ path: "act_1001/activities", query: { after: "abc" } });
  });

  it.each([
    ["lacks the permission", graphError(403, 200)],
    ["may not use the call", graphError(403, 10)],
    ["lacks the capability", graphError(400, 3)],
  ])("says that nobody knows where the token %s", async (_, reply) => {
    expect(await (await readAfter(reply)).reading).toBeNull();
  });

  it("fetches the rest of an account whose history it may not read", async () => {
    const { act_1001: head, "act_1001/campaigns": campaigns, "act_1001/adsets": adSets } = QUIET_ACCOUNT;
    const graph = await startGraph(
      inTurn(
        { json: head },
        { json: { data: campaigns } },
        { json: { data: adSets } },
        { json: { data: [] } },
        graphError(403, 200),
      ),
    );
    const platform = createMetaPlatform({ token: TOKEN, baseUrl: graph.url, sleep: async () => {} });
    const { snapshot } = await platform.fetchAccount(aFetchRequest());
    expect(snapshot).toMatchObject({ name: "Atelier Lune", history: null });
    expect(snapshot.entities).toHaveLength(2);
  });

  it.each<[string, Reply, string]>([
    ["an expired token", graphError(401, 190), "auth"],
    [
      "an account that is throttled for minutes",
      graphError(400, 17, {}, { "retry-after": "600" }),
      "throttled",
    ],
    ["an answer that is no list", { json: { data: {} } }, "malformed"],
    ["an activity without its kind", { json: { data: [{}] } }, "malformed"],
    ["an edit without its object", { json: { data: [anActivity({ object_id: null })] } }, "malformed"],
    ["an edit without its time", { json: { data: [anActivity({ event_time: null })] } }, "malformed"],
    ["an edit at no time", { json: { data: [anActivity({ event_time: "yesterday" })] } }, "malformed"],
  ])("fails on %s, which is not the same as nobody having changed anything", async (_, reply, kind) => {
    const { reading } = await readAfter(reply);
    await expect(reading).rejects.toMatchObject({ name: "PlatformError", details: { kind } });
  });

  it("sends no account id that could be another address", async () => {
    const { platform, graph } = await aMetaPlatform({});
    const reading = platform.readEdits({ platform: "meta", accountId: "../me" }, EDITS_FROM_MS, NOW_MS);
    await expect(reading).rejects.toThrow('"../me" is not an id of Meta');
    expect(graph.requests).toEqual([]);
  });
});
