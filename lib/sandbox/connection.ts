/** What can go wrong with an HTTP request on the way, whichever platform it was for. */
import { once } from "node:events";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";

export type SandboxContext = Context<{ Bindings: HttpBindings }>;

/** A proxy's answer in place of the platform's. */
export const HTML_502 =
  "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>Sorry, something went wrong.</body></html>";

/** The connection dies without an answer. */
export function drop(context: SandboxContext): Response {
  context.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

/** Nothing is ever answered; the caller has to give up first. */
export async function hang(context: SandboxContext): Promise<Response> {
  await once(context.env.incoming.socket, "close");
  return RESPONSE_ALREADY_SENT;
}
