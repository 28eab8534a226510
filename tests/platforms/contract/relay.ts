/**
 * Stands between an adapter and the sandbox's HTTP: counts what is asked, remembers every secret that passes, and can ask for
 * smaller pages or spoil answers. Asking for an access token is passed on and not counted: it costs no platform's quota.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

const TOKEN_PATH = "/token";

/** Sent anew by each hop. */
const HOP_HEADERS = ["connection", "content-length", "host", "transfer-encoding", "content-encoding"];

export interface Asked {
  method: string;
  /** With its version, without its query. */
  path: string;
  query: Readonly<Record<string, string>>;
  body: string;
}

export interface Answered {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** Makes the sandbox's pages small. */
export interface Paging {
  /** The query to ask the sandbox with. */
  query(asked: Asked): Readonly<Record<string, string>>;
  /** The body of its answer in more pieces. */
  body(text: string): string;
}

export interface Relay {
  url: string;
  /** Every request since the relay began, retries included. */
  readonly asked: readonly Asked[];
  /** Tokens of any kind that stood in a request. */
  readonly secrets: ReadonlySet<string>;
  paging: Paging;
  /** The answer to give; `cut`: its first half, then the connection dies. */
  spoil: (asked: Asked, answered: Answered) => Answered | "cut";
}

/** Closed when the test ends. */
export async function aRelay(target: string): Promise<Relay> {
  const asked: Asked[] = [];
  const secrets = new Set<string>();
  const broken: unknown[] = [];
  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch((error: unknown) => {
      broken.push(error);
      outgoing.destroy();
    });
  });

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? "/", target);
    const method = incoming.method ?? "";
    const query = Object.fromEntries(url.searchParams);
    const request = { method, path: url.pathname, query, body: await text(incoming) };
    for (const secret of secretsOf(incoming, query)) secrets.add(secret);
    const counts = url.pathname !== TOKEN_PATH;
    if (counts) asked.push(request);
    url.search = new URLSearchParams(counts ? relay.paging.query(request) : query).toString();
    const response = await fetch(url, {
      method,
      headers: passedOn(incoming.headers),
      ...(method === "POST" ? { body: request.body } : {}),
    }).catch(() => null);
    if (response === null) {
      // The sandbox ended the connection, so it ends here as well.
      outgoing.destroy();
      return;
    }
    const answered = {
      status: response.status,
      headers: passedOn(Object.fromEntries(response.headers)),
      body: await response.text(),
    };
    if (counts) answered.body = relay.paging.body(answered.body);
    const given = counts ? relay.spoil(request, answered) : answered;
    if (given === "cut") {
      outgoing.writeHead(answered.status, { ...answered.headers, "content-length": answered.body.length });
      outgoing.write(answered.body.slice(0, answered.body.length / 2), () => outgoing.destroy());
      return;
    }
    outgoing.writeHead(given.status, given.headers).end(given.body);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    if (broken.length > 0) throw broken[0];
  });
  const relay: Relay = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    secrets,
    paging: { query: ({ query }) => query, body: (body) => body },
    spoil: (_, answered) => answered,
  };
  return relay;
}

/** Two requests for the same thing; a cursor or a page is another thing. */
export function isSameRequest(a: Asked, b: Asked): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function passedOn(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === "string" && !HOP_HEADERS.includes(name) ? [[name, value]] : [],
    ),
  );
}

function secretsOf({ headers }: IncomingMessage, query: Readonly<Record<string, string>>): string[] {
  const bearer = headers.authorization?.replace(/^Bearer /, "");
  const developerToken = headers["developer-token"];
  return [bearer, developerToken, query.access_token].flatMap((secret) =>
    typeof secret === "string" && secret !== "" ? [secret] : [],
  );
}
