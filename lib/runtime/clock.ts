/** The two clocks that rounds can run on. Waiting is always real. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../loop/ports.ts";

export interface RunningClock extends Clock {
  /** The last time that `nowMs` told: for marks that nothing is decided by. */
  lastMs(): number;
}

export function systemClock(): RunningClock {
  return {
    nowMs: async () => Date.now(),
    lastMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    wait: async (ms) => {
      await sleep(ms);
    },
  };
}

/** A sandbox world's clock stands still until somebody advances it, so it is asked each time; waits take no time there. */
export function sandboxClock(ask: () => Promise<number>, startMs: number): RunningClock {
  let lastMs = startMs;
  return {
    async nowMs() {
      lastMs = await ask();
      return lastMs;
    },
    lastMs: () => lastMs,
    monotonicMs: () => performance.now(),
    wait: async () => {},
  };
}
