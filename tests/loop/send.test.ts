import { describe, expect, it } from "vitest";
import type { LogEvent } from "../../lib/log/events.ts";
import type { LoopPorts } from "../../lib/loop/ports.ts";
import { runBrand } from "../../lib/loop/run.ts";
import { aLoop, type TestLoop, writesOf } from "../support/loop.ts";

const ACCOUNT = { platform: "meta", conversions: ["omni_purchase"], attribution: "7dClick+1dView" };

async function run(loop: TestLoop, over: Partial<LoopPorts> = {}, brand = loop.config.brand) {
  return await runBrand({ ...loop.ports, ...over }, { ...loop.config, brand }, null);
}

/** Ports whose log does `then` right after it appended an event of that type. */
function whenAppended(loop: TestLoop, type: LogEvent["type"], then: () => void): Partial<LoopPorts> {
  const { log } = loop.ports;
  return {
    log: {
      ...log,
      async append(brand, decide) {
        const appended = await log.append(brand, decide);
        if (appended?.events.some((event) => event.type === type)) then();
        return appended;
      },
    },
  };
}

/** Ports whose platform does `then` right after each live read. */
function afterRead(loop: TestLoop, then: (id: string) => void): Partial<LoopPorts> {
  return {
    async platform(id) {
      const platform = await loop.ports.platform(id);
      return {
        ...platform,
        async readHolder(target) {
          const live = await platform.readHolder(target);
          then(target.id);
          return live;
        },
      };
    },
  };
}

describe("lib/loop/steps/send", () => {
  it("makes each approved change once, between a live read and a read back", async () => {
    const loop = await aLoop();
    const { state } = await run(loop);
    expect(Object.values(state.intents).map(({ status, sends }) => `${status} ${sends}`)).toEqual([
      "confirmed 1",
      "confirmed 1",
      "confirmed 1",
    ]);
    expect(writesOf(loop).toSorted()).toEqual(["200", "201", "202"]);
    expect(loop.live.get("200")?.dailyBudgetMicros).toBe(60_000_000n);
    expect((await run(loop)).steps).toEqual([]);
  });

  it("keeps a second between the writes of an account", async () => {
    const loop = await aLoop();
    await run(loop);
    const times = loop.calls.flatMap(({ call, atMs }) => (call === "write" ? [atMs] : []));
    expect(times).toEqual([1_000, 2_000, 3_000]);
  });

  it("waits a second after another process's write, too", async () => {
    const loop = await aLoop();
    const waits: number[] = [];
    const standing = { ...loop.ports.clock, wait: async (ms: number) => void waits.push(ms) };
    await run(loop, { clock: standing });
    // Once after each call, and once more before each later fence, for all sends before it together: this world's clock never shows
    // that the second passed.
    expect(waits).toEqual([1_000, 1_000, 1_000, 1_000, 1_000]);
    expect(writesOf(loop)).toHaveLength(3);
  });

  it.each([
    ["the monotonic clock ran on 5 s", 5_001, 0],
    ["the machine slept through the fence", 0, 10_000],
  ])("makes no call when %s after the fence", async (_name, monotonicMs, nowMs) => {
    const loop = await aLoop();
    const late = whenAppended(loop, "changeSent", () => {
      loop.time.monotonicMs += monotonicMs;
      loop.time.nowMs += nowMs;
    });
    const { state } = await run(loop, late);
    expect(writesOf(loop)).toEqual([]);
    expect(Object.values(state.intents).map(({ status, reason }) => `${status} ${reason?.key}`)).toEqual([
      "notSent loop.tooSlow",
      "notSent loop.tooSlow",
      "notSent loop.tooSlow",
    ]);
    const after = await run(loop);
    expect(Object.values(after.state.intents).map(({ sends }) => sends)).toEqual([2, 2, 2]);
    expect(writesOf(loop)).toHaveLength(3);
  });

  it("makes the call just inside its 5 s", async () => {
    const loop = await aLoop();
    const slow = whenAppended(loop, "changeSent", () => {
      loop.time.monotonicMs += 5_000;
    });
    await run(loop, slow);
    expect(writesOf(loop)).toHaveLength(3);
  });

  it("relies on no live read older than 10 s, and uses up no send for it", async () => {
    const loop = await aLoop();
    const slowRead = afterRead(loop, () => {
      loop.time.monotonicMs += 10_001;
    });
    const { state } = await run(loop, slowRead);
    expect(writesOf(loop)).toEqual([]);
    expect(Object.values(state.intents).map(({ status, sends }) => `${status} ${sends}`)).toEqual([
      "intended 0",
      "intended 0",
      "intended 0",
    ]);
  });

  it("counts the age of the live read up to the call, not to the fence", async () => {
    const loop = await aLoop();
    const ageing = {
      ...afterRead(loop, () => {
        loop.time.monotonicMs += 6_000;
      }),
      ...whenAppended(loop, "changeSent", () => {
        loop.time.monotonicMs += 4_500;
      }),
    };
    const { state } = await run(loop, ageing);
    expect(writesOf(loop)).toEqual([]);
    expect(Object.values(state.intents).map(({ status }) => status)).toEqual([
      "notSent",
      "notSent",
      "notSent",
    ]);
  });

  it("closes what the platform says beforehand it would refuse, without a send", async () => {
    const detail = "below the minimum";
    const loop = await aLoop({
      preflight: (id) => (id === "200" ? { kind: "refused", code: "tooLow", detail } : { kind: "passed" }),
    });
    const { state } = await run(loop);
    expect(state.intents[loop.ids.raise]).toMatchObject({
      status: "superseded",
      sends: 0,
      reason: { key: "loop.wouldBeRefused", values: { detail: { value: detail } } },
    });
    expect(writesOf(loop).toSorted()).toEqual(["201", "202"]);
  });

  it("leaves a budget alone that somebody paused since, though its amount is the same", async () => {
    const loop = await aLoop();
    loop.live.set("200", { status: "paused", dailyBudgetMicros: 50_000_000n, budgetName: "200" });
    const { state } = await run(loop);
    expect(state.intents[loop.ids.raise]).toMatchObject({
      status: "superseded",
      reason: { key: "loop.changedMeanwhile" },
    });
    expect(writesOf(loop)).not.toContain("200");
  });
});

