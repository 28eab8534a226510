/** The port of the channel in which a brand is asked and told: Slack, or a stand-in. */
import type { Content } from "./content.ts";

/** Each call is one request, never repeated by itself: what is repeated, and when, the log decides. @throws MessengerError */
export interface Messenger {
  /** Posts and returns the channel's name for the message; `thread` is that of the message it answers. */
  post(channel: string, content: Content, thread: string | null): Promise<string>;
  update(channel: string, ts: string, content: Content): Promise<void>;
  /** The message with this key that was posted since then; null when the channel shows none. */
  find(channel: string, key: string, sinceMs: number, thread: string | null): Promise<string | null>;
  /** Tells one person alone; may be shown twice. */
  tell(channel: string, userId: string, content: Content): Promise<void>;
}

/**
 * `refused`: it had no effect and will have none as it is (`code` is the channel's own word for why); `throttled`: none yet, try
 * after `retryAfterMs`; `unknown`: it may or may not have arrived.
 */
export class MessengerError extends Error {
  override name = "MessengerError";
  readonly outcome: "refused" | "throttled" | "unknown";
  readonly code: string;
  readonly retryAfterMs: number | null;

  constructor(
    outcome: MessengerError["outcome"],
    code: string,
    message: string,
    retryAfterMs: number | null = null,
  ) {
    super(message);
    this.outcome = outcome;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}
