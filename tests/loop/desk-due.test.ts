import { describe, expect, it } from "vitest";
import type { Brand, SlackSettings } from "../../lib/domain/brand.ts";
import { deskOf } from "../../lib/domain/brand.ts";
import type { Alert, BrandState, PostedMessage, Round } from "../../lib/domain/state.ts";
import { lastReviewDay, nextDigestAtMs, reviewDayBefore } from "../../lib/loop/desk/calendar.ts";
import { dueMessages } from "../../lib/loop/desk/due-messages.ts";
import { standingsOf } from "../../lib/loop/desk/night-view.ts";
import { whyOf } from "../../lib/loop/desk/questions.ts";
import { dueSteps, stepKey } from "../../lib/loop/next-step.ts";
import { summaryOf } from "../../lib/loop/summary.ts";
import { CHANNEL } from "../support/channel.ts";
import { aChange, aProposal } from "../support/log.ts";
import { anAskOf, anIntent, applied, aRaise, planOf } from "../support/plan.ts";
import { aBrand, anEmptyState } from "../support/snapshot.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SLACK: SlackSettings = {
  team: "T0ATELIER",
  app: "A0PALIER",
  channel: CHANNEL,
  digestAt: "08:30",
  reviewEvery: "week",
  reviewOn: "mon",
  noticeBeforeApply: true,
};
/** Wednesday 2026-03-11, 10:00 in Paris. */
const NOW_MS = Date.parse("2026-03-11T09:00:00Z");
const NIGHT = "atelier-lune/2026-03-11/night";

function brandOf(given: Partial<Brand> = {}): Brand {
  return { ...aBrand({ slack: SLACK }), ...given };
}

function stateOf(given: Partial<BrandState>, brand = brandOf()): BrandState {
  return anEmptyState({ desk: deskOf(brand), ...given });
}

function aNight(day: string, given: Partial<Round> = {}): Record<string, Round> {
  const roundId = `atelier-lune/${day}/night`;
  return {
    [roundId]: {
      ...{ roundId, day, slot: "night", startedAtMs: Date.parse(`${day}T03:05:00Z`) },
      ...{
        fetched: {},
        failed: {},
        snapshotHash: "s",
        planHash: "p",
        changes: [],
        refused: false,
        channels: [],
      },
      ...given,
    },
  };
}

function posted(key: string, given: Partial<PostedMessage> = {}): Record<string, PostedMessage> {
  const firstAtMs = NOW_MS - 30 * DAY_MS;
  return { [key]: { key, channel: CHANNEL, ts: "1.0", shown: "x", attempt: null, firstAtMs, ...given } };
}

function keysOf(state: BrandState, nowMs = NOW_MS, brand = brandOf()): string[] {
  return dueMessages(brand, state, nowMs).map(({ key }) => key);
}

function anAlert(given: Partial<Alert> = {}): Record<string, Alert> {
  const alert: Alert = {
    ...{ id: "diverged/c1", kind: "diverged", subject: "c1", reason: { key: "k", values: {} } },
    ...{ raisedAtMs: NOW_MS, takenBy: null, takenAtMs: null, escalatedAtMs: null, clearedAtMs: null },
    ...given,
  };
  return { [alert.id]: alert };
}

