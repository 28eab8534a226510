/** Meta's credentials as they stand in the environment. Only this adapter ever sees them. */
import { CredentialsError } from "../errors.ts";
import type { Environment } from "../port.ts";
import type { MetaApiOptions } from "./api.ts";

/**
 * `PALIER_META_TOKEN`, and optionally `PALIER_META_APP_SECRET`, `PALIER_META_VERSION` and `PALIER_META_URL` (a loopback
 * address that stands in for Meta, for tests and training).
 * @throws CredentialsError without a token.
 */
export function metaCredentials(env: Environment): MetaApiOptions {
  const token = env.PALIER_META_TOKEN?.trim() ?? "";
  if (token === "") {
    throw new CredentialsError(
      "meta",
      "no Meta access token: set PALIER_META_TOKEN to a system user's token that may read the account",
    );
  }
  return {
    token,
    appSecret: unlessEmpty(env.PALIER_META_APP_SECRET),
    version: unlessEmpty(env.PALIER_META_VERSION),
    baseUrl: unlessEmpty(env.PALIER_META_URL),
  };
}

function unlessEmpty(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
