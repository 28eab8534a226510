import { describe, expect, it } from "vitest";
import { FileError } from "../../lib/domain/files.ts";
import type { CheckpointStore } from "../../lib/log/checkpoint.ts";
import { fileCheckpoints } from "../../lib/log/checkpoint.ts";
import type { LogEvent } from "../../lib/log/events.ts";
import { memoryStore } from "../../lib/log/memory-store.ts";
import type { LogStore } from "../../lib/log/store.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import { aFolder } from "../support/folder.ts";
import { aLog, appendAll, BRAND, memoryCheckpoints, memoryHeads, STORY, stopped } from "../support/log.ts";

/** 70 entries: the story of one change, then stops by numbered people. */
const LONG: readonly (readonly LogEvent[])[] = [
  ...STORY,
  ...Array.from({ length: 63 }, (_, index) => [stopped({ by: `person ${index}` })]),
];

function counted(store: LogStore): { store: LogStore; from: number[] } {
  const from: number[] = [];
  const read: LogStore["read"] = (brand, position) => {
    from.push(position);
    return store.read(brand, position);
  };
  return { store: { ...store, read }, from };
}

describe("lib/log/log", () => {
  it("starts with an empty state", async () => {
    const state = await aLog().state(BRAND);
    expect(state).toMatchObject({ brand: BRAND, position: 0, stop: null, rounds: {}, applied: [] });
  });

  it("sees what another process appended", async () => {
    const store = memoryStore();
    const reader = aLog({ store, writerId: "reader" });
    expect((await reader.state(BRAND)).stop).toBeNull();
    await appendAll(aLog({ store }), [[stopped()]]);
    expect((await reader.state(BRAND)).stop?.by).toBe("lea");
  });

  it("keeps brands apart", async () => {
    const log = aLog();
    await appendAll(log, STORY.slice(0, 2));
    await appendAll(log, [[stopped()]], "other");
    expect((await log.state(BRAND)).position).toBe(2);
    expect((await log.state("other")).position).toBe(1);
    expect(await log.verify("other")).toMatchObject({ ok: true, entries: 1 });
  });

  it("gives the entries from a position on", async () => {
    const log = aLog();
    await appendAll(log, STORY);
    const entries = await log.entries(BRAND, 6);
    expect(entries.map(({ position, events }) => [position, events[0]?.type])).toEqual([
      [6, "changeSent"],
      [7, "changeConfirmed"],
    ]);
    expect(await log.entries(BRAND, 8)).toEqual([]);
  });

  it("folds from a checkpoint that is at most 63 entries old", async () => {
    const shared = { store: memoryStore(), heads: memoryHeads(), checkpoints: memoryCheckpoints() };
    const before = await appendAll(aLog(shared), LONG);
    const { store, from } = counted(shared.store);
    expect(await aLog({ ...shared, store }).state(BRAND)).toEqual(before);
    expect(from).toEqual([65]);
  });

  it("writes a checkpoint when a long log is read for the first time", async () => {
    const store = memoryStore();
    await appendAll(aLog({ store }), LONG);
    const checkpoints = memoryCheckpoints();
    await aLog({ store, checkpoints }).state(BRAND);
    const second = counted(store);
    await aLog({ store: second.store, checkpoints }).state(BRAND);
    expect(second.from).toEqual([71]);
  });

  it.each([
    ["is not JSON", () => "{"],
    ["is of another fold", (text: string) => text.replace('"foldVersion":4', '"foldVersion":3')],
    ["is of another brand", (text: string) => text.replace('"brand":"atelier-lune"', '"brand":"other"')],
    ["lacks a part", (text: string) => text.replace('"intents"', '"intends"')],
    [
      "is not on the chain",
      (text: string) => text.replace(/"hash":"[0-9a-f]{64}"/, `"hash":"${"0".repeat(64)}"`),
    ],
    ["is beyond the log", (text: string) => text.replace('"position":64', '"position":71')],
  ])("folds from the start when the checkpoint %s", async (_, damage) => {
    const shared = { store: memoryStore(), checkpoints: memoryCheckpoints() };
    const before = await appendAll(aLog(shared), LONG);
    const text = shared.checkpoints.texts.get(BRAND) ?? "";
    expect(damage(text)).not.toBe(text);
    shared.checkpoints.texts.set(BRAND, damage(text));
    const { store, from } = counted(shared.store);
    expect(await aLog({ ...shared, store }).state(BRAND)).toEqual(before);
    expect(from).toEqual([1]);
  });

  it("keeps checkpoints in files, one per brand", async () => {
    const checkpoints = fileCheckpoints(nodeFiles(), `${aFolder()}/checkpoints`);
    expect(await checkpoints.get("b")).toBeNull();
    await checkpoints.put("b", "first");
    await checkpoints.put("b", "second");
    expect(await checkpoints.get("b")).toBe("second");
  });

  it("goes on when a checkpoint cannot be written, because it is only a cache", async () => {
    const full: CheckpointStore = {
      get: async () => null,
      put: async () => {
        throw new FileError("files.noSpace", "checkpoints/b.json", "the disk is full");
      },
    };
    const state = await appendAll(aLog({ checkpoints: full }), LONG);
    expect(state.position).toBe(70);
  });

  it("does nothing for a brand whose log lost its end", async () => {
    const heads = memoryHeads();
    await appendAll(aLog({ heads }), STORY);
    const restored = memoryStore();
    await appendAll(aLog({ store: restored }), STORY.slice(0, 5));
    const log = aLog({ store: restored, heads });
    await expect(log.state(BRAND)).rejects.toMatchObject({ code: "log.truncated", position: 6 });
    await expect(log.append(BRAND, () => [stopped()])).rejects.toMatchObject({ code: "log.truncated" });
  });

  it("does nothing for a brand whose log was changed", async () => {
    const store = memoryStore();
    await appendAll(aLog({ store }), STORY);
    const forged: LogStore = {
      ...store,
      async read(brand, from) {
        const entries = await store.read(brand, from);
        return entries.map((entry) => ({ ...entry, body: entry.body.replace('"by":"lea"', '"by":"eva"') }));
      },
    };
    const log = aLog({ store: forged });
    await expect(log.state(BRAND)).rejects.toMatchObject({ code: "log.tampered", position: 4 });
    await expect(log.entries(BRAND)).rejects.toMatchObject({ code: "log.tampered", position: 4 });
  });
});