describe("lib/loop/desk/due-messages", () => {
  it("posts the channel's message of a long night first, then its pages as answers to it", () => {
    const changes = Array.from({ length: 17 }, (_, index) => `c${index + 1}`);
    const state = stateOf({ rounds: aNight("2026-03-11", { changes }) });
    expect(keysOf(state)).toEqual([`night/${NIGHT}/0`, "digest/2026-03-11"]);
    const messages = posted(`night/${NIGHT}/0`, { ts: "7.0", firstAtMs: NOW_MS });
    const pages = dueMessages(brandOf(), { ...state, messages }, NOW_MS);
    expect(pages.map(({ key, thread }) => [key, thread])).toEqual([
      [`night/${NIGHT}/0`, null],
      [`night/${NIGHT}/1`, "7.0"],
      [`night/${NIGHT}/2`, "7.0"],
      ["digest/2026-03-11", null],
    ]);
  });

  it("tells nothing of nights and mornings before a brand had a desk, but what waits for an answer", () => {
    const rounds = { ...aNight("2026-03-09"), ...aNight("2026-03-10"), ...aNight("2026-03-11") };
    expect(keysOf(stateOf({ rounds }))).toEqual([`night/${NIGHT}/0`, "digest/2026-03-11"]);
    const change = aChange({ id: "c1" });
    const waiting = aProposal({ change, roundId: "atelier-lune/2026-03-09/night" });
    expect(keysOf(stateOf({ rounds, proposals: { c1: waiting } }))[0]).toBe(
      "night/atelier-lune/2026-03-09/night/0",
    );
  });

  it("makes up for nights and mornings that could not be told while Slack was down", () => {
    const rounds = { ...aNight("2026-03-09"), ...aNight("2026-03-10"), ...aNight("2026-03-11") };
    const messages = posted("alert/old");
    expect(keysOf(stateOf({ rounds, messages }))).toEqual([
      "night/atelier-lune/2026-03-09/night/0",
      "night/atelier-lune/2026-03-10/night/0",
      `night/${NIGHT}/0`,
      "digest/2026-03-11",
      "review/2026-03-09",
    ]);
    const monthLater = NOW_MS + 30 * DAY_MS;
    expect(keysOf(stateOf({ rounds, messages }), monthLater)).toEqual([
      "digest/2026-04-10",
      "review/2026-04-06",
    ]);
  });

  it("tells the channels that a night names, each once and there, until a day has passed", () => {
    const rounds = aNight("2026-03-11", { channels: ["#data", "#media"] });
    const told = (state: BrandState, nowMs = NOW_MS) =>
      dueMessages(brandOf(), state, nowMs).flatMap(({ key, channel, thread }) =>
        key.startsWith("told/") ? [[key, channel, thread]] : [],
      );
    const data = [`told/${NIGHT}/#data`, "#data", null];
    const media = [`told/${NIGHT}/#media`, "#media", null];
    expect(told(stateOf({ rounds }))).toEqual([data, media]);
    expect(told(stateOf({ rounds }), NOW_MS + DAY_MS)).toEqual([data, media]);
    expect(told(stateOf({ rounds }), NOW_MS + 2 * DAY_MS)).toEqual([]);
    const [first] = dueMessages(brandOf(), stateOf({ rounds }), NOW_MS).filter(
      ({ channel }) => channel === "#data",
    );
    const messages = posted(`told/${NIGHT}/#data`, { channel: "#data", shown: first?.digest ?? "" });
    expect(told(stateOf({ rounds, messages }))).toEqual([media]);
    expect(keysOf(stateOf({ rounds }), NOW_MS, brandOf({ slack: null }))).toEqual([]);
  });

  it("says no digest before its time", () => {
    const state = stateOf({ rounds: aNight("2026-03-11") });
    const beforeMs = Date.parse("2026-03-11T07:29:59Z");
    expect(keysOf(state, beforeMs)).toEqual([`night/${NIGHT}/0`]);
    expect(keysOf(state, beforeMs + 1_000)).toContain("digest/2026-03-11");
    expect(summaryOf(brandOf(), { ...state, messages: posted("x") }, beforeMs).nextDueAtMs).toBe(beforeMs);
  });

  it("tells an alert, changes it when somebody takes it, and never one that was over unseen", () => {
    const key = `alert/diverged/c1/${NOW_MS}`;
    const first = dueMessages(brandOf(), stateOf({ alerts: anAlert() }), NOW_MS)[0];
    expect(first?.key).toBe(key);
    const messages = posted(key, { shown: first?.digest ?? "", firstAtMs: NOW_MS });
    expect(keysOf(stateOf({ alerts: anAlert(), messages }))).toEqual([]);
    expect(keysOf(stateOf({ alerts: anAlert({ takenBy: "lea" }), messages }))).toEqual([key]);
    expect(keysOf(stateOf({ alerts: anAlert({ clearedAtMs: NOW_MS }), messages }))).toEqual([key]);
    expect(keysOf(stateOf({ alerts: anAlert({ clearedAtMs: NOW_MS }) }))).toEqual([]);
  });

  it("tells nothing for a brand without Slack", () => {
    const brand = brandOf({ slack: null });
    expect(keysOf(stateOf({ rounds: aNight("2026-03-11"), alerts: anAlert() }), NOW_MS, brand)).toEqual([]);
  });
});

describe("lib/loop/desk/night-view", () => {
  const round = aNight("2026-03-11", { changes: ["c1"] })[NIGHT];
  const old = aProposal({ change: aChange({ id: "c1" }), status: "edited", origin: "c1" });
  const edited = aProposal({
    change: aChange({ id: "c9" }),
    kind: "edited",
    origin: "c1",
    status: "approved",
  });
  const confirmed = anIntent({ change: { id: "c9" }, status: "confirmed", settledAtMs: NOW_MS });
  const last = applied({ changeId: "c9", holderKey: confirmed.change.holderKey });

  function standing(given: Partial<BrandState>, nowMs = NOW_MS) {
    if (round === undefined) throw new Error("no round");
    const proposals = { c1: old, c9: edited };
    const state = stateOf({ proposals, intents: { c9: confirmed }, applied: [last], ...given });
    return standingsOf(round, state, nowMs).get("c1");
  }

  it("shows a person's version in the place of the one that it replaced", () => {
    expect(standing({})).toMatchObject({
      proposal: { change: { id: "c9" } },
      intent: { status: "confirmed" },
    });
  });

  it("shows hands off on what is open until that day is over", () => {
    const open = aProposal({ change: aChange({ id: "c1" }), status: "open" });
    const { holderKey, target } = open.change;
    const held = { target, name: "Broad", until: "2026-03-11", by: "lea", atMs: NOW_MS, reason: null };
    const given = { proposals: { c1: open }, heldOff: { [holderKey]: held } };
    expect(standing(given)?.heldOff).toEqual(held);
    expect(standing(given, NOW_MS + 2 * DAY_MS)?.heldOff).toBeNull();
    expect(standing({ heldOff: { [holderKey]: held } })?.heldOff).toBeNull();
  });

  it("offers to take a change back for seven days, unless another followed it or it was taken back", () => {
    expect(standing({})?.restorable).toBe(true);
    expect(standing({}, NOW_MS + 7 * DAY_MS - 1)?.restorable).toBe(true);
    expect(standing({}, NOW_MS + 7 * DAY_MS)?.restorable).toBe(false);
    const later = applied({ changeId: "later", holderKey: confirmed.change.holderKey });
    expect(standing({ applied: [last, later] })?.restorable).toBe(false);
    const back = aProposal({
      change: aChange({ id: "c10" }),
      kind: "restore",
      origin: "c1",
      status: "approved",
    });
    const taken = standing({ proposals: { c1: old, c9: edited, c10: back } });
    expect(taken).toMatchObject({ restorable: false, restore: { proposal: { change: { id: "c10" } } } });
    const nothing = anIntent({ change: { id: "c10" }, status: "superseded" });
    const proposals = { c1: old, c9: edited, c10: back };
    expect(standing({ proposals, intents: { c9: confirmed, c10: nothing } })?.restorable).toBe(true);
  });
});

