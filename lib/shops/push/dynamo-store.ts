/**
 * Pushed days in the table of the logs: `revenue#<brand>`, then day, moment sent and the beginning of the content's hash, so
 * that one request always makes the same keys. Items are put once; nothing changes or removes them.
 * Source: AWS DynamoDB API version 2012-08-10 (PutItem, Query).
 */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { z } from "zod";
import { sha256 } from "../../domain/canonical.ts";
import type { Day } from "../../domain/day.ts";
import { type PushedDay, type PushStore, PushStoreError } from "./store.ts";

const TABLE_NAME = "palier";

/** A page holds 1 MB, some thousand statements: a year that is restated every day has fewer pages. */
const MAX_PAGES = 100;

/** Sorts after the `#` that follows every day. */
const AFTER_DAY = "~";

type Item = Record<string, AttributeValue>;

const itemSchema = z
  .object({
    sk: z.object({ S: z.string().regex(/^\d{4}-\d{2}-\d{2}#\d{13}#[0-9a-f]{8}$/) }),
    receivedAtMs: z.object({ N: z.coerce.number() }),
    body: z.object({ S: z.string() }),
  })
  .transform(({ sk, receivedAtMs, body }): PushedDay => {
    const [day = "", sentAtMs] = sk.S.split("#");
    return { day, sentAtMs: Number(sentAtMs), receivedAtMs: receivedAtMs.N, body: body.S };
  });

export function dynamoPushStore(client: DynamoDBClient): PushStore {
  return {
    async put(brand, { day, sentAtMs, receivedAtMs, body }) {
      const moment = String(sentAtMs).padStart(13, "0");
      const command = new PutItemCommand({
        TableName: TABLE_NAME,
        Item: {
          pk: { S: partitionOf(brand) },
          sk: { S: `${day}#${moment}#${sha256(body).slice(0, 8)}` },
          receivedAtMs: { N: String(receivedAtMs) },
          body: { S: body },
        },
        ConditionExpression: "attribute_not_exists(sk)",
      });
      try {
        await client.send(command);
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw storeError(error);
      }
    },
    statements: (brand, from, to) => queryStatements(client, brand, from, to),
  };
}

async function queryStatements(
  client: DynamoDBClient,
  brand: string,
  from: Day,
  to: Day,
): Promise<PushedDay[]> {
  const found: PushedDay[] = [];
  if (from > to) return found;
  let startKey: Item | undefined;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const command = new QueryCommand({
      TableName: TABLE_NAME,
      ConsistentRead: true,
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
      ExpressionAttributeValues: {
        ":pk": { S: partitionOf(brand) },
        ":from": { S: from },
        ":to": { S: `${to}${AFTER_DAY}` },
      },
      ExclusiveStartKey: startKey,
    });
    const { Items = [], LastEvaluatedKey } = await client.send(command).catch((error: unknown) => {
      throw storeError(error);
    });
    found.push(...Items.map(pushedOf));
    if (LastEvaluatedKey === undefined) return found;
    startKey = LastEvaluatedKey;
  }
  throw new PushStoreError(`the pushed days of ${brand} have more than ${MAX_PAGES} pages of 1 MB`);
}

function partitionOf(brand: string): string {
  return `revenue#${brand}`;
}

function pushedOf(item: Item): PushedDay {
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success) throw new PushStoreError(`item ${item.pk?.S} / ${item.sk?.S} cannot be read`);
  return parsed.data;
}

function storeError(error: unknown): PushStoreError {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new PushStoreError(`table ${TABLE_NAME}: ${reason}`);
}
