import { S3Client } from "@aws-sdk/client-s3";
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";
import { mockClient } from "aws-sdk-client-mock";
import { describe, expect, it, onTestFinished } from "vitest";
import { configOn } from "../../../lib/loop/config.ts";
import type { BrandConfig } from "../../../lib/loop/ports.ts";
import { loadPublished } from "../../../lib/loop/publish.ts";
import { systemClock } from "../../../lib/runtime/clock.ts";
import { checkDeadLetters, checkSecrets } from "../../../lib/runtime/doctor/deployment.ts";
import { SANDBOX_READ_TOKEN, SANDBOX_TOKEN } from "../../../lib/sandbox/index.ts";
import { aDeployment, BRAND } from "../../support/aws-deployment.ts";
import { refusal } from "../../support/aws-memory.ts";
import { aBrand } from "../../support/snapshot.ts";

const OPTIONS = { region: "local", credentials: { accessKeyId: "local", secretAccessKey: "local" } };
const ALL = ["palier/meta/read", "palier/google/read", "palier/slack", "palier/revenue"];

/** Which secrets exist, and which of them have a value. */
function someSecrets(withValue: readonly string[], empty: readonly string[] = []) {
  const client = new SecretsManagerClient(OPTIONS);
  const mock = mockClient(client);
  onTestFinished(() => mock.restore());
  mock.on(DescribeSecretCommand).callsFake(({ SecretId }) => {
    if (withValue.includes(SecretId)) return { VersionIdsToStages: { v1: ["AWSCURRENT"] } };
    if (empty.includes(SecretId)) return {};
    throw new ResourceNotFoundException({ message: "no", $metadata: { httpStatusCode: 400 } });
  });
  return { client, mock };
}

function someQueues(messages: Readonly<Record<string, string>>): SQSClient {
  const client = new SQSClient(OPTIONS);
  const mock = mockClient(client);
  onTestFinished(() => mock.restore());
  mock.on(GetQueueUrlCommand).callsFake(({ QueueName }) => {
    if (messages[QueueName] === undefined) throw refusal("QueueDoesNotExist", 400);
    return { QueueUrl: `https://sqs.test/${QueueName}` };
  });
  mock.on(GetQueueAttributesCommand).callsFake(({ QueueUrl }) => ({
    Attributes: { ApproximateNumberOfMessages: messages[QueueUrl.split("/").at(-1)] },
  }));
  return client;
}

const EMPTY_QUEUES = { "palier-observe-dlq.fifo": "0", "palier-apply-dlq.fifo": "0" };

function byCheck(findings: Awaited<ReturnType<typeof checkSecrets>>) {
  return findings.map(({ subject, status }) => `${subject} ${status}`);
}

describe("lib/runtime/doctor/deployment", () => {
  const brand = aBrand({ shop: { source: "push" } });

  it("wants what reads at once, and what writes and what answers once a rule has left shadow", async () => {
    const none = await checkSecrets(someSecrets([], ["palier/meta/write"]).client, {
      brand,
      leftShadow: false,
    });
    expect(byCheck(none)).toEqual([
      "palier/meta/read failed",
      "palier/meta/write ok",
      "palier/slack warning",
      "palier/revenue failed",
    ]);
    const later = await checkSecrets(someSecrets([], ["palier/meta/read"]).client, {
      brand,
      leftShadow: true,
    });
    expect(byCheck(later)).toEqual([
      "palier/meta/read failed",
      "palier/meta/write failed",
      "palier/slack failed",
      "palier/revenue failed",
    ]);
  });

  it("warns of a credential that writes while every rule is only watched", async () => {
    const { client } = someSecrets([...ALL, "palier/meta/write"]);
    const early = await checkSecrets(client, { brand, leftShadow: false });
    expect(byCheck(early)).toContain("palier/meta/write warning");
    const late = await checkSecrets(client, { brand, leftShadow: true });
    expect(byCheck(late).every((line) => line.endsWith(" ok"))).toBe(true);
  });

  it("asks no shop's key of a brand without a shop that pushes, and says where it may not look", async () => {
    const { client, mock } = someSecrets(ALL);
    mock.on(DescribeSecretCommand).rejects(refusal("AccessDeniedException", 400));
    const findings = await checkSecrets(client, { brand: aBrand({ shop: null }), leftShadow: true });
    expect(byCheck(findings)).toEqual([
      "palier/meta/read warning",
      "palier/meta/write warning",
      "palier/slack warning",
    ]);
  });

  it("fails over dead letters, and warns of a queue that does not tell", async () => {
    expect(byCheck(await checkDeadLetters(someQueues(EMPTY_QUEUES)))).toEqual([
      "palier-observe-dlq.fifo ok",
      "palier-apply-dlq.fifo ok",
    ]);
    expect(await checkDeadLetters(someQueues({ "palier-observe-dlq.fifo": "3" }))).toMatchObject([
      { status: "failed", found: "3 dead letters" },
      { status: "warning" },
    ]);
  });
});

