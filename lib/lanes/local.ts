/** Lanes inside one process: one run at a time per brand, whichever lane woke it, and at least one after each wake-up. */
import type { Lane, Lanes } from "./port.ts";

export interface LocalLanes extends Lanes {
  /** Resolves once nothing runs and nothing waits. */
  idle(): Promise<void>;
}

/** `run` deals with its own failures: what it throws ends nothing but that run, and is told to `onError`. */
export function localLanes(
  run: (brand: string, lanes: ReadonlySet<Lane>) => Promise<void>,
  onError: (brand: string, error: unknown) => void,
): LocalLanes {
  const waiting = new Map<string, Set<Lane>>();
  const running = new Map<string, Promise<void>>();

  async function drain(brand: string): Promise<void> {
    for (let lanes = waiting.get(brand); lanes !== undefined; lanes = waiting.get(brand)) {
      waiting.delete(brand);
      try {
        await run(brand, lanes);
      } catch (error) {
        onError(brand, error);
      }
    }
    running.delete(brand);
  }

  function add(lane: Lane, brand: string): void {
    waiting.set(brand, (waiting.get(brand) ?? new Set<Lane>()).add(lane));
    if (!running.has(brand)) running.set(brand, drain(brand));
  }

  return {
    wake: async (lane, brand) => add(lane, brand),
    async wakeAll(lane, wakeUps) {
      for (const { brand } of wakeUps) add(lane, brand);
      return [];
    },
    async idle() {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}
