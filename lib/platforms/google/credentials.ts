/** Google's credentials as they stand in the environment. Only this adapter ever sees them. */
import { CredentialsError } from "../errors.ts";
import type { Environment } from "../port.ts";
import type { GoogleApiOptions } from "./api.ts";

const REQUIRED = {
  developerToken: [
    "PALIER_GOOGLE_DEVELOPER_TOKEN",
    "the developer token of your manager account's API Center",
  ],
  clientId: ["PALIER_GOOGLE_CLIENT_ID", "the OAuth client's id from the Google Cloud console"],
  clientSecret: ["PALIER_GOOGLE_CLIENT_SECRET", "the OAuth client's secret from the Google Cloud console"],
  refreshToken: ["PALIER_GOOGLE_REFRESH_TOKEN", "a refresh token of a user who may see the account"],
} as const;

/**
 * The four variables above, and optionally `PALIER_GOOGLE_LOGIN_CUSTOMER_ID` (the manager account, where the account is reached
 * through one) and `PALIER_GOOGLE_URL` with `PALIER_GOOGLE_GRPC_PORT` (a loopback address that stands in for Google, for tests
 * and training).
 * @throws CredentialsError naming every variable that is missing.
 */
export function googleCredentials(env: Environment): GoogleApiOptions {
  const missing = Object.values(REQUIRED).filter(([name]) => unlessEmpty(env[name]) === undefined);
  if (missing.length > 0) {
    const list = missing.map(([name, what]) => `${name} to ${what}`).join("; ");
    throw new CredentialsError("google", `no access to Google Ads: set ${list}`);
  }
  const url = unlessEmpty(env.PALIER_GOOGLE_URL);
  return {
    developerToken: required(env, "developerToken"),
    clientId: required(env, "clientId"),
    clientSecret: required(env, "clientSecret"),
    refreshToken: required(env, "refreshToken"),
    loginCustomerId: unlessEmpty(env.PALIER_GOOGLE_LOGIN_CUSTOMER_ID),
    standIn: url === undefined ? undefined : { url, grpcPort: Number(env.PALIER_GOOGLE_GRPC_PORT ?? "") },
  };
}

function required(env: Environment, field: keyof typeof REQUIRED): string {
  return unlessEmpty(env[REQUIRED[field][0]]) ?? "";
}

function unlessEmpty(value: string | undefined): string | undefined {
  const text = value?.trim() ?? "";
  return text === "" ? undefined : text;
}
