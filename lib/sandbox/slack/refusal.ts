/** Slack's refusals: `ok: false`, one word, and for some what exactly is wrong. */
import type { Problem } from "./check.ts";

export class SlackRefusal extends Error {
  override name = "SlackRefusal";
  /** Slack's own word. */
  readonly code: string;
  readonly body: object;

  constructor(code: string, body: object = {}) {
    super(code);
    this.code = code;
    this.body = { ok: false, error: code, ...body };
  }
}

/** As Slack words it for blocks (`invalid_blocks`) and for views and arguments (`invalid_arguments`). */
export function refusalOf(code: "invalid_blocks" | "invalid_arguments", problems: readonly Problem[]) {
  const errors = problems.map(({ message, pointer }) => `${message} [json-pointer:${pointer}]`);
  return new SlackRefusal(code, {
    errors,
    response_metadata: { messages: errors.map((error) => `[ERROR] ${error}`) },
  });
}
