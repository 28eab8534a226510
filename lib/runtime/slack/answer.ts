/**
 * The address that Slack calls. A request is verified before anything in it is read; what it decides is in the log before it is
 * answered; and it is answered within three seconds, whatever hangs. Shared by the function on AWS and the server on one machine.
 */
import { checkSignature } from "../../domain/signature.ts";
import { type Inbound, readInbound } from "../../slack/inbound.ts";
import { ephemeral, notRecordedReply } from "../../slack/reply.ts";
import { answerButton } from "./buttons.ts";
import { answerCommand } from "./commands.ts";
import { ANYBODY } from "./desk-view.ts";
import { within } from "./follow-up.ts";
import { publishHome } from "./home.ts";
import type { Exchange, SlackParts } from "./parts.ts";
import { answerSubmission } from "./submissions.ts";
import { noteView, tell } from "./tell.ts";
import { whileWaitedFor } from "./waited-for.ts";

export interface SlackRequest {
  /** Names in small letters. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The bytes that came over the wire, which are what was signed. */
  rawBody: Uint8Array;
}

/** `body` is sent as JSON. */
export interface SlackAnswer {
  status: number;
  body: object;
}

/** A click carries the message it was made on: 50 blocks of 3 000 characters at most. */
export const MAX_BYTES = 1_048_576;
/** Slack waits three seconds; the rest is the way there and back. */
const ANSWER_MS = 2_600;

/** Never throws: without an answer Slack shows a warning of its own, and the reason stands in our log alone. */
export async function answerSlack(parts: SlackParts, request: SlackRequest): Promise<SlackAnswer> {
  const { telemetry, wall } = parts;
  try {
    if (request.rawBody.length > MAX_BYTES) return refused(413, "slack.tooLarge");
    const { signingSecret: key, ...bot } = await parts.credentials();
    const timestamp = request.headers["x-slack-request-timestamp"] ?? "";
    const signature = request.headers["x-slack-signature"] ?? "";
    const signed = { timestamp, signature, body: request.rawBody };
    if (checkSignature(signed, { version: "v0", key, nowMs: wall.nowMs() }) !== "ok") {
      telemetry.warn("a request without a right signature was refused");
      return refused(401, "slack.unsigned");
    }
    const inbound = readInbound(Buffer.from(request.rawBody).toString("utf8"), {
      loopback: bot.apiUrl !== null,
    });
    const log = whileWaitedFor(parts.openLog(), wall, wall.nowMs() + ANSWER_MS);
    return await inTime({ parts, bot, log }, inbound);
  } catch (error) {
    telemetry.error("a request of Slack's could not be judged", error);
    return refused(503, "slack.unavailable");
  }
}

/** Whoever waits is told that nothing is certain, rather than nothing. */
async function inTime(exchange: Exchange, inbound: Inbound): Promise<SlackAnswer> {
  const { telemetry, wall } = exchange.parts;
  const answered = answerInbound(exchange, inbound).catch(async (error: unknown) => {
    telemetry.error("an answer in Slack could not be recorded", error, { kind: inbound.kind });
    return await uncertain(exchange, inbound);
  });
  const late = wall.wait(ANSWER_MS).then(async () => null);
  const first = await Promise.race([answered, late]);
  if (first !== null) return first;
  telemetry.warn("an answer in Slack took too long", { kind: inbound.kind });
  return uncertainAnswer(inbound);
}

async function answerInbound(exchange: Exchange, inbound: Inbound): Promise<SlackAnswer> {
  switch (inbound.kind) {
    case "challenge":
      return ok({ challenge: inbound.challenge });
    case "button":
      await answerButton(exchange, inbound);
      return ok({});
    case "submitted":
      return ok(await answerSubmission(exchange, inbound));
    case "command":
      return ok(ephemeral(await answerCommand(exchange, inbound)));
    case "homeOpened":
      await within(exchange.parts, [publishHome(exchange, inbound.from)]);
      return ok({});
    case "other":
      return ok({});
    case "malformed":
      return refused(400, "slack.malformed");
  }
}

/** A click has no answer of its own to show it in. */
async function uncertain(exchange: Exchange, inbound: Inbound): Promise<SlackAnswer> {
  if (inbound.kind === "button")
    await within(exchange.parts, [tell(exchange, inbound.from, notRecordedReply(ANYBODY))]);
  return uncertainAnswer(inbound);
}

/** Commands and dialogs show their answer; for all else Slack shows a warning when the status says so. */
function uncertainAnswer(inbound: Inbound): SlackAnswer {
  const reply = notRecordedReply(ANYBODY);
  if (inbound.kind === "command") return ok(ephemeral(reply));
  if (inbound.kind === "submitted") return ok({ response_action: "update", view: noteView(reply.blocks) });
  return refused(503, "slack.unavailable");
}

function ok(body: object): SlackAnswer {
  return { status: 200, body };
}

function refused(status: number, error: string): SlackAnswer {
  return { status, body: { error } };
}
