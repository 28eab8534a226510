/**
 * A FIFO queue with the rules of SQS. Source: Amazon SQS Developer Guide, FIFO queues: exactly-once processing (deduplication
 * for five minutes from the first send, here within a message group), delivery logic (one group's messages in order, none while
 * one of them is in flight), visibility timeout, dead-letter queues (moved when received once too often).
 */
import type { Draws } from "../simulation/draws.ts";
import type { VirtualTime } from "./time.ts";

const DEDUPLICATED_MS = 5 * 60_000;
/** Groups are served roughly in the order in which they have waited, and SQS promises no more. */
const ABOUT_THE_OLDEST = 10;

export interface QueueRules {
  visibilityMs: number;
  /** A message received more often than this goes to the dead letters. */
  maxReceives: number;
}

/** What `infra/constructs/queues.ts` sets. */
export const LANE_RULES: QueueRules = { visibilityMs: 6 * 60_000, maxReceives: 3 };

export interface Sent {
  body: string;
  group: string;
  dedupe: string;
}

export interface Delivery extends Sent {
  id: string;
  /** Which time this is, from 1 on. */
  receives: number;
  /** Of this receive alone: with an older one a message cannot be deleted. */
  receipt: number;
}

export interface FifoQueue {
  /** False when the message was taken and dropped, because one with its deduplication id came less than five minutes ago. */
  send(message: Sent): boolean;
  /** Null while nothing can be received. */
  receive(): Delivery | null;
  /** False when the receipt has expired: the message is still there. */
  delete(delivery: Delivery): boolean;
  /** Called whenever something may have become receivable. */
  onAvailable(listener: () => void): void;
  deadLetters: Sent[];
  counts: { sent: number; dropped: number; received: number; deleted: number };
  /** Messages that are neither deleted nor dead. */
  depth(): number;
}

interface Held extends Sent {
  id: string;
  receives: number;
  receipt: number;
  invisibleUntilMs: number;
}

interface Group {
  messages: Held[];
  isWaiting: boolean;
}

export function fifoQueue(time: VirtualTime, draws: Draws, rules: QueueRules = LANE_RULES): FifoQueue {
  const groups = new Map<string, Group>();
  const taken = new Map<string, number>();
  const listeners: (() => void)[] = [];
  const deadLetters: Sent[] = [];
  const counts = { sent: 0, dropped: 0, received: 0, deleted: 0 };
  let waiting: Group[] = [];
  let served = 0;
  let depth = 0;
  let receipts = 0;

  /** Its first message can be received; whoever listens is told once. */
  function offer(group: Group): void {
    const [head] = group.messages;
    if (head === undefined || group.isWaiting || head.invisibleUntilMs > time.nowMs()) return;
    group.isWaiting = true;
    waiting.push(group);
    for (const listener of listeners) listener();
  }

  function nextGroup(): Group | null {
    const among = Math.min(ABOUT_THE_OLDEST, waiting.length - served);
    if (among === 0) return null;
    const index = served + draws.whole(0, among - 1);
    const [first, chosen] = [waiting[served], waiting[index]];
    if (first === undefined || chosen === undefined) return null;
    waiting[index] = first;
    served += 1;
    if (served > 1_000 && served * 2 > waiting.length) {
      waiting = waiting.slice(served);
      served = 0;
    }
    chosen.isWaiting = false;
    return chosen;
  }

  function remove(group: Group): Held | undefined {
    depth -= 1;
    return group.messages.shift();
  }

  function received(group: Group, head: Held): Delivery {
    counts.received += 1;
    receipts += 1;
    head.receives += 1;
    head.receipt = receipts;
    head.invisibleUntilMs = time.nowMs() + rules.visibilityMs;
    time.at(head.invisibleUntilMs, () => offer(group));
    const { id, body, group: name, dedupe, receives, receipt } = head;
    return { id, body, group: name, dedupe, receives, receipt };
  }

  return {
    deadLetters,
    counts,
    depth: () => depth,
    onAvailable: (listener) => void listeners.push(listener),
    send({ body, group: name, dedupe }) {
      counts.sent += 1;
      const key = `${name} ${dedupe}`;
      const before = taken.get(key);
      if (before !== undefined && time.nowMs() < before + DEDUPLICATED_MS) {
        counts.dropped += 1;
        return false;
      }
      taken.set(key, time.nowMs());
      const group = groups.get(name) ?? { messages: [], isWaiting: false };
      groups.set(name, group);
      const id = `message-${counts.sent}`;
      group.messages.push({ id, body, group: name, dedupe, receives: 0, receipt: 0, invisibleUntilMs: 0 });
      depth += 1;
      offer(group);
      return true;
    },
    receive() {
      for (let group = nextGroup(); group !== null; group = nextGroup()) {
        for (let head = group.messages[0]; head !== undefined; head = group.messages[0]) {
          if (head.invisibleUntilMs > time.nowMs()) break;
          if (head.receives < rules.maxReceives) return received(group, head);
          remove(group);
          deadLetters.push({ body: head.body, group: head.group, dedupe: head.dedupe });
        }
      }
      return null;
    },
    delete({ group: name, receipt }) {
      const group = groups.get(name);
      const head = group?.messages[0];
      if (group === undefined || head?.receipt !== receipt || time.nowMs() >= head.invisibleUntilMs)
        return false;
      counts.deleted += 1;
      remove(group);
      offer(group);
      return true;
    },
  };
}
