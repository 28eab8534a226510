/** Credentials come from the environment and go to one adapter; nothing else ever sees them. */
import type { MetaApiOptions } from "../platforms/meta/api.ts";
import { RuntimeError } from "./errors.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Meta's credentials: `PALIER_META_TOKEN`, and optionally `PALIER_META_APP_SECRET`, `PALIER_META_VERSION` and
 * `PALIER_META_URL` (a loopback address that stands in for Meta, for tests and training).
 * @throws RuntimeError `credentials.missing`.
 */
export function metaCredentials(env: Environment): MetaApiOptions {
  const token = env.PALIER_META_TOKEN?.trim() ?? "";
  if (token === "") {
    throw new RuntimeError(
      "credentials.missing",
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
