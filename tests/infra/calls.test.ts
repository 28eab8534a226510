import { describe, expect, it } from "vitest";
import type { FunctionName } from "../../infra/permissions.ts";
import { type Call, listening, refusedCalls } from "../support/aws/calls.ts";
import { BRAND } from "../support/aws-deployment.ts";
import { aDeskedDeployment, LEA } from "../support/aws-slack.ts";

/** The deployment tells each part its own secrets, and runs one at a time. */
function partAtWork(): FunctionName {
  return process.env.PALIER_PLATFORM_SECRETS?.includes("write") ? "apply" : "observe";
}

describe("infra/permissions", () => {
  it("allow all that functions ask of AWS in two nights in Slack, an edited and an approved change", async () => {
    const calls = new Map<FunctionName, Map<string, Call>>([
      ["tick", new Map()],
      ["observe", new Map()],
      ["apply", new Map()],
      ["slack", new Map()],
    ]);
    const deployment = await aDeskedDeployment();
    deployment.fillSecret();
    const during = listening(calls);
    for (let night = 1; night <= 2; night++) {
      await during(() => "tick", deployment.tickHour);
      await during(partAtWork, deployment.drain);
      if (night === 1) await deployment.nextNight();
    }
    await during(
      () => "slack",
      async () => {
        await deployment.click(LEA, { actionId: "palier_edit", changeId: `${BRAND}-20260312-4` });
        await deployment.submit(LEA, { amount: "175,50" });
        await deployment.click(LEA, { actionId: "palier_approve", changeId: `${BRAND}-20260312-6` });
      },
    );
    await during(partAtWork, deployment.drain);
    // The range of an amount stands in the plan, which this function reads without the SDK.
    expect(deployment.readPlainly).not.toEqual([]);
    calls.get("slack")?.set("s3:GetObject blobObjects", { action: "s3:GetObject", on: "blobObjects" });

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
    // It wakes apply where an answer's own wake-up comes second, as it may.
    expect(heard("observe").filter((call) => call !== "sqs:SendMessage applyQueue")).toEqual([
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
      "secretsmanager:GetSecretValue slackSecret",
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
      "sqs:SendMessage observeQueue",
    ]);
    expect(heard("slack")).toEqual([
      "dynamodb:GetItem brands",
      "dynamodb:GetItem checkpoints",
      "dynamodb:PutItem brands",
      "dynamodb:PutItem log",
      "dynamodb:Query control",
      "dynamodb:Query log",
      "s3:GetObject blobObjects",
      "secretsmanager:GetSecretValue slackSecret",
      "sqs:SendMessage applyQueue",
      "sqs:SendMessage observeQueue",
    ]);
  });
});