describe("lib/runtime/doctor/deployed", () => {
  /** A deployment on the sandbox's world, and what its check-up finds with these tokens for reading. */
  async function aCheckedDeployment() {
    const deployment = await aDeployment();
    const { world, table: dynamo, store, log, blobs } = deployment;
    const { url, grpcPort } = world;
    // Loaded with the platforms that the deployment's functions load anew, so that their errors are of one class.
    const { examineDeployed } = await import("../../../lib/runtime/doctor/deployed.ts");
    const { platformLoader } = await import("../../../lib/runtime/platforms.ts");
    async function examined(token: string, onDisk?: BrandConfig, withValue: readonly string[] = ALL) {
      const { client: secrets, mock } = someSecrets(withValue);
      mock.on(GetSecretValueCommand).callsFake(({ SecretId }) => ({
        SecretString: JSON.stringify(
          SecretId.includes("meta")
            ? { PALIER_META_TOKEN: token, PALIER_META_URL: url }
            : {
                // On plain gRPC the developer token tells the sandbox who asks.
                PALIER_GOOGLE_DEVELOPER_TOKEN: token,
                PALIER_GOOGLE_CLIENT_ID: token,
                PALIER_GOOGLE_CLIENT_SECRET: token,
                PALIER_GOOGLE_REFRESH_TOKEN: token,
                PALIER_GOOGLE_URL: url,
                PALIER_GOOGLE_GRPC_PORT: String(grpcPort),
              },
        ),
      }));
      const sqs = someQueues(EMPTY_QUEUES);
      const target = { name: "dev", account: "000000000000", region: "local" };
      const clients = { dynamo, s3: new S3Client(OPTIONS), secrets, sqs };
      const stage = { target, clients, bucket: "blobs", store, blobs, log, clock: systemClock() };
      const findings = await examineDeployed({
        stage,
        onDisk: onDisk ?? (await publishedConfig()),
        openPlatform: async (id, values) => await platformLoader(values, null)(id),
        // The world's clock stands in 2026 for everybody but the server that answers.
        wallMs: () => performance.timeOrigin + performance.now(),
        slack: null,
      });
      return findings;
    }
    async function publishedConfig() {
      const { published } = await log.state(BRAND);
      return configOn(await loadPublished(blobs, published?.sourceHash ?? ""), "2026-03-11");
    }
    return { ...deployment, examined, publishedConfig };
  }

  it("finds a deployment well whose credentials only read, and fails one whose may write", async () => {
    const { examined } = await aCheckedDeployment();
    const well = await examined(SANDBOX_READ_TOKEN);
    const notOk = (findings: typeof well) => findings.filter(({ status }) => status !== "ok");
    expect(notOk(well)).toMatchObject([{ check: "log.nights", found: "no night was planned yet" }]);
    expect(well).toContainEqual(expect.objectContaining({ check: "published.source", status: "ok" }));
    const writing = notOk(await examined(SANDBOX_TOKEN));
    expect(writing.filter(({ status }) => status === "failed")).toMatchObject([
      { check: "access.reach", subject: "meta/1001" },
      { check: "access.reach", subject: "google/2000000002" },
    ]);
  });

  it("warns where the files on the disk are others, and fails where nothing is published or a secret is refused", async () => {
    const { examined, publishedConfig } = await aCheckedDeployment();
    const config = await publishedConfig();
    const other = config.source.brandText.replace("Atelier Lune", "Atelier");
    const edited = configOn({ ...config.source, brandText: other }, "2026-03-11");
    expect(await examined("another", edited)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ check: "published.source", status: "warning" }),
        expect.objectContaining({ check: "account.readable", subject: "meta/1001", status: "failed" }),
        expect.objectContaining({ check: "access.told", subject: "google/2000000002", status: "failed" }),
      ]),
    );
    const unpublished = { ...config, brand: { ...config.brand, id: "maison-sel" } };
    expect(await examined(SANDBOX_READ_TOKEN, unpublished)).toContainEqual(
      expect.objectContaining({ check: "published.source", subject: "maison-sel", status: "failed" }),
    );
  });
});