describe("lib/loop/desk/calendar", () => {
  it.each([
    ["week", "2026-03-11", "2026-03-09", "2026-03-02"],
    ["twoWeeks", "2026-03-11", "2026-03-02", "2026-02-16"],
    ["month", "2026-03-11", "2026-03-02", "2026-02-02"],
    ["quarter", "2026-03-11", "2026-01-05", "2025-10-06"],
    ["week", "2026-03-09", "2026-03-09", "2026-03-02"],
  ] as const)(
    "reviews every %s: on %s the last is of %s, the one before of %s",
    (reviewEvery, day, last, before) => {
      const slack = { ...SLACK, reviewEvery };
      const noonMs = Date.parse(`${day}T11:00:00Z`);
      expect(lastReviewDay(brandOf(), slack, noonMs)).toBe(last);
      expect(reviewDayBefore(slack, last)).toBe(before);
    },
  );

  it("names the next morning, also over the night in which the clocks go forward", () => {
    const before = Date.parse("2026-03-28T12:00:00Z");
    expect(new Date(nextDigestAtMs(brandOf(), SLACK, before)).toISOString()).toBe("2026-03-29T06:30:00.000Z");
  });
});

describe("the order of a night", () => {
  const due = { roundId: NIGHT, day: "2026-03-11", slot: "night" };
  const started = aNight("2026-03-11", { snapshotHash: null, planHash: null });

  it("gives notice of a night that applies by itself before it is decided, once", () => {
    const brand = brandOf({ mode: "apply" });
    const keys = (state: BrandState) => dueSteps(brand, state, due, NOW_MS).map(stepKey);
    const fetch = `fetch ${NIGHT} meta/1001`;
    expect(keys(stateOf({ rounds: started }, brand))).toEqual([`tell notice/${NIGHT}`, fetch]);
    const sealed = aNight("2026-03-11", { planHash: null });
    expect(keys(stateOf({ rounds: sealed }, brand))).toEqual([`tell notice/${NIGHT}`, `decide ${NIGHT}`]);
    expect(keys(stateOf({ rounds: sealed, messages: posted(`notice/${NIGHT}`) }, brand))).toEqual([
      `decide ${NIGHT}`,
    ]);
    const asking = dueSteps(brandOf(), stateOf({ rounds: started }), due, NOW_MS).map(stepKey);
    expect(asking).toEqual([fetch]);
  });

  it("puts the desk on record before anything is decided", () => {
    const keys = dueSteps(brandOf(), anEmptyState({ rounds: started }), due, NOW_MS).map(stepKey);
    expect(keys).toEqual(["desk", `fetch ${NIGHT} meta/1001`]);
  });
});

describe("lib/loop/desk/questions", () => {
  const plan = {
    ...planOf({ asks: [anAskOf(aRaise(), "200")] }),
    holders: planOf({ entities: { "200": { name: "Été large" }, "201": { name: "Été étroit" } } }).holders,
  };

  it("finds what has every word, without accents and in any order, or whose id it is", () => {
    const names = (asked: string) => whyOf(plan, asked).found.map(({ name }) => name);
    expect(names("LARGE ete")).toEqual(["Été large"]);
    expect(names("été").toSorted()).toEqual(["Été large", "Été étroit"].toSorted());
    expect(names("201")).toEqual(["Été étroit"]);
    expect(names("nothing like it")).toEqual([]);
    expect(names("  ")).toEqual([]);
    expect(whyOf(plan, "200").found[0]).toMatchObject({
      changes: [{ ruleId: "raise-proven" }],
      verdicts: [{ ruleId: "raise-proven" }],
    });
  });

  it("finds nothing before the first plan", () => {
    expect(whyOf(null, "été")).toEqual({ kind: "why", asked: "été", plan: null, found: [] });
  });
});
