/** Serves one world on loopback: the Graph API, and the control side under `/_sandbox/`. */
import { once } from "node:events";
import { Server } from "node:http";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { controlApp } from "./control.ts";
import { SandboxError } from "./errors.ts";
import { openHost } from "./host.ts";
import { graphApp } from "./meta/app.ts";

const LOOPBACK = "127.0.0.1";
/** The versions of Meta's API that are alive. */
const VERSIONS = ["v25.0", "v26.0"];

interface SandboxOptions {
  /** Holds the world; see `foundWorld`. */
  folder: string;
  /** Default: any free port. */
  port?: number;
  versions?: readonly string[];
}

export interface RunningSandbox {
  port: number;
  url: string;
  /** Ends every connection, those that hang included. */
  close(): Promise<void>;
}

/** @throws SandboxError when the folder holds no readable world, or the system's error when the port is taken. */
export async function serveSandbox({
  folder,
  port = 0,
  versions = VERSIONS,
}: SandboxOptions): Promise<RunningSandbox> {
  const host = openHost(folder);
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route("/_sandbox", controlApp(host));
  app.route("/", graphApp(host, versions));
  app.onError((error, context) =>
    context.json(
      { error: { message: `the sandbox failed: ${error.message}`, type: "OAuthException", code: 2 } },
      500,
    ),
  );
  const server = createAdaptorServer({ fetch: app.fetch });
  server.listen(port, LOOPBACK);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string" || !(server instanceof Server)) {
    throw new SandboxError("sandbox.requestRefused", "the sandbox needs a TCP port");
  }
  return {
    port: address.port,
    url: `http://${LOOPBACK}:${address.port}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
