/** What Slack can do to a call, drawn: every kind but those that only cost time. */
import type { SlackFault } from "../../../lib/sandbox/slack/faults.ts";
import type { Story } from "./story.ts";

type Kind = SlackFault["fault"];

const ANY: readonly [Kind, ...Kind[]] = [
  { kind: "throttle", retryAfterSeconds: 1 },
  { kind: "throttle", retryAfterSeconds: 120 },
  { kind: "serverError", status: 503 },
  { kind: "errorAfter", status: 502 },
  { kind: "errorAfter", status: 504 },
  { kind: "dropBefore" },
  { kind: "dropAfter" },
  { kind: "dropAfter" },
  { kind: "refuse", error: "internal_error" },
  { kind: "refuse", error: "not_in_channel" },
  { kind: "refuse", error: "invalid_auth" },
];
const POSTS: readonly [Kind, ...Kind[]] = [...ANY, { kind: "swallow" }, { kind: "swallow" }];
const METHODS = ["chat.postMessage", "chat.postMessage", "chat.update", "conversations.*", "*"] as const;

/** Some come often enough that a message is tried again and again, as where Slack is down. */
export function drawSlackFault({ machine, draws }: Story): void {
  const asked = draws.pick(METHODS);
  const fault = draws.pick(asked === "chat.postMessage" ? POSTS : ANY);
  const methods = asked === "conversations.*" ? ["conversations.history", "conversations.replies"] : [asked];
  const times = draws.pick([1, 1, 2, 6]);
  machine.trace.push(`    ${times} x ${fault.kind} on Slack's ${asked}`);
  for (let time = 0; time < times; time++)
    for (const method of methods) machine.slack.workspace.faults.push({ method, fault });
}
