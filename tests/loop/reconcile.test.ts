import { describe, expect, it } from "vitest";
import { runBrand } from "../../lib/loop/run.ts";
import { type Knowledge, provenBy, reconcileChange } from "../../lib/loop/steps/reconcile.ts";
import { PlatformError } from "../../lib/platforms/errors.ts";
import type { LiveHolder, WriteOutcome } from "../../lib/platforms/port.ts";
import { aLog } from "../support/log.ts";
import { aLoop, writesOf } from "../support/loop.ts";
import { anIntent } from "../support/plan.ts";
import { anEmptyState, ROUND_AT_MS } from "../support/snapshot.ts";

const SEND_BEFORE_MS = ROUND_AT_MS + 10_000;

/** What one read `afterMs` after the fence's end proves of a raise from 50 to 60 EUR, sent once where nothing else is said. */
function proven(euros: number | null, afterMs: number, knowledge: Knowledge, sends = 1): string | null {
  const intent = anIntent({ status: "sent", sends, writerId: "w1", sendBeforeMs: SEND_BEFORE_MS });
  const live: LiveHolder = {
    status: "active",
    dailyBudgetMicros: euros === null ? null : BigInt(euros) * 1_000_000n,
    budgetName: "200",
  };
  return provenBy(live, intent, anEmptyState(), knowledge, SEND_BEFORE_MS + afterMs)?.type ?? null;
}

const unreadable = () =>
  new PlatformError("no answer", {
    platform: "meta",
    kind: "unavailable",
    code: null,
    subcode: null,
    traceId: null,
    retryAfterMs: null,
  });

const unknown = (): WriteOutcome => ({ kind: "unknown", code: "ECONNRESET", detail: "no answer" });

