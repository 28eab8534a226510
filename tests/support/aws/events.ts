/** Recorded events of AWS with what a test puts in their place. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const FIXTURES = join(import.meta.dirname, "../../fixtures/aws");

function recorded(name: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(FIXTURES, name), "utf8")) as Record<string, unknown>;
}

/** One record per body, as the queue `<name>.fifo` delivers them. */
export function sqsEvent(queue: string, bodies: readonly string[]): object {
  const { Records } = recorded("sqs_event.json") as { Records: Readonly<Record<string, unknown>>[] };
  return {
    Records: bodies.map((body, index) => ({
      ...Records[0],
      messageId: `message-${index}`,
      body,
      eventSourceARN: `arn:aws:sqs:eu-west-1:111122223333:${queue}.fifo`,
    })),
  };
}

export function scheduledEvent(timeMs: number): object {
  const time = `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
  return {
    ...recorded("eventbridge_event.json"),
    source: "aws.scheduler",
    "detail-type": "Scheduled Event",
    time,
  };
}
