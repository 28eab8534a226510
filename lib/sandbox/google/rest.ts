/** Google Ads over REST, where queries go, and the OAuth endpoint; faults included. */
import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { z } from "zod";
import { drop, HTML_502, hang, type SandboxContext } from "../connection.ts";
import { takeFault } from "../faults.ts";
import type { Host } from "../host.ts";
import type { FaultKind } from "../model.ts";
import { checkAccess, invalidGrant, tokenAnswer } from "./access.ts";
import { faultRefusal } from "./fault-refusals.ts";
import { errorBody, GoogleError, internalFailure, refused, STATUSES } from "./google-error.ts";
import { pageOf } from "./paging.ts";
import { type Found, search } from "./search.ts";

/** The version of the API that is served. */
const VERSION = "v25";
/** The API fixes pages at so many rows. */
const PAGE_ROWS = 10_000;
/** Stands for another customer where a fault answers for the wrong one. */
const OTHER_CUSTOMER = "9999999999";

const bodySchema = z.looseObject({
  query: z.string(),
  pageToken: z.string().optional(),
  page_token: z.string().optional(),
  pageSize: z.unknown().optional(),
  page_size: z.unknown().optional(),
});

/** `pageRows` is for tests of paging: a world has fewer rows than a page of the API. */
export function googleApp(
  host: Host,
  { pageRows = PAGE_ROWS }: { pageRows?: number },
): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  let calls = 0;
  app.post("/token", async (context) => {
    const form = new URLSearchParams(await context.req.text());
    const fault = faultFor(host, "/token");
    const disturbed = await disturb(context, fault);
    if (disturbed !== null) return disturbed;
    const { status, body } = fault?.kind === "expiredToken" ? invalidGrant() : tokenAnswer(form);
    return context.json(body, status);
  });
  app.post("/:version{v\\d+}/customers/:customer/:call", async (context) => {
    const text = await context.req.text();
    const { version, customer, call } = context.req.param();
    calls += 1;
    const requestId = `sandbox-${calls}`;
    const fault = faultFor(host, `/customers/${customer}/${call}/${resourceIn(text)}`);
    const disturbed = await disturb(context, fault);
    if (disturbed !== null) return disturbed;
    const isStream = call === "googleAds:searchStream";
    const answer = attempt(() => {
      const refusal = faultRefusal(fault);
      if (refusal !== null) throw refusal;
      checkCall(context, host, { version, customer, call });
      const body = bodyOf(text);
      const found = search(host.current(), body.query);
      return isStream ? streamed(found, pageRows, requestId) : pageOf(found, body, pageRows);
    });
    if (fault?.kind === "dropAfter") return drop(context);
    const outcome = fault?.kind === "errorAfter" ? internalFailure() : answer;
    const headers = { "content-type": "application/json; charset=UTF-8", "request-id": requestId };
    if (outcome instanceof GoogleError) {
      const body = errorBody(outcome, requestId);
      const status = STATUSES[outcome.status].http;
      return new Response(JSON.stringify(isStream ? [body] : body), { status, headers });
    }
    return new Response(bodyText(outcome, host, fault), { status: 200, headers });
  });
  return app;
}

function faultFor(host: Host, path: string): FaultKind | null {
  const { fault, world } = takeFault(host.current(), "POST", path);
  if (fault !== null) host.replace(world);
  return fault;
}

/** What becomes of the request before anybody looks at it; null when it goes on. */
async function disturb(context: SandboxContext, fault: FaultKind | null): Promise<Response | null> {
  switch (fault?.kind) {
    case "hang":
      return await hang(context);
    case "dropBefore":
      return drop(context);
    case "html502":
      return context.html(HTML_502, 502);
    case "delay":
      await sleep(fault.delayMs);
      return null;
    default:
      return null;
  }
}

/** For the fault's path, which is needed even of a query that cannot be read. */
function resourceIn(body: string): string {
  return /\bFROM\s+(\w+)/i.exec(body.replaceAll(/\\[nrt]/g, " "))?.[1] ?? "";
}

function attempt(answer: () => object): object | GoogleError {
  try {
    return answer();
  } catch (error) {
    if (error instanceof GoogleError) return error;
    throw error;
  }
}

function checkCall(
  { req }: SandboxContext,
  host: Host,
  { version, customer, call }: { version: string; customer: string; call: string },
): void {
  if (version !== VERSION) {
    const message = ` Version ${version} is deprecated. Requests to this version will be blocked.`;
    throw refused("request_error", "UNSUPPORTED_VERSION", message);
  }
  const credentials = {
    authorization: req.header("authorization") ?? "",
    developerToken: req.header("developer-token"),
    loginCustomerId: req.header("login-customer-id"),
  };
  checkAccess(host.current(), credentials, customer);
  if (call !== "googleAds:searchStream" && call !== "googleAds:search") {
    throw refused("request_error", "UNKNOWN", `The sandbox serves no ${call} over REST.`);
  }
}

function bodyOf(text: string): z.infer<typeof bodySchema> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  const parsed = bodySchema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw refused("request_error", "REQUIRED_FIELD_MISSING", "The body must be a JSON object with a query.");
}

/** Chunks of rows; an empty result is one chunk without any. */
function streamed({ rows, fieldMask }: Found, pageRows: number, requestId: string): object[] {
  const chunks = Math.max(1, Math.ceil(rows.length / pageRows));
  return Array.from({ length: chunks }, (_, index) => {
    const results = rows.slice(index * pageRows, (index + 1) * pageRows);
    return { ...(results.length === 0 ? {} : { results }), fieldMask, requestId };
  });
}

function bodyText(answer: object, host: Host, fault: FaultKind | null): string {
  const text = JSON.stringify(answer);
  const { id } = host.current().google.account;
  switch (fault?.kind) {
    case "malformed":
      return text.slice(0, -1);
    case "emptyData":
      return Array.isArray(answer) ? '[{"fieldMask":"","requestId":"sandbox"}]' : '{"fieldMask":""}';
    case "wrongAccount":
      return text
        .replaceAll(`customers/${id}`, `customers/${OTHER_CUSTOMER}`)
        .replaceAll(`"id":"${id}"`, `"id":"${OTHER_CUSTOMER}"`);
    default:
      return text;
  }
}
