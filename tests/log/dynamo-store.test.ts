import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { describe, expect, it, onTestFinished } from "vitest";
import { dynamoStore } from "../../lib/log/dynamo-store.ts";

const ENTRY = { position: 1, body: "body", hash: "hash" };

/** A client that answers nothing but what the test states. The contract itself is tested on the embedded DynamoDB. */
function aClient() {
  const client = new DynamoDBClient({
    endpoint: "http://127.0.0.1:1",
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const mock = mockClient(client);
  mock.rejects(new Error("not stated"));
  onTestFinished(() => mock.restore());
  return { mock, store: dynamoStore(client) };
}

describe("lib/log/dynamo-store", () => {
  it("puts under a condition that only a free position meets", async () => {
    const { mock, store } = aClient();
    mock
      .on(PutItemCommand, {
        TableName: "palier",
        Item: {
          pk: { S: "log#atelier-lune" },
          sk: { S: "000000000001" },
          body: { S: "body" },
          hash: { S: "hash" },
        },
        ConditionExpression: "attribute_not_exists(sk)",
      })
      .resolves({});
    expect(await store.put("atelier-lune", ENTRY)).toBe("appended");
  });

  it("reports a failed condition as taken", async () => {
    const { mock, store } = aClient();
    const failed = new ConditionalCheckFailedException({ message: "no", $metadata: { httpStatusCode: 400 } });
    mock.on(PutItemCommand).rejects(failed);
    expect(await store.put("atelier-lune", ENTRY)).toBe("taken");
  });

  it.each([
    ["store.unreachable", "no connection", Object.assign(new Error("connect"), { code: "ECONNREFUSED" })],
    ["store.unreachable", "a timeout", Object.assign(new Error("timed out"), { name: "TimeoutError" })],
    [
      "store.unreachable",
      "a server error",
      { name: "InternalServerError", $metadata: { httpStatusCode: 500 } },
    ],
    ["store.failed", "a refusal", { name: "AccessDeniedException", $metadata: { httpStatusCode: 400 } }],
    [
      "store.missingTable",
      "no table",
      new ResourceNotFoundException({ message: "no table", $metadata: { httpStatusCode: 400 } }),
    ],
  ])("throws %s for %s", async (code, _, error) => {
    const { mock, store } = aClient();
    mock.on(PutItemCommand).callsFake(() => Promise.reject(error));
    await expect(store.put("atelier-lune", ENTRY)).rejects.toMatchObject({ name: "StoreError", code });
  });

  it("counts a brand as due whose row it cannot read, and reads the others", async () => {
    const { mock, store } = aClient();
    const row = (brand: string, body: object) => {
      return { pk: { S: "brands" }, sk: { S: brand }, body: { S: JSON.stringify(body) } };
    };
    const head = { position: 3, hash: "h" };
    const times = { nextDueAtMs: 9, nextApplyAtMs: null, nightEndsAtMs: 10, lastNight: null };
    const readable = { brand: "b", ...times, openProposals: 0, unsettled: 0, stopped: false, head };
    mock.on(QueryCommand).resolves({ Items: [row("a", { brand: "a", dueAt: 5 }), row("b", readable)] });
    expect(await store.summaries()).toMatchObject([
      { brand: "a", nextDueAtMs: 0, nextApplyAtMs: 0 },
      { brand: "b", nextDueAtMs: 9 },
    ]);
  });

  it("finds the last entry with one item read, and consistently", async () => {
    const { mock, store } = aClient();
    const found = { pk: { S: "log#b" }, sk: { S: "000000000007" }, body: { S: "x" }, hash: { S: "h" } };
    mock
      .on(QueryCommand, { ConsistentRead: true, ScanIndexForward: false, Limit: 1 })
      .resolves({ Items: [found] });
    expect(await store.latest("b")).toEqual({ position: 7, body: "x", hash: "h" });
  });

  it.each([[undefined], [{ pk: { S: "claims" }, sk: { S: "meta/1" }, body: { S: "{}" } }]])(
    "names no owner when the claim that was there cannot be read: %j",
    async (item) => {
      const { mock, store } = aClient();
      mock
        .on(PutItemCommand)
        .rejects(new ConditionalCheckFailedException({ message: "no", $metadata: { httpStatusCode: 400 } }));
      mock.on(GetItemCommand, { ConsistentRead: true }).resolves({ ...(item && { Item: item }) });
      await expect(store.claim("meta/1", "b")).rejects.toMatchObject({ code: "store.malformed" });
    },
  );

  it("reads consistently", async () => {
    const { mock, store } = aClient();
    mock.on(GetItemCommand, { ConsistentRead: true }).resolves({});
    mock.on(QueryCommand, { ConsistentRead: true }).resolves({ Items: [] });
    expect(await store.get("atelier-lune", 1)).toBeNull();
    expect(await store.read("atelier-lune", 1)).toEqual([]);
    expect(await store.controlStops()).toEqual([]);
  });

  it.each([
    ["an entry without a hash", { pk: { S: "log#b" }, sk: { S: "000000000001" }, body: { S: "x" } }],
    [
      "a position that is no number",
      { pk: { S: "log#b" }, sk: { S: "one" }, body: { S: "x" }, hash: { S: "h" } },
    ],
  ])("refuses %s", async (_, item) => {
    const { mock, store } = aClient();
    mock.on(QueryCommand).resolves({ Items: [item] });
    await expect(store.read("b", 1)).rejects.toMatchObject({ code: "store.malformed" });
  });

  it.each([["not JSON"], ['{"scope":"everything"}']])(
    "refuses the stop %s, so that nothing is written",
    async (body) => {
      const { mock, store } = aClient();
      const item = { pk: { S: "control" }, sk: { S: "everything" }, body: { S: body } };
      mock.on(QueryCommand).resolves({ Items: [item] });
      await expect(store.controlStops()).rejects.toMatchObject({ code: "store.malformed" });
    },
  );

  it("gives up on a partition that never ends", async () => {
    const { mock, store } = aClient();
    mock.on(QueryCommand).resolves({ Items: [], LastEvaluatedKey: { pk: { S: "log#b" } } });
    await expect(store.read("b", 1)).rejects.toMatchObject({ code: "store.failed" });
  });
});
