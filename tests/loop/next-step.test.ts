import { describe, expect, it } from "vitest";
import { deskOf } from "../../lib/domain/brand.ts";
import type { BrandState, Proposal, Round } from "../../lib/domain/state.ts";
import { chainHash } from "../../lib/log/chain.ts";
import { memoryStore } from "../../lib/log/memory-store.ts";
import { type DueRound, dueSteps, stepKey } from "../../lib/loop/next-step.ts";
import { runBrand } from "../../lib/loop/run.ts";
import { summaryOf } from "../../lib/loop/summary.ts";
import { aLog, aProposal as anyProposal, BRAND, memoryHeads, roundStarted } from "../support/log.ts";
import { aLoop } from "../support/loop.ts";
import { anAskOf, anIntent, aRaise, changeOf, planOf } from "../support/plan.ts";
import { aBrand, anEmptyState, ROUND_AT_MS } from "../support/snapshot.ts";

const DUE: DueRound = { roundId: "atelier-lune/2026-03-11/night", day: "2026-03-11", slot: "night" };
const ACCOUNT = { platform: "meta", conversions: ["omni_purchase"], attribution: "asSet" };
/** 06:00 in Europe/Paris on 2026-03-11, the end of the night window. */
const WINDOW_END_MS = 1_773_205_200_000;

/** Of a brand whose desk is on record. */
function aState(given: Partial<BrandState> = {}): BrandState {
  return anEmptyState({ desk: deskOf(aBrand()), ...given });
}

function aRound(given: Partial<Round> = {}): Round {
  return {
    ...DUE,
    startedAtMs: ROUND_AT_MS,
    fetched: {},
    failed: {},
    snapshotHash: null,
    planHash: null,
    changes: [],
    refused: false,
    channels: [],
    ...given,
  };
}

function aProposal(given: Partial<Proposal>): Proposal {
  const change = { ...changeOf(planOf({ asks: [anAskOf(aRaise(), "200")] }), "200"), id: "p1" };
  return anyProposal({ change, expiresAtMs: ROUND_AT_MS + 100, ...given });
}

function next(state: Partial<BrandState>, nowMs = ROUND_AT_MS, done: string[] = []): string | null {
  const steps = dueSteps(aBrand(), aState(state), DUE, nowMs).map(stepKey);
  return steps.find((step) => !done.includes(step)) ?? null;
}

describe("lib/loop/next-step", () => {
  it("takes a round from its start to its plan", () => {
    const round = (given: Partial<Round>) => ({ rounds: { [DUE.roundId]: aRound(given) } });
    const fetched = { "meta/1001": { blobHash: "b", fetchedAtMs: ROUND_AT_MS } };
    expect([
      next({}),
      next(round({})),
      next(round({ fetched })),
      next(round({ fetched, snapshotHash: "s" })),
      next(round({ fetched, snapshotHash: "s", planHash: "p" })),
    ]).toEqual([
      `startRound ${DUE.roundId}`,
      `fetch ${DUE.roundId} meta/1001`,
      `seal ${DUE.roundId}`,
      `decide ${DUE.roundId}`,
      null,
    ]);
  });

  it("seals without an account only once the night window is over, and never without all", () => {
    const accounts = ["1001", "1002"].map((accountId) => ({ ...ACCOUNT, accountId }));
    const brand = aBrand({ accounts });
    const fetched = { "meta/1002": { blobHash: "b", fetchedAtMs: ROUND_AT_MS } };
    const kinds = (given: Partial<Round>, nowMs: number) =>
      dueSteps(brand, aState({ rounds: { [DUE.roundId]: aRound(given) } }), DUE, nowMs).map(stepKey);
    const missing = `fetch ${DUE.roundId} meta/1001`;
    expect(kinds({ fetched }, WINDOW_END_MS - 1)).toEqual([missing]);
    expect(kinds({ fetched }, WINDOW_END_MS)).toEqual([missing, `seal ${DUE.roundId}`]);
    expect(kinds({}, WINDOW_END_MS)).toEqual([missing, `fetch ${DUE.roundId} meta/1002`]);
  });

  it("settles what is unknown before it sends, and sends before it decides anew", () => {
    const sent = anIntent({ status: "sent", sends: 1, sendBeforeMs: ROUND_AT_MS, change: { id: "c1" } });
    const intended = anIntent({ change: { id: "c2" } });
    const state = { intents: { c1: sent, c2: intended } };
    expect(next(state, ROUND_AT_MS + 29_999)).toBe("send c2");
    expect(next(state, ROUND_AT_MS + 30_000)).toBe("reconcile c1");
    expect(next(state, ROUND_AT_MS + 30_000, ["reconcile c1", "send c2"])).toBe(`startRound ${DUE.roundId}`);
  });

  it("expires an open proposal at its time, and intends an approved one", () => {
    const open = { proposals: { p1: aProposal({}) } };
    expect(next(open, ROUND_AT_MS + 99)).toBe(`startRound ${DUE.roundId}`);
    expect(next(open, ROUND_AT_MS + 100)).toBe("expire p1");
    expect(next({ proposals: { p1: aProposal({ status: "approved" }) } })).toBe("intend p1");
    for (const status of ["rejected", "expired", "superseded"] as const)
      expect(next({ proposals: { p1: aProposal({ status }) } })).toBe(`startRound ${DUE.roundId}`);
  });
});

