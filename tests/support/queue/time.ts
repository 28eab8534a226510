/**
 * Time that passes only when everybody waits. Work runs for real between two waits and takes no time; so hours with thousands of
 * workers pass in seconds, the same way each time.
 */
import { heap } from "./heap.ts";

export interface VirtualTime {
  nowMs(): number;
  at(atMs: number, action: () => void): void;
  /** Begins work that time waits for. What it throws comes out of `advanceTo`. */
  start(work: () => Promise<void>): void;
  /** For work that was started. One that is no longer alive when the time has passed is never woken again. */
  wait(ms: number, isAlive?: () => boolean): Promise<void>;
  advanceTo(ms: number): Promise<void>;
}

export function virtualTime(startMs: number): VirtualTime {
  const due = heap<() => void>();
  const failures: unknown[] = [];
  let nowMs = startMs;
  let busy = 0;
  let onIdle = () => {};

  function rest(): void {
    busy -= 1;
    if (busy === 0) onIdle();
  }

  async function idle(): Promise<void> {
    if (busy > 0) {
      await new Promise<void>((resolve) => {
        onIdle = resolve;
      });
    }
    if (failures.length > 0) throw failures[0];
  }

  const time: VirtualTime = {
    nowMs: () => nowMs,
    at: (atMs, action) => due.push(Math.max(atMs, nowMs), action),
    start(work) {
      busy += 1;
      work()
        .catch((error: unknown) => void failures.push(error))
        .finally(rest);
    },
    wait(ms, isAlive = () => true) {
      rest();
      return new Promise((resolve) => {
        time.at(nowMs + ms, () => {
          if (!isAlive()) return;
          busy += 1;
          resolve();
        });
      });
    },
    async advanceTo(ms) {
      for (await idle(); ; await idle()) {
        const atMs = due.least();
        if (atMs === null || atMs > ms) break;
        nowMs = atMs;
        due.pop()?.();
      }
      nowMs = Math.max(nowMs, ms);
    },
  };
  return time;
}
