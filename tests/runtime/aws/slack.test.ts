import { describe, expect, it } from "vitest";
import { answerSlackEvent, openSlackParts } from "../../../lib/runtime/aws/slack.ts";
import { slackCredentials } from "../../../lib/runtime/aws/slack-secret.ts";
import { aUrlEvent } from "../../support/aws/function-url.ts";
import { aClickBody, SIGNING_SECRET, signedBySlack } from "../../support/aws/slack.ts";
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
    expect(() => openSlackParts(ENVIRONMENT)).not.toThrow();
    const { PALIER_OBSERVE_QUEUE_URL: _, ...rest } = ENVIRONMENT;
    expect(() => openSlackParts(rest)).toThrow("PALIER_OBSERVE_QUEUE_URL is not set");
  });

  it("names what the secret lacks, and never what it holds", async () => {
    const secret = (values: Readonly<Record<string, string>>) =>
      slackCredentials({ values: async () => values }, "palier/slack");
    expect(await secret({ signingSecret: SIGNING_SECRET, botToken: "xoxb-1" })).toEqual({
      signingSecret: SIGNING_SECRET,
      botToken: "xoxb-1",
      apiUrl: null,
    });
    await expect(secret({ signingSecret: "short" })).rejects.toThrow(
      "secret palier/slack has no signingSecret and no botToken",
    );
  });

  it.each([
    ["http://127.0.0.1:4311/api/", true],
    ["http://localhost/api/", true],
    ["http://127.0.0.1:4311/", true],
    ["http://127.0.0.1:4311/api", false],
    ["https://slack.com/api/", false],
    ["https://127.0.0.1/api/", false],
    ["http://10.0.0.1/api/", false],
    ["http://127.0.0.1.evil.test/api/", false],
    ["http://127.0.0.1@evil.test/api/", false],
    ["http://localhost:80@evil.test/", false],
    ["http://127.0.0.1\\@evil.test/", false],
    ["", false],
  ])("speaks to a stand-in on this machine and to no other address (%s)", async (apiUrl, isTaken) => {
    const values = async () => ({ signingSecret: SIGNING_SECRET, botToken: "xoxb-1", apiUrl });
    const read = slackCredentials({ values }, "palier/slack");
    if (isTaken) return expect(await read).toMatchObject({ apiUrl });
    await expect(read).rejects.toThrow(
      "secret palier/slack has an apiUrl that is not http on this machine with a slash at its end",
    );
  });
});
