/** A deployment whose brand is in a fake Slack: what people do there reaches the function `slack` as Lambda would hand it over. */
import { onTestFinished, vi } from "vitest";
import type { UrlAnswer } from "../../lib/runtime/aws/function-url.ts";
import {
  type Person,
  prepareClick,
  prepareSubmit,
  type RunningSlack,
  serveSlack,
} from "../../lib/sandbox/slack/index.ts";
import { aUrlEvent } from "./aws/function-url.ts";
import { aDeployment, BRAND } from "./aws-deployment.ts";
import { aFolder } from "./folder.ts";

export const LEA = "U0LEA";
export const TOM = "U0TOM";
const SIGNING_SECRET = "canary-signing-5b1f0c77";
const BOT_TOKEN = "xoxb-canary-9d2e41a6";
const TEAM = "T0ATELIER";
const CHANNEL = "C0BUDGETS";

/** Raises above 100 EUR a day take two people. */
const LIMITS = { shadowNights: 1, fourEyesAbove: 100 };

export type DeskedDeployment = Awaited<ReturnType<typeof aDeskedDeployment>>;
type Deployment = Awaited<ReturnType<typeof aDeployment>>;
type Prepared = ReturnType<typeof prepareClick>;

/** The secret has no value yet. */
export async function aDeskedDeployment() {
  const running = await aWorkspace();
  const deployment = await aDeployment({ brand: { limits: LIMITS } });
  vi.stubEnv("POWERTOOLS_LOG_LEVEL", "DEBUG");
  const written = allWritten();
  const secrets = new Set([SIGNING_SECRET, BOT_TOKEN]);
  const { log, objects, secretValues } = deployment;
  return {
    ...deployment,
    ...hands(running, deployment, secrets),
    workspace: running.workspace,
    fillSecret() {
      const values = { signingSecret: SIGNING_SECRET, botToken: BOT_TOKEN, apiUrl: running.apiUrl };
      secretValues["palier/slack"] = JSON.stringify(values);
    },
    /** What of Slack's secrets, addresses and triggers stands in the log, in blobs or in what the functions wrote. */
    async leaks(): Promise<string[]> {
      const entries = JSON.stringify(await log.entries(BRAND), (_, value) =>
        typeof value === "bigint" ? String(value) : value,
      );
      const told = [entries, ...objects.values(), ...written].join("\n");
      if (secrets.size < 4 || !told.includes('"service":"observe"'))
        throw new Error("nothing was listened to");
      return [...secrets].filter((secret) => told.includes(secret));
    },
  };
}

async function aWorkspace(): Promise<RunningSlack> {
  const person = (id: string, name: string): Person => ({ id, name, team: TEAM, kind: "member", note: "" });
  const running = await serveSlack({
    folder: aFolder(),
    signingSecret: SIGNING_SECRET,
    botToken: BOT_TOKEN,
    team: TEAM,
    app: "A0PALIER",
    people: [person(LEA, "lea"), person(TOM, "tom")],
    channels: [{ id: CHANNEL, name: "budgets" }],
    // Asked anew each time, for the clock is set only afterwards.
    now: () => Date.now(),
  });
  onTestFinished(running.close);
  return running;
}

function allWritten(): string[] {
  const written: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockImplementation((text) => written.push(String(text)) > 0),
  );
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return written;
}

/** A button, as somebody sees it. */
export interface Button {
  actionId: string;
  changeId: string;
}

interface Clicking extends Button {
  /** A screen that is not up to date shows that button in its place. */
  seen?: { actionId: string; value: string };
}

function hands({ workspace }: RunningSlack, { slack }: Deployment, secrets: Set<string>) {
  const { store } = workspace;
  const posts = () => store.messages.all().filter(({ onlyFor }) => onlyFor === null);

  async function send(prepared: Prepared, base64 = false): Promise<UrlAnswer> {
    for (const found of prepared.body.matchAll(/%22(?:trigger_id|response_url)%22%3A%22(.+?)%22/g))
      secrets.add(decodeURIComponent(found[1] ?? ""));
    const headers = {
      "content-type": prepared.contentType,
      "x-slack-request-timestamp": String(prepared.signedAt),
      "x-slack-signature": prepared.signature,
    };
    const answer = await slack(aUrlEvent({ headers, body: prepared.body, base64 }));
    prepared.settle({ status: answer.statusCode ?? null, body: answer.body ?? "" });
    return answer;
  }

  function prepare(user: string, { seen, ...button }: Clicking): Prepared {
    const { ts, value } = placeOf(posts(), button);
    const click = { user, message: { channel: CHANNEL, ts }, actionId: button.actionId, value };
    if (seen === undefined) return prepareClick(workspace, click);
    const { actionId: action_id, value: was } = seen;
    return prepareClick(workspace, click, (payload) => ({
      ...payload,
      actions: (payload.actions as object[]).map((action) => ({ ...action, action_id, value: was })),
    }));
  }

  return {
    send,
    prepare,
    /** Everybody's messages. */
    posts,
    /** What their notifications begin with. */
    titles: () => posts().map(({ text }) => spaced(text).split(":")[0]),
    /** All that stands in the channel, for looking for words. */
    shown: () => spaced(JSON.stringify(posts().map(({ blocks }) => blocks))),
    valueOf: (button: Button) => placeOf(posts(), button).value,
    click: async (user: string, button: Clicking) => await send(prepare(user, button)),
    submit: async (user: string, fields: Record<string, string>) =>
      await send(prepareSubmit(workspace, { user, fields })),
    /** What stands at the fields of the dialog in front. */
    errors: (user: string) => store.modals.all().findLast(({ userId }) => userId === user)?.errors,
    /** What only that person was told last. */
    told: (user: string) => store.messages.all().findLast(({ onlyFor }) => onlyFor === user)?.text ?? "",
  };
}

/** The button on that change's card. */
function placeOf(
  posts: readonly { ts: string; blocks: readonly unknown[] }[],
  { actionId, changeId }: Button,
): { ts: string; value: string } {
  for (const { ts, blocks } of posts)
    for (const { elements = [] } of blocks as { elements?: { action_id?: string; value?: string }[] }[])
      for (const { action_id, value = "" } of elements)
        if (action_id === actionId && value.startsWith(`${changeId}:`)) return { ts, value };
  throw new Error(`no button ${actionId} for ${changeId}`);
}

function spaced(text: string): string {
  return text.replaceAll("\u00a0", " ").replaceAll("\u202f", " ");
}
