import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type FunctionName, PERMISSIONS, type ResourceName } from "../../infra/permissions.ts";
import { answerProposal } from "../../lib/loop/decisions.ts";
import type { LoopPorts } from "../../lib/loop/ports.ts";
import { aDeployment, BRAND, type Deployment } from "../support/aws-deployment.ts";

/** What a function asked AWS for, in the words of the table of permissions. */
interface Call {
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
      return { action: "s3:PutObject", on: "blobObjects", ifNew: input.IfNoneMatch === "*" };
    case "GetObjectCommand":
      return { action: "s3:GetObject", on: "blobObjects" };
    case "SendMessageBatchCommand":
      return {
        action: "sqs:SendMessage",
        on: input.QueueUrl.includes("observe") ? "observeQueue" : "applyQueue",
      };
    case "GetSecretValueCommand":
      return { action: "secretsmanager:GetSecretValue", on: SECRETS[input.SecretId] ?? "ownLogs" };
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

/** Everything that `name` asks AWS for while `work` runs. */
function listening(calls: Map<FunctionName, Map<string, Call>>) {
  let inside: (() => FunctionName) | null = null;
  for (const client of [DynamoDBClient, S3Client, SQSClient, SecretsManagerClient]) {
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

/** The deployment tells each part its own secrets, and runs one at a time. */
function partAtWork(): FunctionName {
  return process.env.PALIER_PLATFORM_SECRETS?.includes("write") ? "apply" : "observe";
}

async function approveOne({ log, ports, lanes }: Deployment): Promise<void> {
  const [changeId = ""] = Object.keys((await log.state(BRAND)).proposals);
  const answer = { changeId, verdict: "approved", by: "lea", reason: null } as const;
  await answerProposal(ports as unknown as LoopPorts, BRAND, answer);
  await lanes.wake("apply", BRAND, `${BRAND}#approved`);
}

describe("infra/permissions", () => {
  it("allow all that tick, observe and apply ask of AWS in two nights and one approved change", async () => {
    const calls = new Map<FunctionName, Map<string, Call>>([
      ["tick", new Map()],
      ["observe", new Map()],
      ["apply", new Map()],
    ]);
    const deployment = await aDeployment();
    const during = listening(calls);
    for (let night = 1; night <= 2; night++) {
      await during(() => "tick", deployment.tick);
      await during(partAtWork, deployment.drain);
      if (night === 1) await deployment.nextNight();
    }
    await approveOne(deployment);
    await during(partAtWork, deployment.drain);

    const refused = [...calls].flatMap(([name, asked]) =>
      [...asked.values()].filter((call) => !isAllowed(name, call)).map((call) => ({ name, ...call })),
    );
    expect(refused).toEqual([]);
    const states = await deployment.log.state(BRAND);
    expect(Object.values(states.intents).map(({ status }) => status)).toEqual(["confirmed"]);
    // What they are seen to ask for: a test that heard nothing would allow anything.
    const heard = (name: FunctionName) => [...(calls.get(name)?.keys() ?? [])].sort();
    expect(heard("tick")).toEqual([
      "dynamodb:Query brands",
      "dynamodb:Query control",
      "sqs:SendMessage observeQueue",
    ]);
    expect(heard("observe")).toEqual([
      "dynamodb:GetItem brands",
      "dynamodb:GetItem checkpoints",
      "dynamodb:PutItem brands",
      "dynamodb:PutItem log",
      "dynamodb:Query control",
      "dynamodb:Query log",
      "dynamodb:Query revenue",
      "s3:GetObject blobObjects",
      "s3:PutObject blobObjects",
      "secretsmanager:GetSecretValue googleRead",
      "secretsmanager:GetSecretValue metaRead",
    ]);
    expect(heard("apply")).toEqual([
      "dynamodb:GetItem brands",
      "dynamodb:GetItem checkpoints",
      "dynamodb:PutItem brands",
      "dynamodb:PutItem log",
      "dynamodb:Query control",
      "dynamodb:Query log",
      "s3:GetObject blobObjects",
      "secretsmanager:GetSecretValue metaWrite",
    ]);
  });
});
