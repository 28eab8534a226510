/**
 * A Lambda function that a queue feeds. Source: AWS Lambda Developer Guide, using Lambda with Amazon SQS: at most
 * `maximumConcurrency` at once, what a function answers as failed or does not answer at all shows again after the visibility
 * timeout, what it has done is deleted, and a message may come again although it was done.
 */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { Draws } from "../simulation/draws.ts";
import type { Delivery, FifoQueue } from "./fifo.ts";
import type { VirtualTime } from "./time.ts";

/** One call of the function: a process that may end at any wait. */
export interface Invocation {
  getRemainingTimeInMillis(): number;
  wait(ms: number): Promise<void>;
}

export type Handler = (event: SQSEvent, invocation: Invocation) => Promise<SQSBatchResponse>;

export interface FunctionRules {
  maximumConcurrency: number;
  /** The function is ended then, in the middle of whatever it waits for. */
  timeoutMs: number;
  /** How often a message that was done the first time is not deleted, and so comes once more. */
  lostDeletes: number;
}

/** What `infra/constructs` sets. */
export const FUNCTION_RULES: FunctionRules = { maximumConcurrency: 5, timeoutMs: 5 * 60_000, lostDeletes: 0 };

export interface Fed {
  /** Invocations that ended, by how; and how many ran at once at most. */
  counts: { done: number; failed: number; timedOut: number; most: number };
  /** Milliseconds of all invocations. */
  ranMs: number;
  /** When the last invocation ended. */
  lastEndMs: number;
}

export interface Feed {
  time: VirtualTime;
  draws: Draws;
  queue: FifoQueue;
  handler: Handler;
  rules: FunctionRules;
}

export function feed({ time, draws, queue, handler, rules }: Feed): Fed {
  const fed: Fed = { counts: { done: 0, failed: 0, timedOut: 0, most: 0 }, ranMs: 0, lastEndMs: 0 };
  let running = 0;

  function poll(): void {
    while (running < rules.maximumConcurrency) {
      const delivery = queue.receive();
      if (delivery === null) return;
      running += 1;
      fed.counts.most = Math.max(fed.counts.most, running);
      invoke(delivery);
    }
  }

  function invoke(delivery: Delivery): void {
    const startedMs = time.nowMs();
    const deadlineMs = startedMs + rules.timeoutMs;
    let isOver = false;
    const end = (how: "done" | "failed" | "timedOut") => {
      if (isOver) return;
      isOver = true;
      running -= 1;
      fed.counts[how] += 1;
      fed.lastEndMs = time.nowMs();
      fed.ranMs += time.nowMs() - startedMs;
      const isLost = delivery.receives === 1 && draws.chance(rules.lostDeletes);
      if (how === "done" && !isLost) queue.delete(delivery);
      poll();
    };
    const invocation: Invocation = {
      getRemainingTimeInMillis: () => deadlineMs - time.nowMs(),
      wait: (ms) => time.wait(ms, () => !isOver),
    };
    time.at(deadlineMs, () => end("timedOut"));
    time.start(async () => end(await outcomeOf(handler, delivery, invocation)));
  }

  queue.onAvailable(poll);
  return fed;
}

async function outcomeOf(
  handler: Handler,
  delivery: Delivery,
  invocation: Invocation,
): Promise<"done" | "failed"> {
  try {
    const { batchItemFailures } = await handler({ Records: [recordOf(delivery)] }, invocation);
    return batchItemFailures.some(({ itemIdentifier }) => itemIdentifier === delivery.id) ? "failed" : "done";
  } catch {
    return "failed";
  }
}

function recordOf({ id, body, group, dedupe, receives, receipt }: Delivery): SQSRecord {
  return {
    messageId: id,
    receiptHandle: String(receipt),
    body,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: "0",
      SenderId: "palier-tick",
      ApproximateFirstReceiveTimestamp: "0",
      MessageGroupId: group,
      MessageDeduplicationId: dedupe,
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:eu-west-1:111111111111:palier.fifo",
    awsRegion: "eu-west-1",
  };
}
