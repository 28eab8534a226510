/** The address that Slack calls when somebody clicks, types a command or opens their home tab. */
import type { UrlAnswer, UrlEvent } from "../lib/runtime/aws/function-url.ts";
import { answerSlackEvent, openSlackParts } from "../lib/runtime/aws/slack.ts";
import type { SlackParts } from "../lib/runtime/slack/parts.ts";

let parts: SlackParts | undefined;

export async function handler(event: UrlEvent): Promise<UrlAnswer> {
  parts ??= openSlackParts(process.env);
  return await answerSlackEvent(parts, event);
}
