import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { deskOf } from "../../lib/domain/brand.ts";
import { canonicalJson, sha256 } from "../../lib/domain/canonical.ts";
import { memoryStore } from "../../lib/log/memory-store.ts";
import { configOn } from "../../lib/loop/config.ts";
import type { BrandConfig, ConfigSource } from "../../lib/loop/ports.ts";
import { loadPublished, planPublication, publish, publishedSource } from "../../lib/loop/publish.ts";
import { hasLeftShadow } from "../../lib/loop/source-changes.ts";
import { aLog, NIGHT_MS, planned, roundStarted, snapshotSealed } from "../support/log.ts";
import { aRuleFile, type Json, packFiles } from "../support/rule.ts";

const BRAND = "atelier-lune";
const DAY = "2026-03-11";
const RAISE = { id: "raise", action: { type: "raiseBudget", percent: 10 } };
const ALARM = { id: "alarm", appliesTo: { level: "budgetHolder" }, action: { type: "notify" } };

/** The example brand on real accounts, whose new rules are watched for 14 nights. */
function aConfig(
  rules: readonly Json[] = [aRuleFile(), aRuleFile(RAISE), aRuleFile(ALARM)],
  brand: Json = {},
) {
  return configOn(aSource(rules, brand), DAY);
}

function aSource(rules: readonly Json[], brand: Json = {}): ConfigSource {
  const file: Json = JSON.parse(readFileSync("rules/brands/atelier-lune.json", "utf8"));
  const brandText = JSON.stringify({ ...file, sandbox: false, ...brand });
  return { brandFile: `rules/brands/${BRAND}.json`, brandText, ruleFiles: packFiles(...rules) };
}

function aPlace() {
  const store = memoryStore();
  const log = aLog({ store });
  const texts = new Map<string, string>();
  const blobs = {
    async put(text: string) {
      texts.set(sha256(text), text);
      return sha256(text);
    },
    async get(hash: string) {
      const text = texts.get(hash);
      if (text === undefined) throw new Error(`unstated blob ${hash}`);
      return text;
    },
  };
  const ports = {
    log,
    blobs,
    clock: { nowMs: async () => NIGHT_MS },
    claim: store.claim,
    putSummary: store.putSummary,
  };
  const types = async () =>
    (await log.entries(BRAND)).flatMap(({ events }) => events.map(({ type }) => type));
  return { store, log, texts, ports, types };
}

/** A night that was planned with these rules. */
async function aNightWith({ log }: ReturnType<typeof aPlace>, { ruleset }: BrandConfig, day: string) {
  const roundId = `${BRAND}/${day}/night`;
  const ruleHashes = ruleset.rules.map(({ hash }) => hash);
  for (const event of [
    roundStarted({ roundId, day }),
    snapshotSealed({ roundId }),
    planned({ roundId, ruleHashes, proposed: [] }),
  ])
    await log.append(BRAND, () => [event]);
}

