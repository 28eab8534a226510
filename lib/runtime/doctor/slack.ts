/** Whether a brand's proposals reach its channel, and whether those who may answer are who they should be. Only reads. */
import { z } from "zod";
import type { Brand, SlackSettings } from "../../domain/brand.ts";
import type { Person } from "../../domain/desk.ts";
import { SCOPES } from "../../slack/manifest.ts";
import { RuntimeError } from "../errors.ts";
import { type Finding, failed, ok, warning } from "./finding.ts";

const CALL_MS = 10_000;
/** Whoever else is on the desk is not looked at. */
const MAX_PEOPLE = 100;

export interface SlackReading {
  body: unknown;
  /** What the token may do; null where Slack does not say. */
  scopes: readonly string[] | null;
}

/** One question to Slack. @throws RuntimeError `slack.call` with Slack's own word for what is wrong. */
export type AskSlack = (
  method: string,
  parameters: Readonly<Record<string, string>>,
) => Promise<SlackReading>;

/** The variable that holds the bot's token for as long as somebody checks up. */
export const TOKEN_VARIABLE = "PALIER_SLACK_BOT_TOKEN";

export async function checkSlack(brand: Brand, ask: AskSlack | null): Promise<Finding[]> {
  const { slack, people, id } = brand;
  if (slack === null) return [];
  if (ask === null) {
    const fix = `set ${TOKEN_VARIABLE} in this shell and run doctor once more`;
    return [warning("slack.token", id, "without the bot's token nothing is known of the channel", fix)];
  }
  const { team, findings } = await checkToken(slack, id, ask);
  if (team === null) return findings;
  const inSlack = people.filter((person) => person.slack !== null).slice(0, MAX_PEOPLE);
  const found = [...findings, await told("slack.channel", slack.channel, () => checkChannel(slack, ask))];
  for (const person of inSlack)
    found.push(await told("slack.people", person.name, () => checkPerson(person, slack, ask)));
  return found;
}

/** `fetch` as Slack's Web API wants it. `apiUrl` ends with a slash. */
export function askSlack(token: string, apiUrl = "https://slack.com/api/"): AskSlack {
  return async (method, parameters) => {
    const response = await fetch(`${apiUrl}${method}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(parameters),
      redirect: "error",
      signal: AbortSignal.timeout(CALL_MS),
    }).catch((error: unknown) => {
      throw new RuntimeError("slack.call", `${method}: ${error instanceof Error ? error.name : "no answer"}`);
    });
    const body: unknown = await response.json().catch(() => null);
    const answer = z.object({ ok: z.boolean(), error: z.string().nullish() }).safeParse(body).data;
    if (answer?.ok !== true)
      throw new RuntimeError("slack.call", `${method}: ${answer?.error ?? `HTTP ${response.status}`}`);
    const scopes = response.headers.get("x-oauth-scopes");
    return { body, scopes: scopes === null ? null : scopes.split(",").map((one) => one.trim()) };
  };
}

const authSchema = z.object({ team_id: z.string(), bot_id: z.string().nullish() });
const botSchema = z.object({ bot: z.object({ app_id: z.string() }) });
const channelSchema = z.object({
  channel: z.object({
    is_member: z.boolean().default(false),
    is_archived: z.boolean().default(false),
    is_ext_shared: z.boolean().default(false),
  }),
});
const userSchema = z.object({
  user: z.object({
    team_id: z.string().nullish(),
    deleted: z.boolean().default(false),
    is_bot: z.boolean().default(false),
    is_restricted: z.boolean().default(false),
    is_ultra_restricted: z.boolean().default(false),
    is_stranger: z.boolean().default(false),
  }),
});

async function checkToken(slack: SlackSettings, subject: string, ask: AskSlack) {
  const check = "slack.token";
  const auth = await ask("auth.test", {}).catch((error: unknown) => refusalOf(error));
  if ("code" in auth) {
    const fix = "put the Bot User OAuth Token (xoxb-...) of the app there";
    return { team: null, findings: [failed(check, subject, auth.code, fix)] };
  }
  const { team_id: team, bot_id } = authSchema.parse(auth.body);
  const mine =
    team === slack.team
      ? ok(check, subject, `works in workspace ${team}`)
      : failed(
          check,
          subject,
          `it is of workspace ${team}, not ${slack.team}`,
          "correct slack.team, or the token",
        );
  const app = await told("slack.app", subject, async () =>
    judgeApp(await ask("bots.info", { bot: bot_id ?? "" })),
  );
  return { team, findings: [mine, judgeScopes(subject, auth.scopes), app] };

  function judgeApp({ body }: SlackReading): Finding {
    const { app_id } = botSchema.parse(body).bot;
    return app_id === slack.app
      ? ok("slack.app", subject, `the token is app ${app_id}'s`)
      : failed("slack.app", subject, `the token is app ${app_id}'s, not ${slack.app}'s`, "correct slack.app");
  }
}

function judgeScopes(subject: string, scopes: readonly string[] | null): Finding {
  const check = "slack.scopes";
  const fix = "install the app again with the scopes of `palier slack manifest`";
  if (scopes === null) return warning(check, subject, "Slack does not say what the token may do", fix);
  const missing = SCOPES.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0) return failed(check, subject, `it may not ${missing.join(", ")}`, fix);
  const more = scopes.filter((scope) => !(SCOPES as readonly string[]).includes(scope));
  return more.length === 0
    ? ok(check, subject, "it may do what is needed, and nothing else")
    : warning(check, subject, `it may also ${more.join(", ")}`, fix);
}

async function checkChannel({ channel }: SlackSettings, ask: AskSlack): Promise<Finding> {
  const check = "slack.channel";
  const { body } = await ask("conversations.info", { channel });
  const { is_member, is_archived, is_ext_shared } = channelSchema.parse(body).channel;
  if (is_archived) return failed(check, channel, "it is archived", "name another channel in the brand file");
  if (!is_member) return failed(check, channel, "the bot is not in it", "type /invite @Palier there");
  if (!is_ext_shared) return ok(check, channel, "the bot is in it");
  const fix = "use a channel of this workspace alone: figures are for its people";
  return warning(check, channel, "it is shared with another workspace", fix);
}

async function checkPerson(
  { name, slack: user, role }: Person,
  { team }: SlackSettings,
  ask: AskSlack,
): Promise<Finding> {
  const check = "slack.people";
  const found = userSchema.parse((await ask("users.info", { user: user ?? "" })).body).user;
  const fix = "take them out of the brand file's people";
  if (found.deleted) return failed(check, name, `${user} has left the workspace`, fix);
  if (found.is_bot) return failed(check, name, `${user} is a bot, whose answers never count`, fix);
  if (found.is_restricted || found.is_ultra_restricted)
    return failed(check, name, `${user} is a guest, whose answers never count`, fix);
  if (found.is_stranger || (found.team_id ?? team) !== team)
    return failed(check, name, `${user} is of another workspace, whose answers never count`, fix);
  return ok(check, name, `${user} is a member, and ${role} here`);
}

/** Slack's own word, where it refuses to tell. */
async function told(check: string, subject: string, look: () => Promise<Finding>): Promise<Finding> {
  return await look().catch((error: unknown) =>
    failed(
      check,
      subject,
      refusalOf(error).code,
      "correct the id in the brand file, or install the app again",
    ),
  );
}

/** @throws whatever Slack did not say. */
function refusalOf(error: unknown): { code: string } {
  if (error instanceof RuntimeError) return { code: error.message };
  if (error instanceof z.ZodError) return { code: "Slack answers other than documented" };
  throw error;
}
