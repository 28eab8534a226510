/**
 * The SDK's client of one account, with the seams that it has no options for. They are private, so each is looked for before it
 * is replaced: an SDK that lost one would send tokens to another host or wait four hours for an answer.
 */
import { type Customer, GoogleAdsApi, googleAdsVersion } from "google-ads-api";
import { grpc } from "google-gax";
import { failureOf, platformError } from "./errors.ts";
import type { TokenSource } from "./tokens.ts";
import { guarded, tokenOfCall } from "./transport.ts";

const GOOGLE_ADS = "https://googleads.googleapis.com";

/** All that Palier asks over gRPC: its writes, and which accounts a user reaches. */
const SERVICES = {
  CampaignBudgetService: "MutateCampaignBudgets",
  CampaignService: "MutateCampaigns",
  CustomerService: "ListAccessibleCustomers",
};

/** Where the sandbox or a test stands in for Google, on this machine. */
export interface StandIn {
  /** Without a slash at its end. */
  url: string;
  host: string;
  grpcPort: number;
}

export interface CustomerOptions {
  developerToken: string;
  clientId: string;
  clientSecret: string;
  refreshToken: string;
  /** Digits of the manager account through which the account is reached. */
  loginCustomerId?: string | undefined;
  standIn: StandIn | null;
  tokens: TokenSource;
  timeoutMs: number;
}

interface Seams {
  getCredentials(): unknown;
  getAccessToken(): Promise<string>;
  prepareGoogleAdsServicePostRequestArgs(
    functionName: string,
    accessToken: string,
    extra: Readonly<Record<string, unknown>>,
  ): { url: string } & Readonly<Record<string, unknown>>;
}

const SEAMS: readonly (keyof Seams)[] = [
  "getCredentials",
  "getAccessToken",
  "prepareGoogleAdsServicePostRequestArgs",
];

/** How the SDK makes a service, what it sends with each call, and how it reads Google's own failure. */
interface Listing {
  loadService(name: string): {
    listAccessibleCustomers(request: object, options: object): Promise<unknown[]>;
  };
  callHeaders: Readonly<Record<string, string>>;
  getGoogleAdsError(error: unknown): unknown;
}

/** `customerId` in digits. @throws PlatformError `invalid` when the SDK has lost a seam. */
export function createCustomer(customerId: string, options: CustomerOptions): Customer {
  const { developerToken, clientId, clientSecret, refreshToken, loginCustomerId, standIn, timeoutMs } =
    options;
  const sdk = new GoogleAdsApi({
    client_id: clientId,
    client_secret: clientSecret,
    developer_token: developerToken,
    // Parsed rows have ids as lossy numbers and drop enum values that this version does not know.
    disable_parsing: true,
    grpc_channel_options: {
      clientConfig: clientConfig(timeoutMs),
      // A service configuration found in DNS could bring retries back.
      "grpc.service_config_disable_resolution": 1,
      ...(standIn === null ? {} : { servicePath: standIn.host, port: standIn.grpcPort }),
    },
  });
  const customer = sdk.Customer({
    customer_id: customerId,
    refresh_token: refreshToken,
    ...(loginCustomerId === undefined ? {} : { login_customer_id: loginCustomerId }),
  });
  replaceSeams(customer, standIn, options.tokens);
  return customer;
}

/** @throws PlatformError `invalid` naming the seam that is gone. */
export function replaceSeams(customer: object, standIn: StandIn | null, tokens: TokenSource): void {
  const seams = customer as Seams;
  for (const seam of SEAMS) {
    if (typeof seams[seam] !== "function") throw seamGone(seam);
  }
  const prepare = seams.prepareGoogleAdsServicePostRequestArgs.bind(customer);
  Object.assign(seams, {
    getCredentials: () => channelCredentials(standIn, tokens),
    getAccessToken: tokenOfCall,
    prepareGoogleAdsServicePostRequestArgs(...args: Parameters<typeof prepare>) {
      const prepared = prepare(...args);
      const url = standIn === null ? prepared.url : prepared.url.replace(GOOGLE_ADS, standIn.url);
      return guarded({ ...prepared, url });
    },
  } satisfies Record<keyof Seams, unknown>);
}

/**
 * The resource names of the accounts that the user reaches directly. The SDK's own method writes failures, secrets included, to
 * standard output. The service is made at once, the call by the result. @throws whatever the SDK does.
 */
export function accessibleCustomers(customer: object): () => Promise<unknown> {
  const sdk = customer as Listing;
  for (const seam of ["loadService", "getGoogleAdsError"] as const) {
    if (typeof sdk[seam] !== "function") throw seamGone(seam);
  }
  const service = sdk.loadService("CustomerServiceClient");
  return async () => {
    try {
      const headers = sdk.callHeaders;
      const [answer] = await service.listAccessibleCustomers({}, { otherArgs: { headers } });
      return answer;
    } catch (error) {
      throw sdk.getGoogleAdsError(error);
    }
  };
}

/** On loopback nothing is encrypted, and gRPC sends no access token over such a channel. */
function channelCredentials(standIn: StandIn | null, tokens: TokenSource): grpc.ChannelCredentials {
  if (standIn !== null) return grpc.credentials.createInsecure();
  const perCall = grpc.credentials.createFromMetadataGenerator((_, callback) => {
    void tokens.get().then((grant) => {
      if (grant.kind === "failure") {
        // With its status the library says so itself: without one it calls this unknown, though nothing was sent.
        callback(Object.assign(new Error("no access token"), { code: grpc.status.UNAUTHENTICATED }));
        return;
      }
      const metadata = new grpc.Metadata();
      metadata.set("authorization", `Bearer ${grant.token}`);
      callback(null, metadata);
    });
  });
  return grpc.credentials.combineChannelCredentials(grpc.credentials.createSsl(), perCall);
}

function seamGone(seam: string): Error {
  const text = `google-ads-api has no ${seam} any more, so this version of it cannot be used safely`;
  return platformError(failureOf("invalid", text, "seamGone"));
}

/** The SDK's own configuration waits four hours and repeats writes. Its names contain the version, so they follow the SDK's. */
export function clientConfig(timeoutMs: number): object {
  const once = {
    initial_retry_delay_millis: 100,
    retry_delay_multiplier: 1,
    max_retry_delay_millis: 100,
    initial_rpc_timeout_millis: timeoutMs,
    rpc_timeout_multiplier: 1,
    max_rpc_timeout_millis: timeoutMs,
    total_timeout_millis: timeoutMs,
  };
  const interfaces = Object.entries(SERVICES).map(([service, method]) => [
    `google.ads.googleads.${googleAdsVersion}.services.${service}`,
    {
      retry_codes: { none: [] },
      retry_params: { once },
      methods: {
        [method]: { timeout_millis: timeoutMs, retry_codes_name: "none", retry_params_name: "once" },
      },
    },
  ]);
  return { interfaces: Object.fromEntries(interfaces) };
}