describe("a brand file edited between approval and sending", () => {
  it.each([
    ["without the account", { accounts: [{ ...ACCOUNT, accountId: "1002" }] }, "recheck.notBound"],
    ["with hands off", { handsOff: [{ match: {}, until: null, by: "marc" }] }, "recheck.handsOff"],
    ["in shadow", { mode: "shadow" }, "recheck.modeStricter"],
    ["with a lower ceiling", { limits: { dailyCeilingMicros: 55_000_000n } }, "recheck.tooMuch"],
  ] as const)("binds a change that was intended before, %s", async (_name, edited, reason) => {
    const loop = await aLoop();
    const unreadable = afterRead(loop, () => {
      loop.time.monotonicMs += 10_001;
    });
    await run(loop, unreadable);
    loop.calls.splice(0);
    const { brand } = await aLoop({ brand: edited }).then(({ config }) => config);
    const { state } = await run(loop, {}, brand);
    expect(state.intents[loop.ids.raise]).toMatchObject({ status: "superseded", reason: { key: reason } });
    expect(loop.calls.filter(({ id }) => id === "200")).toEqual([]);
  });

  it("keeps even the read back from an account that is not the brand's any more", async () => {
    const unknown = () => ({ kind: "unknown", code: "ECONNRESET", detail: "no answer" }) as const;
    const loop = await aLoop({ write: unknown });
    await run(loop);
    loop.calls.splice(0);
    loop.time.nowMs += 300_000;
    const { brand } = await aLoop({
      brand: { accounts: [{ ...ACCOUNT, accountId: "1002" }] },
    }).then(({ config }) => config);
    const { state, failed } = await run(loop, {}, brand);
    expect(loop.calls).toEqual([]);
    expect(failed[0]?.error).toMatchObject({ details: { code: "account.unbound" } });
    expect(Object.values(state.intents).some(({ status }) => status === "sent")).toBe(true);
  });
});
