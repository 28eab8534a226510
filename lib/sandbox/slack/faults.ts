/** Faults wait in a queue; the first that fits a call is taken off and happens to it, once. */
import { z } from "zod";
import type { Workspace } from "./workspace.ts";

export const slackFaultSchema = z.strictObject({
  /** Of the Web API, such as `chat.postMessage`; `response_url`; or `*` for any. */
  method: z.string().min(1),
  fault: z.discriminatedUnion("kind", [
    /** Answers 429 before anything has an effect. */
    z.strictObject({ kind: z.literal("throttle"), retryAfterSeconds: z.int().min(0) }),
    /** A proxy's page in place of an answer, before or after the effect. */
    z.strictObject({ kind: z.literal("serverError"), status: z.int().min(500).max(599) }),
    z.strictObject({ kind: z.literal("errorAfter"), status: z.int().min(500).max(599) }),
    z.strictObject({ kind: z.literal("dropBefore") }),
    /** The effect is there, the answer lost. */
    z.strictObject({ kind: z.literal("dropAfter") }),
    z.strictObject({ kind: z.literal("hang") }),
    z.strictObject({ kind: z.literal("hangAfter") }),
    /** `ok` and nothing else: in a burst Slack does not promise that messages are stored. Source: docs.slack.dev, rate limits. */
    z.strictObject({ kind: z.literal("swallow") }),
    /** Any of Slack's own refusals, such as `invalid_auth` or `account_inactive`. */
    z.strictObject({ kind: z.literal("refuse"), error: z.string().regex(/^[a-z_]+$/) }),
    z.strictObject({ kind: z.literal("delay"), delayMs: z.int().positive() }),
  ]),
});
export type SlackFault = z.infer<typeof slackFaultSchema>;

export function takeSlackFault({ faults }: Workspace, method: string): SlackFault["fault"] | null {
  const at = faults.findIndex((fault) => fault.method === method || fault.method === "*");
  return at === -1 ? null : (faults.splice(at, 1)[0]?.fault ?? null);
}
