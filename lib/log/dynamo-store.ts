/**
 * The log's table in DynamoDB, real or embedded. One table, no index: `log#<brand>` with 12-digit positions holds the entries,
 * `brands` one summary row per brand, `control` the stops outside any log, `claims` the brand of each account.
 * Source: AWS DynamoDB API version 2012-08-10 (PutItem, GetItem, Query, DeleteItem, CreateTable).
 */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { z } from "zod";
import { canonicalJson } from "../domain/canonical.ts";
import { StoreError } from "./errors.ts";
import type { BrandSummary, ControlStop, LogStore, StoredEntry } from "./store.ts";

export const TABLE_NAME = "palier";

/** A page holds 1 MB, so this is a gigabyte: no log of one brand gets near it. */
const MAX_PAGES = 1000;

const SUMMARIES = "brands";
const CONTROL = "control";
const CLAIMS = "claims";

/** Sorts before every printable sort key; the empty string is none. */
const FIRST_KEY = " ";

type Item = Record<string, AttributeValue>;

const text = z.object({ S: z.string() }).transform((value) => value.S);
const entryItemSchema = z.object({ sk: text.pipe(z.string().regex(/^\d{12}$/)), body: text, hash: text });
const rowItemSchema = z.object({ body: text });

const summarySchema = z.object({
  brand: z.string(),
  nextDueAtMs: z.number(),
  nextApplyAtMs: z.number().nullable(),
  nightEndsAtMs: z.number(),
  openProposals: z.number(),
  unsettled: z.number(),
  stopped: z.boolean(),
  lastNight: z.string().nullable(),
  head: z.object({ position: z.number(), hash: z.string() }),
});
const stopSchema = z.object({
  scope: z.string(),
  by: z.string(),
  atMs: z.number(),
  reason: z.string().nullable(),
});

const claimSchema = z.object({ brand: z.string() });

/** `client` decides which DynamoDB; the table must exist, see `createTable`. */
export function dynamoStore(client: DynamoDBClient): LogStore {
  return {
    put: (brand, entry) => putEntry(client, brand, entry),
    async get(brand, position) {
      const item = await getItem(client, logKey(brand), positionKey(position));
      return item === null ? null : entryOf(item);
    },
    async read(brand, from) {
      return (await queryAll(client, logKey(brand), positionKey(from))).map(entryOf);
    },
    latest: (brand) => latestEntry(client, brand),
    claim: (accountKey, brand) => claimAccount(client, accountKey, brand),
    putSummary: (summary) => putSummary(client, summary),
    async summary(brand) {
      const item = await getItem(client, SUMMARIES, brand);
      return item === null ? null : summaryOf(item);
    },
    async summaries() {
      return (await queryAll(client, SUMMARIES, FIRST_KEY)).map(summaryOf);
    },
    putControlStop: (stop) => putRow(client, CONTROL, stop.scope, stop),
    async deleteControlStop(scope) {
      const Key = { pk: { S: CONTROL }, sk: { S: scope } };
      await guarded(() => client.send(new DeleteItemCommand({ TableName: TABLE_NAME, Key })));
    },
    async controlStops() {
      return (await queryAll(client, CONTROL, FIRST_KEY)).map((item) => rowOf(item, stopSchema));
    },
  };
}

/** Creates the table on demand capacity and waits until it can be used; a no-op when it exists. */
export async function createTable(client: DynamoDBClient): Promise<void> {
  const command = new CreateTableCommand({
    TableName: TABLE_NAME,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [
      { AttributeName: "pk", AttributeType: "S" },
      { AttributeName: "sk", AttributeType: "S" },
    ],
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
  });
  try {
    await client.send(command);
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw storeError(error);
  }
  // In seconds. The waiter's own delays are 20 s; on one machine the table is there within a hundredth.
  const pace = { client, maxWaitTime: 30, minDelay: 0.02, maxDelay: 1 };
  await guarded(() => waitUntilTableExists(pace, { TableName: TABLE_NAME }));
}

async function putEntry(
  client: DynamoDBClient,
  brand: string,
  { position, body, hash }: StoredEntry,
): Promise<"appended" | "taken"> {
  const key = { pk: { S: logKey(brand) }, sk: { S: positionKey(position) } };
  const isNew = await putIfAbsent(client, { ...key, body: { S: body }, hash: { S: hash } });
  return isNew ? "appended" : "taken";
}

async function latestEntry(client: DynamoDBClient, brand: string): Promise<StoredEntry | null> {
  const command = new QueryCommand({
    TableName: TABLE_NAME,
    ConsistentRead: true,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": { S: logKey(brand) } },
    ScanIndexForward: false,
    Limit: 1,
  });
  const { Items = [] } = await guarded(() => client.send(command));
  const item = Items[0];
  return item === undefined ? null : entryOf(item);
}

async function claimAccount(client: DynamoDBClient, accountKey: string, brand: string): Promise<string> {
  const body = canonicalJson({ brand });
  const key = { pk: { S: CLAIMS }, sk: { S: accountKey } };
  if (await putIfAbsent(client, { ...key, body: { S: body } })) return brand;
  const item = await getItem(client, CLAIMS, accountKey);
  if (item === null)
    throw new StoreError("store.malformed", `the claim of ${accountKey} was there and is gone`);
  return rowOf(item, claimSchema).brand;
}

