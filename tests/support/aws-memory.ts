/** S3, SQS and Secrets Manager in memory, behind the real clients' `send`. What a test does not state is refused. */
import { createHash } from "node:crypto";
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { mockClient } from "aws-sdk-client-mock";

/** What the services answer an error with. */
export function refusal(name: string, status: number): Error {
  return Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } });
}

/** `target` is one client, or the class for every one. */
export function memoryS3(target: S3Client | typeof S3Client = S3Client) {
  const objects = new Map<string, string>();
  const mock = mockClient(target as S3Client);
  mock.rejects(new Error("not stated"));
  mock.on(PutObjectCommand).callsFake(({ Bucket, Key, Body, IfNoneMatch, ChecksumSHA256 }) => {
    const name = `${Bucket}/${Key}`;
    if (IfNoneMatch === "*" && objects.has(name)) throw refusal("PreconditionFailed", 412);
    const digest = createHash("sha256").update(Body).digest("base64");
    if (ChecksumSHA256 !== undefined && ChecksumSHA256 !== digest) throw refusal("BadDigest", 400);
    objects.set(name, Body);
    return {};
  });
  mock.on(GetObjectCommand).callsFake(({ Bucket, Key }) => {
    const text = objects.get(`${Bucket}/${Key}`);
    if (text === undefined) throw new NoSuchKey({ message: "no", $metadata: { httpStatusCode: 404 } });
    return { Body: { transformToString: async () => text } };
  });
  return { mock, objects };
}

export interface SentMessage {
  queue: string;
  body: string;
  group: string;
  dedupe: string;
}

/** FIFO queues: a message whose deduplication id was there before is taken and not delivered. */
export function memorySqs(target: SQSClient | typeof SQSClient = SQSClient) {
  const messages: SentMessage[] = [];
  const seen = new Set<string>();
  const mock = mockClient(target as SQSClient);
  mock.rejects(new Error("not stated"));
  mock.on(SendMessageBatchCommand).callsFake(({ QueueUrl, Entries }) => {
    for (const { MessageBody, MessageGroupId, MessageDeduplicationId } of Entries) {
      const name = `${QueueUrl} ${MessageDeduplicationId}`;
      if (seen.has(name)) continue;
      seen.add(name);
      messages.push({
        queue: QueueUrl,
        body: MessageBody,
        group: MessageGroupId,
        dedupe: MessageDeduplicationId,
      });
    }
    return { Successful: Entries.map(({ Id }: { Id: string }) => ({ Id })) };
  });
  return { mock, messages };
}

/** `values` by secret name; an Error stands for what the service throws. */
export function memorySecrets(
  values: Readonly<Record<string, string | Error>>,
  target: SecretsManagerClient | typeof SecretsManagerClient = SecretsManagerClient,
) {
  const asked: string[] = [];
  const mock = mockClient(target as SecretsManagerClient);
  mock.rejects(new Error("not stated"));
  mock.on(GetSecretValueCommand).callsFake(({ SecretId }) => {
    asked.push(SecretId);
    const found = values[SecretId];
    if (found instanceof Error) throw found;
    if (found !== undefined) return { SecretString: found };
    throw new ResourceNotFoundException({ message: "no", $metadata: { httpStatusCode: 400 } });
  });
  return { mock, asked };
}
