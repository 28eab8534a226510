/** Processor time of the AWS clients themselves: real clients and real code of ours, over a wire that answers at once. */
import { Readable } from "node:stream";
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { s3Blobs } from "../../lib/blobs/s3-store.ts";
import { sqsLanes } from "../../lib/lanes/sqs.ts";
import { dynamoStore } from "../../lib/log/dynamo-store.ts";
import type { BrandSummary } from "../../lib/log/store.ts";
import { tick } from "../../lib/loop/tick.ts";

const ROUNDS = 200;
const WARM_UP = 50;
const ROWS = 1_000;
/** The size of one account's nightly blob. */
const BLOB_CHARACTERS = 300_000;

export interface SdkCost {
  /** Reading and judging a thousand summary rows. */
  thousandRowsMs: number;
  tableCallMs: number;
  blobPutMs: number;
  /** A request with ten wake-ups. */
  wakeRequestMs: number;
}

export async function sdkCost(row: BrandSummary): Promise<SdkCost> {
  const rows = Array.from({ length: ROWS }, (_, index) => ({ ...row, brand: `brand-${index}` }));
  const items = rows.map((one) => {
    return { pk: { S: "brands" }, sk: { S: one.brand }, body: { S: JSON.stringify(one) } };
  });
  const store = dynamoStore(new DynamoDBClient(wired({ Items: items })));
  const table = new DynamoDBClient(wired({ Item: items[0] }));
  const blobs = s3Blobs(new S3Client(wired({})), "blobs");
  const successful = Array.from({ length: 10 }, (_, index) => ({ Id: String(index), MessageId: "1" }));
  const sqs = new SQSClient({ ...wired({ Successful: successful }), md5: false });
  const lanes = sqsLanes(sqs, {
    observe: "https://sqs.eu-west-1.amazonaws.com/1/observe.fifo",
    apply: "https://sqs.eu-west-1.amazonaws.com/1/apply.fifo",
  });
  const wakeUps = rows.slice(0, 10).map(({ brand }) => ({ brand, dedupe: `${brand}#29553300` }));
  const key = { pk: { S: "brands" }, sk: { S: row.brand } };
  const text = JSON.stringify("x".repeat(BLOB_CHARACTERS));
  return {
    thousandRowsMs: await cpuMs(async () => void tick(await store.summaries(), 3_600_000)),
    tableCallMs: await cpuMs(
      async () => await table.send(new GetItemCommand({ TableName: "palier", Key: key })),
    ),
    blobPutMs: await cpuMs(async () => await blobs.put(text)),
    wakeRequestMs: await cpuMs(async () => await lanes.wakeAll("observe", wakeUps)),
  };
}

async function cpuMs(work: () => Promise<unknown>): Promise<number> {
  for (let round = 0; round < WARM_UP; round += 1) await work();
  const before = process.threadCpuUsage();
  for (let round = 0; round < ROUNDS; round += 1) await work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000 / ROUNDS;
}

function wired(answer: object) {
  const body = JSON.stringify(answer);
  const handle = async () => ({
    response: {
      statusCode: 200,
      headers: { "content-type": "application/x-amz-json-1.0" },
      body: Readable.from([Buffer.from(body)]),
    },
  });
  return {
    region: "eu-west-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    requestHandler: { handle, destroy: () => {} },
  };
}
