/**
 * A Graph server on loopback that says exactly what a test scripts, and records what it was asked. It is a wire, not a
 * platform: anything that the script does not state fails the test when the server is closed.
 */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

export const TOKEN = "EAAsecretToken/+42";

interface GraphRequest {
  method: string;
  /** Without the version: `act_1001/insights`. */
  path: string;
  version: string;
  query: Readonly<Record<string, string>>;
  body: string;
  headers: Readonly<Record<string, unknown>>;
}

export type Reply =
  | { status?: number; json: unknown; headers?: Readonly<Record<string, string>> }
  | { status?: number; text: string; headers?: Readonly<Record<string, string>> }
  | "silence"
  | "reset"
  /** Headers at once, then one space of the body now and then, for ever. */
  | "trickle";

export type Script = (request: GraphRequest, index: number) => Reply;

export interface GraphFake {
  url: string;
  requests: readonly GraphRequest[];
}

/** Closed when the test ends. */
export async function startGraph(script: Script): Promise<GraphFake> {
  const requests: GraphRequest[] = [];
  const unstated: unknown[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(`http://graph${incoming.url}`);
    const [, version = "", ...path] = url.pathname.split("/");
    const query = Object.fromEntries(url.searchParams);
    const request = {
      method: incoming.method ?? "",
      path: path.join("/"),
      version,
      query,
      body: await text(incoming),
    };
    requests.push({ ...request, headers: incoming.headers });
    try {
      send(outgoing, script({ ...request, headers: incoming.headers }, requests.length - 1));
    } catch (error) {
      unstated.push(error);
      outgoing.writeHead(501).end("unstated");
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    if (unstated.length > 0) throw unstated[0];
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** One reply after the other; a further request fails the test. */
export function inTurn(...replies: readonly Reply[]): Script {
  return (request, index) => {
    const reply = replies[index];
    if (reply === undefined)
      throw new Error(`unstated request ${index + 1}: ${request.method} ${request.path}`);
    return reply;
  };
}

/** Replies by path and, for insights, by level: `act_1001/insights account`. Lists become one page. */
export function byPath(answers: Readonly<Record<string, object>>): Script {
  return ({ path, query }) => {
    const { level, time_increment: increment } = query;
    const kind = path.endsWith("/insights") && increment === undefined ? "people " : "";
    const key = level === undefined ? path : `${path} ${kind}${level}`;
    const answer = answers[key];
    if (answer === undefined) throw new Error(`unstated path "${key}"`);
    return { json: Array.isArray(answer) ? { data: answer } : answer };
  };
}

export function graphError(
  status: number,
  code: number,
  fields: object = {},
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const error = { message: "scripted", type: "OAuthException", code, fbtrace_id: "Trace1", ...fields };
  return { status, json: { error }, headers };
}

/** An account as the Graph API writes it, with one campaign, one ad set and nothing delivered. */
export const QUIET_ACCOUNT = {
  act_1001: {
    id: "act_1001",
    account_id: "1001",
    name: "Atelier Lune",
    currency: "EUR",
    timezone_name: "Europe/Paris",
    min_daily_budget: 100,
  },
  "act_1001/campaigns": [aCampaign()],
  "act_1001/adsets": [anAdSet()],
  "act_1001/activities": [],
  "act_1001/insights account": [],
  "act_1001/insights campaign": [],
  "act_1001/insights adset": [],
};

/** A campaign whose ad sets own the budgets. */
export function aCampaign(fields: object = {}): object {
  return {
    id: "2001",
    account_id: "1001",
    name: "PROS France",
    status: "ACTIVE",
    effective_status: "ACTIVE",
    created_time: "2026-01-05T09:00:00+0100",
    objective: "OUTCOME_SALES",
    ...fields,
  };
}

/** An active ad set of 42.00 EUR a day. */
export function anAdSet(fields: object = {}): object {
  return {
    id: "3001",
    account_id: "1001",
    campaign_id: "2001",
    name: "Broad",
    status: "ACTIVE",
    effective_status: "ACTIVE",
    daily_budget: "4200",
    lifetime_budget: "0",
    created_time: "2026-01-05T09:00:00+0100",
    ...fields,
  };
}

/** One day of the account. */
export function anInsightRow(fields: object = {}): object {
  return {
    account_id: "1001",
    date_start: "2026-03-10",
    date_stop: "2026-03-10",
    spend: "12.34",
    impressions: "1000",
    ...fields,
  };
}

function send(outgoing: ServerResponse, reply: Reply): void {
  if (reply === "silence") return;
  if (reply === "reset") {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  if (reply === "trickle") {
    outgoing.writeHead(200, { "content-type": "application/json" });
    const timer = setInterval(() => outgoing.write(" "), 20);
    outgoing.on("close", () => clearInterval(timer));
    return;
  }
  const isJson = "json" in reply;
  const type = isJson ? "application/json" : "text/html";
  outgoing.writeHead(reply.status ?? 200, { "content-type": type, ...reply.headers });
  outgoing.end(isJson ? JSON.stringify(reply.json) : reply.text);
}
