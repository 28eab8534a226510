/**
 * The AWS clients, one per service and container: connections outlive an invocation. Region and credentials are the
 * function's own. Every call ends well within an invocation, and a request without an answer is an error, not a warning.
 */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";

/** Repeating is safe: puts carry conditions, messages a deduplication id, and the rest only reads. */
const MAX_ATTEMPTS = 3;
const CONNECT_MS = 1_000;
const REQUEST_MS = 5_000;
/** A snapshot has megabytes. */
const BLOB_REQUEST_MS = 20_000;

function options(requestTimeout: number) {
  return {
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout, throwOnRequestTimeout: true },
  };
}

export const dynamoClient = /* @__PURE__ */ once(() => new DynamoDBClient(options(REQUEST_MS)));
export const s3Client = /* @__PURE__ */ once(() => new S3Client(options(BLOB_REQUEST_MS)));
export const sqsClient = /* @__PURE__ */ once(() => new SQSClient(options(REQUEST_MS)));
export const secretsClient = /* @__PURE__ */ once(() => new SecretsManagerClient(options(REQUEST_MS)));
export const kmsClient = /* @__PURE__ */ once(() => new KMSClient(options(REQUEST_MS)));

/** Made when first asked for: a function pays for no client that it does not use; marked as pure, so its bundle leaves it out. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
