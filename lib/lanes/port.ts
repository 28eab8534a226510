/**
 * The port of the queues that wake runs. A message says only that a brand may have something to do: losing or repeating one
 * changes nothing, because whoever is woken asks the log what is due.
 */

/** Which of the two runs is woken: the one that reads and decides, or the one that changes platforms. */
export type Lane = "observe" | "apply";

export interface WakeUp {
  brand: string;
  /** Two wake-ups of one lane with the same text within five minutes are one. */
  dedupe: string;
}

export interface Lanes {
  /** @throws LaneError `lane.failed` when it is not certain that the queue has the message. */
  wake(lane: Lane, brand: string, dedupe: string): Promise<void>;
  /** Wakes many, a few requests at a time. Returns the brands that were not woken; it never throws for them. */
  wakeAll(lane: Lane, wakeUps: readonly WakeUp[]): Promise<NotWoken[]>;
}

export interface NotWoken {
  brand: string;
  /** What the queue answered. */
  reason: string;
}
