/** The address that Slack calls when somebody clicks on a proposal. */
import type { UrlAnswer, UrlEvent } from "../lib/runtime/aws/function-url.ts";
import { answerSlack, openSlackContainer, type SlackContainer } from "../lib/runtime/aws/slack.ts";

let container: SlackContainer | undefined;

export async function handler(event: UrlEvent): Promise<UrlAnswer> {
  container ??= openSlackContainer(process.env);
  return await answerSlack(container, event);
}
