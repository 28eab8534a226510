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
 * @throws CredentialsError naming the variable that is missing.
 */
export function googleCredentials(env: Environment): GoogleApiOptions {
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
  const [name, what] = REQUIRED[field];
  const value = unlessEmpty(env[name]);
  if (value !== undefined) return value;
  throw new CredentialsError(`no Google ${words(field)}: set ${name} to ${what}`);
}

/** `developerToken` as people read it. */
function words(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function unlessEmpty(value: string | undefined): string | undefined {
  const text = value?.trim() ?? "";
  return text === "" ? undefined : text;
}
