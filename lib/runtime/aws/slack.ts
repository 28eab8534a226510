/** The address that Slack calls, on AWS: its log, its secret, its queues; it holds no platform's secret. */
import { z } from "zod";
import { s3Reader } from "../../blobs/s3-reader.ts";
import { sqsLanes } from "../../lanes/sqs.ts";
import { dynamoStore } from "../../log/dynamo-store.ts";
import type { Environment } from "../../platforms/port.ts";
import { systemClock } from "../clock.ts";
import { answerSlack } from "../slack/answer.ts";
import { slackCalls } from "../slack/calls.ts";
import { openDirectory } from "../slack/directory.ts";
import type { SlackParts } from "../slack/parts.ts";
import { openBrandLog } from "./brand-log.ts";
import { dynamoCheckpoints } from "./checkpoints.ts";
import { dynamoClient, secretsClient, sqsClient } from "./clients.ts";
import { isPost, jsonAnswer, rawBody, type UrlAnswer, type UrlEvent } from "./function-url.ts";
import { awsSecrets } from "./secrets.ts";
import { readSettings, setting } from "./settings.ts";
import { slackCredentials } from "./slack-secret.ts";
import { awsTelemetry } from "./telemetry.ts";

const settingsSchema = z.object({
  PALIER_STAGE: setting.stage,
  PALIER_BLOBS_BUCKET: setting.text,
  PALIER_OBSERVE_QUEUE_URL: setting.url,
  PALIER_APPLY_QUEUE_URL: setting.url,
  PALIER_SLACK_SECRET: setting.text,
  AWS_REGION: setting.text,
  AWS_ENDPOINT_URL_S3: z.string().optional(),
});

/** @throws RuntimeError `settings.invalid`. */
export function openSlackParts(env: Environment): SlackParts {
  const settings = readSettings(settingsSchema, env);
  const telemetry = awsTelemetry("slack", settings.PALIER_STAGE);
  const clock = systemClock();
  const secrets = awsSecrets(secretsClient(), clock.lastMs);
  const store = dynamoStore(dynamoClient());
  const checkpoints = dynamoCheckpoints(dynamoClient(), telemetry);
  return {
    credentials: async () => await slackCredentials(secrets, settings.PALIER_SLACK_SECRET),
    openLog: () => openBrandLog({ store, checkpoints, clock }),
    store,
    rows: store,
    blobs: s3Reader({
      bucket: settings.PALIER_BLOBS_BUCKET,
      region: settings.AWS_REGION,
      endpoint: settings.AWS_ENDPOINT_URL_S3 ?? null,
      credentials: () => lambdaCredentials(env),
      nowMs: clock.lastMs,
    }),
    clock,
    wall: { nowMs: clock.lastMs, wait: clock.wait },
    lanes: sqsLanes(sqsClient(), {
      observe: settings.PALIER_OBSERVE_QUEUE_URL,
      apply: settings.PALIER_APPLY_QUEUE_URL,
    }),
    calls: slackCalls(),
    directory: openDirectory(),
    telemetry,
  };
}

/** Lambda's own, as the SDK reads them. */
function lambdaCredentials(env: Environment) {
  return {
    accessKeyId: env.AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? "",
    sessionToken: env.AWS_SESSION_TOKEN ?? null,
  };
}

export async function answerSlackEvent(parts: SlackParts, event: UrlEvent): Promise<UrlAnswer> {
  if (!isPost(event)) return jsonAnswer(405, { error: "slack.method" });
  const { status, body } = await answerSlack(parts, { headers: event.headers, rawBody: rawBody(event) });
  return jsonAnswer(status, body);
}
