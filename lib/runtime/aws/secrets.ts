/** Secrets Manager: JSON objects of texts, kept for five minutes, never in a log or an error. */
import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { z } from "zod";
import { RuntimeError } from "../errors.ts";

/** A rotated secret is in use everywhere after this long; one that a platform refuses is dropped at once. */
const KEEP_MS = 5 * 60_000;

export type SecretValues = Readonly<Record<string, string>>;

export interface Secrets {
  /**
   * The values of the secret of that name or ARN.
   * @throws RuntimeError `secret.missing`, `secret.malformed`, `secret.unreachable`, naming the secret alone.
   */
  values(name: string): Promise<SecretValues>;
  /** The next `values` asks again. */
  drop(name: string): void;
}

const valuesSchema = z.record(z.string(), z.string());

interface Kept {
  values: Promise<SecretValues>;
  untilMs: number;
}

/** `nowMs` measures how long a secret has been kept. */
export function awsSecrets(client: SecretsManagerClient, nowMs: () => number): Secrets {
  const kept = new Map<string, Kept>();
  return {
    async values(name) {
      const known = kept.get(name);
      if (known !== undefined && nowMs() < known.untilMs) return await known.values;
      const values = readSecret(client, name);
      const fresh = { values, untilMs: nowMs() + KEEP_MS };
      kept.set(name, fresh);
      try {
        return await values;
      } catch (error) {
        if (kept.get(name) === fresh) kept.delete(name);
        throw error;
      }
    },
    drop(name) {
      kept.delete(name);
    },
  };
}

async function readSecret(client: SecretsManagerClient, name: string): Promise<SecretValues> {
  return parsed(name, await secretText(client, name));
}

async function secretText(client: SecretsManagerClient, name: string): Promise<string> {
  try {
    return (await client.send(new GetSecretValueCommand({ SecretId: name }))).SecretString ?? "";
  } catch (error) {
    // Named fields only: an error may carry the request, and one day the answer.
    const reason = error instanceof Error ? error.name : "unknown";
    if (reason === "ResourceNotFoundException") {
      throw new RuntimeError("secret.missing", `secret ${name} does not exist or has no value yet`);
    }
    throw new RuntimeError("secret.unreachable", `secret ${name} cannot be read: ${reason}`);
  }
}

function parsed(name: string, text: string): SecretValues {
  try {
    return valuesSchema.parse(JSON.parse(text));
  } catch {
    throw new RuntimeError("secret.malformed", `secret ${name} is not a JSON object of texts`);
  }
}
