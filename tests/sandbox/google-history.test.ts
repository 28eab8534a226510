import { describe, expect, it } from "vitest";
import { ACCOUNT, aGoogleWorld, BUDGETS, CAMPAIGNS } from "../support/sandbox-google.ts";

const FIELDS = [
  "change_date_time",
  "change_resource_type",
  "change_resource_name",
  "resource_change_operation",
  "changed_fields",
  "client_type",
  "user_email",
  "old_resource",
  "new_resource",
  "campaign",
]
  .map((name) => `change_event.${name}`)
  .join(", ");
const SPAN =
  "change_event.change_date_time >= '2026-03-10' AND change_event.change_date_time <= '2026-03-12'";
const QUERY = `SELECT ${FIELDS} FROM change_event WHERE ${SPAN} LIMIT 10000`;
const THREE_MINUTES = 180_000;

describe("lib/sandbox/google/change-events", () => {
  it("tells an edit three minutes late, in the account's time, with what was and what is", async () => {
    const { customer, rows, client } = await aGoogleWorld();
    await customer.campaignBudgets.update([{ resource_name: BUDGETS.candles, amount_micros: 170_000_000 }]);
    await client.advance({ ms: THREE_MINUTES - 1 });
    expect(await rows(QUERY)).toEqual([]);
    await client.advance({ ms: 1 });
    expect(await rows(QUERY)).toEqual([
      {
        changeEvent: {
          resourceName: `${ACCOUNT}/changeEvents/1773198600000000~1~0`,
          changeDateTime: "2026-03-11 04:10:00.000000",
          changeResourceType: "CAMPAIGN_BUDGET",
          changeResourceName: BUDGETS.candles,
          resourceChangeOperation: "UPDATE",
          changedFields: "amountMicros",
          clientType: "GOOGLE_ADS_API",
          userEmail: "palier@atelier-lune.example",
          oldResource: { campaignBudget: { amountMicros: "160000000" } },
          newResource: { campaignBudget: { amountMicros: "170000000" } },
          campaign: CAMPAIGNS.candles,
        },
      },
    ]);
  });

  it("tells what people and other tools did, newest first, and no campaign of a shared budget", async () => {
    const { rows, client, idOf } = await aGoogleWorld();
    const campaign = "21521288404";
    await client.edit({ entityId: campaign, edit: { field: "status", status: "PAUSED" } });
    const shared = {
      entityId: await idOf("Search generic"),
      edit: { field: "daily_budget", cents: 30_000 },
    } as const;
    await client.advance({ ms: 60_000 });
    await client.edit({ ...shared, by: "optmyzr@agency.example", via: "GOOGLE_ADS_SCRIPTS" });
    await client.advance({ ms: THREE_MINUTES });
    const events = (await rows(QUERY)).map(({ changeEvent }) => changeEvent);
    expect(events).toMatchObject([
      {
        changeDateTime: "2026-03-11 04:11:00.000000",
        changeResourceName: BUDGETS.shared,
        clientType: "GOOGLE_ADS_SCRIPTS",
        userEmail: "optmyzr@agency.example",
      },
      {
        changeResourceType: "CAMPAIGN",
        changeResourceName: CAMPAIGNS.candles,
        changedFields: "status",
        clientType: "GOOGLE_ADS_WEB_CLIENT",
        userEmail: "camille.roy@atelier-lune.example",
        oldResource: { campaign: { status: "ENABLED" } },
        newResource: { campaign: { status: "PAUSED" } },
        campaign: CAMPAIGNS.candles,
      },
    ]);
    expect(events[0]).not.toHaveProperty("campaign");
  });

  it("tells neither Meta's edits nor refused ones nor those that changed nothing", async () => {
    const { customer, rows, client, idOf } = await aGoogleWorld();
    const entityId = await idOf("Lookalike 1% buyers");
    await client.edit({ entityId, edit: { field: "daily_budget", cents: 12_345 } });
    const update = (amount_micros: number, options?: object) =>
      customer.campaignBudgets.update([{ resource_name: BUDGETS.candles, amount_micros }], options);
    await update(170_000_000, { validate_only: true });
    await update(160_000_000);
    await client.advance({ ms: THREE_MINUTES });
    expect(await client.ledger()).toHaveLength(3);
    expect(await rows(QUERY)).toEqual([]);
  });

  it("takes conditions on times and types, and gives as many as the limit says", async () => {
    const { customer, rows, client } = await aGoogleWorld();
    for (const amount_micros of [170_000_000, 180_000_000]) {
      await customer.campaignBudgets.update([{ resource_name: BUDGETS.candles, amount_micros }]);
      await client.advance({ ms: THREE_MINUTES });
    }
    const times = async (where: string, limit = 100) => {
      const query = `SELECT change_event.change_date_time FROM change_event WHERE ${where} LIMIT ${limit}`;
      return (await rows(query)).map(({ changeEvent }) => changeEvent.changeDateTime.slice(11, 19));
    };
    const during = "change_event.change_date_time DURING TODAY";
    expect(await times(during)).toEqual(["04:13:00", "04:10:00"]);
    expect(await times(during, 1)).toEqual(["04:13:00"]);
    expect(await times(`${during} AND change_event.change_resource_type = CAMPAIGN`)).toEqual([]);
    const between = "BETWEEN '2026-03-11 04:10:00.000001' AND '2026-03-11 04:13:00'";
    expect(await times(`change_event.change_date_time ${between}`)).toEqual(["04:13:00"]);
  });

  it("wants a finite span of the last thirty days and a limit of at most ten thousand", async () => {
    const { refusalOf } = await aGoogleWorld();
    const time = "change_event.change_date_time";
    const code = async (rest: string) =>
      Object.values(await refusalOf(`SELECT change_event.user_email FROM change_event ${rest}`))[0];
    expect(await code("LIMIT 5")).toBe("CHANGE_DATE_RANGE_INFINITE");
    expect(await code(`WHERE ${time} >= '2026-03-10' LIMIT 5`)).toBe("CHANGE_DATE_RANGE_INFINITE");
    expect(await code(`WHERE ${time} >= '2026-03-11' AND ${time} <= '2026-03-10' LIMIT 5`)).toBe(
      "CHANGE_DATE_RANGE_NEGATIVE",
    );
    // The first night is 11 March 2026; thirty days before it is 9 February.
    const since = (day: string) => `WHERE ${time} >= '${day}' AND ${time} <= '2026-03-12'`;
    expect(await code(`${since("2026-02-08")} LIMIT 5`)).toBe("START_DATE_TOO_OLD");
    expect(await code(since("2026-02-09"))).toBe("LIMIT_NOT_SPECIFIED");
    expect(await code(`${since("2026-02-09")} LIMIT 10001`)).toBe("INVALID_LIMIT_CLAUSE");
    expect(await code(`WHERE ${time} = 'yesterday' LIMIT 5`)).toBe("INVALID_DATE_FORMAT");
  });
});
