import { describe, expect, it } from "vitest";
import { localLanes } from "../../lib/lanes/local.ts";

/** Runs that begin when they are told to and end when the test lets them. */
function heldRuns() {
  const log: string[] = [];
  const ends: (() => void)[] = [];
  const lanes = localLanes(
    (brand, woken) => {
      log.push(`${brand} ${[...woken].sort().join("+")}`);
      return new Promise<void>((end) => ends.push(end));
    },
    (brand, error) => log.push(`${brand} failed: ${(error as Error).message}`),
  );
  const endOne = async () => {
    ends.shift()?.();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { log, lanes, endOne };
}

describe("lib/lanes/local", () => {
  it("runs a brand once after many wake-ups that came while it ran", async () => {
    const { log, lanes, endOne } = heldRuns();
    await lanes.wake("observe", "a", "1");
    await lanes.wake("observe", "a", "2");
    await lanes.wake("apply", "a", "3");
    await lanes.wake("observe", "a", "4");
    expect(log).toEqual(["a observe"]);
    await endOne();
    expect(log).toEqual(["a observe", "a apply+observe"]);
    await endOne();
    await lanes.idle();
    expect(log).toHaveLength(2);
  });

  it("runs brands side by side", async () => {
    const { log, lanes, endOne } = heldRuns();
    expect(
      await lanes.wakeAll("apply", [
        { brand: "a", dedupe: "1" },
        { brand: "b", dedupe: "1" },
      ]),
    ).toEqual([]);
    expect(log).toEqual(["a apply", "b apply"]);
    await endOne();
    await endOne();
    await lanes.idle();
  });

  it("tells of a run that failed and does what was asked meanwhile", async () => {
    const log: string[] = [];
    const lanes = localLanes(
      async (_brand, woken) => {
        log.push([...woken].join());
        if (woken.has("observe")) throw new Error("no");
      },
      (brand, error) => log.push(`${brand}: ${(error as Error).message}`),
    );
    await lanes.wake("observe", "a", "1");
    await lanes.wake("apply", "a", "2");
    await lanes.idle();
    expect(log).toEqual(["observe", "a: no", "apply"]);
  });
});
