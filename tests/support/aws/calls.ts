/** What functions ask AWS for, against the table of permissions. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { onTestFinished, vi } from "vitest";
import { type FunctionName, PERMISSIONS, type ResourceName } from "../../../infra/permissions.ts";

/** What a function asked AWS for, in the words of the table of permissions. */
export interface Call {
  action: string;
  on: ResourceName;
  partition?: string;
  ifNew?: boolean;
}

const SECRETS: Record<string, ResourceName> = {
  "palier/meta/read": "metaRead",
  "palier/meta/write": "metaWrite",
  "palier/google/read": "googleRead",
  "palier/google/write": "googleWrite",
  "palier/slack": "slackSecret",
  "palier/revenue": "revenueSecret",
};

// biome-ignore lint/suspicious/noExplicitAny: inputs of many commands.
function callOf(command: string, input: any): Call {
  switch (command) {
    case "PutItemCommand":
      return { action: "dynamodb:PutItem", on: "table", partition: input.Item.pk.S };
    case "GetItemCommand":
      return { action: "dynamodb:GetItem", on: "table", partition: input.Key.pk.S };
    case "QueryCommand":
      return { action: "dynamodb:Query", on: "table", partition: input.ExpressionAttributeValues[":pk"].S };
    case "PutObjectCommand":
      return {
        action: "s3:PutObject",
        on: input.Bucket === "anchors" ? "anchorObjects" : "blobObjects",
        ifNew: input.IfNoneMatch === "*",
      };
    case "GetObjectCommand":
      return { action: "s3:GetObject", on: "blobObjects" };
    case "SendMessageBatchCommand":
      return {
        action: "sqs:SendMessage",
        on: input.QueueUrl.includes("observe") ? "observeQueue" : "applyQueue",
      };
    case "GetSecretValueCommand":
      return { action: "secretsmanager:GetSecretValue", on: SECRETS[input.SecretId] ?? "ownLogs" };
    case "SignCommand":
      return { action: "kms:Sign", on: "anchorKey" };
    default:
      throw new Error(`${command} is not known to this test`);
  }
}

function isAllowed(name: FunctionName, { action, on, partition, ifNew }: Call): boolean {
  return PERMISSIONS[name].some((permission) => {
    const names = permission.partitions ?? [];
    const matches = (pattern: string) =>
      pattern.endsWith("*") ? partition?.startsWith(pattern.slice(0, -1)) : partition === pattern;
    return (
      permission.on === on &&
      permission.actions.includes(action) &&
      (on !== "table" || names.some(matches)) &&
      (permission.newOnly === undefined || ifNew === true)
    );
  });
}

/** What the table of permissions does not give to whoever asked for it. */
export function refusedCalls(calls: ReadonlyMap<FunctionName, ReadonlyMap<string, Call>>) {
  return [...calls].flatMap(([name, asked]) =>
    [...asked.values()].filter((call) => !isAllowed(name, call)).map((call) => ({ name, ...call })),
  );
}

/** Everything that `name` asks AWS for while `work` runs. */
export function listening(calls: Map<FunctionName, Map<string, Call>>) {
  let inside: (() => FunctionName) | null = null;
  for (const client of [DynamoDBClient, KMSClient, S3Client, SQSClient, SecretsManagerClient]) {
    const real = client.prototype.send;
    const spy = vi.spyOn(client.prototype, "send").mockImplementation(function (
      this: unknown,
      ...args: unknown[]
    ) {
      const command = args[0] as { constructor: { name: string }; input: unknown };
      if (inside !== null) {
        const call = callOf(command.constructor.name, command.input);
        calls.get(inside())?.set(`${call.action} ${call.partition?.split("#")[0] ?? call.on}`, call);
      }
      return Reflect.apply(real as (...all: unknown[]) => unknown, this, args);
    } as never);
    onTestFinished(() => spy.mockRestore());
  }
  return async (who: () => FunctionName, work: () => Promise<unknown>) => {
    inside = who;
    await work();
    inside = null;
  };
}
