/** Google Ads in a served sandbox world, asked through the official client and by plain `fetch`. */
import { GoogleAdsApi } from "google-ads-api";
import { grpc } from "google-gax";
import { SANDBOX_TOKEN } from "../../lib/sandbox/index.ts";
import type { FaultKind } from "../../lib/sandbox/model.ts";
import { aServedWorld, type GraphBody, type ServedWorld } from "./sandbox.ts";

export const ACCOUNT = "customers/2000000002";
/** Ids of the world with seed 1. */
export const BUDGETS = {
  brand: `${ACCOUNT}/campaignBudgets/11521288401`,
  shared: `${ACCOUNT}/campaignBudgets/11521288402`,
  candles: `${ACCOUNT}/campaignBudgets/11521288403`,
  total: `${ACCOUNT}/campaignBudgets/11521288407`,
  removed: `${ACCOUNT}/campaignBudgets/11521288409`,
};
export const CAMPAIGNS = {
  gifts: `${ACCOUNT}/campaigns/21521288402`,
  decoration: `${ACCOUNT}/campaigns/21521288403`,
  candles: `${ACCOUNT}/campaigns/21521288404`,
  removed: `${ACCOUNT}/campaigns/21521288410`,
};

/** Longer than any answer takes, shorter than anybody likes to wait. */
const TIMEOUT_MS = 5_000;

export interface GoogleAnswer {
  status: number;
  body: GraphBody;
}

export interface GoogleWorld extends ServedWorld {
  /** The official client's customer, whose private seams lead to the sandbox. */
  // biome-ignore lint/suspicious/noExplicitAny: the client's own types leave out what it takes and answers.
  customer: any;
  /** One query by plain HTTP. */
  ask(
    query: string,
    options?: { call?: string; body?: object; headers?: Record<string, string | undefined> },
  ): Promise<GoogleAnswer>;
  /** The rows of a query by plain HTTP. */
  rows(query: string): Promise<GraphBody[]>;
  /** The `error_code` of the first error that a query is refused with. */
  refusalOf(query: string): Promise<GraphBody>;
  fault(method: "POST" | "GRPC", path: string, fault: FaultKind): Promise<void>;
}

/** `timeoutMs` is the client's deadline of one gRPC call. */
export async function aGoogleWorld({ timeoutMs = TIMEOUT_MS } = {}): Promise<GoogleWorld> {
  const served = await aServedWorld();
  const address = `${served.url}/v25/${ACCOUNT}`;
  async function ask(
    query: string,
    {
      call = "googleAds:searchStream",
      body = {},
      headers = {},
    }: Parameters<GoogleWorld["ask"]>[1] & object = {},
  ) {
    const sent = {
      authorization: `Bearer ${await accessToken(served.url)}`,
      "developer-token": SANDBOX_TOKEN,
      ...headers,
    };
    const response = await fetch(`${address}/${call}`, {
      method: "POST",
      headers: Object.entries(sent).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
      body: JSON.stringify({ query, ...body }),
    });
    const answer: GraphBody = await response.json();
    return { status: response.status, body: answer };
  }
  return {
    ...served,
    ask,
    async rows(query) {
      const { body } = await ask(query);
      return body.flatMap((chunk: GraphBody) => chunk.results ?? []);
    },
    async refusalOf(query) {
      const { body } = await ask(query);
      return body[0].error.details[0].errors[0].errorCode;
    },
    async fault(method, path, fault) {
      await served.client.fault({ method, path, fault });
    },
    customer: customerOf(served, timeoutMs),
  };
}

function customerOf({ url, grpcPort }: ServedWorld, timeoutMs: number): GoogleWorld["customer"] {
  const sdk = new GoogleAdsApi({
    client_id: SANDBOX_TOKEN,
    client_secret: SANDBOX_TOKEN,
    developer_token: SANDBOX_TOKEN,
    disable_parsing: true,
    grpc_channel_options: { servicePath: "127.0.0.1", port: grpcPort, clientConfig: onceOnly(timeoutMs) },
  });
  const customer: GoogleWorld["customer"] = sdk.Customer({
    customer_id: "2000000002",
    refresh_token: SANDBOX_TOKEN,
  });
  const prepare = customer.prepareGoogleAdsServicePostRequestArgs.bind(customer);
  Object.assign(customer, {
    getCredentials: () => grpc.credentials.createInsecure(),
    getAccessToken: async () => await accessToken(url),
    prepareGoogleAdsServicePostRequestArgs(...args: unknown[]) {
      const prepared = prepare(...args);
      return { ...prepared, url: prepared.url.replace("https://googleads.googleapis.com", url) };
    },
  });
  return customer;
}

/** One attempt with a deadline, where the client's own configuration repeats for ten minutes. */
function onceOnly(timeoutMs: number): object {
  const once = {
    initial_retry_delay_millis: 100,
    retry_delay_multiplier: 1,
    max_retry_delay_millis: 100,
    initial_rpc_timeout_millis: timeoutMs,
    rpc_timeout_multiplier: 1,
    max_rpc_timeout_millis: timeoutMs,
    total_timeout_millis: timeoutMs,
  };
  const method = { timeout_millis: timeoutMs, retry_codes_name: "none", retry_params_name: "once" };
  const service = (name: string) => ({
    retry_codes: { none: [] },
    retry_params: { once },
    methods: { [name]: method },
  });
  return {
    interfaces: {
      "google.ads.googleads.v25.services.CampaignBudgetService": service("MutateCampaignBudgets"),
      "google.ads.googleads.v25.services.CampaignService": service("MutateCampaigns"),
    },
  };
}

export async function tokenAnswer(url: string, form: Record<string, string> = {}): Promise<GoogleAnswer> {
  const body = new URLSearchParams({
    grant_type: "refresh_token",
    client_id: SANDBOX_TOKEN,
    client_secret: SANDBOX_TOKEN,
    refresh_token: SANDBOX_TOKEN,
    ...form,
  });
  const response = await fetch(`${url}/token`, { method: "POST", body });
  return { status: response.status, body: await response.json() };
}

async function accessToken(url: string): Promise<string> {
  return (await tokenAnswer(url)).body.access_token;
}

/** What a call throws, whatever it is: the client's failures are no errors. Their enum values are given by name. */
export async function thrownBy(call: Promise<unknown>): Promise<GraphBody> {
  return await call.then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error : plain(error)),
  );
}

/** One of the client's messages as JSON writes it. */
export function plain(message: unknown): GraphBody {
  return JSON.parse(JSON.stringify(message));
}
