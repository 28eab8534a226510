/** The Slack of a long-lived process: the real one by its credentials, or in a sandbox a stand-in with a page to look at. */
import { randomBytes } from "node:crypto";
import path from "node:path";
import type { Brand } from "../../domain/brand.ts";
import type { Environment } from "../../platforms/port.ts";
import { type Person, type RunningSlack, serveSlack } from "../../sandbox/slack/index.ts";
import { RuntimeError } from "../errors.ts";
import type { SlackCredentials } from "../slack/parts.ts";
import type { Place } from "../workspace.ts";
import { portTaken } from "./http.ts";

export interface SlackConnection {
  credentials: SlackCredentials;
  /** Null for the real one. */
  standIn: RunningSlack | null;
  close(): Promise<void>;
}

const SECRET_BYTES = 32;

/** Null for brands without Slack. @throws RuntimeError `slack.credentials` naming the variable that is missing. */
export async function connectSlack(
  place: Place,
  brands: readonly Brand[],
  env: Environment,
  port: number | undefined,
): Promise<SlackConnection | null> {
  const inSlack = brands.filter(({ slack }) => slack !== null);
  if (inSlack.length === 0) return null;
  if (place.sandbox === null)
    return { credentials: fromEnvironment(env), standIn: null, close: async () => {} };
  // Of this process alone: pages that a browser shows can reach this machine too, and what is public signs nothing.
  const signingSecret = randomBytes(SECRET_BYTES).toString("hex");
  const secrets = { signingSecret, botToken: `xoxb-${randomBytes(SECRET_BYTES).toString("hex")}` };
  const standIn = await serveStandIn(path.join(place.base, "slack"), secrets, inSlack, port);
  return { credentials: { ...secrets, apiUrl: standIn.apiUrl }, standIn, close: standIn.close };
}

function fromEnvironment(env: Environment): SlackCredentials {
  const [signingSecret, botToken] = ["PALIER_SLACK_SIGNING_SECRET", "PALIER_SLACK_BOT_TOKEN"].map((name) => {
    const value = env[name] ?? "";
    if (value !== "") return value;
    throw new RuntimeError(
      "slack.credentials",
      `${name} is not set: take it from the app's page at api.slack.com, or remove "slack" from the brand file`,
    );
  });
  return { signingSecret: signingSecret ?? "", botToken: botToken ?? "", apiUrl: null };
}

/** One workspace for all: everybody of the brands' desks, somebody who is on none, and a channel for each brand. */
async function serveStandIn(
  folder: string,
  secrets: Omit<SlackCredentials, "apiUrl">,
  brands: readonly Brand[],
  port: number | undefined,
): Promise<RunningSlack> {
  const [first] = brands;
  const { team = "", app = "" } = first?.slack ?? {};
  const other = brands.find(({ slack }) => slack?.team !== team || slack.app !== app);
  if (other !== undefined) {
    throw new RuntimeError(
      "slack.twoWorkspaces",
      `${first?.id} and ${other.id} are in two workspaces or apps: start one process for each, with --brand`,
    );
  }
  const people = new Map<string, Person>();
  for (const { people: desk } of brands) {
    for (const { slack, name, role } of desk)
      if (slack !== null) people.set(slack, { id: slack, name, team, kind: "member", note: role });
  }
  people.set("U0STRANGER", {
    ...{ id: "U0STRANGER", name: "sam", team: "T0ELSEWHERE", kind: "guest" },
    note: "a guest, on no desk",
  });
  const channels = brands.map(({ id, slack }) => ({ id: slack?.channel ?? "", name: id }));
  try {
    return await serveSlack({
      ...secrets,
      ...{ folder, team, app, channels, people: [...people.values()] },
      ...(port === undefined ? {} : { port }),
    });
  } catch (error) {
    if (!(error instanceof Error) || !("syscall" in error) || error.syscall !== "listen") throw error;
    throw portTaken(error, port ?? 0, "--slack-port");
  }
}
