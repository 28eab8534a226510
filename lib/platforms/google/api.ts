/** The Google Ads API over its SDK: queries over REST, single mutates over gRPC, failures as values. */
import { type Customer, enums } from "google-ads-api";
import { createCustomer, type StandIn } from "./customer.ts";
import {
  failureFromThrown,
  failureFromWire,
  failureOf,
  type GoogleFailure,
  platformError,
} from "./errors.ts";
import { fieldOf, fieldsIn } from "./fields.ts";
import { digitsOf } from "./gaql.ts";
import { createTokenSource } from "./tokens.ts";
import { onWire } from "./transport.ts";

const DEFAULT_TIMEOUT_MS = 20_000;
/** The library's own deadline comes first; this one holds should it not come at all. */
const SPARE_MS = 1_000;
const TOKEN_URL = "https://oauth2.googleapis.com/token";
const LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"];

export interface GoogleApiOptions {
  developerToken: string;
  clientId: string;
  clientSecret: string;
  refreshToken: string;
  /** Manager account through which the accounts are reached, with or without dashes. */
  loginCustomerId?: string | undefined;
  /** A server that stands in for Google, such as the sandbox; only on this machine. */
  standIn?: { url: string; grpcPort: number } | undefined;
  timeoutMs?: number | undefined;
}

export type Answer<T> = { kind: "answer"; value: T } | { kind: "failure"; failure: GoogleFailure };

/** One field of one resource, by its resource name. */
export type Mutation =
  | { resource: "campaignBudget"; name: string; amountMicros: number }
  | { resource: "campaign"; name: string; status: "ENABLED" | "PAUSED" };

export interface GoogleApi {
  /** All rows of a query. Throws for nothing but an account that is no number. */
  query(accountId: string, gaql: string): Promise<Answer<unknown[]>>;
  /** One mutate with one operation; answers with the names of what was changed, none when it only asks. As above. */
  mutate(accountId: string, mutation: Mutation, validateOnly: boolean): Promise<Answer<string[]>>;
  /** Google's clock at the newest answer to a query; null where none told. */
  serverMs(): number | null;
}

/** @throws PlatformError `auth` for an empty credential, `invalid` for an address that is not on this machine. */
export function createGoogleApi(options: GoogleApiOptions): GoogleApi {
  const { developerToken, clientId, clientSecret, refreshToken, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  for (const [name, value] of Object.entries({ developerToken, clientId, clientSecret, refreshToken })) {
    if (value === "") throw platformError(failureOf("auth", `no ${name} is set for Google`));
  }
  const standIn = options.standIn === undefined ? null : standInOf(options.standIn);
  const url = standIn === null ? TOKEN_URL : `${standIn.url}/token`;
  const tokens = createTokenSource({ url, clientId, clientSecret, refreshToken, timeoutMs });
  const loginCustomerId =
    options.loginCustomerId === undefined ? undefined : digitsOf(options.loginCustomerId.replaceAll("-", ""));
  const settings = { ...options, loginCustomerId, standIn, tokens, timeoutMs };
  const customers = new Map<string, Customer>();
  let serverMs: number | null = null;
  // Fails now, not in the middle of a night, when the SDK cannot be used.
  createCustomer("0", settings);

  function customerOf(accountId: string): Customer {
    const customer = customers.get(accountId) ?? createCustomer(digitsOf(accountId), settings);
    customers.set(accountId, customer);
    return customer;
  }

  function failed(failure: GoogleFailure): { kind: "failure"; failure: GoogleFailure } {
    if (failure.kind === "auth") tokens.drop();
    return { kind: "failure", failure };
  }

  const secrets = () => [developerToken, clientSecret, refreshToken, ...tokens.issued()];

  return {
    async query(accountId, gaql) {
      const customer = customerOf(accountId);
      const grant = await tokens.get();
      if (grant.kind === "failure") return grant;
      const outcome = await onWire(timeoutMs, grant.token, () => customer.query<unknown[]>(gaql));
      if (outcome.kind === "failed") return failed(failureFromWire(outcome.wire, secrets()));
      serverMs = outcome.serverMs ?? serverMs;
      return { kind: "answer", value: outcome.value };
    },
    async mutate(accountId, mutation, validateOnly) {
      const customer = customerOf(accountId);
      // Fetched before the call: a failure to get it then proves that nothing was sent.
      const grant = await tokens.get();
      if (grant.kind === "failure") return grant;
      try {
        const call = callOf(customer, mutation, validateOnly);
        const answer = await withDeadline(timeoutMs + SPARE_MS, call);
        const names = fieldsIn(fieldOf(answer, "results")).map((result) => fieldOf(result, "resource_name"));
        return { kind: "answer", value: names.filter((name) => typeof name === "string") };
      } catch (error) {
        return failed(failureFromThrown(error, secrets()));
      }
    },
    serverMs: () => serverMs,
  };
}

/**
 * The SDK's service is built here, which takes a second the first time and is no part of the call. A failure of the one
 * operation is a failure of the call.
 */
function callOf(customer: Customer, mutation: Mutation, validateOnly: boolean): () => Promise<unknown> {
  const options = { partial_failure: false, validate_only: validateOnly };
  if (mutation.resource === "campaignBudget") {
    const { campaignBudgets } = customer;
    const { name, amountMicros } = mutation;
    return () => campaignBudgets.update([{ resource_name: name, amount_micros: amountMicros }], options);
  }
  const { campaigns } = customer;
  const status = enums.CampaignStatus[mutation.status];
  return () => campaigns.update([{ resource_name: mutation.name, status }], options);
}

async function withDeadline<T>(ms: number, run: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          Object.assign(new Error("no answer"), { code: DEADLINE_EXCEEDED, details: "no answer in time" }),
        ),
      ms,
    );
  });
  try {
    return await Promise.race([run(), late]);
  } finally {
    clearTimeout(timer);
  }
}

const DEADLINE_EXCEEDED = 4;

/** Credentials go wherever this points, so it may only point here. @throws PlatformError `invalid` */
function standInOf({ url, grpcPort }: { url: string; grpcPort: number }): StandIn {
  const base = URL.canParse(url) ? new URL(url) : null;
  const safe = base !== null && base.protocol === "http:" && LOOPBACK_HOSTS.includes(base.hostname);
  if (!safe) {
    throw platformError(failureOf("invalid", "Google's stand-in must be an http address on this machine"));
  }
  if (!Number.isInteger(grpcPort) || grpcPort < 1 || grpcPort > 65_535) {
    throw platformError(failureOf("invalid", "Google's stand-in needs the port on which it speaks gRPC"));
  }
  return { url: base.href.replace(/\/+$/, ""), host: base.hostname, grpcPort };
}
