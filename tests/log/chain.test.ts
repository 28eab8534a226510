import { describe, expect, it } from "vitest";
import { chainHash, type EntryDraft, openEntry, sealEntry, seedHash } from "../../lib/log/chain.ts";
import type { StoredEntry } from "../../lib/log/store.ts";
import { aChange, BRAND, NIGHT_MS, planned, stopped } from "../support/log.ts";

const SEED = "33b6151bd481c2d3870e837efa35e2f2673946ebf99b2fed79529a078254380b";
const BODY =
  '{"atMs":1773198600000,"brand":"atelier-lune","entryId":"e1","events":[{"atMs":1773198600000,"by":"lea",' +
  '"reason":null,"type":"stopped","v":1}],"position":1,"v":1,"writerId":"w1"}';
const HASH = "da2d968d3edbd09426d6056aae48b7fc4de82b9b46d39ca4f48ad457f5c8ae0c";

const STORED: StoredEntry = { position: 1, body: BODY, hash: HASH };

function aDraft(over: Partial<EntryDraft> = {}): EntryDraft {
  const events = [stopped({ atMs: NIGHT_MS, reason: null })];
  return { brand: BRAND, position: 1, entryId: "e1", writerId: "w1", atMs: NIGHT_MS, events, ...over };
}

/** An entry whose chain is right, whatever its body says: what a forger who knows the format would store. */
function forged(body: string): StoredEntry {
  return { position: 1, body, hash: chainHash(SEED, body) };
}

describe("lib/log/chain", () => {
  it("seeds each brand's chain with a hash of its own", () => {
    expect(seedHash(BRAND)).toBe(SEED);
    expect(seedHash("other")).not.toBe(SEED);
  });

  it("writes canonical JSON and hashes it after the hash before it", () => {
    expect(sealEntry(SEED, aDraft()).stored).toEqual(STORED);
  });

  it("reads back what it wrote", () => {
    const draft = aDraft({ events: [planned()] });
    const { stored, entry } = sealEntry(SEED, draft);
    expect(openEntry(BRAND, SEED, 1, stored)).toEqual({ v: 1, ...draft, hash: stored.hash });
    expect(entry).toEqual({ v: 1, ...draft, hash: stored.hash });
  });

  it("keeps amounts above 2^53 exact", () => {
    const edit = { kind: "dailyBudget" as const, fromMicros: 9007199254740993n, toMicros: 9007199254740995n };
    const { stored } = sealEntry(SEED, aDraft({ events: [planned({ proposed: [aChange({ edit })] })] }));
    const event = openEntry(BRAND, SEED, 1, stored).events[0];
    expect(event?.type === "planned" && event.proposed[0]?.edit).toEqual(edit);
  });

  it("leaves out fields that an event does not declare", () => {
    const wide = { ...aChange(), evidence: ["a long list"] };
    const { stored } = sealEntry(SEED, aDraft({ events: [planned({ proposed: [wide] })] }));
    expect(stored.body).not.toContain("a long list");
    expect(openEntry(BRAND, SEED, 1, stored).position).toBe(1);
  });

  it("refuses an entry above 300 KB", () => {
    const events = [stopped({ reason: "x".repeat(300_000) })];
    expect(() => sealEntry(SEED, aDraft({ events }))).toThrow(
      expect.objectContaining({ code: "log.tooLarge" }),
    );
  });

  it("refuses an entry without events", () => {
    expect(() => sealEntry(SEED, aDraft({ events: [] }))).toThrow(
      expect.objectContaining({ code: "log.malformed" }),
    );
  });

  it.each([
    ["another hash before it", "0".repeat(64), 1, STORED],
    ["another position", SEED, 2, STORED],
    ["a changed body", SEED, 1, { ...STORED, body: BODY.replace("lea", "eva") }],
    ["a changed hash", SEED, 1, { ...STORED, hash: HASH.replace("d", "e") }],
    ["a body of another brand", SEED, 1, forged(BODY.replace("atelier-lune", "atelier-mars"))],
    ["a body of another position", SEED, 1, forged(BODY.replace('"position":1', '"position":3'))],
  ])("refuses %s as tampered", (_, previous, position, entry) => {
    expect(() => openEntry(BRAND, previous, position, entry)).toThrow(
      expect.objectContaining({ code: "log.tampered", brand: BRAND, position }),
    );
  });

  it.each([
    ["event type", BODY.replace("stopped", "budgetSquared"), "budgetSquared version 1"],
    ["event version", BODY.replace('"stopped","v":1', '"stopped","v":2'), "stopped version 2"],
    ["entry version", BODY.replace('"position":1,"v":1', '"position":1,"v":2'), "entry version 2"],
  ])("tells an unknown %s apart from damage", (_, body, named) => {
    expect(() => openEntry(BRAND, SEED, 1, forged(body))).toThrow(
      expect.objectContaining({ code: "log.unknownEvent", message: expect.stringContaining(named) }),
    );
  });

  it.each([
    ["is not JSON", BODY.slice(1)],
    ["lacks a field", BODY.replace('"by":"lea",', "")],
    ["has a field too many", BODY.replace('"by"', '"also":1,"by"')],
    ["is not canonical", BODY.replace('{"atMs"', '{ "atMs"')],
    ["has no events", '{"v":1}'],
  ])("refuses a body that %s as malformed", (_, body) => {
    expect(() => openEntry(BRAND, SEED, 1, forged(body))).toThrow(
      expect.objectContaining({ code: "log.malformed", position: 1 }),
    );
  });
});
