/** The few calls to Slack that are made while somebody waits; everything else is posted by whoever reads and decides. */
import { z } from "zod";
import { RuntimeError } from "../errors.ts";
import type { SlackBot } from "./parts.ts";

/** Slack waits three seconds in all, and a dialog's trigger lives as long. */
const CALL_MS = 2_000;
const SLACK_API = "https://slack.com/api/";

export interface SlackCalls {
  /** @throws RuntimeError `slack.call` naming the method and Slack's own word for what is wrong. */
  call(method: "views.open" | "views.publish", bot: SlackBot, body: object): Promise<void>;
  /** Tells whoever clicked. @throws RuntimeError `slack.reply`. */
  reply(url: string, message: object): Promise<void>;
}

const answerSchema = z.object({ ok: z.boolean(), error: z.string().nullish() });

export function slackCalls(): SlackCalls {
  return {
    async call(method, { botToken, apiUrl }, body) {
      const response = await posted(`${apiUrl ?? SLACK_API}${method}`, body, {
        authorization: `Bearer ${botToken}`,
      }).catch(unreachable("slack.call", method));
      const answer = answerSchema.safeParse(await response.json().catch(() => null)).data;
      if (answer?.ok === true) return;
      throw new RuntimeError("slack.call", `${method}: ${answer?.error ?? `HTTP ${response.status}`}`);
    },
    async reply(url, message) {
      const response = await posted(url, message, {}).catch(unreachable("slack.reply", "response_url"));
      if (!response.ok) throw new RuntimeError("slack.reply", `response_url: HTTP ${response.status}`);
    },
  };
}

async function posted(url: string, body: object, headers: Readonly<Record<string, string>>) {
  return await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(body),
    redirect: "error",
    signal: AbortSignal.timeout(CALL_MS),
  });
}

/** Its name alone: an error of fetch may carry the request. */
function unreachable(code: string, what: string) {
  return (error: unknown): never => {
    throw new RuntimeError(code, `${what}: ${error instanceof Error ? error.name : "unreachable"}`);
  };
}
