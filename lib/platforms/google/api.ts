/**
 * The Google Ads API over its SDK: queries over REST, single mutates and the list of accounts over gRPC, failures as values.
 */
import { type Customer, enums } from "google-ads-api";
import { accessibleCustomers, createCustomer, type StandIn } from "./customer.ts";
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
/** Where the SDK wants an account and the call has none. */
const NO_CUSTOMER = "0";
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
  /** Ids of the accounts that the user reaches directly, managers among them. Throws as `query` does. */
  accessible(): Promise<Answer<string[]>>;
  /** The manager account through which everything is reached; null where none is set. */
  loginCustomerId: string | null;
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
  createCustomer(NO_CUSTOMER, settings);

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

  /** One call over gRPC, made once there is a token: a failure to get it then proves that nothing was sent. */
  async function overGrpc(prepare: () => () => Promise<unknown>): Promise<Answer<unknown>> {
    const grant = await tokens.get();
    if (grant.kind === "failure") return grant;
    try {
      return { kind: "answer", value: await withDeadline(timeoutMs + SPARE_MS, prepare()) };
    } catch (error) {
      return failed(failureFromThrown(error, secrets()));
    }
  }

  return {
    loginCustomerId: loginCustomerId ?? null,
    async accessible() {
      const answer = await overGrpc(() => accessibleCustomers(customerOf(NO_CUSTOMER)));
      return answer.kind === "failure" ? answer : idsIn(answer.value);
    },
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
      const answer = await overGrpc(() => callOf(customer, mutation, validateOnly));
      if (answer.kind === "failure") return answer;
      const names = fieldsIn(fieldOf(answer.value, "results")).map((result) =>
        fieldOf(result, "resource_name"),
      );
      return { kind: "answer", value: names.filter((name) => typeof name === "string") };
    },
    serverMs: () => serverMs,
  };
}

/** What the list of accounts names. A name without a number makes the whole list doubtful. */
function idsIn(answer: unknown): Answer<string[]> {
  const names = fieldsIn(fieldOf(answer, "resource_names"));
  const ids = names.flatMap((name) => /^customers\/(\d{1,20})$/.exec(String(name))?.[1] ?? []);
  if (ids.length === names.length) return { kind: "answer", value: ids };
  return { kind: "failure", failure: failureOf("malformed", "Google lists an account without its number") };
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
