/**
 * Checkpoints beside the logs: `pk = checkpoints`, `sk = <brand>`, rewritten as the log grows. A cache: whatever goes wrong
 * with it costs a longer fold and nothing else, so it is told and never thrown.
 */
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { CheckpointStore } from "../../log/checkpoint.ts";
import { TABLE_NAME } from "../../log/dynamo-store.ts";
import type { Telemetry } from "./telemetry.ts";

const PARTITION = "checkpoints";

/** DynamoDB takes 400 KB with names and keys; a state beyond this is folded from its log. */
const MAX_BYTES = 380_000;

export function dynamoCheckpoints(client: DynamoDBClient, telemetry: Telemetry): CheckpointStore {
  const keyOf = (brand: string) => ({ pk: { S: PARTITION }, sk: { S: brand } });
  return {
    async get(brand) {
      try {
        const { Item } = await client.send(new GetItemCommand({ TableName: TABLE_NAME, Key: keyOf(brand) }));
        return Item?.body?.S ?? null;
      } catch (error) {
        telemetry.error("the checkpoint cannot be read", error, { brand });
        return null;
      }
    },
    async put(brand, text) {
      if (Buffer.byteLength(text) > MAX_BYTES) {
        telemetry.warn("the checkpoint is too large to be kept", { brand, bytes: Buffer.byteLength(text) });
        return;
      }
      try {
        const Item = { ...keyOf(brand), body: { S: text } };
        await client.send(new PutItemCommand({ TableName: TABLE_NAME, Item }));
      } catch (error) {
        telemetry.error("the checkpoint cannot be written", error, { brand });
      }
    },
  };
}