/** False when the key is taken, which may be by this very put after a lost reply. */
async function putIfAbsent(client: DynamoDBClient, Item: Item): Promise<boolean> {
  const ConditionExpression = "attribute_not_exists(sk)";
  try {
    await client.send(new PutItemCommand({ TableName: TABLE_NAME, Item, ConditionExpression }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw storeError(error);
  }
}

async function getItem(client: DynamoDBClient, pk: string, sk: string): Promise<Item | null> {
  const Key = { pk: { S: pk }, sk: { S: sk } };
  const command = new GetItemCommand({ TableName: TABLE_NAME, Key, ConsistentRead: true });
  const { Item } = await guarded(() => client.send(command));
  return Item ?? null;
}

async function putSummary(client: DynamoDBClient, row: BrandSummary): Promise<void> {
  const { brand, head } = row;
  const at = { N: String(head.position) };
  const Item = { pk: { S: SUMMARIES }, sk: { S: brand }, at, body: { S: canonicalJson(row) } };
  const names = { ExpressionAttributeNames: { "#at": "at" }, ExpressionAttributeValues: { ":at": at } };
  const ConditionExpression = "attribute_not_exists(#at) OR #at <= :at";
  try {
    await client.send(new PutItemCommand({ TableName: TABLE_NAME, Item, ConditionExpression, ...names }));
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw storeError(error);
  }
}

async function putRow(client: DynamoDBClient, pk: string, sk: string, row: ControlStop): Promise<void> {
  const Item = { pk: { S: pk }, sk: { S: sk }, body: { S: canonicalJson(row) } };
  await guarded(() => client.send(new PutItemCommand({ TableName: TABLE_NAME, Item })));
}

/** All items of the partition from sort key `from` on, ascending, consistent. */
async function queryAll(client: DynamoDBClient, pk: string, from: string): Promise<Item[]> {
  const items: Item[] = [];
  let startKey: Item | undefined;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const command = new QueryCommand({
      TableName: TABLE_NAME,
      ConsistentRead: true,
      KeyConditionExpression: "pk = :pk AND sk >= :from",
      ExpressionAttributeValues: { ":pk": { S: pk }, ":from": { S: from } },
      ExclusiveStartKey: startKey,
    });
    const { Items = [], LastEvaluatedKey } = await guarded(() => client.send(command));
    items.push(...Items);
    if (LastEvaluatedKey === undefined) return items;
    startKey = LastEvaluatedKey;
  }
  throw new StoreError("store.failed", `${pk} has more than ${MAX_PAGES} pages of 1 MB`);
}

function logKey(brand: string): string {
  return `log#${brand}`;
}

function positionKey(position: number): string {
  return String(position).padStart(12, "0");
}

function entryOf(item: Item): StoredEntry {
  const parsed = entryItemSchema.safeParse(item);
  if (!parsed.success) throw malformed(item);
  const { sk, body, hash } = parsed.data;
  return { position: Number(sk), body, hash };
}

function rowOf<T>(item: Item, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(rowItemSchema.parse(item).body));
  } catch {
    throw malformed(item);
  }
}

/** A row that this version cannot read must not hide the others: its brand counts as due, and its next run rewrites it. */
function summaryOf(item: Item): BrandSummary {
  try {
    return rowOf(item, summarySchema);
  } catch (error) {
    const brand = item.sk?.S;
    if (brand === undefined || !(error instanceof StoreError)) throw error;
    return {
      brand,
      nextDueAtMs: 0,
      nextApplyAtMs: 0,
      nightEndsAtMs: Number.MAX_SAFE_INTEGER,
      openProposals: 0,
      unsettled: 0,
      stopped: false,
      lastNight: null,
      head: { position: 0, hash: "" },
    };
  }
}

function malformed(item: Item): StoreError {
  return new StoreError(
    "store.malformed",
    `table ${TABLE_NAME}: item ${item.pk?.S} / ${item.sk?.S} cannot be read`,
  );
}

async function guarded<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw storeError(error);
  }
}

/** Answers of DynamoDB that say no are failures; anything without an answer leaves the outcome unknown. */
function storeError(error: unknown): StoreError {
  if (error instanceof ResourceNotFoundException) {
    return new StoreError("store.missingTable", `table ${TABLE_NAME} does not exist`);
  }
  const { name, message, status } = describe(error);
  if (status !== undefined && status < 500)
    return new StoreError("store.failed", `DynamoDB refused: ${name}: ${message}`);
  return new StoreError("store.unreachable", `DynamoDB gave no answer: ${name}: ${message}`);
}

function describe(error: unknown): { name: string; message: string; status: number | undefined } {
  const schema = z.object({
    name: z.string().default("Error"),
    message: z.string().default(""),
    code: z.string().optional(),
    $metadata: z.object({ httpStatusCode: z.number().optional() }).optional(),
  });
  const parsed = schema.safeParse(error);
  if (!parsed.success) return { name: "Error", message: String(error), status: undefined };
  const { name, message, code, $metadata } = parsed.data;
  return { name: code ?? name, message, status: $metadata?.httpStatusCode };
}
