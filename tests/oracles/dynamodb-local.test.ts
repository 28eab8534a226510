/** The log's table on Amazon's own DynamoDB, so that what the embedded one allows is also what AWS allows. */
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createTable, dynamoStore } from "../../lib/log/dynamo-store.ts";
import { dynamoCheckpoints } from "../../lib/runtime/aws/checkpoints.ts";
import { dynamoPushStore } from "../../lib/shops/push/dynamo-store.ts";
import { storeContract } from "../log/store-contract.ts";
import { clientOfNewDatabase, startDynamodbLocal } from "../support/oracles/dynamodb-local.ts";
import { ORACLE_START_MS, type Oracle, oraclesAsked } from "../support/oracles/process.ts";
import { recordingTelemetry } from "../support/telemetry.ts";

const BRAND = "atelier-lune";

let oracle: Oracle | undefined;

async function aTable(): Promise<DynamoDBClient> {
  const client = clientOfNewDatabase(oracle?.url ?? "");
  onTestFinished(() => client.destroy());
  await createTable(client);
  return client;
}

describe.runIf(oraclesAsked)("DynamoDB Local (PALIER_ORACLES=1)", () => {
  beforeAll(async () => {
    oracle = await startDynamodbLocal();
  }, ORACLE_START_MS);
  afterAll(() => oracle?.end());

  describe("lib/log/dynamo-store", () => {
    storeContract(async () => dynamoStore(await aTable()));

    it("says that the table is missing", async () => {
      const client = clientOfNewDatabase(oracle?.url ?? "");
      onTestFinished(() => client.destroy());
      await expect(dynamoStore(client).get(BRAND, 1)).rejects.toMatchObject({ code: "store.missingTable" });
    });

    it("leaves a table that exists as it is", async () => {
      const client = await aTable();
      await dynamoStore(client).put(BRAND, { position: 1, body: "body", hash: "hash" });
      await createTable(client);
      expect((await dynamoStore(client).latest(BRAND))?.position).toBe(1);
    });

    it("takes an entry of the largest size that the log allows, and refuses one beyond DynamoDB's own", async () => {
      const store = dynamoStore(await aTable());
      const entry = (kilobytes: number) => ({
        position: kilobytes,
        body: "é".repeat(512 * kilobytes),
        hash: "h",
      });
      expect(await store.put(BRAND, entry(300))).toBe("appended");
      await expect(store.put(BRAND, entry(401))).rejects.toMatchObject({ code: "store.failed" });
      expect((await store.latest(BRAND))?.position).toBe(300);
    });
  });

  it("lib/runtime/aws/checkpoints replaces a brand's text, up to the largest that it keeps", async () => {
    const telemetry = recordingTelemetry();
    const checkpoints = dynamoCheckpoints(await aTable(), telemetry);
    expect(await checkpoints.get(BRAND)).toBeNull();
    await checkpoints.put(BRAND, "before");
    await checkpoints.put(BRAND, "x".repeat(380_000));
    expect((await checkpoints.get(BRAND))?.length).toBe(380_000);
    expect(telemetry.lines).toEqual([]);
  });

  it("lib/shops/push/dynamo-store keeps a statement once, and gives the range by day and moment", async () => {
    const store = dynamoPushStore(await aTable());
    const said = (day: string, sentAtMs: number, body = "{}") => ({ day, sentAtMs, receivedAtMs: 9, body });
    const [restated, first] = [said("2026-03-10", 1_773_200_000_000), said("2026-03-10", 1_773_100_000_000)];
    expect(await store.put(BRAND, restated)).toBe(true);
    expect(await store.put(BRAND, first)).toBe(true);
    expect(await store.put(BRAND, first)).toBe(false);
    expect(await store.put(BRAND, said("2026-03-09", 5))).toBe(true);
    expect(await store.put(BRAND, said("2026-03-12", 5))).toBe(true);
    expect(await store.statements(BRAND, "2026-03-10", "2026-03-10")).toEqual([first, restated]);
  });
});
