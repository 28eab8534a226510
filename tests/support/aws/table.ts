/** The embedded DynamoDB with its table, spoken to by a client of the test's own. */
import { readFileSync } from "node:fs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { onTestFinished } from "vitest";
import { openEmbeddedStore } from "../../../lib/runtime/embedded-store.ts";
import { nodeFiles } from "../../../lib/runtime/files.ts";
import { aFolder } from "../folder.ts";

export async function aTable(): Promise<DynamoDBClient> {
  const folder = aFolder();
  const store = await openEmbeddedStore({ folder, files: nodeFiles(), nowMs: () => 5 });
  const { port } = JSON.parse(readFileSync(`${folder}/owner.json`, "utf8")) as { port: number };
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  onTestFinished(async () => {
    client.destroy();
    await store.close();
  });
  return client;
}
