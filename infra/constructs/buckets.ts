/** Blobs for ever, anchors that nobody can remove, and the access logs of both. */
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { AnyPrincipal, Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type IBucket,
  ObjectLockRetention,
  ObjectOwnership,
  StorageClass,
} from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";

/** A little over a year: an audit of the past year can always check every anchor in it. */
const ANCHORS_LOCKED = Duration.days(400);
/** Blobs are read in their first nights and then for audits alone; that class answers at once and costs a fifth. */
const BLOBS_COOL_AFTER = Duration.days(30);
const ACCESS_LOGS_KEPT = Duration.days(400);

const PRIVATE: BucketProps = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  removalPolicy: RemovalPolicy.RETAIN,
};

export class Buckets extends Construct {
  readonly blobs: Bucket;
  readonly anchors: Bucket;

  constructor(scope: Construct, id: string, key: IKey) {
    super(scope, id);
    // The CDK's own class misses its own interface under this project's strict optional properties.
    const accessLogs = new Bucket(this, "AccessLogs", {
      ...PRIVATE,
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: ACCESS_LOGS_KEPT }],
    }) as IBucket;
    this.blobs = new Bucket(this, "Blobs", {
      ...PRIVATE,
      versioned: true,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      lifecycleRules: [
        {
          transitions: [
            { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: BLOBS_COOL_AFTER },
          ],
        },
      ],
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: "blobs/",
    });
    // Not under the stack's own key: a witness must not become unreadable because somebody deletes a key.
    this.anchors = new Bucket(this, "Anchors", {
      ...PRIVATE,
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(ANCHORS_LOCKED),
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: "anchors/",
    });
    for (const bucket of [this.blobs, this.anchors]) keepWhatIsThere(bucket);
  }
}

/** Nobody, whatever their role allows, deletes an object or puts one over another. */
function keepWhatIsThere(bucket: Bucket): void {
  const everyone = {
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    resources: [bucket.arnForObjects("*")],
  };
  bucket.addToResourcePolicy(
    new PolicyStatement({ ...everyone, actions: ["s3:DeleteObject", "s3:DeleteObjectVersion"] }),
  );
  bucket.addToResourcePolicy(
    new PolicyStatement({
      ...everyone,
      actions: ["s3:PutObject"],
      conditions: { Null: { "s3:if-none-match": "true" } },
    }),
  );
}