describe("lib/loop/publish", () => {
  it("stores the files by their hash, claims the accounts, records it, and shows the brand to the tick", async () => {
    const { store, log, texts, ports } = aPlace();
    const config = aConfig();
    const publication = await publish(ports, config, "lea");
    expect(publication).toMatchObject({ brand: BRAND, kind: "new", first: true });
    const [entry] = await log.entries(BRAND);
    expect(entry?.events).toEqual([
      {
        type: "rulesPublished",
        v: 1,
        atMs: NIGHT_MS,
        by: "lea",
        sourceHash: publication.sourceHash,
        ruleHashes: config.ruleset.rules.map(({ hash }) => hash),
      },
      { type: "deskChanged", v: 1, atMs: NIGHT_MS, by: "lea", desk: deskOf(config.brand) },
    ]);
    expect(JSON.parse(texts.get(publication.sourceHash) ?? "")).toMatchObject({
      brandFile: "rules/brands/atelier-lune.json",
      brandText: config.source.brandText,
    });
    const read = configOn(await loadPublished(ports.blobs, publication.sourceHash), DAY);
    expect(read.ruleset.hash).toBe(config.ruleset.hash);
    expect(await store.claim("google/2000000002", "another")).toBe(BRAND);
    expect(await store.summaries()).toMatchObject([
      // 04:05 in Paris, and the end of that night's window.
      { brand: BRAND, nextDueAtMs: 1_773_198_300_000, nightEndsAtMs: 1_773_205_200_000, lastNight: null },
    ]);
  });

  it("appends nothing for the same files, wherever they lie, and writes the row that a crash left out", async () => {
    const { store, ports, types, log } = aPlace();
    const { sourceHash } = await publish(ports, aConfig(), "lea");
    const { source } = aConfig();
    const elsewhere = {
      ...source,
      brandFile: "C:\\palier\\brands\\atelier-lune.json",
      ruleFiles: source.ruleFiles
        .map(({ path, text }) => ({ path: path.replaceAll("/", "\\"), text }))
        .toReversed(),
    };
    const again = { ...ports, putSummary: memoryStore().putSummary };
    expect(await publish(again, { ...aConfig(), source: elsewhere }, "tom")).toMatchObject({
      kind: "same",
      first: false,
      sourceHash,
      changes: { brandKeys: [], added: [], removed: [], edited: [], modes: [] },
    });
    expect(await types()).toEqual(["rulesPublished", "deskChanged"]);
    const rows: unknown[] = [];
    await publish({ ...ports, putSummary: async (row) => void rows.push(row) }, aConfig(), "lea");
    expect(rows).toEqual(await store.summaries());
    expect((await log.state(BRAND)).published).toMatchObject({ by: "lea" });
  });

  it("publishes nothing where another brand has one of the accounts, and names both", async () => {
    const { store, ports, texts, types } = aPlace();
    await store.claim("google/2000000002", "maison-sel");
    await expect(publish(ports, aConfig(), "lea")).rejects.toMatchObject({
      code: "publish.accountClaimed",
      account: "google/2000000002",
      owner: "maison-sel",
      message: expect.stringContaining("belongs to brand maison-sel"),
    });
    expect([await types(), await store.summaries(), texts.size]).toEqual([[], [], 0]);
  });

  it("records one publication where two come at once", async () => {
    const { ports, types } = aPlace();
    const kinds = await Promise.all([publish(ports, aConfig(), "lea"), publish(ports, aConfig(), "tom")]);
    expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(["new", "same"]);
    expect(await types()).toEqual(["rulesPublished", "deskChanged"]);
  });

  it("plans with nothing stored, claimed or recorded", async () => {
    const { store, ports, texts, types } = aPlace();
    const { log, clock, blobs } = ports;
    expect(await planPublication({ log, clock, blobs }, aConfig())).toMatchObject({
      kind: "new",
      first: true,
    });
    expect([await types(), await store.summaries(), texts.size]).toEqual([[], [], 0]);
    expect(await store.claim("meta/1001", "another")).toBe("another");
  });

  it("tells rules added, removed and edited, other modes, and which keys of the brand file differ", async () => {
    const { ports } = aPlace();
    const spentMore = { conditions: { all: [{ fact: "ageDays", operator: "greaterThan", value: 3 }] } };
    await publish(ports, aConfig([aRuleFile(), aRuleFile(RAISE), aRuleFile({ id: "old" })]), "lea");
    const rules = [
      aRuleFile(spentMore),
      aRuleFile({ ...RAISE, mode: "shadow", owner: "tom" }),
      aRuleFile({ id: "young" }),
    ];
    const { changes } = await publish(ports, aConfig(rules, { name: "Lune", language: "fr" }), "lea");
    expect(changes).toEqual({
      brandKeys: ["language", "name"],
      added: ["roads/young"],
      removed: ["roads/old"],
      edited: ["roads/stop"],
      modes: [{ rule: "roads/raise", from: "propose", to: "shadow" }],
    });
  });

  it("counts everything as new where this version cannot read what was published", async () => {
    const { ports } = aPlace();
    const { source } = aConfig();
    const broken = canonicalJson({ ...publishedSource(aConfig()), brandText: "{}" });
    const sourceHash = await ports.blobs.put(broken);
    const event = { type: "rulesPublished", v: 1, atMs: NIGHT_MS, by: "lea", sourceHash } as const;
    await ports.log.append(BRAND, () => [{ ...event, ruleHashes: [] }]);
    const { kind, first, changes } = await publish(ports, configOn(source, DAY), "lea");
    expect({ kind, first }).toEqual({ kind: "new", first: false });
    expect(changes.added).toEqual(["roads/alarm", "roads/raise", "roads/stop"]);
  });

  it("says which rules that move money are only watched, and for how many nights; an edit begins anew", async () => {
    const place = aPlace();
    const config = aConfig();
    expect((await publish(place.ports, config, "lea")).watched).toEqual([
      { rule: "roads/raise", nightsLeft: 14 },
      { rule: "roads/stop", nightsLeft: 14 },
    ]);
    expect(hasLeftShadow(config, await place.log.state(BRAND))).toBe(false);
    for (const day of ["2026-03-01", "2026-03-02"]) await aNightWith(place, config, day);
    const edited = aConfig([
      aRuleFile(),
      aRuleFile({ ...RAISE, action: { type: "raiseBudget", percent: 9 } }),
    ]);
    expect((await publish(place.ports, edited, "lea")).watched).toEqual([
      { rule: "roads/raise", nightsLeft: 14 },
      { rule: "roads/stop", nightsLeft: 12 },
    ]);
  });

  it("watches no longer what was watched long enough, and never speaks of rules that stay in shadow", async () => {
    const place = aPlace();
    const config = aConfig([aRuleFile(), aRuleFile({ ...RAISE, mode: "shadow" })], {
      limits: { shadowNights: 1 },
    });
    expect((await planPublication(place.ports, config)).watched).toEqual([
      { rule: "roads/stop", nightsLeft: 1 },
    ]);
    await aNightWith(place, config, "2026-03-01");
    const state = await place.log.state(BRAND);
    expect((await planPublication(place.ports, config)).watched).toEqual([]);
    expect(hasLeftShadow(config, state)).toBe(true);
    expect(hasLeftShadow(aConfig([aRuleFile({ mode: "shadow" })]), state)).toBe(false);
    expect(hasLeftShadow(aConfig([aRuleFile()], { mode: "shadow" }), state)).toBe(false);
  });

  it("leaves out packs that the brand does not use", () => {
    const config = aConfig();
    const other = { path: "rules/packs/other/pack.json", text: "{}" };
    const ruleFiles = [...config.source.ruleFiles, other];
    const { ruleFiles: published } = publishedSource({ ...config, source: { ...config.source, ruleFiles } });
    expect(published.map(({ path }) => path)).toEqual([
      "rules/packs/roads/alarm.json",
      "rules/packs/roads/pack.json",
      "rules/packs/roads/raise.json",
      "rules/packs/roads/stop.json",
    ]);
  });
});
