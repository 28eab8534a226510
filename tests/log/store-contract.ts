/** What every store of the log must do; called inside the `describe` of each. `open` gives a fresh, empty store. */
import { expect, it } from "vitest";
import type { BrandSummary, LogStore, StoredEntry } from "../../lib/log/store.ts";

const BRAND = "atelier-lune";

function anEntry(position: number, body = `body ${position}`): StoredEntry {
  return { position, body, hash: `hash ${position}` };
}

function aSummary(brand: string, over: Partial<BrandSummary> = {}): BrandSummary {
  return {
    brand,
    nextDueAtMs: 0,
    nextApplyAtMs: null,
    nightEndsAtMs: 0,
    openProposals: 0,
    unsettled: 0,
    stopped: false,
    lastNight: null,
    head: { position: 1, hash: "h" },
    ...over,
  };
}

export function storeContract(open: () => Promise<LogStore>): void {
  it("keeps an entry exactly as put", async () => {
    const store = await open();
    const entry = anEntry(1, '{"name":"Été à la mer 🌊","quote":"\\""}');
    expect(await store.put(BRAND, entry)).toBe("appended");
    expect(await store.get(BRAND, 1)).toEqual(entry);
  });

  it("keeps the first entry of a position", async () => {
    const store = await open();
    await store.put(BRAND, anEntry(1));
    expect(await store.put(BRAND, anEntry(1, "another"))).toBe("taken");
    expect(await store.put(BRAND, anEntry(1))).toBe("taken");
    expect(await store.get(BRAND, 1)).toEqual(anEntry(1));
  });

  it("lets exactly one of many concurrent puts have a position", async () => {
    const store = await open();
    const bodies = Array.from({ length: 20 }, (_, index) => `writer ${index}`);
    const outcomes = await Promise.all(bodies.map((body) => store.put(BRAND, anEntry(1, body))));
    expect(outcomes.filter((outcome) => outcome === "appended")).toHaveLength(1);
    const winner = bodies[outcomes.indexOf("appended")];
    expect((await store.get(BRAND, 1))?.body).toBe(winner);
  });

  it("knows nothing of positions and brands without entries", async () => {
    const store = await open();
    await store.put(BRAND, anEntry(1));
    expect(await store.get(BRAND, 2)).toBeNull();
    expect(await store.get("other", 1)).toBeNull();
    expect(await store.read("other", 1)).toEqual([]);
  });

  it("reads from a position on in ascending order, whatever the order of the puts", async () => {
    const store = await open();
    for (const position of [10, 2, 9, 1, 11]) await store.put(BRAND, anEntry(position));
    await store.put("atelier-lune-2", anEntry(3));
    const positions = (await store.read(BRAND, 2)).map((entry) => entry.position);
    expect(positions).toEqual([2, 9, 10, 11]);
  });

  it("reads a log of more than one page of 1 MB whole", async () => {
    const store = await open();
    const entries = [1, 2, 3, 4, 5, 6].map((position) => anEntry(position, `${position}`.repeat(250_000)));
    await Promise.all(entries.map((entry) => store.put(BRAND, entry)));
    expect(await store.read(BRAND, 1)).toEqual(entries);
  });

  it("gives the entry of the highest position, of this brand alone", async () => {
    const store = await open();
    expect(await store.latest(BRAND)).toBeNull();
    for (const position of [9, 10, 2]) await store.put(BRAND, anEntry(position));
    await store.put("atelier-lune-2", anEntry(99));
    expect(await store.latest(BRAND)).toEqual(anEntry(10));
  });

  it("leaves an account to the brand that claimed it first", async () => {
    const store = await open();
    expect(await store.claim("meta/1001", BRAND)).toBe(BRAND);
    expect(await store.claim("meta/1001", "other")).toBe(BRAND);
    expect(await store.claim("meta/1001", BRAND)).toBe(BRAND);
    expect(await store.claim("google/1001", "other")).toBe("other");
    expect(await store.read(BRAND, 1)).toEqual([]);
  });

  it("lets exactly one of many brands that race have an account", async () => {
    const store = await open();
    const brands = Array.from({ length: 10 }, (_, index) => `brand-${index}`);
    const owners = await Promise.all(brands.map((brand) => store.claim("meta/1001", brand)));
    expect(new Set(owners).size).toBe(1);
  });

  it("replaces a brand's summary row and lists all brands", async () => {
    const store = await open();
    expect(await store.summaries()).toEqual([]);
    await store.putSummary(aSummary("b"));
    await store.putSummary(aSummary("a", { nextDueAtMs: 5, lastNight: "2026-03-11", stopped: true }));
    await store.putSummary(aSummary("b", { openProposals: 2, unsettled: 1 }));
    expect(await store.summary("a")).toMatchObject({ brand: "a", nextDueAtMs: 5 });
    expect(await store.summary("c")).toBeNull();
    expect(await store.summaries()).toEqual([
      aSummary("a", { nextDueAtMs: 5, lastNight: "2026-03-11", stopped: true }),
      aSummary("b", { openProposals: 2, unsettled: 1 }),
    ]);
  });

  it("keeps a summary row that knows more of the log", async () => {
    const store = await open();
    const at = (position: number) => ({ head: { position, hash: "h" } });
    await store.putSummary(aSummary("a", { ...at(9), nextApplyAtMs: 7 }));
    await store.putSummary(aSummary("a", { ...at(8), nextApplyAtMs: null }));
    expect(await store.summary("a")).toMatchObject({ nextApplyAtMs: 7 });
    await store.putSummary(aSummary("a", { ...at(9), nextApplyAtMs: 5 }));
    expect(await store.summary("a")).toMatchObject({ nextApplyAtMs: 5 });
    await store.putSummary(aSummary("a", { ...at(10), nextApplyAtMs: null }));
    expect(await store.summary("a")).toMatchObject({ nextApplyAtMs: null });
  });

  it("puts, lists and deletes stops by scope", async () => {
    const store = await open();
    const everything = { scope: "everything", by: "lea", atMs: 1, reason: null };
    const account = { scope: "meta/1001", by: "lea", atMs: 2, reason: "odd spend" };
    await store.putControlStop(account);
    await store.putControlStop(everything);
    expect(await store.controlStops()).toEqual([everything, account]);
    await store.deleteControlStop("everything");
    await store.deleteControlStop("meta/9999");
    expect(await store.controlStops()).toEqual([account]);
  });
}
