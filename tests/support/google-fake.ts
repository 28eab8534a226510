/**
 * Google on loopback, saying exactly what a test scripts and recording what it was asked: OAuth and queries over HTTP, mutates
 * and the list of accounts over gRPC. It is a wire, not a platform: anything that the script does not state fails the test when the servers are closed.
 */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Metadata, Server, ServerCredentials, status } from "@grpc/grpc-js";
import { errors, services } from "google-ads-api";
import { onTestFinished } from "vitest";
import { patienceMs } from "./patience.ts";

export const SECRETS = {
  developerToken: "devTok/en+1",
  clientId: "client-1",
  clientSecret: "client Secret?2",
  refreshToken: "1//refresh&Token3",
  accessToken: "ya29.access_Token-4",
};

interface RestRequest {
  path: string;
  gaql: string;
  headers: Readonly<Record<string, unknown>>;
}

export type Reply =
  | { status?: number; json: unknown }
  | { status?: number; text: string; headers?: Readonly<Record<string, string>> }
  | "silence"
  | "reset"
  /** Headers at once, then one space of the body now and then, for ever. */
  | "trickle";

export interface Mutate {
  method: string;
  customerId: string;
  operations: readonly unknown[];
  validateOnly: boolean;
  partialFailure: boolean;
  metadata: Readonly<Record<string, unknown>>;
}

export type MutateReply =
  | { names: readonly string[] }
  | { failure: object; code?: number }
  | { code: number; details: string; metadata?: Readonly<Record<string, string | Buffer>> }
  | "silence";

export interface Script {
  /** A good token where nothing is stated. */
  tokens?: readonly Reply[];
  rows?: (gaql: string, index: number) => Reply;
  mutates?: readonly MutateReply[];
  /** Names of what the user reaches directly. */
  accounts?: readonly MutateReply[];
}

const FAILURE_TRAILER = "google.ads.googleads.v25.errors.googleadsfailure-bin";

