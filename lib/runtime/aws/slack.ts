/**
 * The address that Slack calls: a click is verified, recorded in the log, and answered within three seconds. What follows from
 * it is other functions' work; this one holds no platform's secret.
 */
import { z } from "zod";
import { s3Blobs } from "../../blobs/s3-store.ts";
import type { BlobStore } from "../../blobs/store.ts";
import { checkSignature } from "../../domain/signature.ts";
import type { BrandState } from "../../domain/state.ts";
import type { Lanes } from "../../lanes/port.ts";
import { sqsLanes } from "../../lanes/sqs.ts";
import { dynamoStore } from "../../log/dynamo-store.ts";
import { answerProposal, type DecisionOutcome } from "../../loop/decisions.ts";
import { summaryAfterAnswer } from "../../loop/summary.ts";
import type { Environment } from "../../platforms/port.ts";
import { type Allowed, type Click, readClick } from "../../slack/click.ts";
import { answerText, ephemeral, notAllowedText, notRecordedText, slackPerson } from "../../slack/reply.ts";
import type { Reader } from "../../words/reader.ts";
import { systemClock } from "../clock.ts";
import { RuntimeError } from "../errors.ts";
import { type LogParts, openBrandLog } from "./brand-log.ts";
import { dynamoCheckpoints } from "./checkpoints.ts";
import { dynamoClient, s3Client, secretsClient, sqsClient } from "./clients.ts";
import { header, isPost, jsonAnswer, rawBody, type UrlAnswer, type UrlEvent } from "./function-url.ts";
import { awsSecrets, type Secrets } from "./secrets.ts";
import { readSettings, setting } from "./settings.ts";
import { awsTelemetry, type Telemetry } from "./telemetry.ts";

/** A click carries the message it was made on: 50 blocks of 3 000 characters at most. */
const MAX_BYTES = 1_048_576;
/** Slack waits three seconds in all; what is not done by then is left to the next tick. */
const FOLLOW_UP_MS = 1_500;
/** Whatever language nobody could be asked for. */
const ANYBODY: Reader = { language: "en", currency: "EUR", zone: "UTC" };

const settingsSchema = z.object({
  PALIER_STAGE: setting.stage,
  PALIER_BLOBS_BUCKET: setting.text,
  PALIER_APPLY_QUEUE_URL: setting.url,
  PALIER_SLACK_SECRET: setting.text,
  PALIER_SLACK_TEAM: z
    .string()
    .regex(/^T[A-Z0-9]+$/, { error: "expected a workspace's id, such as T0123ABCD" }),
  PALIER_SLACK_APPROVERS: setting.list.refine((ids) => ids.every((id) => /^[UW][A-Z0-9]+$/.test(id)), {
    error: "expected ids of people with commas between, such as U0123ABCD",
  }),
});

const secretSchema = z.object({ signingSecret: z.string().min(16) });

/** The reader's part of a brand file, which was checked whole when it was published. */
const sourceSchema = z.object({ brandText: z.string() });
const readerSchema = z.object({
  language: z.enum(["en", "fr"]).default("en"),
  currency: z.string(),
  zone: z.string(),
});

export interface SlackContainer extends LogParts {
  allowed: Allowed;
  secretName: string;
  secrets: Secrets;
  blobs: Pick<BlobStore, "get">;
  lanes: Pick<Lanes, "wake">;
  /** Posts a JSON text. @throws whatever keeps it from arriving. */
  post(url: string, text: string): Promise<void>;
  telemetry: Telemetry;
}

/** @throws RuntimeError `settings.invalid`. */
export function openSlackContainer(env: Environment): SlackContainer {
  const settings = readSettings(settingsSchema, env);
  const telemetry = awsTelemetry("slack", settings.PALIER_STAGE);
  const clock = systemClock();
  const apply = settings.PALIER_APPLY_QUEUE_URL;
  return {
    allowed: { team: settings.PALIER_SLACK_TEAM, approvers: settings.PALIER_SLACK_APPROVERS },
    secretName: settings.PALIER_SLACK_SECRET,
    secrets: awsSecrets(secretsClient(), clock.lastMs),
    store: dynamoStore(dynamoClient()),
    checkpoints: dynamoCheckpoints(dynamoClient(), telemetry),
    blobs: s3Blobs(s3Client(), settings.PALIER_BLOBS_BUCKET),
    // Only `apply` is ever woken from here.
    lanes: sqsLanes(sqsClient(), { apply, observe: apply }),
    clock,
    post: postJson,
    telemetry,
  };
}

/** Never throws: without an answer Slack shows a warning of its own, and the reason stands in our log alone. */
export async function answerSlack(container: SlackContainer, event: UrlEvent): Promise<UrlAnswer> {
  const { telemetry, allowed } = container;
  try {
    if (!isPost(event)) return refused(405, "slack.method");
    const body = rawBody(event);
    if (body.length > MAX_BYTES) return refused(413, "slack.tooLarge");
    if (!(await isSlacks(container, event, body))) {
      telemetry.warn("a request without a right signature was refused");
      return refused(401, "slack.unsigned");
    }
    const read = readClick(body.toString("utf8"), allowed);
    switch (read.kind) {
      case "malformed":
        return refused(400, "slack.malformed");
      case "other":
        return jsonAnswer(200, {});
      case "refused":
        telemetry.warn("a click was refused", { reason: read.reason, user: read.userId });
        return await reply(container, read.replyUrl, notAllowedText(ANYBODY));
      case "click":
        return await answerClick(container, read.click, read.replyUrl);
    }
  } catch (error) {
    telemetry.error("a click could not be judged", error);
    return refused(503, "slack.unavailable");
  }
}