describe("lib/loop/steps/reconcile", () => {
  it.each([
    ["the new value is the change, whoever asks", 60, 0, "unanswered", "changeConfirmed"],
    ["the new value is the change, however late", 60, 900_000, "later", "changeConfirmed"],
    ["the old value proves nothing within the platform's lag", 50, 209_999, "later", null],
    ["the old value proves nothing to who was told yes, either", 50, 0, "answered", null],
    ["the old value proves no effect after the lag", 50, 210_000, "later", "changeNotSent"],
    [
      "the old value that history shows was replaced is a person's revert",
      50,
      210_000,
      "inHistory",
      "changeDiverged",
    ],
    ["the old value ends a change that is not recent any more", 50, 900_000, "later", "changeNotApplied"],
    ["another value after a yes is a divergence", 55, 0, "answered", "changeDiverged"],
    ["another value proves nothing right after silence", 55, 0, "unanswered", null],
    ["another value is a divergence for who comes later", 55, 30_000, "later", "changeDiverged"],
    ["a lost daily budget is a divergence", null, 30_000, "later", "changeDiverged"],
  ] as const)("judges by reading: %s", (_name, euros, afterMs, knowledge, event) => {
    expect(proven(euros, afterMs, knowledge)).toBe(event);
  });

  it("takes the old value after a yes for somebody's revert, and never sends again", async () => {
    let reads = 0;
    const loop = await aLoop();
    const platform = async (id: string) => {
      const real = await loop.ports.platform(id);
      return {
        ...real,
        async readHolder(target: Parameters<typeof real.readHolder>[0]) {
          reads += 1;
          // The read-back of the first write fails: only the platform's yes is known.
          if (reads === 2) throw unreadable();
          return await real.readHolder(target);
        },
      };
    };
    await runBrand({ ...loop.ports, platform }, loop.config, null);
    const [first = ""] = writesOf(loop);
    loop.live.set(first, { status: "active", dailyBudgetMicros: 50_000_000n, budgetName: first });
    loop.time.nowMs += 5 * 60_000;
    const { state } = await runBrand(loop.ports, loop.config, null);
    const intent = Object.values(state.intents).find(({ change }) => change.target.id === first);
    expect(intent).toMatchObject({ status: "diverged", sends: 1, reason: { key: "loop.revertedAfterYes" } });
    expect(writesOf(loop).filter((id) => id === first)).toHaveLength(1);
  });

  it.each([
    ["the new one", false],
    ["an edit that it cannot read", true],
  ])(
    "takes the old value for somebody's revert when the history shows %s, and never sends again",
    async (_what, unreadableEdit) => {
      const loop = await aLoop({ write: unknown });
      await runBrand(loop.ports, loop.config, null);
      const [first = ""] = writesOf(loop);
      const change = Object.values((await loop.ports.log.state("atelier-lune")).intents).find(
        (intent) => intent.change.target.id === first,
      )?.change;
      if (change === undefined) throw new Error("nothing was sent");
      const told = { target: change.target, by: "Palier", via: "Palier", atMs: loop.time.nowMs };
      const status = { kind: "status", to: unreadableEdit ? "other" : "paused" } as const;
      const budget = { kind: "dailyBudget", fromMicros: null, toMicros: null } as const;
      const readable = change.edit.kind === "status" ? status : change.edit;
      loop.edits.push({ ...told, edit: unreadableEdit && readable.kind !== "status" ? budget : readable });
      loop.time.nowMs += 5 * 60_000;
      loop.calls.splice(0);
      const { state } = await runBrand(loop.ports, loop.config, null);
      expect(state.intents[change.id]).toMatchObject({
        status: "diverged",
        sends: 1,
        reason: { key: "loop.reverted" },
      });
      expect(writesOf(loop)).not.toContain(first);
      expect(loop.stops.at(-1)).toMatchObject({ scope: "meta/1001" });
    },
  );

  it("asks the history of whatever it takes for proof, however the clock moves in between", async () => {
    const ends = new Set<string | undefined>();
    for (const shortByMs of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const loop = await aLoop({ write: unknown });
      await runBrand(loop.ports, loop.config, null);
      const id = loop.ids.cut;
      const intent = (await loop.ports.log.state("atelier-lune")).intents[id];
      if (intent?.sendBeforeMs == null) throw new Error("nothing was sent");
      const { target, edit } = intent.change;
      if (edit.kind !== "dailyBudget") throw new Error("a cut is of a budget");
      loop.edits.push({ target, by: "Palier", via: "Palier", atMs: loop.time.nowMs, edit });
      loop.time.nowMs = intent.sendBeforeMs + 210_000 - shortByMs;
      const nowMs = async () => loop.time.nowMs++;
      const ports = { ...loop.ports, clock: { ...loop.ports.clock, nowMs } };
      await reconcileChange(ports, loop.config, id);
      ends.add((await loop.ports.log.state("atelier-lune")).intents[id]?.status);
    }
    expect(ends).toEqual(new Set(["sent", "diverged"]));
  });

  it("proves nothing by reading while the history cannot be read", async () => {
    const loop = await aLoop({ write: unknown });
    await runBrand(loop.ports, loop.config, null);
    loop.time.nowMs += 5 * 60_000;
    const platform = async (id: string) => ({
      ...(await loop.ports.platform(id)),
      readEdits: async () => {
        throw unreadable();
      },
    });
    const { state, failed } = await runBrand({ ...loop.ports, platform }, loop.config, null);
    expect(Object.values(state.intents).filter(({ status }) => status === "sent")).toHaveLength(2);
    expect(failed).toHaveLength(2);
  });

  it("ends after a second send without effect", () => {
    expect(proven(50, 210_000, "later", 2)).toBe("changeNotApplied");
  });

  it("stops the account before it records a divergence, so that no crash leaves it open", async () => {
    const loop = await aLoop();
    const order: string[] = [];
    const { log, putStop } = loop.ports;
    const ports = {
      ...loop.ports,
      platform: async (id: string) => {
        const platform = await loop.ports.platform(id);
        return {
          ...platform,
          async write(...args: Parameters<typeof platform.write>) {
            const outcome = await platform.write(...args);
            if (args[0].id === "201")
              loop.live.set("201", {
                status: "active",
                dailyBudgetMicros: 44_000_000n,
                budgetName: "201",
              });
            return outcome;
          },
        };
      },
      putStop: async (stop: Parameters<typeof putStop>[0]) => {
        order.push(`stop ${stop.scope}`);
        await putStop(stop);
      },
      log: {
        ...log,
        async append(...args: Parameters<typeof log.append>) {
          const appended = await log.append(...args);
          order.push(...(appended?.events ?? []).map(({ type }) => type));
          return appended;
        },
      },
    };
    await runBrand(ports, loop.config, null);
    expect(order.indexOf("stop meta/1001")).toBeGreaterThan(-1);
    expect(order.indexOf("stop meta/1001")).toBeLessThan(order.indexOf("changeDiverged"));
    expect(writesOf(loop)).toEqual(["202", "201"]);
  });

  it("sends nothing more in an account with two unknown outcomes, and stops it", async () => {
    const loop = await aLoop({ write: unknown });
    const { state } = await runBrand(loop.ports, loop.config, null);
    expect(writesOf(loop)).toHaveLength(2);
    expect(loop.stops.at(-1)).toMatchObject({ scope: "meta/1001", by: "palier" });
    expect(Object.values(state.intents).filter(({ status }) => status === "sent")).toHaveLength(2);
  });

  it("sends nothing more there either when nobody lived to set the stop", async () => {
    const loop = await aLoop({ write: unknown });
    await runBrand({ ...loop.ports, putStop: async () => {} }, loop.config, null);
    expect(writesOf(loop)).toHaveLength(2);
  });

  it("does not take another process's attempt for its own while its call may be under way", async () => {
    const loop = await aLoop({ write: unknown, log: aLog({ writerId: "w1" }) });
    await runBrand(loop.ports, loop.config, null);
    loop.calls.splice(0);
    // The run itself waited 2 s, one after each call.
    loop.time.nowMs += 37_999;
    const early = await runBrand(loop.ports, loop.config, null);
    expect(early.steps.filter(({ kind }) => kind === "reconcile")).toEqual([]);
    loop.time.nowMs += 10_000;
    const due = await runBrand(loop.ports, loop.config, null);
    expect(due.steps.filter(({ kind }) => kind === "reconcile")).toHaveLength(2);
    expect(writesOf(loop)).toEqual([]);
  });
});
