import { describe, expect, it } from "vitest";
import { StoreError } from "../../lib/log/errors.ts";
import type { Log } from "../../lib/log/log.ts";
import { memoryStore } from "../../lib/log/memory-store.ts";
import type { LogStore } from "../../lib/log/store.ts";
import {
  aLog,
  appendAll,
  BRAND,
  CHANGE_ID,
  memoryCheckpoints,
  memoryHeads,
  planned,
  proposalApproved,
  resumed,
  roundStarted,
  STORY,
  snapshotSealed,
  stopped,
} from "../support/log.ts";

function unreachable(): StoreError {
  return new StoreError("store.unreachable", "no answer");
}

/** The store, with `put` replaced by what `change` makes of the call's number (from 1) and the real put. */
function withPut(
  store: LogStore,
  change: (call: number, put: () => Promise<"appended" | "taken">) => Promise<"appended" | "taken">,
): LogStore {
  let calls = 0;
  return {
    ...store,
    put(brand, entry) {
      calls += 1;
      return change(calls, () => store.put(brand, entry));
    },
  };
}

describe("lib/log/append", () => {
  it("appends what is decided from the newest state and moves the head", async () => {
    const heads = memoryHeads();
    const log = aLog({ heads });
    await log.append(BRAND, () => [roundStarted()]);
    const appended = await log.append(BRAND, (state) => (state.position === 1 ? [snapshotSealed()] : null));
    expect(appended?.state.position).toBe(2);
    expect(appended?.events).toEqual([snapshotSealed()]);
    expect(await heads.get(BRAND)).toEqual({ position: 2, hash: appended?.state.hash });
  });

  it("appends nothing when nothing is decided", async () => {
    const log = aLog();
    expect(await log.append(BRAND, () => null)).toBeNull();
    expect(await log.append(BRAND, () => [])).toBeNull();
    expect(await log.entries(BRAND)).toEqual([]);
  });

  it("writes nothing when the events do not follow from the state", async () => {
    const log = aLog();
    await expect(log.append(BRAND, () => [proposalApproved()])).rejects.toMatchObject({
      code: "log.illegal",
    });
    expect(await log.entries(BRAND)).toEqual([]);
  });

  it("decides again from the newer state after a lost race", async () => {
    const store = memoryStore();
    const fast = aLog({ store, writerId: "fast" });
    const raced = withPut(store, async (call, put) => {
      if (call === 1) await fast.append(BRAND, () => [stopped({ by: "fast" })]);
      return put();
    });
    const stops: boolean[] = [];
    const appended = await aLog({ store: raced, writerId: "slow" }).append(BRAND, (state) => {
      stops.push(state.stop !== null);
      return state.stop === null ? [stopped({ by: "slow" })] : null;
    });
    expect(appended).toBeNull();
    expect(stops).toEqual([false, true]);
  });

  it("ends right for many concurrent writers over two logs: one chain, every decision once", async () => {
    const shared = { store: memoryStore(), heads: memoryHeads() };
    const one = aLog({ ...shared, writerId: "w1" });
    const two = aLog({ ...shared, writerId: "w2" });
    const names = Array.from({ length: 40 }, (_, index) => `person ${index}`);
    await Promise.all(
      names.map((by, index) => (index % 2 === 0 ? one : two).append(BRAND, () => [stopped({ by })])),
    );
    const entries = await one.entries(BRAND);
    const positions = entries.map((entry) => entry.position);
    expect(positions).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    const people = entries.flatMap(({ events }) => events.map((event) => ("by" in event ? event.by : "")));
    expect(people.toSorted()).toEqual(names.toSorted());
    expect(await two.verify(BRAND)).toMatchObject({ ok: true, entries: 40, witnessed: 40 });
  });

  it("lets appends of one writer take turns, so that none is put twice, and one that fails holds up no other", async () => {
    let puts = 0;
    const store = withPut(memoryStore(), async (call, put) => {
      puts += 1;
      if (call === 2) throw new StoreError("store.failed", "no");
      return await put();
    });
    const log = aLog({ store });
    const people = ["lea", "eva", "marc", "tom"];
    const ends = await Promise.allSettled(people.map((by) => log.append(BRAND, () => [stopped({ by })])));
    expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
    expect(puts).toBe(4);
    expect(await log.entries(BRAND)).toHaveLength(3);
  });

  it("lets one of two concurrent approvals win and the other see it", async () => {
    const shared = { store: memoryStore(), heads: memoryHeads() };
    const lea = aLog({ ...shared, writerId: "lea" });
    const eva = aLog({ ...shared, writerId: "eva" });
    await appendAll(lea, STORY.slice(0, 3));
    const approve = (log: Log, by: string) =>
      log.append(BRAND, ({ proposals }) =>
        proposals[CHANGE_ID]?.status === "open" ? [proposalApproved({ by })] : null,
      );
    const approvals = await Promise.all([approve(lea, "lea"), approve(eva, "eva")]);
    expect(approvals.filter((approval) => approval === null)).toHaveLength(1);
    expect(await lea.entries(BRAND)).toHaveLength(4);
  });

  it.each([
    ["throws", async () => Promise.reject(unreachable())],
    ["says taken", async () => "taken" as const],
  ])("takes an entry as appended when the reply is lost and the store %s", async (_, reply) => {
    const store = memoryStore();
    const lossy = withPut(store, async (call, put) => {
      const outcome = await put();
      return call === 1 ? reply() : outcome;
    });
    const log = aLog({ store: lossy });
    const appended = await log.append(BRAND, () => [stopped()]);
    expect(appended?.state.position).toBe(1);
    expect(await log.entries(BRAND)).toHaveLength(1);
    expect(await log.verify(BRAND)).toMatchObject({ ok: true, entries: 1, witnessed: 1 });
  });

  it("decides again when the reply to a lost race is lost", async () => {
    const store = memoryStore();
    const other = aLog({ store, writerId: "other" });
    const lossy = withPut(store, async (call, put) => {
      if (call > 1) return put();
      await other.append(BRAND, () => [stopped({ by: "other" })]);
      throw unreachable();
    });
    const log = aLog({ store: lossy });
    const appended = await log.append(BRAND, () => [stopped({ by: "lea" })]);
    expect(appended?.state.position).toBe(2);
    expect(appended?.state.stop?.by).toBe("lea");
  });

  it("says that the outcome is unknown when the store stays out of reach", async () => {
    let calls = 0;
    const away = withPut(memoryStore(), async (call) => {
      calls = call;
      throw unreachable();
    });
    const heads = memoryHeads();
    const log = aLog({ store: away, heads });
    await expect(log.append(BRAND, () => [stopped()])).rejects.toMatchObject({ code: "store.unreachable" });
    expect(calls).toBe(3);
    expect(await heads.get(BRAND)).toBeNull();
  });

  it("does not repeat a put that the store refused", async () => {
    let calls = 0;
    const refusing = withPut(memoryStore(), async (call) => {
      calls = call;
      throw new StoreError("store.failed", "no");
    });
    await expect(aLog({ store: refusing }).append(BRAND, () => [stopped()])).rejects.toThrow("no");
    expect(calls).toBe(1);
  });

  it("gives up after 50 lost races, waiting at most 250 ms between two", async () => {
    const store = memoryStore();
    const other = aLog({ store, writerId: "other" });
    let puts = 0;
    const contended = withPut(store, async (call, put) => {
      puts = call;
      await other.append(BRAND, () => [stopped({ by: "other" })]);
      return put();
    });
    const waits: number[] = [];
    const log = aLog({
      store: contended,
      random: () => 0.5,
      sleep: async (ms) => {
        waits.push(ms);
      },
    });
    await expect(log.append(BRAND, () => [stopped()])).rejects.toMatchObject({ code: "log.contended" });
    expect(puts).toBe(50);
    expect(waits.slice(0, 7)).toEqual([4, 8, 16, 32, 64, 125, 125]);
    expect(waits).toHaveLength(49);
  });

  it("finds that nothing is to be decided by the newest state alone", async () => {
    const shared = { store: memoryStore(), heads: memoryHeads() };
    const [lea, eva] = [aLog({ ...shared, writerId: "lea" }), aLog({ ...shared, writerId: "eva" })];
    await lea.append(BRAND, () => [roundStarted()]);
    await eva.append(BRAND, () => [stopped()]);
    const appended = await lea.append(BRAND, ({ stop }) => (stop === null ? null : [resumed()]));
    expect(appended?.state).toMatchObject({ position: 3, stop: null });
  });

  it("reads only the entries after the last known one, and none before it appends", async () => {
    const store = memoryStore();
    const from: number[] = [];
    const counting: LogStore = {
      ...store,
      read(brand, position) {
        from.push(position);
        return store.read(brand, position);
      },
    };
    const log = aLog({ store: counting, checkpoints: memoryCheckpoints() });
    await appendAll(log, [[roundStarted()], [snapshotSealed()], [planned()]]);
    expect(from).toEqual([1]);
    await log.state(BRAND);
    expect(from).toEqual([1, 4]);
  });
});
