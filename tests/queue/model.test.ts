import { describe, expect, it } from "vitest";
import { type FifoQueue, fifoQueue } from "../support/queue/fifo.ts";
import { feed, type Handler } from "../support/queue/function.ts";
import { heap } from "../support/queue/heap.ts";
import { virtualTime } from "../support/queue/time.ts";
import { drawsOf } from "../support/simulation/draws.ts";

const MINUTE_MS = 60_000;

function aQueue(rules?: { visibilityMs: number; maxReceives: number }) {
  const time = virtualTime(0);
  return { time, queue: fifoQueue(time, drawsOf(1), rules) };
}

function send(queue: FifoQueue, body: string, { group = "alpha", dedupe = body } = {}): boolean {
  return queue.send({ body, group, dedupe });
}

function received(queue: FifoQueue): string | null {
  return queue.receive()?.body ?? null;
}

/** A function that notes when it ran and takes `ms` for each message. */
function aFunction(
  takesMs: (body: string) => number,
  over: { timeoutMs?: number; maximumConcurrency?: number } = {},
) {
  const { time, queue } = aQueue();
  const ran: string[] = [];
  const handler: Handler = async ({ Records: [record] }, { wait }) => {
    ran.push(`${record?.body} at ${time.nowMs() / MINUTE_MS}`);
    await wait(takesMs(record?.body ?? ""));
    ran.push(`${record?.body} over at ${time.nowMs() / MINUTE_MS}`);
    return { batchItemFailures: [] };
  };
  const rules = { maximumConcurrency: 2, timeoutMs: 5 * MINUTE_MS, lostDeletes: 0, ...over };
  const fed = feed({ time, draws: drawsOf(1), queue, handler, rules });
  return { time, queue, ran, fed };
}

describe("tests/support/queue: the queue", () => {
  it("gives out a group's messages in order, the next one only when the one before is deleted", () => {
    const { queue } = aQueue();
    for (const body of ["first", "second"]) send(queue, body);
    const first = queue.receive();
    expect(first?.body).toBe("first");
    expect(received(queue)).toBeNull();
    if (first !== null) queue.delete(first);
    expect(received(queue)).toBe("second");
  });

  it("lets no group wait for another", () => {
    const { queue } = aQueue();
    send(queue, "one", { group: "alpha" });
    send(queue, "two", { group: "beta" });
    expect([received(queue), received(queue)].toSorted()).toEqual(["one", "two"]);
  });

  it("drops a deduplication id within five minutes, also after its message is gone, and takes it later", async () => {
    const { time, queue } = aQueue();
    expect(send(queue, "a", { dedupe: "7" })).toBe(true);
    const delivery = queue.receive();
    if (delivery !== null) queue.delete(delivery);
    await time.advanceTo(5 * MINUTE_MS - 1);
    expect(send(queue, "b", { dedupe: "7" })).toBe(false);
    expect(send(queue, "other group", { dedupe: "7", group: "beta" })).toBe(true);
    await time.advanceTo(5 * MINUTE_MS);
    expect(send(queue, "c", { dedupe: "7" })).toBe(true);
  });

  it("shows a message again after six minutes, and takes no deletion by the older receipt", async () => {
    const { time, queue } = aQueue();
    send(queue, "a");
    const first = queue.receive();
    await time.advanceTo(6 * MINUTE_MS - 1);
    expect(queue.receive()).toBeNull();
    await time.advanceTo(6 * MINUTE_MS);
    if (first === null) throw new Error("nothing was received");
    expect(queue.delete(first)).toBe(false);
    const second = queue.receive();
    expect(second).toMatchObject({ body: "a", receives: 2 });
    expect(queue.delete(first)).toBe(false);
    expect(queue.depth()).toBe(1);
    if (second !== null) expect(queue.delete(second)).toBe(true);
    expect(queue.depth()).toBe(0);
  });

  it("moves to the dead letters what was received three times, and goes on with the group", async () => {
    const { time, queue } = aQueue();
    send(queue, "poison");
    send(queue, "good");
    for (const minutes of [6, 12, 18]) {
      expect(received(queue)).toBe("poison");
      await time.advanceTo(minutes * MINUTE_MS);
    }
    expect(received(queue)).toBe("good");
    expect(queue.deadLetters.map(({ body }) => body)).toEqual(["poison"]);
  });
});

describe("tests/support/queue: the function", () => {
  it("runs at most so many at once, each group by itself", async () => {
    const { time, queue, fed } = aFunction(() => MINUTE_MS);
    for (const group of ["a", "b", "c", "d", "e"]) send(queue, group, { group });
    await time.advanceTo(10 * MINUTE_MS);
    expect(fed.counts).toEqual({ done: 5, failed: 0, timedOut: 0, most: 2 });
    expect(fed.lastEndMs).toBe(3 * MINUTE_MS);
    expect(fed.ranMs).toBe(5 * MINUTE_MS);
    expect(queue.depth()).toBe(0);
  });

  it("is ended at its time limit, goes no further, and gets the message again when that shows", async () => {
    let takesMs = 10 * MINUTE_MS;
    const { time, queue, ran, fed } = aFunction(() => takesMs);
    send(queue, "a");
    await time.advanceTo(5 * MINUTE_MS);
    takesMs = MINUTE_MS;
    await time.advanceTo(30 * MINUTE_MS);
    expect(ran).toEqual(["a at 0", "a at 6", "a over at 7"]);
    expect(fed.counts).toMatchObject({ done: 1, timedOut: 1 });
    expect(queue.depth()).toBe(0);
  });

  it("without a time limit outlives the visibility: the same message runs twice at once", async () => {
    const { time, queue, ran } = aFunction(() => 7 * MINUTE_MS, { timeoutMs: 60 * MINUTE_MS });
    send(queue, "a");
    await time.advanceTo(8 * MINUTE_MS);
    expect(ran).toEqual(["a at 0", "a at 6", "a over at 7"]);
  });
});

describe("tests/support/queue: time", () => {
  it("gives out the least first and equals in the order in which they came", () => {
    const numbers = heap<string>();
    for (const [key, value] of [
      [3, "d"],
      [1, "a"],
      [2, "b"],
      [2, "c"],
      [9, "e"],
    ] as const)
      numbers.push(key, value);
    expect(Array.from({ length: 6 }, () => numbers.pop())).toEqual(["a", "b", "c", "d", "e", null]);
  });

  it("tells what work throws to whoever lets time pass", async () => {
    const time = virtualTime(0);
    time.start(async () => {
      await time.wait(10);
      throw new Error("broken");
    });
    await expect(time.advanceTo(20)).rejects.toThrow("broken");
  });
});