/** Closed when the test ends. */
export async function startGoogle(script: Script) {
  const rest: RestRequest[] = [];
  const tokens: Record<string, string>[] = [];
  const mutates: Mutate[] = [];
  const listings: Mutate["metadata"][] = [];
  const unstated: unknown[] = [];
  const http = createServer(async (incoming, outgoing) => {
    const path = incoming.url ?? "";
    const body = await text(incoming);
    try {
      if (path === "/token") {
        tokens.push(Object.fromEntries(new URLSearchParams(body)));
        const granted = { json: { access_token: SECRETS.accessToken, expires_in: 3_599 } };
        answer(outgoing, script.tokens === undefined ? granted : stated(script.tokens, tokens.length, path));
        return;
      }
      const gaql = JSON.parse(body).query;
      rest.push({ path, gaql, headers: incoming.headers });
      if (script.rows === undefined) throw new Error(`unstated query ${gaql}`);
      answer(outgoing, script.rows(gaql, rest.length - 1));
    } catch (error) {
      unstated.push(error);
      outgoing.writeHead(501).end("unstated");
    }
  });
  const url = await new Promise<string>((resolve) =>
    http.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(http.address() as AddressInfo).port}`)),
  );
  const grpc = new Server();
  for (const { path, decode, told, encode } of METHODS) {
    const name = path.split("/")[2] ?? "";
    grpc.addService(
      {
        [name]: {
          path,
          requestStream: false,
          responseStream: false,
          requestSerialize: () => Buffer.alloc(0),
          requestDeserialize: decode,
          responseSerialize: encode,
          responseDeserialize: () => ({}),
        },
      },
      {
        [name]: (call: UnaryCall, callback: UnaryCallback) => {
          const {
            customer_id: customerId = "",
            operations = [],
            validate_only,
            partial_failure,
          } = call.request;
          const metadata = call.metadata.getMap();
          if (name === LISTING) listings.push(metadata);
          else {
            mutates.push({
              method: path.slice(1),
              customerId,
              operations,
              validateOnly: validate_only ?? false,
              partialFailure: partial_failure ?? false,
              metadata,
            });
          }
          try {
            const [replies = [], count] =
              name === LISTING ? [script.accounts, listings.length] : [script.mutates, mutates.length];
            answerCall(stated(replies, count, path), told, callback);
          } catch (error) {
            unstated.push(error);
            callback({ code: status.UNIMPLEMENTED, details: "unstated" });
          }
        },
      },
    );
  }
  const grpcPort = await new Promise<number>((resolve, reject) =>
    grpc.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    ),
  );
  onTestFinished(async () => {
    grpc.forceShutdown();
    const closed = new Promise((resolve) => http.close(resolve));
    http.closeAllConnections();
    await closed;
    if (unstated.length > 0) throw unstated[0];
  });
  return { url, grpcPort, rest, tokens, mutates, listings };
}

/** Options of an adapter that talks to the fake. */
export function optionsFor(
  { url, grpcPort }: { url: string; grpcPort: number },
  timeoutMs = patienceMs(null),
) {
  const { developerToken, clientId, clientSecret, refreshToken } = SECRETS;
  return { developerToken, clientId, clientSecret, refreshToken, standIn: { url, grpcPort }, timeoutMs };
}

/** An answer of rows, as Google streams them: a list of batches. */
export function rowsOf(...rows: readonly object[]): Reply {
  return {
    json: rows.length === 0 ? [{ fieldMask: "x", requestId: "r" }] : [{ results: rows, requestId: "r" }],
  };
}

/** What a query of figures asks for, by the first of these that stands in it. */
const PARTS = { "metrics.cost_micros": " cost", _impression_share: " shares", "metrics.": " conversions" };

/** Replies by the resource that is queried and, for insights, by what of it: `campaign`, `campaign cost`, `campaign conversions`. */
export function byResource(answers: Readonly<Record<string, readonly object[] | Reply>>) {
  return (gaql: string): Reply => {
    const resource = / FROM (\w+)/.exec(gaql)?.[1] ?? "";
    const part = Object.entries(PARTS).find(([mark]) => gaql.includes(mark))?.[1] ?? "";
    const found = answers[`${resource}${part}`];
    if (found === undefined) throw new Error(`unstated query of "${resource}${part}"`);
    return Array.isArray(found) ? rowsOf(...(found as object[])) : (found as Reply);
  };
}

/** Google's own failure over REST. */
export function restFailure(httpStatus: number, errorCode: object, extra: object = {}): Reply {
  const failure = {
    "@type": "type.googleapis.com/google.ads.googleads.v25.errors.GoogleAdsFailure",
    errors: [{ errorCode, message: "scripted", ...extra }],
    requestId: "Request1",
  };
  return { status: httpStatus, json: [{ error: { code: httpStatus, message: "m", details: [failure] } }] };
}

/** Google's own failure over gRPC. */
export function grpcFailure(errorCode: object, extra: object = {}): MutateReply {
  return {
    failure: { errors: [{ error_code: errorCode, message: "scripted", ...extra }], request_id: "Request1" },
  };
}

const WRITTEN = { longs: String, enums: String };
const LISTING = "ListAccessibleCustomers";
const METHODS = [
  {
    path: "/google.ads.googleads.v25.services.CampaignBudgetService/MutateCampaignBudgets",
    decode: (bytes: Buffer): object =>
      services.MutateCampaignBudgetsRequest.toObject(
        services.MutateCampaignBudgetsRequest.decode(bytes),
        WRITTEN,
      ),
    told: changed,
    encode: encodedChange,
  },
  {
    path: "/google.ads.googleads.v25.services.CampaignService/MutateCampaigns",
    decode: (bytes: Buffer): object =>
      services.MutateCampaignsRequest.toObject(services.MutateCampaignsRequest.decode(bytes), WRITTEN),
    told: changed,
    encode: encodedChange,
  },
  {
    path: `/google.ads.googleads.v25.services.CustomerService/${LISTING}`,
    decode: (): object => ({}),
    told: (names: readonly string[]): object => ({ resource_names: names }),
    encode(value: object): Buffer {
      const { ListAccessibleCustomersResponse: Response } = services;
      return Buffer.from(Response.encode(Response.fromObject(value)).finish());
    },
  },
];

/** Both mutates answer with the same two fields. */
function encodedChange(value: object): Buffer {
  const { MutateCampaignsResponse } = services;
  return Buffer.from(MutateCampaignsResponse.encode(MutateCampaignsResponse.fromObject(value)).finish());
}

function changed(names: readonly string[]): object {
  return { results: names.map((name) => ({ resource_name: name })) };
}

interface UnaryCall {
  request: {
    customer_id?: string;
    operations?: unknown[];
    validate_only?: boolean;
    partial_failure?: boolean;
  };
  metadata: Metadata;
}
type UnaryCallback = (error: object | null, value?: object) => void;

function answerCall(
  reply: MutateReply,
  told: (names: readonly string[]) => object,
  callback: UnaryCallback,
): void {
  if (reply === "silence") return;
  if ("names" in reply) {
    callback(null, told(reply.names));
    return;
  }
  const metadata = new Metadata();
  if ("failure" in reply) {
    const failure = errors.GoogleAdsFailure.encode(
      errors.GoogleAdsFailure.fromObject(reply.failure),
    ).finish();
    metadata.set(FAILURE_TRAILER, Buffer.from(failure));
    callback({ code: reply.code ?? status.INVALID_ARGUMENT, details: "see trailer", metadata });
    return;
  }
  for (const [name, value] of Object.entries(reply.metadata ?? {})) metadata.set(name, value);
  callback({ code: reply.code, details: reply.details, metadata });
}

function stated<T>(replies: readonly T[], count: number, what: string): T {
  const reply = replies[count - 1];
  if (reply === undefined) throw new Error(`unstated request ${count} of ${what}`);
  return reply;
}

function answer(outgoing: ServerResponse, reply: Reply): void {
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
  if ("json" in reply) {
    outgoing.writeHead(reply.status ?? 200, { "content-type": "application/json" });
    outgoing.end(JSON.stringify(reply.json));
    return;
  }
  outgoing.writeHead(reply.status ?? 200, { "content-type": "text/html", ...reply.headers });
  outgoing.end(reply.text);
}
