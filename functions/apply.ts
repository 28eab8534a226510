/** Woken by the queue `apply`, one brand a message: intends, sends, reads back and settles changes, with credentials that can write. */
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { openRunContainer } from "../lib/runtime/aws/container.ts";
import type { RunContainer } from "../lib/runtime/aws/run-part.ts";
import { answerWakes } from "../lib/runtime/aws/wakes.ts";

let container: RunContainer | undefined;

export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  container ??= openRunContainer("apply", process.env);
  return await answerWakes(container, event, context);
}
