/**
 * The channel of a brand over Slack's Web API. Each call is one request: what is repeated, and when, the log decides. Errors carry
 * Slack's own code and nothing else of its answer, so that no token and no text of ours is in one.
 */
import {
  type Logger,
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
} from "@slack/web-api";
import { z } from "zod";
import type { Content } from "../domain/content.ts";
import { type Messenger, MessengerError } from "../domain/messenger.ts";
import type { Rendered } from "./blocks.ts";
import { channelIds } from "./channel-ids.ts";

export interface SlackMessengerOptions {
  /** The bot's. */
  token: string;
  /** Base address of the API; Slack's own when absent. */
  url?: string;
  /** Several brands may share a channel: what is looked for is this brand's. */
  brand: string;
  render(content: Content): Rendered;
}

const TIMEOUT_MS = 10_000;
const EVENT_TYPE = "palier_message";
const PAGE_SIZE = 200;
/** A message that is looked for was posted minutes ago: far fewer than a thousand others came after it. */
const MAX_PAGES = 5;
/** Slack's clock and ours may differ by so much. */
const CLOCKS_APART_SECONDS = 300;
const DEFAULT_RETRY_MS = 30_000;

/** Slack's words for not knowing itself what it did. */
const UNSURE = new Set(["internal_error", "fatal_error", "service_unavailable", "request_timeout"]);
const THROTTLED = new Set(["ratelimited", "rate_limited", "message_limit_exceeded"]);

const postedSchema = z.object({ ts: z.string().min(1) });

const foundSchema = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z
          .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
          .optional()
          .catch(undefined),
      }),
    )
    .default([]),
  response_metadata: z.object({ next_cursor: z.string().default("") }).optional(),
});

const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.ERROR,
};

export function slackMessenger({ token, url, brand, render }: SlackMessengerOptions): Messenger {
  const client = new WebClient(token, {
    ...(url === undefined ? {} : { slackApiUrl: url }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: TIMEOUT_MS,
    logger: silent,
  });
  const call = async (method: string, args: Record<string, unknown>) => {
    try {
      return await client.apiCall(method, args);
    } catch (error) {
      throw messengerError(method, error);
    }
  };
  const idOf = channelIds(call);
  const shown = (content: Content) => ({
    ...rendered(render, content),
    metadata: { event_type: EVENT_TYPE, event_payload: { brand, key: content.key } },
  });
  return {
    async post(place, content, thread) {
      const channel = await idOf(place);
      const answer = thread === null ? {} : { thread_ts: thread };
      const unfurl = { unfurl_links: false, unfurl_media: false };
      const posted = postedSchema.safeParse(
        await call("chat.postMessage", { channel, ...shown(content), ...unfurl, ...answer }),
      );
      // In a burst Slack may say yes to a message that it does not keep: only a name for it proves that it is there.
      if (!posted.success) throw unsure("chat.postMessage", "no_ts");
      return posted.data.ts;
    },
    async update(place, ts, content) {
      await call("chat.update", { channel: await idOf(place), ts, ...shown(content) });
    },
    async find(channel, key, sinceMs, thread) {
      const method = thread === null ? "conversations.history" : "conversations.replies";
      const place = { channel: await idOf(channel), limit: PAGE_SIZE, include_all_metadata: true };
      const oldest = Math.floor(sinceMs / 1000) - CLOCKS_APART_SECONDS;
      let cursor = "";
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const asked = { ...(thread === null ? {} : { ts: thread }), ...(cursor === "" ? {} : { cursor }) };
        const found = foundSchema.safeParse(await call(method, { ...place, ...asked }));
        if (!found.success) throw unsure(method, "unreadable_answer");
        const { messages, response_metadata } = found.data;
        const ours = messages.find(
          ({ metadata }) =>
            metadata?.event_type === EVENT_TYPE &&
            metadata.event_payload.brand === brand &&
            metadata.event_payload.key === key,
        );
        if (ours !== undefined) return ours.ts;
        cursor = response_metadata?.next_cursor ?? "";
        // A channel's history goes back in time, a thread begins with its oldest answer.
        const past = thread === null && messages.some(({ ts }) => Number(ts) < oldest);
        if (cursor === "" || past) return null;
      }
      // Posting again could double it, and so nothing is done until a person looks.
      throw new MessengerError(
        "refused",
        "too_many_messages",
        `${key} was not found among ${MAX_PAGES * PAGE_SIZE} messages`,
      );
    },
    async tell(channel, user, content) {
      await call("chat.postEphemeral", { channel, user, ...rendered(render, content) });
    },
  };
}

function rendered(render: SlackMessengerOptions["render"], content: Content): Rendered {
  try {
    return render(content);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new MessengerError(
      "refused",
      "not_rendered",
      `${content.key} could not be put into words: ${detail}`,
    );
  }
}

function messengerError(method: string, error: unknown): MessengerError {
  if (error instanceof WebAPIRateLimitedError) {
    return new MessengerError(
      "throttled",
      "ratelimited",
      `Slack throttles ${method}`,
      error.retryAfter * 1000,
    );
  }
  if (error instanceof WebAPIHTTPError) return unsure(method, `http_${error.statusCode}`);
  if (!(error instanceof WebAPIPlatformError)) return unsure(method, "no_answer");
  const code = /^[a-z0-9_]{1,80}$/.test(error.data.error) ? error.data.error : null;
  if (code === null) return unsure(method, "unreadable_answer");
  if (UNSURE.has(code)) return unsure(method, code);
  if (THROTTLED.has(code)) {
    return new MessengerError("throttled", code, `Slack throttles ${method}`, DEFAULT_RETRY_MS);
  }
  return new MessengerError("refused", code, `Slack refuses ${method}: ${code}`);
}

function unsure(method: string, code: string): MessengerError {
  return new MessengerError("unknown", code, `it is unknown whether Slack did ${method}: ${code}`);
}