async function isSlacks(container: SlackContainer, event: UrlEvent, body: Buffer): Promise<boolean> {
  const { secrets, secretName, clock } = container;
  const secret = secretSchema.safeParse(await secrets.values(secretName));
  if (!secret.success)
    throw new RuntimeError("secret.malformed", `secret ${secretName} has no signingSecret`);
  const timestamp = header(event, "x-slack-request-timestamp");
  const signed = { timestamp, signature: header(event, "x-slack-signature"), body };
  const key = secret.data.signingSecret;
  return checkSignature(signed, { version: "v0", key, nowMs: await clock.nowMs() }) === "ok";
}

async function answerClick(
  container: SlackContainer,
  click: Click,
  replyUrl: string | null,
): Promise<UrlAnswer> {
  const { telemetry } = container;
  const { brand, changeId, verdict, userId } = click;
  if (brand === null)
    return await reply(container, replyUrl, answerText(click, { kind: "unknown" }, ANYBODY));
  const log = openBrandLog(container);
  let outcome: DecisionOutcome;
  try {
    const answer = { changeId, verdict, by: slackPerson(userId), reason: null };
    const ports = { log, clock: container.clock, stops: async () => await container.store.controlStops() };
    outcome = await answerProposal(ports, brand, answer);
  } catch (error) {
    telemetry.error("a click could not be recorded", error, { brand, changeId });
    const text = notRecordedText(click, ANYBODY);
    await reply(container, replyUrl, text);
    return jsonAnswer(503, ephemeral(text));
  }
  telemetry.info("a click was answered", { brand, changeId, verdict, user: userId, outcome: outcome.kind });
  // The decision stands from here on: none of the rest can lose it.
  const told: { answer: UrlAnswer } = {
    answer: jsonAnswer(200, ephemeral(answerText(click, outcome, ANYBODY))),
  };
  await within(container, FOLLOW_UP_MS, async () => {
    const state = await log.state(brand);
    const isDecided = outcome.kind === "recorded" || outcome.kind === "stood";
    const wakes = isDecided && verdict === "approved" ? wakeApply(container, state) : null;
    const row = isDecided ? rewriteRow(container, state) : null;
    const text = answerText(click, outcome, await readerOf(container, state));
    told.answer = jsonAnswer(200, ephemeral(text));
    await Promise.all([wakes, row, reply(container, replyUrl, text)]);
  });
  return told.answer;
}

async function wakeApply(
  { lanes, telemetry }: SlackContainer,
  { brand, position }: BrandState,
): Promise<void> {
  try {
    await lanes.wake("apply", brand, `${brand}#${position}`);
  } catch (error) {
    telemetry.error("apply was not woken; the next tick wakes it", error, { brand });
  }
}

/** By the row the tick finds an approval whose wake-up was lost. */
async function rewriteRow({ store, clock, telemetry }: SlackContainer, state: BrandState): Promise<void> {
  const { brand } = state;
  try {
    const row = await store.summary(brand);
    if (row !== null) await store.putSummary(summaryAfterAnswer(row, state, await clock.nowMs()));
  } catch (error) {
    telemetry.error("the summary row was not rewritten; the next run does it", error, { brand });
  }
}

async function readerOf(
  { blobs, telemetry }: SlackContainer,
  { brand, published }: BrandState,
): Promise<Reader> {
  if (published === null) return ANYBODY;
  try {
    const { brandText } = sourceSchema.parse(JSON.parse(await blobs.get(published.sourceHash)));
    return readerSchema.parse(JSON.parse(brandText));
  } catch (error) {
    telemetry.error("the brand's language is not known", error, { brand });
    return ANYBODY;
  }
}

/** Slack shows nothing of what a click on a block is answered with over HTTP; that it is there helps whoever reads along. */
async function reply(
  { post, telemetry }: SlackContainer,
  url: string | null,
  text: string,
): Promise<UrlAnswer> {
  const message = ephemeral(text);
  try {
    if (url !== null) await post(url, JSON.stringify(message));
  } catch (error) {
    telemetry.error("whoever clicked could not be told", error);
  }
  return jsonAnswer(200, message);
}

async function within(
  { clock, telemetry }: SlackContainer,
  ms: number,
  work: () => Promise<void>,
): Promise<void> {
  const guarded = work().catch((error: unknown) => telemetry.error("what follows a click failed", error));
  await Promise.race([guarded, clock.wait(ms)]);
}

async function postJson(url: string, text: string): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: text,
    redirect: "error",
    signal: AbortSignal.timeout(FOLLOW_UP_MS),
  });
  if (!response.ok) throw new RuntimeError("slack.reply", `Slack answered ${response.status}`);
}

function refused(statusCode: number, error: string): UrlAnswer {
  return jsonAnswer(statusCode, { error });
}
