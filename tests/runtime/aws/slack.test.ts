import { describe, expect, it } from "vitest";
import { answerSlackEvent, openSlackParts } from "../../../lib/runtime/aws/slack.ts";
import { slackCredentials } from "../../../lib/runtime/aws/slack-secret.ts";
import { aUrlEvent } from "../../support/aws/function-url.ts";
import { aClickBody, signedBySlack } from "../../support/aws/slack.ts";
import { BRAND, CHANGE_ID } from "../../support/log.ts";
import { aSlackHandler, NOW_MS } from "../../support/slack-parts.ts";

const ENVIRONMENT = {
  AWS_REGION: "eu-west-1",
  PALIER_STAGE: "prod",
  PALIER_BLOBS_BUCKET: "blobs",
  PALIER_OBSERVE_QUEUE_URL: "https://sqs.test/observe.fifo",
  PALIER_APPLY_QUEUE_URL: "https://sqs.test/apply.fifo",
  PALIER_SLACK_SECRET: "palier/slack",
};

describe("lib/runtime/aws/slack", () => {
  it.each([[false], [true]])("hands on the bytes that were signed (in base64: %j)", async (base64) => {
    const { parts, log } = await aSlackHandler();
    const event = aUrlEvent({ ...signedBySlack(aClickBody(), NOW_MS), base64 });
    expect(await answerSlackEvent(parts, event)).toEqual({
      statusCode: 200,
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect((await log.state(BRAND)).proposals[CHANGE_ID]?.status).toBe("approved");
  });

  it("takes nothing but what is posted", async () => {
    const { parts } = await aSlackHandler();
    const event = aUrlEvent({ ...signedBySlack(aClickBody(), NOW_MS), method: "GET" });
    expect(await answerSlackEvent(parts, event)).toMatchObject({ statusCode: 405 });
  });

  it("names each setting that is missing", () => {
    expect(openSlackParts(ENVIRONMENT)).toMatchObject({ loopback: false });
    const { PALIER_OBSERVE_QUEUE_URL: _, ...rest } = ENVIRONMENT;
    expect(() => openSlackParts(rest)).toThrow("PALIER_OBSERVE_QUEUE_URL is not set");
  });

  it("names what the secret lacks, and never what it holds", async () => {
    const secret = (values: Readonly<Record<string, string>>) =>
      slackCredentials({ values: async () => values }, "palier/slack");
    const signingSecret = "8f742231b10e8888abcd99yyyzzz85a5";
    expect(await secret({ signingSecret, botToken: "xoxb-1" })).toEqual({
      signingSecret,
      botToken: "xoxb-1",
    });
    await expect(secret({ signingSecret: "short" })).rejects.toThrow(
      "secret palier/slack has no signingSecret and no botToken",
    );
  });
});
