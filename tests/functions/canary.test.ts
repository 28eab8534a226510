/** What functions write and answer when their secrets are wrong, refused or shown in an error: never any part of a secret. */
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { awsSecrets } from "../../lib/runtime/aws/secrets.ts";
import { errorFields } from "../../lib/runtime/aws/telemetry.ts";
import { platformLoader } from "../../lib/runtime/platforms.ts";
import { aUrlEvent } from "../support/aws/function-url.ts";

const CANARY = "canary-8f742231b10e8888";
const ENVIRONMENT = {
  AWS_REGION: "local",
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
  POWERTOOLS_LOG_LEVEL: "DEBUG",
  POWERTOOLS_METRICS_DISABLED: "false",
  PALIER_STAGE: "dev",
  PALIER_BLOBS_BUCKET: "blobs",
  PALIER_OBSERVE_QUEUE_URL: "https://sqs.test/observe.fifo",
  PALIER_APPLY_QUEUE_URL: "https://sqs.test/apply.fifo",
  PALIER_SLACK_SECRET: "palier/slack",
  PALIER_REVENUE_SECRET: "palier/revenue",
};

/** Secrets that fail in one way, and all that the process writes meanwhile. */
function listening(found: { SecretString: string } | Error): () => string {
  const secrets = mockClient(SecretsManagerClient);
  const on = secrets.on(GetSecretValueCommand);
  found instanceof Error ? on.rejects(found) : on.resolves(found);
  for (const [name, value] of Object.entries(ENVIRONMENT)) vi.stubEnv(name, value);
  vi.resetModules();
  const written: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockImplementation((text) => written.push(String(text)) > 0),
  );
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
    secrets.restore();
    vi.unstubAllEnvs();
  });
  return () => written.join("");
}

const AT = String(Math.floor(Date.now() / 1000));
const SLACK = { "x-slack-request-timestamp": AT, "x-slack-signature": `v0=${"0".repeat(64)}` };
const SHOP = {
  "x-palier-brand": "atelier-lune",
  "x-palier-timestamp": AT,
  "x-palier-signature": `v1=${"0".repeat(64)}`,
};

const FAILURES: [string, { SecretString: string } | Error][] = [
  ["is no JSON", { SecretString: `${CANARY}{` }],
  [
    "is JSON of another shape",
    { SecretString: JSON.stringify({ signingSecret: [CANARY], "atelier-lune": {} }) },
  ],
  [
    "is too short",
    { SecretString: JSON.stringify({ signingSecret: CANARY.slice(0, 9), "atelier-lune": CANARY }) },
  ],
  [
    "signs something else",
    { SecretString: JSON.stringify({ signingSecret: CANARY, "atelier-lune": CANARY.repeat(2) }) },
  ],
  ["stands in the service's error", new Error(`no access to ${CANARY}`)],
];

describe("functions", () => {
  it.each(FAILURES)("of the addresses tell nothing of a secret that %s", async (_, found) => {
    const written = listening(found);
    const slack = await import("../../functions/slack.ts");
    const revenue = await import("../../functions/revenue.ts");
    const answers = [
      await slack.handler(aUrlEvent({ headers: SLACK, body: "payload={}" })),
      await revenue.handler(aUrlEvent({ headers: SHOP, body: "{}" })),
    ];
    for (const { statusCode } of answers) expect([401, 503]).toContain(statusCode);
    // Each refusal is told of, so that somebody who only hears nothing is not taken for well.
    expect(written().match(/"service":"(slack|revenue)"/g)).toHaveLength(2);
    expect(written() + JSON.stringify(answers)).not.toContain(CANARY.slice(0, 9));
  });

  it.each(["meta", "google"])(
    "that open %s tell nothing of credentials that are no credentials",
    async (id) => {
      const names = [
        "PALIER_META_TOKEN",
        "PALIER_META_APP_SECRET",
        "PALIER_GOOGLE_DEVELOPER_TOKEN",
        "PALIER_GOOGLE_CLIENT_ID",
        "PALIER_GOOGLE_CLIENT_SECRET",
        "PALIER_GOOGLE_REFRESH_TOKEN",
        "PALIER_GOOGLE_LOGIN_CUSTOMER_ID",
      ];
      const told: string[] = [];
      // One at a time is missing, and the rest are no more than a canary with a line break.
      for (const missing of names) {
        const others = names.filter((name) => name !== missing);
        const values = Object.fromEntries(others.map((name) => [name, `${CANARY}\n`]));
        await platformLoader(
          values,
          null,
        )(id).catch((error) => told.push(JSON.stringify(errorFields(error))));
      }
      expect(told).not.toEqual([]);
      expect(told.join()).not.toContain(CANARY);
    },
  );

  it("keep what a secret holds out of the error that names it", async () => {
    listening({ SecretString: `{"PALIER_META_TOKEN":"${CANARY}"` });
    const error: unknown = await awsSecrets(new SecretsManagerClient({ region: "local" }), () => 0)
      .values("palier/meta/write")
      .catch((reason: unknown) => reason);
    expect(errorFields(error)).toEqual({
      error: "secret.malformed",
      detail: "secret palier/meta/write is not a JSON object of texts",
    });
  });
});
