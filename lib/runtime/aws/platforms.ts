/** Platforms opened with the secrets of this function: read ones for `observe`, write ones for `apply`. */
import { CredentialsError } from "../../platforms/errors.ts";
import type { Platform } from "../../platforms/port.ts";
import { RuntimeError } from "../errors.ts";
import type { Secrets, SecretValues } from "./secrets.ts";

/** How a platform is opened with the values of its secret. */
export type OpenPlatform = (id: string, values: SecretValues) => Promise<Platform>;

export interface SecretPlatforms {
  /** @throws CredentialsError for a secret that is missing or cannot be used: that platform cannot be read, others can. */
  open(id: string): Promise<Platform>;
  /** The platform refused the credentials: the secret is read anew next time, because it may have been rotated. */
  refused(id: string): void;
}

interface Opened {
  values: SecretValues;
  platform: Promise<Platform>;
}

/**
 * A platform is kept while its secret is, so that runs in one container share its access token.
 * `names` are the secrets by platform id.
 */
export function secretPlatforms(
  secrets: Secrets,
  names: Readonly<Record<string, string>>,
  open: OpenPlatform,
): SecretPlatforms {
  const opened = new Map<string, Opened>();
  return {
    async open(id) {
      const values = await valuesOf(secrets, names, id);
      const known = opened.get(id);
      if (known?.values === values) return await known.platform;
      const platform = open(id, values);
      opened.set(id, { values, platform });
      return await platform;
    },
    refused(id) {
      const name = names[id];
      if (name !== undefined) secrets.drop(name);
    },
  };
}

async function valuesOf(
  secrets: Secrets,
  names: Readonly<Record<string, string>>,
  id: string,
): Promise<SecretValues> {
  const name = names[id];
  if (name === undefined) {
    throw new CredentialsError(id, `no secret for platform "${id}": name one in PALIER_PLATFORM_SECRETS`);
  }
  try {
    return await secrets.values(name);
  } catch (error) {
    if (error instanceof RuntimeError) throw new CredentialsError(id, error.message);
    throw error;
  }
}
