import { DynamoDBClient, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { describe, expect, it, onTestFinished } from "vitest";
import { dynamoPushStore } from "../../../lib/shops/push/dynamo-store.ts";
import { createPushShop } from "../../../lib/shops/push/index.ts";
import { receivePush } from "../../../lib/shops/push/receive.ts";
import type { PushStore } from "../../../lib/shops/push/store.ts";
import { aTable } from "../../support/aws/table.ts";

const BRAND = "atelier-lune";
/** 2026-03-12 08:00 in Paris. */
const MORNING_MS = Date.UTC(2026, 2, 12, 7);
const SECOND = 1_000;

async function aStore(): Promise<PushStore> {
  return dynamoPushStore(await aTable());
}

function push(store: PushStore, days: object[], atMs = MORNING_MS, brand = BRAND) {
  return receivePush(store, { brand, text: JSON.stringify({ days }), sentAtMs: atMs, receivedAtMs: atMs });
}

function shopOf(store: PushStore, zone = "Europe/Paris") {
  return createPushShop({ store, brand: BRAND, zone });
}

async function revenueOf(store: PushStore, from = "2026-03-01", to = "2026-03-31") {
  const { days } = await shopOf(store).fetchDays(from, to);
  return days.map(({ day, revenueMicros }) => [day, revenueMicros]);
}

describe("lib/shops/push", () => {
  it("gives the pushed days of the range, ascending, of this brand alone", async () => {
    const store = await aStore();
    const days = ["2026-03-11", "2026-03-09", "2026-03-10"].map((date) => ({ date, revenue: 7 }));
    expect(await push(store, days)).toEqual({
      kind: "stored",
      stored: ["2026-03-11", "2026-03-09", "2026-03-10"],
      unchanged: [],
    });
    await push(store, [{ date: "2026-03-10", revenue: 1 }], MORNING_MS, "atelier-lune-2");
    expect(await shopOf(store).fetchDays("2026-03-09", "2026-03-10")).toEqual({
      source: "push",
      days: ["2026-03-09", "2026-03-10"].map((day) => ({
        day,
        revenueMicros: 7_000_000n,
        orders: null,
        newCustomers: null,
        sessions: null,
      })),
    });
    expect(await revenueOf(store, "2026-03-12", "2026-03-01")).toEqual([]);
  });

  it("keeps both versions of a restated day and reads the newer", async () => {
    const store = await aStore();
    await push(store, [{ date: "2026-03-10", revenue: 100 }]);
    await push(store, [{ date: "2026-03-10", revenue: 90.5 }], MORNING_MS + SECOND);
    expect(await revenueOf(store)).toEqual([["2026-03-10", 90_500_000n]]);
    const kept = await store.statements(BRAND, "2026-03-10", "2026-03-10");
    expect(kept).toEqual([
      {
        day: "2026-03-10",
        sentAtMs: MORNING_MS,
        receivedAtMs: MORNING_MS,
        body: '{"date":"2026-03-10","revenue":"100"}',
      },
      {
        day: "2026-03-10",
        sentAtMs: MORNING_MS + SECOND,
        receivedAtMs: MORNING_MS + SECOND,
        body: '{"date":"2026-03-10","revenue":"90.5"}',
      },
    ]);
  });

  it("counts a day whose figures have not changed since they were sent at noon, once they are sent again", async () => {
    const store = await aStore();
    const noonMs = Date.UTC(2026, 2, 11, 11);
    const day = [{ date: "2026-03-11", revenue: 0 }];
    await push(store, day, noonMs);
    expect(await revenueOf(store)).toEqual([]);
    // The very request again is no news; the same figures said next morning are.
    expect(await push(store, day, noonMs)).toMatchObject({ stored: [], unchanged: ["2026-03-11"] });
    expect(await push(store, day, MORNING_MS)).toMatchObject({ stored: ["2026-03-11"], unchanged: [] });
    expect(await revenueOf(store)).toEqual([["2026-03-11", 0n]]);
    // 2026-03-12 12:00 UTC: the day before is over everywhere.
    const overMs = Date.UTC(2026, 2, 12, 12);
    await push(store, day, overMs);
    expect(await push(store, day, overMs + SECOND)).toMatchObject({ stored: [], unchanged: ["2026-03-11"] });
    expect(await store.statements(BRAND, "2026-03-11", "2026-03-11")).toHaveLength(3);
  });

  it("returns to figures that were stated before", async () => {
    const store = await aStore();
    for (const [index, revenue] of [100, 90, 100].entries()) {
      await push(store, [{ date: "2026-03-10", revenue }], MORNING_MS + index * SECOND);
    }
    expect(await revenueOf(store)).toEqual([["2026-03-10", 100_000_000n]]);
    expect(await store.statements(BRAND, "2026-03-10", "2026-03-10")).toHaveLength(3);
  });

  it("keeps nothing new when the same is pushed again, now or later", async () => {
    const store = await aStore();
    const days = [{ date: "2026-03-10", revenue: 100 }];
    await push(store, days);
    const again = { kind: "stored", stored: [], unchanged: ["2026-03-10"] };
    expect(await push(store, days)).toEqual(again);
    expect(await push(store, days, MORNING_MS + 86_400_000)).toEqual(again);
    expect(await store.statements(BRAND, "2026-03-10", "2026-03-10")).toHaveLength(1);
  });

  it("keeps one item of one request that arrives many times at once", async () => {
    const store = await aStore();
    const days = [{ date: "2026-03-10", revenue: 100 }];
    await Promise.all(Array.from({ length: 8 }, () => push(store, days)));
    expect(await store.statements(BRAND, "2026-03-10", "2026-03-10")).toHaveLength(1);
  });

  it("keeps nothing of a push when a day of it was stated otherwise since", async () => {
    const store = await aStore();
    await push(store, [{ date: "2026-03-10", revenue: 90 }], MORNING_MS + SECOND);
    const late = [
      { date: "2026-03-09", revenue: 5 },
      { date: "2026-03-10", revenue: 100 },
    ];
    const overtaken = { kind: "overtaken", day: "2026-03-10", sentAtMs: MORNING_MS + SECOND };
    expect(await push(store, late)).toEqual(overtaken);
    expect(await push(store, late, MORNING_MS + SECOND)).toEqual(overtaken);
    expect(await revenueOf(store)).toEqual([["2026-03-10", 90_000_000n]]);
  });

  it("keeps the rest when a push that was cut off comes again", async () => {
    const store = await aStore();
    const before: Promise<boolean>[] = [];
    const failing: PushStore = {
      ...store,
      put: async (brand, pushed) => {
        if (before.length === 0) {
          before.push(store.put(brand, pushed));
          return (await before[0]) === true;
        }
        await before[0];
        throw new Error("cut off");
      },
    };
    const days = ["2026-03-09", "2026-03-10"].map((date) => ({ date, revenue: 7 }));
    await expect(push(failing, days)).rejects.toThrow("cut off");
    expect(await push(store, days)).toMatchObject({ kind: "stored", stored: ["2026-03-10"] });
    expect(await revenueOf(store)).toHaveLength(2);
  });

  it("keeps nothing of a push with a problem", async () => {
    const store = await aStore();
    const days = [
      { date: "2026-03-09", revenue: 5 },
      { date: "2026-03-10", revenue: "x" },
    ];
    expect(await push(store, days)).toMatchObject({
      kind: "problems",
      problems: [{ path: "days[1].revenue" }],
    });
    expect(await revenueOf(store)).toEqual([]);
  });

  it("does not count a day that was not over yet in the brand's zone", async () => {
    const store = await aStore();
    // 2026-03-11 23:59:59 in Paris, and one second later.
    const endMs = Date.UTC(2026, 2, 11, 23);
    await push(store, [{ date: "2026-03-11", revenue: 40 }], endMs - SECOND);
    expect(await revenueOf(store)).toEqual([]);
    expect((await shopOf(store, "Asia/Tokyo").fetchDays("2026-03-11", "2026-03-11")).days).toHaveLength(1);
    await push(store, [{ date: "2026-03-11", revenue: 44 }], endMs);
    expect(await revenueOf(store)).toEqual([["2026-03-11", 44_000_000n]]);
  });

  it("takes the earlier of the two clocks for when a day was stated", async () => {
    const store = await aStore();
    const endMs = Date.UTC(2026, 2, 11, 23);
    const text = JSON.stringify({ days: [{ date: "2026-03-11", revenue: 40 }] });
    await receivePush(store, { brand: BRAND, text, sentAtMs: endMs + SECOND, receivedAtMs: endMs - SECOND });
    expect(await revenueOf(store)).toEqual([]);
  });

  it("takes a day that has begun somewhere on earth, and no later one", async () => {
    const store = await aStore();
    // 11:00 UTC on the 12th is the 13th on the easternmost islands.
    const noonMs = Date.UTC(2026, 2, 12, 11);
    expect(await push(store, [{ date: "2026-03-13", revenue: 1 }], noonMs)).toMatchObject({ kind: "stored" });
    expect(await push(store, [{ date: "2026-03-14", revenue: 1 }], noonMs)).toMatchObject({
      kind: "problems",
    });
  });
});

describe("lib/shops/push/dynamo-store", () => {
  function aMock() {
    const client = new DynamoDBClient({ region: "local" });
    const mock = mockClient(client);
    mock.rejects(new Error("not stated"));
    onTestFinished(() => mock.restore());
    return { mock, store: dynamoPushStore(client) };
  }

  it("puts under a key that one request always makes, and only where nothing is", async () => {
    const { mock, store } = aMock();
    mock
      .on(PutItemCommand, {
        TableName: "palier",
        Item: {
          pk: { S: "revenue#atelier-lune" },
          // printf '%s' '{"date":"2026-03-10"}' | sha256sum
          sk: { S: "2026-03-10#1773300000000#3fababa7" },
          receivedAtMs: { N: "1773300001000" },
          body: { S: '{"date":"2026-03-10"}' },
        },
        ConditionExpression: "attribute_not_exists(sk)",
      })
      .resolves({});
    const body = '{"date":"2026-03-10"}';
    const stated = { day: "2026-03-10", sentAtMs: 1773300000000, receivedAtMs: 1773300001000, body };
    expect(await store.put(BRAND, stated)).toBe(true);
  });

  it("throws for a table that does not answer, so that nothing is taken for no revenue", async () => {
    const { store } = aMock();
    await expect(store.statements(BRAND, "2026-03-01", "2026-03-02")).rejects.toMatchObject({
      name: "PushStoreError",
    });
    await expect(revenueOf(store)).rejects.toMatchObject({ name: "PushStoreError" });
  });

  it("reads every page, consistently", async () => {
    const { mock, store } = aMock();
    const item = (day: string) => ({
      sk: { S: `${day}#1773300000000#abcdef01` },
      receivedAtMs: { N: "1773300000000" },
      body: { S: "{}" },
    });
    const more = { pk: { S: "revenue#atelier-lune" } };
    mock
      .on(QueryCommand, { ConsistentRead: true })
      .resolvesOnce({ Items: [item("2026-03-01")], LastEvaluatedKey: more })
      .resolvesOnce({ Items: [item("2026-03-02")] });
    const found = await store.statements(BRAND, "2026-03-01", "2026-03-02");
    expect(found.map(({ day }) => day)).toEqual(["2026-03-01", "2026-03-02"]);
  });

  it.each([
    [{ sk: { S: "2026-03-01" }, receivedAtMs: { N: "1" }, body: { S: "{}" } }],
    [
      {
        sk: { S: "2026-03-01#1773300000000#abcdef01" },
        receivedAtMs: { N: "1" },
        body: { S: '{"date":"2026-03-02","revenue":"1"}' },
      },
    ],
    [
      {
        sk: { S: "2026-03-01#1773300000000#abcdef01" },
        receivedAtMs: { N: "1773300000000" },
        body: { S: "x" },
      },
    ],
  ])("refuses what no push has put: %j", async (item) => {
    const { mock, store } = aMock();
    mock.on(QueryCommand).resolves({ Items: [{ ...item, receivedAtMs: { N: "1773300000000" } }] });
    await expect(revenueOf(store)).rejects.toMatchObject({ name: "PushStoreError" });
  });
});
