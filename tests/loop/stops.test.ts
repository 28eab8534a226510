import { describe, expect, it } from "vitest";
import type { LoopPorts } from "../../lib/loop/ports.ts";
import { runBrand } from "../../lib/loop/run.ts";
import type { Platform } from "../../lib/platforms/port.ts";
import { stopBrand } from "../support/answers.ts";
import { BRAND } from "../support/log.ts";
import { aLoop, type TestLoop, writesOf } from "../support/loop.ts";

type Before = () => Promise<void>;

/** The ports with `before` run ahead of every single effect. */
function watched({ ports }: TestLoop, before: Before): LoopPorts {
  const after = <A extends unknown[], R>(effect: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      await before();
      return await effect(...args);
    };
  };
  return {
    ...ports,
    log: { ...ports.log, state: after(ports.log.state), append: after(ports.log.append) },
    blobs: { ...ports.blobs, get: after(ports.blobs.get) },
    clock: { ...ports.clock, nowMs: after(ports.clock.nowMs), wait: after(ports.clock.wait) },
    stops: after(ports.stops),
    async platform(id): Promise<Platform> {
      const platform = await ports.platform(id);
      return {
        ...platform,
        readHolder: after(platform.readHolder),
        write: after(platform.write),
      };
    },
  };
}

/** Runs with a stop set just before effect number `at`; writes before and after it, and how many effects there were. */
async function stoppedAt(at: number, scope: string) {
  const loop = await aLoop();
  let effects = 0;
  let writesBefore: number | null = null;
  const ports = watched(loop, async () => {
    effects += 1;
    if (effects !== at) return;
    writesBefore = writesOf(loop).length;
    if (scope === BRAND) await stopBrand(loop.ports, BRAND);
    else loop.stops.push({ scope, by: "lea", atMs: loop.time.nowMs, reason: null });
  });
  const { state } = await runBrand(ports, loop.config, null);
  const after = writesBefore === null ? 0 : writesOf(loop).length - writesBefore;
  return {
    effects,
    after,
    unsettled: Object.values(state.intents).filter(({ status }) => status === "sent"),
  };
}

describe("a stop in the middle of a run", () => {
  it.each([BRAND, "everything", "meta/1001"])(
    "of %s lets at most the one write in flight happen, wherever it falls",
    async (scope) => {
      const { effects } = await stoppedAt(0, scope);
      expect(effects).toBeGreaterThan(40);
      for (let at = 1; at <= effects; at++) {
        const stopped = await stoppedAt(at, scope);
        expect({ at, atMostOne: stopped.after <= 1 }).toEqual({ at, atMostOne: true });
        expect({ at, unsettled: stopped.unsettled }).toEqual({ at, unsettled: [] });
      }
    },
  );

  it("set before the run lets nothing happen", async () => {
    const loop = await aLoop();
    loop.stops.push({ scope: "everything", by: "lea", atMs: 1, reason: null });
    const { state } = await runBrand(loop.ports, loop.config, null);
    expect(state.intents).toEqual({});
    expect(loop.calls).toEqual([]);
  });

  it("that cannot be read any more sends nothing further", async () => {
    const loop = await aLoop();
    let reads = 0;
    const ports = {
      ...loop.ports,
      stops: async () => {
        reads += 1;
        if (reads > 1) throw new Error("control table is out of reach");
        return [];
      },
    };
    await expect(runBrand(ports, loop.config, null)).rejects.toThrow("control table is out of reach");
    expect(writesOf(loop)).toEqual([]);
  });
});