describe("lib/loop/summary", () => {
  it.each([
    ["an ordinary night", "2026-03-11", "2026-03-12T03:05:00Z"],
    ["the night in which the clocks go forward", "2026-03-28", "2026-03-29T02:05:00Z"],
    ["the night in which they go back", "2026-10-24", "2026-10-25T03:05:00Z"],
    ["a leap day", "2028-02-28", "2028-02-29T03:05:00Z"],
    ["a new year", "2026-12-31", "2027-01-01T03:05:00Z"],
  ])("names the next night's start at 04:05 in Paris: %s", (_name, planned, dueAt) => {
    const roundId = `atelier-lune/${planned}/night`;
    const state = aState({ rounds: { [roundId]: aRound({ roundId, day: planned, planHash: "p" }) } });
    const noon = Date.parse(`${planned}T11:00:00Z`);
    const summary = summaryOf(aBrand(), state, noon);
    expect(summary.lastNight).toBe(planned);
    expect(new Date(summary.nextDueAtMs ?? 0).toISOString()).toBe(dueAt.replace("Z", ".000Z"));
  });

  it.each([
    ["until the first account that failed may be tried again", 60_000, 900_000, 60_000],
    ["until the window ends, which seals without it, where its wait is longer", 9e9, 9e9, null],
  ])("waits within a night %s", (_name, first, second, expected) => {
    const wait = (ms: number) => ({ tries: 1, nextTryAtMs: ROUND_AT_MS + ms, sinceMs: ROUND_AT_MS });
    const retries = {
      [`fetch ${DUE.roundId} meta/1001`]: wait(second),
      [`fetch ${DUE.roundId} meta/1002`]: wait(first),
      "fetch atelier-lune/2026-03-10/night meta/1001": wait(-86_400_000),
    };
    const { nextDueAtMs } = summaryOf(aBrand(), aState({ retries }), ROUND_AT_MS);
    expect(nextDueAtMs).toBe(expected === null ? WINDOW_END_MS : ROUND_AT_MS + expected);
  });

  it("tells one change's wait from that of another whose id begins alike", () => {
    const intents = { c1: anIntent({ change: { id: "c1" } }) };
    const retries = { "send c10": { tries: 1, nextTryAtMs: ROUND_AT_MS + 5, sinceMs: ROUND_AT_MS } };
    expect(summaryOf(aBrand(), aState({ intents, retries }), ROUND_AT_MS).nextApplyAtMs).toBe(ROUND_AT_MS);
  });

  it("counts what waits, and stays on today's night until it is planned", () => {
    const state = aState({
      proposals: { p1: aProposal({}), p2: aProposal({ status: "rejected" }) },
      intents: { c1: anIntent({ status: "notSent" }), c2: anIntent({ status: "confirmed" }) },
      stop: { by: "lea", atMs: 1, reason: null },
    });
    expect(summaryOf(aBrand(), state, ROUND_AT_MS)).toMatchObject({
      nextDueAtMs: Date.parse("2026-03-11T03:05:00Z"),
      openProposals: 1,
      unsettled: 1,
      stopped: true,
      lastNight: null,
    });
  });
});

describe("an event that this version does not know", () => {
  it("keeps its brand from acting at all, while others of the same table go on", async () => {
    const store = memoryStore();
    const heads = memoryHeads();
    const loop = await aLoop({ log: aLog({ store, heads, writerId: "w1" }) });
    const { position, hash } = await loop.ports.log.state(BRAND);
    const event = { type: "budgetForecast", v: 1, atMs: ROUND_AT_MS };
    const body = JSON.stringify({
      atMs: ROUND_AT_MS,
      brand: BRAND,
      entryId: "x",
      events: [event],
      position: position + 1,
      v: 1,
      writerId: "newer",
    });
    await store.put(BRAND, { position: position + 1, body, hash: chainHash(hash, body) });
    await expect(runBrand(loop.ports, loop.config, null)).rejects.toMatchObject({ code: "log.unknownEvent" });
    expect(loop.calls).toEqual([]);
    const roundId = "other-brand/2026-03-11/night";
    await loop.ports.log.append("other-brand", () => [roundStarted({ roundId })]);
    expect((await loop.ports.log.state("other-brand")).rounds[roundId]?.roundId).toBe(roundId);
  });
});
