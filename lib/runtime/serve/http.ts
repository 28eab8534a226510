/** The address on this machine that Slack's requests reach, by a tunnel or from the stand-in: loopback only. */
import { once } from "node:events";
import { type IncomingMessage, Server } from "node:http";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { RuntimeError } from "../errors.ts";
import { MAX_BYTES, type SlackAnswer, type SlackRequest } from "../slack/answer.ts";

const LOOPBACK = "127.0.0.1";
/** Where Slack's requests go, whatever they are about. */
export const SLACK_PATH = "/slack";

export interface Listening {
  port: number;
  /** Takes no further request and waits for those under way. */
  close(): Promise<void>;
}

/** `port` 0: any free one. @throws RuntimeError `serve.portTaken`. */
export async function listen(
  port: number,
  answer: (request: SlackRequest) => Promise<SlackAnswer>,
): Promise<Listening> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get("/health", (context) => context.json({ ok: true }));
  app.post(SLACK_PATH, bodyLimit({ maxSize: MAX_BYTES }), async (context) => {
    const rawBody = new Uint8Array(await context.req.arrayBuffer());
    const { status, body } = await answer({ headers: headersOf(context.env.incoming), rawBody });
    return Response.json(body, { status });
  });
  const server = createAdaptorServer({ fetch: app.fetch });
  if (!(server instanceof Server)) throw new RuntimeError("serve.noServer", "expected an HTTP server");
  try {
    server.listen(port, LOOPBACK);
    await once(server, "listening");
  } catch (error) {
    throw portTaken(error, port, "--port");
  }
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      await closed;
    },
  };
}

/** What a system says of a port, for whoever chose it. */
export function portTaken(error: unknown, port: number, option: string): RuntimeError {
  const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  const why = reason === "EADDRINUSE" ? "another process has it, perhaps another palier serve" : reason;
  return new RuntimeError(
    "serve.portTaken",
    `port ${port} cannot be listened on (${why}): end that one, or choose another port with ${option}`,
  );
}

/** Node has put names in small letters; what comes several times is none of Slack's. */
function headersOf({ headers }: IncomingMessage): SlackRequest["headers"] {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}
