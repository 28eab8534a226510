/** A served fake Slack with a clock of its own, the official client on it, and an app that answers as it is told. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { LogLevel, WebClient } from "@slack/web-api";
import { onTestFinished } from "vitest";
import {
  type Person,
  type RunningSlack,
  type SlackOptions,
  serveSlack,
} from "../../lib/sandbox/slack/index.ts";
import { aFolder } from "./folder.ts";

export const CHANNEL = "C0LUNE001";
export const SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
export const TOKEN = "xoxb-sandbox";
/** 2026-03-11, 07:00 in Paris. */
export const START_MS = 1_773_208_800_000;

function person(id: string, name: string, over: Partial<Person> = {}): Person {
  return { id, name, team: "T0LUNE001", kind: "member", note: "", ...over };
}

function say(): void {}

/** Refusals are what these tests are about: the client need not print them. */
const SILENT = {
  debug: say,
  info: say,
  warn: say,
  error: say,
  setLevel: say,
  getLevel: () => LogLevel.ERROR,
  setName: say,
};

export const PEOPLE: readonly Person[] = [
  person("U0LEA0001", "Lea", { note: "may approve" }),
  person("U0MARC001", "Marc Roy", { note: "may approve" }),
  person("U0GUEST01", "Gus", { kind: "guest" }),
  person("U0OTHER01", "Odile", { team: "T0OTHER01" }),
];

export interface ServedSlack extends RunningSlack {
  folder: string;
  client: WebClient;
  /** Moves the clock on. */
  later(ms: number): void;
}

export async function aServedSlack(over: Partial<SlackOptions> = {}): Promise<ServedSlack> {
  let nowMs = START_MS;
  const folder = over.folder ?? aFolder();
  const running = await serveSlack({
    folder,
    signingSecret: SECRET,
    botToken: TOKEN,
    team: "T0LUNE001",
    app: "A0PALIER1",
    people: PEOPLE,
    channels: [{ id: CHANNEL, name: "budget-lune" }],
    now: () => nowMs,
    ...over,
  });
  let open = true;
  async function close(): Promise<void> {
    if (open) await running.close();
    open = false;
  }
  onTestFinished(close);
  const client = new WebClient(TOKEN, {
    slackApiUrl: running.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: SILENT,
  });
  return {
    ...running,
    close,
    folder,
    client,
    later(ms) {
      nowMs += ms;
    },
  };
}

export interface Got {
  headers: Record<string, string>;
  body: string;
}

export interface AnApp {
  url: string;
  got: Got[];
}

/** Answers each request with the next of the answers, the last one for ever; null never answers. */
export async function anApp(...answers: ({ status?: number; body?: string } | null)[]): Promise<AnApp> {
  const got: Got[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = answers[Math.min(got.length, answers.length - 1)];
    got.push({
      headers: request.headers as Record<string, string>,
      body: Buffer.concat(chunks).toString("utf8"),
    });
    if (answer === null) return;
    response.writeHead(answer?.status ?? 200).end(answer?.body ?? "");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, got };
}

/** The JSON in the form that the interaction came as. */
// biome-ignore lint/suspicious/noExplicitAny: read freely here, as a stranger to our types would.
export function payloadOf({ got }: AnApp, at: number): any {
  return JSON.parse(new URLSearchParams(got[at]?.body).get("payload") ?? "null");
}

export const CARD = [
  { type: "section", block_id: "card", text: { type: "mrkdwn", text: "*Brand search* +20 %" } },
  {
    type: "actions",
    block_id: "answers",
    elements: [
      {
        type: "button",
        action_id: "yes",
        text: { type: "plain_text", text: "Approve" },
        value: "c1",
        style: "primary",
      },
      { type: "button", action_id: "no", text: { type: "plain_text", text: "Reject" }, value: "c1" },
    ],
  },
];

export function aDialog(over: object = {}) {
  return {
    type: "modal" as const,
    callback_id: "edit",
    private_metadata: "c1",
    title: { type: "plain_text" as const, text: "Edit" },
    submit: { type: "plain_text" as const, text: "Save" },
    blocks: [
      {
        type: "input" as const,
        block_id: "amount",
        label: { type: "plain_text" as const, text: "Amount" },
        element: { type: "plain_text_input" as const, action_id: "value" },
      },
    ],
    ...over,
  };
}

/** A workspace with one card in it, and the app that is told of clicks. */
export async function aCard(...answers: Parameters<typeof anApp>) {
  const app = await anApp(...answers);
  const slack = await aServedSlack({ requestUrl: app.url });
  const { ts = "" } = await slack.client.chat.postMessage({ channel: CHANNEL, text: "Night", blocks: CARD });
  const message = { channel: CHANNEL, ts };
  return {
    ...slack,
    app,
    ts,
    message,
    click: (user: string) => ({ user, message, actionId: "yes", value: "c1" }),
  };
}
