import { describe, expect, it } from "vitest";
import { deskOf } from "../../lib/domain/brand.ts";
import { type RunOptions, runBrand } from "../../lib/loop/run.ts";
import { summaryOf } from "../../lib/loop/summary.ts";
import { PlatformError } from "../../lib/platforms/errors.ts";
import { aLoop, type TestLoop, writesOf } from "../support/loop.ts";

const DUE = { roundId: "atelier-lune/2026-03-12/night", day: "2026-03-12", slot: "night" };
const MINUTE_MS = 60_000;

function inPart(part: RunOptions["part"], mayStart = () => true): RunOptions {
  return { part, mayStart };
}

function down(retryAfterMs: number | null): PlatformError {
  const details = {
    platform: "meta",
    kind: "throttled",
    code: 80_004,
    subcode: null,
    traceId: null,
  } as const;
  return new PlatformError("the quota is used up", { ...details, retryAfterMs });
}

/** The loop's ports with a platform that answers nothing but this. */
function failing({ ports }: TestLoop, error: PlatformError) {
  const refuse = async () => {
    throw error;
  };
  const platform = async (id: string) => ({
    ...(await ports.platform(id)),
    fetchAccount: refuse,
    readHolder: refuse,
  });
  return { ...ports, platform };
}

describe("a run of one part", () => {
  it("leaves every step that changes a platform to the other part", async () => {
    const loop = await aLoop();
    const observed = await runBrand(loop.ports, loop.config, null, inPart("observe"));
    expect(observed.steps).toEqual([]);
    expect(observed.left.map(({ kind }) => kind)).toEqual(["intend", "intend", "intend"]);
    expect(writesOf(loop)).toEqual([]);
    const applied = await runBrand(loop.ports, loop.config, null, inPart("apply"));
    expect(applied.left).toEqual([]);
    expect(writesOf(loop).toSorted()).toEqual(["200", "201", "202"]);
  });

  it("puts no desk of files in the place of one that was put on record during it", async () => {
    const loop = await aLoop();
    const { log } = loop.ports;
    const desk = { ...deskOf(loop.config.brand), approvalsPerHour: 1 };
    const append: typeof log.append = async (brand, decide) => {
      const appended = await log.append(brand, decide);
      if (appended?.events.some(({ type }) => type === "roundStarted"))
        await log.append(brand, () => [
          { type: "deskChanged", v: 1, atMs: loop.time.nowMs, by: "marc", desk },
        ]);
      return appended;
    };
    const ports = { ...failing(loop, down(null)), log: { ...log, append } };
    const { steps } = await runBrand(ports, loop.config, DUE, inPart("observe"));
    expect(steps.map(({ kind }) => kind)).toContain("startRound");
    expect(steps.map(({ kind }) => kind)).not.toContain("desk");
    expect((await log.state(loop.config.brand.id)).desk).toEqual(desk);
    const after = await runBrand(loop.ports, loop.config, null, inPart("observe"));
    expect(after.steps.map(({ kind }) => kind)).toEqual(["desk"]);
  });

  it("leaves every step that reads or decides to the other part", async () => {
    const loop = await aLoop();
    const applied = await runBrand(loop.ports, loop.config, DUE, inPart("apply"));
    expect(applied.steps.map(({ kind }) => kind)).not.toContain("startRound");
    expect(applied.left.map(({ kind }) => kind)).toEqual(["startRound"]);
  });

  it("starts no step once too little time is left, and says what is left", async () => {
    const loop = await aLoop();
    let steps = 0;
    const mayStart = () => {
      steps += 1;
      return steps <= 1;
    };
    const run = await runBrand(loop.ports, loop.config, null, inPart("apply", mayStart));
    expect(run.steps.map(({ kind }) => kind)).toEqual(["intend"]);
    expect(run.left.length).toBeGreaterThan(0);
    expect(writesOf(loop)).toEqual([]);
  });
});

describe("a step that failed", () => {
  it("waits 1, 2, 4, 8, 15 and 15 minutes, in the log, before it is tried again", async () => {
    const loop = await aLoop();
    loop.time.nowMs += 24 * 60 * MINUTE_MS;
    const ports = failing(loop, down(null));
    const brand = { ...loop.config.brand, limits: { ...loop.config.brand.limits, nightTo: "23:59" } };
    const waits: number[] = [];
    for (let tries = 0; tries < 6; tries += 1) {
      const run = await runBrand(ports, { ...loop.config, brand }, DUE, inPart("observe"));
      expect(run.failed).toHaveLength(1);
      const again = await runBrand(ports, { ...loop.config, brand }, DUE, inPart("observe"));
      expect(again.steps).toEqual([]);
      const { nextTryAtMs } = Object.values(again.state.retries)[0] ?? { nextTryAtMs: 0 };
      expect(summaryOf(brand, again.state, loop.time.nowMs).nextDueAtMs).toBe(nextTryAtMs);
      waits.push((nextTryAtMs - loop.time.nowMs) / MINUTE_MS);
      loop.time.nowMs = nextTryAtMs;
    }
    expect(waits).toEqual([1, 2, 4, 8, 15, 15]);
  });

  it("waits as long as the platform asks for", async () => {
    const loop = await aLoop();
    const ports = failing(loop, down(40 * MINUTE_MS));
    const { state } = await runBrand(ports, loop.config, null, inPart("apply"));
    const times = Object.values(state.retries).map(({ nextTryAtMs }) => nextTryAtMs - loop.time.nowMs);
    expect(times).toEqual([40 * MINUTE_MS, 40 * MINUTE_MS, 40 * MINUTE_MS]);
    expect(summaryOf(loop.config.brand, state, loop.time.nowMs).nextApplyAtMs).toBe(
      loop.time.nowMs + 40 * MINUTE_MS,
    );
  });

  it("waits no more once it is done, and never for a person who asks", async () => {
    const loop = await aLoop();
    await runBrand(failing(loop, down(null)), loop.config, null, inPart("apply"));
    const { state } = await runBrand(loop.ports, loop.config, null);
    expect(writesOf(loop)).toHaveLength(3);
    expect(state.retries).toEqual({});
  });
});
