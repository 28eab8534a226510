import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { describe, expect, it, onTestFinished } from "vitest";
import { dynamoCheckpoints } from "../../../lib/runtime/aws/checkpoints.ts";
import { aTable } from "../../support/aws/table.ts";
import { recordingTelemetry } from "../../support/telemetry.ts";

describe("lib/runtime/aws/checkpoints", () => {
  it("keeps the newest text of each brand, beside the logs", async () => {
    const table = await aTable();
    const checkpoints = dynamoCheckpoints(table, recordingTelemetry());
    expect(await checkpoints.get("a")).toBeNull();
    await checkpoints.put("a", "older");
    await checkpoints.put("a", "newer");
    await checkpoints.put("b", "other");
    expect(await checkpoints.get("a")).toBe("newer");
    const Key = { pk: { S: "checkpoints" }, sk: { S: "b" } };
    const { Item } = await table.send(new GetItemCommand({ TableName: "palier", Key }));
    expect(Item?.body).toEqual({ S: "other" });
  });

  it("tells of a cache that cannot be used, and keeps nobody from folding the log", async () => {
    const table = await aTable();
    const mock = mockClient(table);
    onTestFinished(() => mock.restore());
    mock.on(GetItemCommand).rejects(new Error("away"));
    mock.on(PutItemCommand).rejects(new Error("away"));
    const telemetry = recordingTelemetry();
    const checkpoints = dynamoCheckpoints(table, telemetry);
    expect(await checkpoints.get("a")).toBeNull();
    await checkpoints.put("a", "text");
    expect(telemetry.lines.map(({ fields }) => fields.brand)).toEqual(["a", "a"]);
  });

  it("does not try to put what DynamoDB takes no more", async () => {
    const table = await aTable();
    const mock = mockClient(table);
    onTestFinished(() => mock.restore());
    mock.rejects(new Error("not stated"));
    await dynamoCheckpoints(table, recordingTelemetry()).put("a", "é".repeat(200_000));
    expect(mock.calls()).toHaveLength(0);
  });
});
