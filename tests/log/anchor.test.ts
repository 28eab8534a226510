import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { anchorText, statementToSign, verifyAnchor } from "../../lib/log/anchor.ts";
import { memoryStore } from "../../lib/log/memory-store.ts";
import type { StoredEntry } from "../../lib/log/store.ts";
import { aLog, appendAll, BRAND, resumed, STORY, stopped } from "../support/log.ts";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const PEM = publicKey.export({ type: "spki", format: "pem" }).toString();
const AT_MS = 1773300000000;

/** The story's seven entries, anchored, and two more. */
async function aWitnessedLog() {
  const store = memoryStore();
  const log = aLog({ store });
  const { position, hash } = await appendAll(log, STORY);
  const anchor = anAnchor([{ brand: BRAND, position, hash }]);
  await appendAll(log, [[stopped()], [resumed()]]);
  return { anchor, stored: await store.read(BRAND, 1) };
}

function anAnchor(heads: { brand: string; position: number; hash: string }[], key = privateKey): string {
  const { text } = statementToSign({ v: 1, stage: "prod", atMs: AT_MS, heads });
  return anchorText(text, "key-1", sign("sha256", Buffer.from(text), key));
}

function check(anchor: string, stored: readonly StoredEntry[], brand = BRAND) {
  return verifyAnchor(anchor, PEM, brand, stored);
}

describe("lib/log/anchor", () => {
  it("signs brands in one order, whatever order they were read in", () => {
    const heads = [
      { brand: "b", position: 2, hash: "h2" },
      { brand: "a", position: 1, hash: "h1" },
    ];
    const { text, digest } = statementToSign({ v: 1, stage: "prod", atMs: 5, heads });
    expect(text).toBe(
      '{"atMs":5,"heads":[{"brand":"a","hash":"h1","position":1},{"brand":"b","hash":"h2","position":2}],"stage":"prod","v":1}',
    );
    // printf '%s' '<text>' | sha256sum
    expect(Buffer.from(digest).toString("hex")).toBe(
      "81b03a75ac41231cdb9a30674f06a6dac0d321fda5c926ec6eb6a5b12aed7335",
    );
  });

  it("finds a log whole that has grown since", async () => {
    const { anchor, stored } = await aWitnessedLog();
    expect(check(anchor, stored)).toMatchObject({
      ok: true,
      atMs: AT_MS,
      log: { ok: true, entries: 9, witnessed: 7 },
    });
  });

  it("finds a log that was cut short behind what was witnessed", async () => {
    const { anchor, stored } = await aWitnessedLog();
    expect(check(anchor, stored.slice(0, 6))).toMatchObject({
      log: { ok: false, position: 7, problem: "truncated" },
    });
    expect(check(anchor, [])).toMatchObject({ log: { ok: false, position: 1, problem: "truncated" } });
  });

  it("finds a log that was written anew, its chain right", async () => {
    const { anchor } = await aWitnessedLog();
    const store = memoryStore();
    let forged = 0;
    await appendAll(aLog({ store, newEntryId: () => `forged-${++forged}` }), [...STORY, [stopped()]]);
    expect(check(anchor, await store.read(BRAND, 1))).toMatchObject({
      log: { ok: false, position: 7, problem: "rewritten" },
    });
  });

  it("says that it witnesses nothing of a brand that came later", async () => {
    const { stored } = await aWitnessedLog();
    const other = anAnchor([{ brand: "other", position: 3, hash: "h" }]);
    expect(check(other, stored)).toMatchObject({ ok: true, log: { ok: true, witnessed: null } });
  });

  it("believes nothing that the key did not sign", async () => {
    const { anchor, stored } = await aWitnessedLog();
    const shorter = JSON.parse(anchor);
    shorter.statement = shorter.statement.replace('"position":7', '"position":6');
    expect(check(JSON.stringify(shorter), stored)).toEqual({ ok: false, problem: "unsigned" });
    const forged = anAnchor([], generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey);
    expect(check(forged, stored)).toEqual({ ok: false, problem: "unsigned" });
    const without = { ...JSON.parse(anchor), signature: "" };
    expect(check(JSON.stringify(without), stored)).toEqual({ ok: false, problem: "unsigned" });
  });

  it.each([["not JSON"], ["{}"], ['{"v":2}']])("takes %s for no anchor", async (text) => {
    expect(check(text, [])).toEqual({ ok: false, problem: "unreadable" });
  });

  it("does not read a statement of a later version as its own, though it is signed", () => {
    const text = '{"v":2,"heads":[]}';
    const anchor = anchorText(text, "key-1", sign("sha256", Buffer.from(text), privateKey));
    expect(check(anchor, [])).toEqual({ ok: false, problem: "unreadable" });
  });
});
