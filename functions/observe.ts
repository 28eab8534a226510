/** Woken by the queue `observe`, one brand a message: fetches, seals, decides, tells, with platform credentials that only read. */
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { openRunContainer } from "../lib/runtime/aws/container.ts";
import { secretMessengers } from "../lib/runtime/aws/messengers.ts";
import type { RunContainer } from "../lib/runtime/aws/run-part.ts";
import { answerWakes } from "../lib/runtime/aws/wakes.ts";

let container: RunContainer | undefined;

export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  container ??= openRunContainer("observe", process.env, secretMessengers(process.env));
  return await answerWakes(container, event, context);
}
