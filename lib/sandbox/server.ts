/** Serves one world on loopback: the Graph API, Google Ads over REST and gRPC, and the control side under `/_sandbox/`. */
import { once } from "node:events";
import { Server } from "node:http";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { controlApp } from "./control.ts";
import { SandboxError } from "./errors.ts";
import { serveGrpc } from "./google/grpc-port.ts";
import { googleApp } from "./google/rest.ts";
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
  /** Default: any free port. */
  grpcPort?: number;
  versions?: readonly string[];
  /** Rows on a page of Google's; a world has fewer than the API puts on one. */
  googlePageRows?: number;
}

export interface RunningSandbox {
  port: number;
  url: string;
  /** On the same address as HTTP. */
  grpcPort: number;
  /** Ends every connection, those that hang included. */
  close(): Promise<void>;
}

/** @throws SandboxError when the folder holds no readable world, or the system's error when a port is taken. */
export async function serveSandbox({
  folder,
  port = 0,
  grpcPort = 0,
  versions = VERSIONS,
  googlePageRows,
}: SandboxOptions): Promise<RunningSandbox> {
  const host = openHost(folder);
  const grpc = await serveGrpc(host, LOOPBACK, grpcPort);
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route("/_sandbox", controlApp(host, { grpcPort: grpc.port }));
  app.route("/", googleApp(host, googlePageRows === undefined ? {} : { pageRows: googlePageRows }));
  app.route("/", graphApp(host, versions));
  app.onError((error, context) =>
    context.json(
      { error: { message: `the sandbox failed: ${error.message}`, type: "OAuthException", code: 2 } },
      500,
    ),
  );
  const server = createAdaptorServer({ fetch: app.fetch });
  try {
    server.listen(port, LOOPBACK);
    await once(server, "listening");
  } catch (error) {
    await grpc.close();
    throw error;
  }
  const address = server.address();
  if (address === null || typeof address === "string" || !(server instanceof Server)) {
    throw new SandboxError("sandbox.requestRefused", "the sandbox needs a TCP port");
  }
  return {
    port: address.port,
    url: `http://${LOOPBACK}:${address.port}`,
    grpcPort: grpc.port,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await Promise.all([closed, grpc.close()]);
    },
  };
}
