/**
 * The lanes as SQS FIFO queues, group = brand: one run at a time per brand and lane, and no brand waits for another.
 * Source: AWS SQS API (SendMessageBatch).
 */
import {
  SendMessageBatchCommand,
  type SendMessageBatchCommandOutput,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { LaneError } from "./errors.ts";
import { messageText } from "./message.ts";
import type { Lane, Lanes, NotWoken, WakeUp } from "./port.ts";

/** Most that SQS takes in one request. */
const BATCH = 10;
/** Enough for ten thousand brands within seconds, and few enough for one small function's connections. */
const REQUESTS_AT_ONCE = 20;

export function sqsLanes(client: SQSClient, queueUrls: Readonly<Record<Lane, string>>): Lanes {
  async function sendBatch(lane: Lane, wakeUps: readonly WakeUp[]): Promise<NotWoken[]> {
    const Entries = wakeUps.map(({ brand, dedupe }, index) => ({
      Id: String(index),
      MessageBody: messageText(brand),
      MessageGroupId: brand,
      MessageDeduplicationId: dedupe,
    }));
    try {
      const command = new SendMessageBatchCommand({ QueueUrl: queueUrls[lane], Entries });
      return notWokenOf(wakeUps, await client.send(command));
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      return wakeUps.map(({ brand }) => ({ brand, reason }));
    }
  }

  return {
    async wake(lane, brand, dedupe) {
      const [failed] = await sendBatch(lane, [{ brand, dedupe }]);
      if (failed === undefined) return;
      throw new LaneError(`the ${lane} queue did not take the wake-up of ${brand}: ${failed.reason}`);
    },
    async wakeAll(lane, wakeUps) {
      const batches = chunksOf(wakeUps, BATCH);
      const notWoken: NotWoken[] = [];
      const workers = Array.from({ length: REQUESTS_AT_ONCE }, async () => {
        for (let batch = batches.shift(); batch !== undefined; batch = batches.shift())
          notWoken.push(...(await sendBatch(lane, batch)));
      });
      await Promise.all(workers);
      return notWoken;
    },
  };
}

/** A request that succeeds may still have refused some of its messages; one it does not mention is not certain either. */
function notWokenOf(wakeUps: readonly WakeUp[], answer: SendMessageBatchCommandOutput): NotWoken[] {
  const taken = new Set(answer.Successful?.map(({ Id }) => Id));
  return wakeUps.flatMap(({ brand }, index) => {
    const Id = String(index);
    if (taken.has(Id)) return [];
    const refused = answer.Failed?.find((failed) => failed.Id === Id);
    return [{ brand, reason: refused === undefined ? "no answer" : `${refused.Code}: ${refused.Message}` }];
  });
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
