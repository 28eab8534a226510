/**
 * The Graph API over the official SDK, through its raw `call` alone: the SDK's objects resend stale fields as changes. Each
 * call gets a complete address, which is the SDK's only way to choose host and version.
 */
import { createHmac } from "node:crypto";
import { FacebookAdsApi } from "facebook-nodejs-business-sdk";
import { failureFrom, failureOf, type MetaFailure, platformError } from "./errors.ts";
import { metaManifest } from "./manifest.ts";
import { onWire } from "./transport.ts";
import type { Headers } from "./usage.ts";

const DEFAULT_TIMEOUT_MS = 20_000;
const GRAPH_URL = "https://graph.facebook.com";
const LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"];

export interface MetaApiOptions {
  token: string;
  /** Where the app requires proof that the caller knows its secret. */
  appSecret?: string | undefined;
  version?: string | undefined;
  /** Another Graph server, such as the sandbox; plain HTTP only on loopback. */
  baseUrl?: string | undefined;
  timeoutMs?: number | undefined;
}

export type Answer =
  | { kind: "answer"; body: object; headers: Headers }
  | { kind: "failure"; failure: MetaFailure };

export interface MetaApi {
  get(path: readonly string[], params: Readonly<Record<string, unknown>>): Promise<Answer>;
  /** The page behind `paging.next`, asked of our own host with our own token whatever the address says. */
  follow(next: string): Promise<Answer>;
  post(path: readonly string[], fields: Readonly<Record<string, string | number>>): Promise<Answer>;
}

/** @throws PlatformError `auth` without a token, `invalid` for an address that would carry the token in the clear. */
export function createMetaApi(options: MetaApiOptions): MetaApi {
  // Never the SDK's own version: v24.0 has left Meta's list of supported Marketing API versions.
  const { token, appSecret, version = metaManifest.apiVersion, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  if (token === "") throw platformError(failureOf("auth", "no access token is set for Meta"));
  const base = baseOf(options.baseUrl ?? GRAPH_URL);
  const proof = appSecret === undefined ? null : createHmac("sha256", appSecret).update(token).digest("hex");
  const secrets = [token, appSecret, proof].filter((secret) => typeof secret === "string");
  // false: no crash reporter, which would install a process-wide handler and post stack traces to Meta.
  const sdk = new FacebookAdsApi(token, "en_US", false);

  async function call(
    method: "GET" | "POST",
    url: URL,
    fields: Readonly<Record<string, unknown>>,
  ): Promise<Answer> {
    url.searchParams.set("access_token", token);
    if (proof !== null) url.searchParams.set("appsecret_proof", proof);
    const outcome = await onWire(timeoutMs, () => sdk.call<unknown>(method, url.href, fields));
    const { wire } = outcome;
    if (outcome.kind === "threw") {
      return { kind: "failure", failure: failureFrom(graphErrorIn(outcome.error), wire, secrets) };
    }
    const body = outcome.value;
    if (typeof body !== "object" || body === null || "error" in body) {
      const error = typeof body === "object" && body !== null && "error" in body ? body.error : null;
      return { kind: "failure", failure: failureFrom(error, wire, secrets) };
    }
    return { kind: "answer", body, headers: wire.headers };
  }

  return {
    async get(path, params) {
      const url = new URL([version, ...path].join("/"), base);
      for (const [name, value] of Object.entries(params)) {
        url.searchParams.set(name, typeof value === "object" ? JSON.stringify(value) : String(value));
      }
      return await call("GET", url, {});
    },
    async follow(next) {
      if (!URL.canParse(next))
        return { kind: "failure", failure: failureOf("malformed", "Meta's next page has no address") };
      // Only path and query are taken over: a path of two slashes stays a path this way.
      const { pathname, search } = new URL(next);
      const url = Object.assign(new URL(base), { pathname, search });
      return await call("GET", url, {});
    },
    post: async (path, fields) => await call("POST", new URL([version, ...path].join("/"), base), fields),
  };
}

/** The SDK does not export its error class, so it is known by name; only Graph's own error object is taken from it. */
function graphErrorIn(error: unknown): unknown {
  return error instanceof Error && error.name === "FacebookRequestError" && "response" in error
    ? error.response
    : null;
}

function baseOf(baseUrl: string): URL {
  const base = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  const safe =
    base?.protocol === "https:" || (base?.protocol === "http:" && LOOPBACK_HOSTS.includes(base.hostname));
  if (base !== null && safe) return base;
  throw platformError(failureOf("invalid", "Meta's address must be https, or http on this machine"));
}
