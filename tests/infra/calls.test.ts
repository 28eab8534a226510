import { describe, expect, it } from "vitest";
import type { FunctionName } from "../../infra/permissions.ts";
import { approve } from "../support/answers.ts";
import { type Call, listening, refusedCalls } from "../support/aws/calls.ts";
import { aDeployment, BRAND, type Deployment } from "../support/aws-deployment.ts";

/** The deployment tells each part its own secrets, and runs one at a time. */
function partAtWork(): FunctionName {
  return process.env.PALIER_PLATFORM_SECRETS?.includes("write") ? "apply" : "observe";
}

async function approveOne({ log, ports, lanes }: Deployment): Promise<void> {
  const [changeId = ""] = Object.keys((await log.state(BRAND)).proposals);
  await approve(ports, BRAND, changeId);
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

    expect(refusedCalls(calls)).toEqual([]);
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
