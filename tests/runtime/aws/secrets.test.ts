import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it, onTestFinished } from "vitest";
import { CredentialsError } from "../../../lib/platforms/errors.ts";
import type { Platform } from "../../../lib/platforms/port.ts";
import { secretPlatforms } from "../../../lib/runtime/aws/platforms.ts";
import { awsSecrets } from "../../../lib/runtime/aws/secrets.ts";
import { memorySecrets, refusal } from "../../support/aws-memory.ts";

const NAME = "palier/meta/read";
const TOKEN = "EAAB-very-secret";

function aVault(values: Record<string, string | Error> = { [NAME]: `{"PALIER_META_TOKEN":"${TOKEN}"}` }) {
  const client = new SecretsManagerClient({ region: "local" });
  const manager = memorySecrets(values, client);
  onTestFinished(() => manager.mock.restore());
  const time = { nowMs: 1_000_000 };
  return { ...manager, values, time, secrets: awsSecrets(client, () => time.nowMs) };
}

describe("lib/runtime/aws/secrets", () => {
  it("asks once for five minutes, also for many at once", async () => {
    const { secrets, asked, time } = aVault();
    await Promise.all([secrets.values(NAME), secrets.values(NAME)]);
    time.nowMs += 299_999;
    expect(await secrets.values(NAME)).toEqual({ PALIER_META_TOKEN: TOKEN });
    expect(asked).toHaveLength(1);
    time.nowMs += 1;
    await secrets.values(NAME);
    expect(asked).toHaveLength(2);
  });

  it("asks again at once for one that was dropped, and for one that could not be read", async () => {
    const { secrets, asked, values } = aVault();
    await secrets.values(NAME);
    secrets.drop(NAME);
    values[NAME] = refusal("InternalServiceError", 500);
    await expect(secrets.values(NAME)).rejects.toMatchObject({ code: "secret.unreachable" });
    values[NAME] = "{}";
    expect(await secrets.values(NAME)).toEqual({});
    expect(asked).toHaveLength(3);
  });

  it.each([
    ["secret.missing", {}],
    ["secret.malformed", { [NAME]: `token ${TOKEN}` }],
    ["secret.malformed", { [NAME]: `{"PALIER_META_TOKEN":{"nested":"${TOKEN}"}}` }],
    ["secret.unreachable", { [NAME]: refusal(`AccessDenied`, 400) }],
  ])("throws %s without a word of what stands in it", async (code, values) => {
    const { secrets } = aVault(values);
    const error = await secrets.values(NAME).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code });
    expect(String(error)).toContain(NAME);
    expect(JSON.stringify(error) + String(error)).not.toContain(TOKEN);
  });
});

/** Platforms that are only told apart. */
function opener(names: Record<string, string> = { meta: NAME }, values?: Record<string, string | Error>) {
  const vault = aVault(values);
  const opened: unknown[] = [];
  const platforms = secretPlatforms(vault.secrets, names, async (id, env) => {
    opened.push([id, env]);
    return {} as Platform;
  });
  return { ...vault, platforms, opened };
}

describe("lib/runtime/aws/platforms", () => {
  it("opens a platform once while its secret is kept, with the secret as its whole environment", async () => {
    const { platforms, opened, time } = opener();
    const first = await platforms.open("meta");
    expect(await platforms.open("meta")).toBe(first);
    expect(opened).toEqual([["meta", { PALIER_META_TOKEN: TOKEN }]]);
    time.nowMs += 300_000;
    expect(await platforms.open("meta")).not.toBe(first);
  });

  it("takes the rotated secret after a platform has refused the old one", async () => {
    const { platforms, opened, values } = opener();
    await platforms.open("meta");
    values[NAME] = '{"PALIER_META_TOKEN":"rotated"}';
    await platforms.open("meta");
    expect(opened).toHaveLength(1);
    platforms.refused("meta");
    await platforms.open("meta");
    expect(opened[1]).toEqual(["meta", { PALIER_META_TOKEN: "rotated" }]);
  });

  it.each([
    ["whose secret is not named", {}, undefined],
    ["whose secret has no value yet", { meta: NAME }, {}],
  ])("reports a platform %s as one without credentials, so that others go on", async (_, names, values) => {
    const { platforms } = opener(names as Record<string, string>, values);
    const error = await platforms.open("meta").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CredentialsError);
    expect(error).toMatchObject({ details: { platform: "meta", kind: "auth" } });
  });
});
