/** The Graph API over HTTP, faults included. */
import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { drop, HTML_502, hang, type SandboxContext } from "../connection.ts";
import { takeFault } from "../faults.ts";
import type { Host } from "../host.ts";
import type { FaultKind } from "../model.ts";
import { answerGraph, type GraphRequest } from "./graph.ts";
import {
  expiredToken,
  GraphError,
  graphErrorBody,
  permissionDenied,
  throttled,
  unknownFailure,
} from "./graph-error.ts";
import { countCall, type Usage, usageHeaders } from "./usage.ts";

export function graphApp(host: Host, versions: readonly string[]): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  let usage: Usage = { calls: 0, sinceMs: host.current().clockMs };
  app.all("/:version/:path{.+}", async (context) => {
    const request = await requestOf(context);
    const { fault, world } = takeFault(host.current(), request.method, `/${request.path}`);
    if (fault !== null) host.replace(world);
    usage = countCall(usage, world.clockMs);
    const headers = headersOf(host, request, usage);
    const traceId = `sandbox${usage.calls}`;
    switch (fault?.kind) {
      case "hang":
        return hang(context);
      case "dropBefore":
        return drop(context);
      case "html502":
        return context.html(HTML_502, 502);
      case "throttle":
        return refuse(throttled(fault.code, fault.subcode), traceId, headers);
      case "expiredToken":
        return refuse(expiredToken(), traceId, headers);
      case "permissionDenied":
        return refuse(permissionDenied(), traceId, headers);
      case "delay":
        await sleep(fault.delayMs);
        break;
    }
    const answer = answered(host, request, versions, fault);
    if (fault?.kind === "dropAfter") return drop(context);
    if (fault?.kind === "errorAfter") return refuse(unknownFailure(), traceId, headers);
    if (answer instanceof GraphError) return refuse(answer, traceId, headers);
    return new Response(bodyText(answer, host, fault), { status: 200, headers });
  });
  return app;
}

/** The answer's body, or the refusal. Whatever changed is stored by then. */
function answered(
  host: Host,
  request: GraphRequest,
  versions: readonly string[],
  fault: FaultKind | null,
): object | GraphError {
  const clampCents = fault?.kind === "clamp" ? fault.cents : null;
  try {
    const before = host.current();
    const answer = answerGraph(before, request, { versions, clampCents });
    if (answer.world !== before) host.replace(answer.world);
    return "refusal" in answer ? answer.refusal : answer.body;
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
}

async function requestOf(context: SandboxContext): Promise<GraphRequest> {
  const { origin, pathname, searchParams } = new URL(context.req.url);
  const [, version = "", ...parts] = pathname.split("/");
  return {
    method: context.req.method,
    address: `${origin}${pathname}`,
    version,
    path: parts.join("/"),
    query: Object.fromEntries(searchParams),
    body: context.req.method === "POST" ? await context.req.text() : "",
  };
}

function headersOf(host: Host, request: GraphRequest, usage: Usage): Record<string, string> {
  const kind = request.path.endsWith("/insights") ? "ads_insights" : "ads_management";
  return {
    "content-type": "application/json; charset=UTF-8",
    "facebook-api-version": request.version,
    ...usageHeaders(usage, host.current().meta.account.id, kind),
  };
}

function refuse(error: GraphError, traceId: string, headers: Record<string, string>): Response {
  return new Response(JSON.stringify(graphErrorBody(error, traceId)), {
    status: error.details.status,
    headers,
  });
}

function bodyText(body: object, host: Host, fault: FaultKind | null): string {
  const text = JSON.stringify(body);
  const { id } = host.current().meta.account;
  switch (fault?.kind) {
    case "malformed":
      return text.slice(0, -1);
    case "emptyData":
      return JSON.stringify({ data: [] });
    case "wrongAccount":
      return text
        .replaceAll(`"account_id":"${id}"`, '"account_id":"9999"')
        .replaceAll(`"act_${id}"`, '"act_9999"');
    default:
      return text;
  }
}
