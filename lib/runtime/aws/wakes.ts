/** The messages of a lane as a Lambda gets them. Source: AWS Lambda, partial batch responses for SQS. */
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { brandOf } from "../../lanes/message.ts";
import { type RunContainer, runPart } from "./run-part.ts";

/** Of Lambda's context. */
export interface RemainingTime {
  getRemainingTimeInMillis(): number;
}

/** Runs each message's brand. One that fails is delivered again, at last to the dead letters, and leaves the others alone. */
export async function answerWakes(
  container: RunContainer,
  { Records }: SQSEvent,
  context: RemainingTime,
): Promise<SQSBatchResponse> {
  const { telemetry } = container;
  const batchItemFailures: SQSBatchResponse["batchItemFailures"] = [];
  for (const { messageId, body } of Records) {
    const brand = brandOf(body);
    try {
      if (brand === null)
        throw new Error("a message names no brand: nobody but a lane may write into its queue");
      await runPart(container, brand, () => context.getRemainingTimeInMillis());
    } catch (error) {
      telemetry.error("the run failed and nothing of it could be recorded", error, { brand, messageId });
      telemetry.count("StepsFailed", 1);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  telemetry.flush();
  return { batchItemFailures };
}
