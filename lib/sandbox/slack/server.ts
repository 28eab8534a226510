/** Serves one fake Slack on loopback: the Web API, the addresses for answers, the control side and a page to look at. */
import { once } from "node:events";
import { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { drop, HTML_502, hang, type SandboxContext } from "../connection.ts";
import { SandboxError } from "../errors.ts";
import { type Args, argsOf } from "./args.ts";
import { controlApp } from "./control.ts";
import { type SlackFault, takeSlackFault } from "./faults.ts";
import { answerAt } from "./hooks.ts";
import { pageApp } from "./page.ts";
import { SlackRefusal } from "./refusal.ts";
import { openStore, type Person } from "./store.ts";
import { callMethod } from "./web-api.ts";
import { recordCall, settle, type Workspace } from "./workspace.ts";

const LOOPBACK = "127.0.0.1";
/** Source: docs.slack.dev, interactivity: an app has three seconds. */
const ANSWER_WITHIN_MS = 3_000;
const RETRY_AFTER_SECONDS = 1;
/** What Palier's own app asks for. */
const SCOPES = [
  "chat:write",
  "commands",
  "channels:history",
  "groups:history",
  "channels:read",
  "groups:read",
  "users:read",
];

export interface SlackOptions {
  /** Keeps channels, messages, dialogs and people. */
  folder: string;
  signingSecret: string;
  botToken: string;
  team: string;
  app: string;
  people: readonly Person[];
  channels: readonly { id: string; name: string }[];
  /** Default: any free port. */
  port?: number;
  /** Where interactions go; may be said later. */
  requestUrl?: string | null;
  scopes?: readonly string[];
  /** Default: the machine's clock. */
  now?: () => number;
  /** Default: as many as come. */
  postsPerSecond?: number | null;
  answerWithinMs?: number;
}

export interface RunningSlack {
  url: string;
  /** The `slackApiUrl` of the official client. */
  apiUrl: string;
  port: number;
  workspace: Workspace;
  /** Ends every connection, those that hang included. */
  close(): Promise<void>;
}

/** @throws SandboxError when the folder holds no readable journal, or the system's error when the port is taken. */
export async function serveSlack(options: SlackOptions): Promise<RunningSlack> {
  const workspace = openWorkspace(options);
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.post("/api/:method", (context) => answerCall(context, workspace));
  app.post("/hooks/*", (context) => answerHook(context, workspace));
  app.route("/_sandbox/slack", controlApp(workspace));
  app.route("/", pageApp(workspace));
  const server = createAdaptorServer({ fetch: app.fetch });
  server.listen(options.port ?? 0, LOOPBACK);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string" || !(server instanceof Server)) {
    throw new SandboxError("sandbox.requestRefused", "the sandbox needs a TCP port");
  }
  const { port } = address;
  workspace.origin = `http://${LOOPBACK}:${port}`;
  return {
    url: workspace.origin,
    apiUrl: `${workspace.origin}/api/`,
    port,
    workspace,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function openWorkspace(options: SlackOptions): Workspace {
  const { team, app, botToken, signingSecret, scopes = SCOPES, people, channels } = options;
  const workspace: Workspace = {
    app: {
      team,
      teamDomain: "atelier-sandbox",
      app,
      botToken,
      signingSecret,
      scopes,
      botUser: "U0PALIERBOT",
      botId: "B0PALIERBOT",
    },
    store: openStore(options.folder),
    now: options.now ?? Date.now,
    origin: "",
    requestUrl: options.requestUrl ?? null,
    postsPerSecond: options.postsPerSecond ?? null,
    answerWithinMs: options.answerWithinMs ?? ANSWER_WITHIN_MS,
    faults: [],
    calls: [],
    triggers: new Map(),
    lastPostMs: new Map(),
  };
  settle(workspace, { people, channels });
  return workspace;
}

async function answerCall(context: SandboxContext, workspace: Workspace): Promise<Response> {
  const name = context.req.param("method") ?? "";
  const args = argsOf(context.req.header("content-type") ?? "", await context.req.text());
  const token = /^Bearer (.+)$/.exec(context.req.header("authorization") ?? "")?.[1];
  const headers = { "x-oauth-scopes": workspace.app.scopes.join(",") };
  return await answered(context, workspace, { method: name, args: args ?? {}, headers }, () => {
    if (args === null) throw new SlackRefusal("invalid_post_type");
    const given = token ?? (typeof args.token === "string" ? args.token : null);
    return callMethod({ name, token: given, args }, workspace);
  });
}

async function answerHook(context: SandboxContext, workspace: Workspace): Promise<Response> {
  const args = argsOf(context.req.header("content-type") ?? "", await context.req.text());
  const about = { method: "response_url", args: args ?? {}, headers: {}, refusedStatus: 404 };
  return await answered(context, workspace, about, () => {
    if (args === null) throw new SlackRefusal("invalid_payload");
    answerAt(context.req.path, args, workspace);
    return { ok: true };
  });
}

interface About {
  method: string;
  args: Args;
  headers: Record<string, string>;
  refusedStatus?: number;
}

/** Runs the call under the fault that waits for it; what happened stands in the workspace's list of calls. */
async function answered(
  context: SandboxContext,
  workspace: Workspace,
  { method, args, headers, refusedStatus = 200 }: About,
  run: () => object,
): Promise<Response> {
  const fault = takeSlackFault(workspace, method);
  const record = (outcome: string) => recordCall(workspace, { method, args, outcome });
  if (fault !== null && IN_PLACE.includes(fault.kind)) {
    record(fault.kind);
    return await inPlaceOf(context, fault);
  }
  if (fault?.kind === "delay") await sleep(fault.delayMs);
  try {
    if (fault?.kind === "refuse") throw new SlackRefusal(fault.error);
    const body = run();
    record(fault?.kind === "dropAfter" || fault?.kind === "hangAfter" ? fault.kind : "ok");
    if (fault?.kind === "dropAfter") return drop(context);
    if (fault?.kind === "hangAfter") return await hang(context);
    if (fault?.kind === "errorAfter") return page(fault.status);
    return Response.json(body, { headers });
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    record(error.code);
    if (error.code === "ratelimited") return throttled(RETRY_AFTER_SECONDS);
    return Response.json(error.body, { status: refusedStatus, headers });
  }
}

/** Faults that happen in place of the call. */
const IN_PLACE: readonly string[] = ["throttle", "serverError", "dropBefore", "hang", "swallow"];

async function inPlaceOf(context: SandboxContext, fault: SlackFault["fault"]): Promise<Response> {
  switch (fault.kind) {
    case "throttle":
      return throttled(fault.retryAfterSeconds);
    case "serverError":
      return page(fault.status);
    case "dropBefore":
      return drop(context);
    case "hang":
      return await hang(context);
    default:
      return Response.json({ ok: true });
  }
}

function throttled(seconds: number): Response {
  return Response.json(
    { ok: false, error: "ratelimited" },
    { status: 429, headers: { "retry-after": String(seconds) } },
  );
}

function page(status: number): Response {
  return new Response(HTML_502, { status, headers: { "content-type": "text/html" } });
}
