/** A deployment as commands on this machine reach it: its table, its blobs, its secrets, with the credentials of whoever asks. */
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { HeadBucketCommand, ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { s3Blobs } from "../blobs/s3-store.ts";
import type { BlobStore } from "../blobs/store.ts";
import { dynamoStore, TABLE_NAME } from "../log/dynamo-store.ts";
import type { Log } from "../log/log.ts";
import type { LogStore } from "../log/store.ts";
import { openBrandLog } from "./aws/brand-log.ts";
import { type RunningClock, systemClock } from "./clock.ts";
import { RuntimeError } from "./errors.ts";

/** What the bucket's name begins with: the stack's name and the place of the bucket in it, as CloudFormation writes them. */
const BUCKET_PREFIX = "palier-bucketsblobs";
const BUCKET_OUTPUT = "BlobsBucket";

export interface StageTarget {
  name: string;
  /** The 12 digits of the AWS account that the stage is bound to. */
  account: string;
  region: string;
}

export interface StageClients {
  dynamo: DynamoDBClient;
  s3: S3Client;
  secrets: SecretsManagerClient;
  sqs: SQSClient;
}

export interface OpenStage {
  target: StageTarget;
  clients: StageClients;
  bucket: string;
  store: LogStore;
  blobs: BlobStore;
  log: Log;
  clock: RunningClock;
}

export function stageClients({ region }: StageTarget): StageClients {
  const options = { region, maxAttempts: 3 };
  return {
    dynamo: new DynamoDBClient(options),
    s3: new S3Client(options),
    secrets: new SecretsManagerClient(options),
    sqs: new SQSClient(options),
  };
}

/**
 * Makes sure first that the credentials lead to the stage's own account: what is meant for dev must never reach prod. `bucket`
 * is looked up where it is not given.
 * @throws RuntimeError `stage.wrongAccount`, `stage.noBucket`, `stage.unreachable`.
 */
export async function openStage(
  target: StageTarget,
  clients: StageClients,
  bucket: string | null,
): Promise<OpenStage> {
  await checkTable(target, clients.dynamo);
  const found = bucket ?? (await findBucket(target, clients.s3));
  await checkBucket(target, clients.s3, found);
  const store = dynamoStore(clients.dynamo);
  const clock = systemClock();
  // Read whole each time: a command is rare, and only functions write checkpoints.
  const checkpoints = { get: async () => null, put: async () => {} };
  return {
    target,
    clients,
    bucket: found,
    store,
    blobs: s3Blobs(clients.s3, found),
    log: openBrandLog({ store, checkpoints, clock }),
    clock,
  };
}

export function closeStage({ dynamo, s3, secrets, sqs }: StageClients): void {
  for (const client of [dynamo, s3, secrets, sqs]) client.destroy();
}

/** The table's own address names the account, so no further service has to be asked whose the credentials are. */
async function checkTable(target: StageTarget, client: DynamoDBClient): Promise<void> {
  const { Table } = await asked(
    target,
    async () => await client.send(new DescribeTableCommand({ TableName: TABLE_NAME })),
  );
  const account = Table?.TableArn?.split(":").at(4) ?? "unknown";
  if (account === target.account) return;
  throw new RuntimeError(
    "stage.wrongAccount",
    `these AWS credentials lead to account ${account}, and stage ${target.name} is account ${target.account} by ` +
      "infra/stages.json: nothing was done",
  );
}

async function findBucket(target: StageTarget, client: S3Client): Promise<string> {
  const { Buckets = [] } = await asked(
    target,
    async () => await client.send(new ListBucketsCommand({ Prefix: BUCKET_PREFIX })),
  );
  const [only, ...others] = Buckets.flatMap(({ Name }) => Name ?? []);
  if (only !== undefined && others.length === 0) return only;
  const found = only === undefined ? "none" : [only, ...others].join(", ");
  throw new RuntimeError(
    "stage.noBucket",
    `expected one bucket whose name begins with ${BUCKET_PREFIX}, found ${found}: name it with --bucket; it is the ` +
      `output ${BUCKET_OUTPUT} of the stack`,
  );
}

/** S3's names are the world's: a bucket of that name in another account must get nothing. */
async function checkBucket(target: StageTarget, client: S3Client, bucket: string): Promise<void> {
  const command = new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: target.account });
  await asked(target, async () => await client.send(command), ` (bucket ${bucket})`);
}

/** Named fields of AWS' errors only. */
async function asked<T>(target: StageTarget, call: () => Promise<T>, about = ""): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new RuntimeError(
      "stage.unreachable",
      `stage ${target.name}${about} does not answer: ${reason}; use AWS credentials of account ${target.account}, and see ` +
        `that the stage is deployed in ${target.region}`,
    );
  }
}
