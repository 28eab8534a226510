/** The revenue address: takes a shop's signed days in. The signature is the only gate, so nothing is read before it holds. */
import { z } from "zod";
import { slugSchema } from "../../domain/ids.ts";
import { checkSignature } from "../../domain/signature.ts";
import type { Environment } from "../../platforms/port.ts";
import { dynamoPushStore } from "../../shops/push/dynamo-store.ts";
import { type PushOutcome, receivePush } from "../../shops/push/receive.ts";
import type { PushStore } from "../../shops/push/store.ts";
import { type RunningClock, systemClock } from "../clock.ts";
import { dynamoClient, secretsClient } from "./clients.ts";
import { header, isPost, jsonAnswer, rawBody, type UrlAnswer, type UrlEvent } from "./function-url.ts";
import { awsSecrets, type Secrets } from "./secrets.ts";
import { readSettings, setting } from "./settings.ts";
import { awsTelemetry, type Telemetry } from "./telemetry.ts";

/** 400 rows with every column; more is no push of days. */
const MAX_BYTES = 262_144;

/** A shorter key could be guessed; one that is not set yet is often empty. */
const MIN_KEY_CHARACTERS = 32;

/** Signs nothing: an unknown brand takes the same time to refuse as a wrong signature. */
const NO_KEY = "-".repeat(MIN_KEY_CHARACTERS);

const settingsSchema = z.object({ PALIER_STAGE: setting.stage, PALIER_REVENUE_SECRET: setting.text });

export interface RevenueContainer {
  secretName: string;
  secrets: Secrets;
  store: PushStore;
  clock: Pick<RunningClock, "nowMs">;
  telemetry: Telemetry;
}

/** @throws RuntimeError `settings.invalid`. */
export function openRevenueContainer(env: Environment): RevenueContainer {
  const settings = readSettings(settingsSchema, env);
  const clock = systemClock();
  return {
    secretName: settings.PALIER_REVENUE_SECRET,
    secrets: awsSecrets(secretsClient(), clock.lastMs),
    store: dynamoPushStore(dynamoClient()),
    clock,
    telemetry: awsTelemetry("revenue", settings.PALIER_STAGE),
  };
}

/** Never throws: a shop that cannot be served now is told to try again. */
export async function answerPush(container: RevenueContainer, event: UrlEvent): Promise<UrlAnswer> {
  try {
    return await takePush(container, event);
  } catch (error) {
    container.telemetry.error("a push could not be kept", error);
    return refused(503, "push.unavailable", "try again with the same body");
  }
}

async function takePush(container: RevenueContainer, event: UrlEvent): Promise<UrlAnswer> {
  if (!isPost(event)) return refused(405, "push.method", "send days with POST");
  const body = rawBody(event);
  if (body.length > MAX_BYTES) {
    return refused(413, "push.tooLarge", `${body.length} bytes, at most ${MAX_BYTES}: send fewer days`);
  }
  const receivedAtMs = await container.clock.nowMs();
  const brand = slugSchema.safeParse(header(event, "x-palier-brand")).data ?? null;
  const timestamp = header(event, "x-palier-timestamp");
  const signed = { timestamp, signature: header(event, "x-palier-signature"), body };
  const key = brand === null ? null : await keyOf(container, brand);
  const check = checkSignature(signed, { version: "v1", key: key ?? NO_KEY, nowMs: receivedAtMs });
  if (brand === null || key === null || check === "wrong") {
    container.telemetry.warn("a push without a right signature was refused", { brand });
    return refused(
      401,
      "push.unsigned",
      "sign v1:<x-palier-timestamp>:<body> with the key of the brand in x-palier-brand, and send v1=<hex> in x-palier-signature",
    );
  }
  if (check === "stale") {
    return refused(
      401,
      "push.stale",
      "x-palier-timestamp is more than five minutes off: set the clock and sign again",
    );
  }
  const text = textOf(body);
  if (text === null) return refused(400, "push.encoding", "send JSON in UTF-8");
  const push = { brand, text, sentAtMs: Number(timestamp) * 1000, receivedAtMs };
  return answerOf(await receivePush(container.store, push), container.telemetry, brand);
}

async function keyOf({ secrets, secretName }: RevenueContainer, brand: string): Promise<string | null> {
  const keys = await secrets.values(secretName);
  const key = Object.hasOwn(keys, brand) ? keys[brand] : undefined;
  return key !== undefined && key.length >= MIN_KEY_CHARACTERS ? key : null;
}

function textOf(body: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return null;
  }
}

function answerOf(outcome: PushOutcome, telemetry: Telemetry, brand: string): UrlAnswer {
  switch (outcome.kind) {
    case "stored": {
      const { stored, unchanged } = outcome;
      telemetry.info("days pushed", { brand, stored: stored.length, unchanged: unchanged.length });
      return jsonAnswer(200, { stored, unchanged });
    }
    case "overtaken": {
      const { day, sentAtMs } = outcome;
      const since = new Date(sentAtMs).toISOString();
      return refused(
        409,
        "push.overtaken",
        `what was signed at ${since} says something else of ${day}: sign again, if this is the truth`,
      );
    }
    case "problems": {
      // A push has no file to name.
      const problems = outcome.problems.map(({ file: _, ...problem }) => problem);
      telemetry.warn("a push with problems was refused", { brand, problems: problems.length });
      return jsonAnswer(400, { error: "push.invalid", problems });
    }
  }
}

function refused(statusCode: number, error: string, message: string): UrlAnswer {
  return jsonAnswer(statusCode, { error, message });
}
