/** The names of the table of permissions, as ARNs of this stack. */
import type { Buckets } from "./buckets.ts";
import type { Keys } from "./keys.ts";
import type { ResourceArns } from "./policies.ts";
import type { Queues } from "./queues.ts";
import type { Secrets } from "./secrets.ts";
import type { LogTable } from "./table.ts";

export interface Parts {
  keys: Keys;
  table: LogTable;
  buckets: Buckets;
  queues: Queues;
  secrets: Secrets;
}

export function arnsOf({ keys, table, buckets, queues, secrets }: Parts): ResourceArns {
  return {
    table: table.table.tableArn,
    blobs: buckets.blobs.bucketArn,
    blobObjects: buckets.blobs.arnForObjects("*"),
    anchors: buckets.anchors.bucketArn,
    anchorObjects: buckets.anchors.arnForObjects("anchors/*"),
    observeQueue: queues.observe.queue.queueArn,
    applyQueue: queues.apply.queue.queueArn,
    observeDeadLetters: queues.observe.deadLetters.queueArn,
    applyDeadLetters: queues.apply.deadLetters.queueArn,
    metaRead: secrets.arn("metaRead"),
    metaWrite: secrets.arn("metaWrite"),
    googleRead: secrets.arn("googleRead"),
    googleWrite: secrets.arn("googleWrite"),
    slackSecret: secrets.arn("slackSecret"),
    revenueSecret: secrets.arn("revenueSecret"),
    dataKey: keys.data.keyArn,
    anchorKey: keys.anchor.keyArn,
    bucketNames: "*",
  };
}
