import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it, onTestFinished } from "vitest";
import { brandOf } from "../../lib/lanes/message.ts";
import { sqsLanes } from "../../lib/lanes/sqs.ts";
import { memorySqs, refusal } from "../support/aws-memory.ts";

const QUEUES = { observe: "https://sqs.test/observe.fifo", apply: "https://sqs.test/apply.fifo" };

function aLane() {
  const client = new SQSClient({ region: "local" });
  const sqs = memorySqs(client);
  onTestFinished(() => sqs.mock.restore());
  return { ...sqs, lanes: sqsLanes(client, QUEUES) };
}

function brands(count: number) {
  return Array.from({ length: count }, (_, index) => ({ brand: `b${index}`, dedupe: `b${index}#7` }));
}

describe("lib/lanes/sqs", () => {
  it("sends the brand alone, into the brand's own group", async () => {
    const { lanes, messages } = aLane();
    await lanes.wake("apply", "atelier-lune", "atelier-lune#17");
    expect(messages).toEqual([
      {
        queue: "https://sqs.test/apply.fifo",
        body: '{"brand":"atelier-lune"}',
        group: "atelier-lune",
        dedupe: "atelier-lune#17",
      },
    ]);
  });

  it("wakes each of many once, ten a request", async () => {
    const { lanes, mock, messages } = aLane();
    expect(await lanes.wakeAll("observe", brands(1234))).toEqual([]);
    expect(new Set(messages.map(({ group }) => group)).size).toBe(1234);
    expect(mock.commandCalls(SendMessageBatchCommand)).toHaveLength(124);
  });

  it("asks nothing of the queue when nobody is to be woken", async () => {
    const { lanes, mock } = aLane();
    expect(await lanes.wakeAll("observe", [])).toEqual([]);
    expect(mock.calls()).toHaveLength(0);
  });

  it("wakes the others when a request fails, and says who was not woken", async () => {
    const { lanes, mock, messages } = aLane();
    mock
      .on(SendMessageBatchCommand)
      .rejectsOnce(refusal("ThrottlingException", 400))
      .callsFake(({ QueueUrl, Entries }) => {
        messages.push(...Entries.map(() => ({ queue: QueueUrl })));
        return { Successful: Entries.map(({ Id }: { Id: string }) => ({ Id })) };
      });
    const notWoken = await lanes.wakeAll("observe", brands(25));
    expect(notWoken.map(({ brand }) => brand)).toEqual(brands(10).map(({ brand }) => brand));
    expect(notWoken[0]?.reason).toContain("ThrottlingException");
    expect(messages).toHaveLength(15);
  });

  it.each([
    [
      "refuses the message",
      { Failed: [{ Id: "0", Code: "InternalError", Message: "no", SenderFault: false }] },
    ],
    ["says nothing of the message", {}],
  ])("throws for one brand when the queue %s", async (_, answer) => {
    const { lanes, mock } = aLane();
    mock.on(SendMessageBatchCommand).resolves(answer as object);
    await expect(lanes.wake("observe", "atelier-lune", "x")).rejects.toMatchObject({ code: "lane.failed" });
  });
});

describe("lib/lanes/message", () => {
  it.each([
    ['{"brand":"atelier-lune"}', "atelier-lune"],
    ['{"brand":"Atelier Lune"}', null],
    ['{"brand":"atelier-lune","part":"apply"}', null],
    ['{"brand":7}', null],
    ["Test message.", null],
    ["", null],
  ])("reads %s as %s", (text, brand) => {
    expect(brandOf(text)).toBe(brand);
  });
});
