import { describe, expect, it } from "vitest";
import type { LogEvent } from "../../../lib/log/events.ts";
import { memoryStore } from "../../../lib/log/memory-store.ts";
import type { ControlStop } from "../../../lib/log/store.ts";
import { checkLog } from "../../../lib/runtime/doctor/log.ts";
import {
  accountFailed,
  aLog,
  appendAll,
  changeDiverged,
  NIGHT_MS,
  planned,
  roundStarted,
  STORY,
  snapshotSealed,
  stopped,
} from "../../support/log.ts";
import { aBrand } from "../../support/snapshot.ts";

const DAY_MS = 86_400_000;
const NIGHT: LogEvent[][] = [[roundStarted()], [snapshotSealed()], [planned({ proposed: [] })]];

interface Given {
  nowMs?: number;
  deployed?: boolean;
  stops?: ControlStop[];
}

async function statuses(entries: readonly (readonly LogEvent[])[], given: Given = {}) {
  const { nowMs = NIGHT_MS, deployed = false, stops = [] } = given;
  const log = aLog();
  await appendAll(log, entries);
  const findings = await checkLog(aBrand(), { log, stops: async () => stops }, { deployed, nowMs });
  for (const { status, fix } of findings) expect(fix === null).toBe(status === "ok");
  return Object.fromEntries(findings.map(({ check, status, found }) => [check, `${status}: ${found}`]));
}

describe("lib/runtime/doctor/log", () => {
  it("finds nothing wrong with a night that read everything and settled what it sent", async () => {
    expect(await statuses(STORY)).toEqual({
      "log.chain": "ok: 7 entries, and the chain verifies",
      "log.nights": "ok: the last night is 2026-03-11",
      "log.lastNight": "ok: the night of 2026-03-11 read every account",
      "log.unknownOutcomes": "ok: none: every change that was sent is settled",
      "log.diverged": "ok: none in 7 days",
      "log.stops": "ok: none stands",
    });
  });

  it("names the first bad entry of a log that was tampered with, and says nothing more", async () => {
    const store = memoryStore();
    await appendAll(aLog({ store }), NIGHT);
    const read = async (brand: string, from: number) =>
      (await store.read(brand, from)).map((entry) =>
        entry.position === 2 ? { ...entry, body: `${entry.body} ` } : entry,
      );
    const tampered = aLog({ store: { ...store, read } });
    const ports = { log: tampered, stops: async () => [] };
    const findings = await checkLog(aBrand(), ports, { deployed: false, nowMs: NIGHT_MS });
    expect(findings).toMatchObject([
      { check: "log.chain", status: "failed", found: expect.stringContaining("entry 2") },
    ]);
  });

  it("misses a night once its window is over: a warning on one machine, a failure in a deployment", async () => {
    const nextDay = { nowMs: NIGHT_MS + DAY_MS };
    expect((await statuses(NIGHT, nextDay))["log.nights"]).toMatch(/^ok/);
    const afterWindow = { nowMs: NIGHT_MS + DAY_MS + 2 * 3_600_000 };
    expect((await statuses(NIGHT, afterWindow))["log.nights"]).toBe(
      "warning: the last night is 2026-03-11; 1 since then have no plan",
    );
    expect((await statuses(NIGHT, { ...afterWindow, deployed: true }))["log.nights"]).toMatch(/^failed/);
    expect((await statuses([]))["log.nights"]).toBe("warning: no night was planned yet");
  });

  it("warns of a plan that was refused whole and of an account that could not be read", async () => {
    const refused = planned({ proposed: [], refused: { key: "plan.tooWide", values: {} } });
    expect((await statuses([[roundStarted()], [snapshotSealed()], [refused]]))["log.lastNight"]).toBe(
      "warning: the plan of 2026-03-11 was refused whole",
    );
    const failed = [[roundStarted()], [accountFailed()], [snapshotSealed()], [planned({ proposed: [] })]];
    expect((await statuses(failed))["log.lastNight"]).toContain("warning: meta/1001 could not be read");
  });

  it("fails over a change of which nobody knows whether it was made, once that could be known", async () => {
    const sent = STORY.slice(0, 6);
    expect((await statuses(sent, { nowMs: NIGHT_MS + 101_999 }))["log.unknownOutcomes"]).toMatch(/^ok/);
    expect((await statuses(sent, { nowMs: NIGHT_MS + 102_000 }))["log.unknownOutcomes"]).toBe(
      "failed: not known whether made: atelier-lune-20260311-1",
    );
  });

  it("warns for a week of a change that diverged", async () => {
    const diverged = [...STORY.slice(0, 6), [changeDiverged({ atMs: NIGHT_MS + 200_000 })]];
    const at = async (days: number) =>
      (await statuses(diverged, { nowMs: NIGHT_MS + days * DAY_MS }))["log.diverged"];
    expect(await at(6)).toContain("warning: the platform holds neither");
    expect(await at(8)).toMatch(/^ok/);
  });

  it("warns of every stop that stands in the brand's way, and of no other", async () => {
    const stop = { by: "tom", atMs: NIGHT_MS, reason: null };
    const of = async (scope: string) => (await statuses(NIGHT, { stops: [{ scope, ...stop }] }))["log.stops"];
    expect(await of("everything")).toBe("warning: stopped by tom");
    expect(await of("meta/1001")).toBe("warning: stopped by tom");
    expect(await of("meta/2002")).toMatch(/^ok/);
    expect((await statuses([...NIGHT, [stopped()]]))["log.stops"]).toBe("warning: stopped by lea: looks odd");
  });
});
