/** Clients of the services that moto serves, and new buckets, queues, secrets and keys, made as the stack makes them. */
import { CreateKeyCommand, GetPublicKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

export interface Aws {
  s3: S3Client;
  sqs: SQSClient;
  secrets: SecretsManagerClient;
  kms: KMSClient;
  /** A name that nothing has had before. */
  newName(of: string): string;
  close(): void;
}

export function awsAt(endpoint: string): Aws {
  const options = {
    endpoint,
    region: "eu-west-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  };
  const clients = {
    s3: new S3Client(options),
    sqs: new SQSClient(options),
    secrets: new SecretsManagerClient(options),
    kms: new KMSClient(options),
  };
  let names = 0;
  return {
    ...clients,
    newName(of) {
      names += 1;
      return `${of}-${names}`;
    },
    close() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/** Versioned, so that a test sees whether anything was put over an object. */
export async function aBucket({ s3, newName }: Aws, ObjectLockEnabledForBucket = false): Promise<string> {
  const Bucket = newName("bucket");
  const CreateBucketConfiguration = { LocationConstraint: "eu-west-1" } as const;
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration, ObjectLockEnabledForBucket }));
  const VersioningConfiguration = { Status: "Enabled" } as const;
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  return Bucket;
}

/** That of the anchors. */
export async function aLockedBucket(aws: Aws): Promise<string> {
  const Bucket = await aBucket(aws, true);
  const command = new PutObjectLockConfigurationCommand({
    Bucket,
    ObjectLockConfiguration: {
      ObjectLockEnabled: "Enabled",
      Rule: { DefaultRetention: { Mode: "COMPLIANCE", Days: 400 } },
    },
  });
  await aws.s3.send(command);
  return Bucket;
}

export async function aFifoQueue({ sqs, newName }: Aws): Promise<string> {
  const command = new CreateQueueCommand({
    QueueName: `${newName("queue")}.fifo`,
    Attributes: {
      FifoQueue: "true",
      ContentBasedDeduplication: "false",
      DeduplicationScope: "messageGroup",
      FifoThroughputLimit: "perMessageGroupId",
      VisibilityTimeout: "360",
    },
  });
  return (await sqs.send(command)).QueueUrl ?? "";
}

export interface Received {
  body: string | undefined;
  group: string | undefined;
  dedupe: string | undefined;
}

/** What one request is given, hidden from the next ones as while a function works on it. */
export async function received({ sqs }: Aws, QueueUrl: string): Promise<Received[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: 10,
    WaitTimeSeconds: 0,
    MessageSystemAttributeNames: ["MessageGroupId", "MessageDeduplicationId"],
  });
  const { Messages = [] } = await sqs.send(command);
  return Messages.map(({ Body, Attributes }) => ({
    body: Body,
    group: Attributes?.MessageGroupId,
    dedupe: Attributes?.MessageDeduplicationId,
  }));
}

export async function aSigningKey({ kms }: Aws): Promise<{ keyId: string; publicKeyPem: string }> {
  const command = new CreateKeyCommand({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
  const keyId = (await kms.send(command)).KeyMetadata?.KeyId ?? "";
  const { PublicKey = new Uint8Array() } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
  const base64 = Buffer.from(PublicKey).toString("base64");
  return { keyId, publicKeyPem: `-----BEGIN PUBLIC KEY-----\n${base64}\n-----END PUBLIC KEY-----\n` };
}
