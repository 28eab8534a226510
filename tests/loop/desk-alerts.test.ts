import { describe, expect, it } from "vitest";
import { MessengerError } from "../../lib/domain/messenger.ts";
import type { Plan } from "../../lib/domain/plan.ts";
import type { Alert, BrandState, Round } from "../../lib/domain/state.ts";
import type { Verdict } from "../../lib/domain/verdict.ts";
import {
  alertsToClear,
  alertsToEscalate,
  alertsToRaise,
  disputeAlerts,
  merAlerts,
  missedNight,
  trackingAlerts,
} from "../../lib/loop/desk/alerts.ts";
import { runBrand } from "../../lib/loop/run.ts";
import { aChannel, CHANNEL } from "../support/channel.ts";
import { BRAND } from "../support/log.ts";
import { aLoop } from "../support/loop.ts";
import { anIntent, planOf } from "../support/plan.ts";
import { aBrand, anEmptyState } from "../support/snapshot.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 2026-03-11, 10:00 in Paris. */
const NOW_MS = Date.parse("2026-03-11T09:00:00Z");

function alerts(...given: Partial<Alert>[]): Pick<BrandState, "alerts"> {
  const all = given.map((one): Alert => {
    const alert: Alert = {
      ...{ id: "", kind: "diverged", subject: "c1", reason: { key: "k", values: {} }, raisedAtMs: NOW_MS },
      ...{ takenBy: null, takenAtMs: null, escalatedAtMs: null, clearedAtMs: null },
      ...one,
    };
    return { ...alert, id: `${alert.kind}/${alert.subject}` };
  });
  return { alerts: Object.fromEntries(all.map((one) => [one.id, one])) };
}

function nights(...days: string[]): Pick<BrandState, "rounds"> {
  const rounds = days.map((day): [string, Round] => {
    const roundId = `atelier-lune/${day}/night`;
    const round = { roundId, day, slot: "night", startedAtMs: NOW_MS, fetched: {}, failed: {} };
    return [
      roundId,
      { ...round, snapshotHash: "s", planHash: "p", changes: [], refused: false, channels: [] },
    ];
  });
  return { rounds: Object.fromEntries(rounds) };
}

function planWith(band: Plan["brandLine"]["merBand"]): Plan {
  const plan = planOf({});
  return { ...plan, brandLine: { ...plan.brandLine, merBand: band } };
}

describe("lib/loop/desk/alerts", () => {
  it("calls for somebody when a change diverged, or when its outcome stays unknown for half an hour", () => {
    const raisedAt = (given: Parameters<typeof anIntent>[0], nowMs = NOW_MS) => {
      const intents = { c1: anIntent({ ...given, change: { id: "c1" } }) };
      return alertsToRaise(anEmptyState({ intents }), nowMs).map(({ subject, reason }) => [
        subject,
        reason.key,
      ]);
    };
    expect(raisedAt({ status: "diverged", settledAtMs: NOW_MS - HOUR_MS })).toEqual([
      ["c1", "loop.alert.diverged"],
    ]);
    expect(raisedAt({ status: "diverged", settledAtMs: NOW_MS - 7 * DAY_MS })).toEqual([]);
    expect(raisedAt({ status: "confirmed", settledAtMs: NOW_MS })).toEqual([]);
    const sent = { status: "sent", sends: 1, sendBeforeMs: NOW_MS } as const;
    expect(raisedAt(sent, NOW_MS + 30_000 + 1_799_999)).toEqual([]);
    expect(raisedAt(sent, NOW_MS + 30_000 + 1_800_000)).toEqual([["c1", "loop.alert.unknownOutcome"]]);
  });

  it("raises an alert once, also after it was cleared", () => {
    const intents = { c1: anIntent({ status: "diverged", settledAtMs: NOW_MS, change: { id: "c1" } }) };
    for (const clearedAtMs of [null, NOW_MS])
      expect(alertsToRaise(anEmptyState({ intents, ...alerts({ clearedAtMs }) }), NOW_MS)).toEqual([]);
  });

  it("clears what diverged once somebody took it, or once it is known to be as asked for", () => {
    const clears = (status: "sent" | "diverged" | "confirmed", takenBy: string | null) => {
      const intents = { c1: anIntent({ status, change: { id: "c1" } }) };
      return alertsToClear(anEmptyState({ intents, ...alerts({ takenBy }) }));
    };
    expect(clears("diverged", null)).toEqual([]);
    expect(clears("diverged", "lea")).toEqual(["diverged/c1"]);
    expect(clears("sent", null)).toEqual([]);
    expect(clears("confirmed", null)).toEqual(["diverged/c1"]);
  });

  it("speaks of a missed night half an hour after its window, once for nights in a row, until one is planned", () => {
    const brand = aBrand();
    const overMs = Date.parse("2026-03-11T05:30:00Z");
    const before = nights("2026-03-10");
    expect(missedNight(brand, anEmptyState(before), overMs - 1)).toBeNull();
    expect(missedNight(brand, anEmptyState(before), overMs)).toMatchObject({ subject: "2026-03-11" });
    expect(missedNight(brand, anEmptyState(nights("2026-03-10", "2026-03-11")), overMs)).toBeNull();
    expect(missedNight(brand, anEmptyState(), overMs)).toBeNull();
    const missed = { kind: "missedNight", subject: "2026-03-11" } as const;
    expect(missedNight(brand, anEmptyState({ ...before, ...alerts(missed) }), overMs + DAY_MS)).toBeNull();
    expect(alertsToClear(anEmptyState({ ...before, ...alerts(missed) }))).toEqual([]);
    expect(alertsToClear(anEmptyState({ ...nights("2026-03-12"), ...alerts(missed) }))).toEqual([
      "missedNight/2026-03-11",
    ]);
  });

  it("escalates what nobody takes within the brand's hours", () => {
    const brand = aBrand({ limits: { alertAnswerHours: 12 } });
    const due = (given: Partial<Alert>, nowMs = NOW_MS + 12 * HOUR_MS) =>
      alertsToEscalate(brand, anEmptyState(alerts(given)), nowMs);
    expect(due({})).toEqual(["diverged/c1"]);
    expect(due({}, NOW_MS + 12 * HOUR_MS - 1)).toEqual([]);
    for (const given of [{ takenBy: "lea" }, { clearedAtMs: NOW_MS }, { escalatedAtMs: NOW_MS }])
      expect(due(given)).toEqual([]);
  });

  it("stands from the first night under the MER alarm to the first above it; without data it stays as it is", () => {
    const types = (state: BrandState, band: Plan["brandLine"]["merBand"]) =>
      merAlerts(state, planWith(band)).map(({ type }) => type);
    const standing = anEmptyState(alerts({ kind: "merAlarm", subject: "2026-03-09" }));
    expect(types(anEmptyState(), "alarm")).toEqual(["alertRaised"]);
    expect(types(standing, "alarm")).toEqual([]);
    expect(types(standing, "unknown")).toEqual([]);
    expect(types(standing, "growing")).toEqual(["alertCleared"]);
    expect(types(anEmptyState(), "healthy")).toEqual([]);
  });

  it("stands from the first night whose rules are judged in two ways to the first in which they are not", () => {
    const plan = planOf({});
    const subject: Verdict["subject"] = { level: "brand", key: "b", name: "b", ref: null, stage: null };
    const verdict: Verdict = {
      ...{ ruleId: "stop", pack: "roads", subject, result: "matched", evidence: [] },
      dispute: { compiled: "matched", reference: null, conditions: [] },
    };
    const disputed = { ...plan, verdicts: [verdict, { ...verdict, subject: { ...subject, key: "c" } }] };
    const standing = anEmptyState(alerts({ kind: "disputed", subject: "2026-03-09" }));
    expect(disputeAlerts(anEmptyState(), disputed)).toEqual([
      {
        ...{ type: "alertRaised", v: 1, atMs: plan.decidedAtMs, kind: "disputed", subject: plan.day },
        reason: { key: "loop.alert.disputed", values: { rules: { value: "roads/stop", unit: "text" } } },
      },
    ]);
    expect(disputeAlerts(standing, disputed)).toEqual([]);
    expect(disputeAlerts(standing, plan)).toMatchObject([
      { type: "alertCleared", alertId: "disputed/2026-03-09" },
    ]);
    expect(disputeAlerts(anEmptyState(), plan)).toEqual([]);
  });

  it("stands for each account whose tracking is suspect, and stays where an account could not be looked at", () => {
    const state = anEmptyState(
      alerts(
        { kind: "trackingSuspect", subject: "meta/1" },
        { kind: "trackingSuspect", subject: "meta/2" },
        { kind: "trackingSuspect", subject: "meta/3" },
      ),
    );
    const reason = { key: "k", values: {} };
    const events = trackingAlerts(state, { "meta/1": reason, "meta/2": null, "meta/4": reason }, NOW_MS);
    expect(events).toEqual([
      { type: "alertCleared", v: 1, atMs: NOW_MS, alertId: "trackingSuspect/meta/2" },
      { type: "alertRaised", v: 1, atMs: NOW_MS, kind: "trackingSuspect", subject: "meta/4", reason },
    ]);
  });

  it("is escalated by a run once its time has come, and cleared by one that finds nothing wrong any more", async () => {
    const loop = await aLoop({ brand: { limits: { alertAnswerHours: 12 } } });
    const reason = { key: "k", values: {} };
    const atMs = loop.time.nowMs;
    await loop.ports.log.append(BRAND, () => [
      { type: "alertRaised", v: 1, atMs, kind: "trackingSuspect", subject: "meta/1001", reason },
      { type: "alertRaised", v: 1, atMs, kind: "diverged", subject: "gone", reason },
    ]);
    const observe = () => runBrand(loop.ports, loop.config, null, { part: "observe", mayStart: () => true });
    const early = await observe();
    expect(early.state.alerts["diverged/gone"]?.clearedAtMs).toBe(atMs);
    expect(early.state.alerts["trackingSuspect/meta/1001"]?.escalatedAtMs).toBeNull();
    loop.time.nowMs += 12 * HOUR_MS;
    const { state } = await observe();
    expect(state.alerts["trackingSuspect/meta/1001"]).toMatchObject({
      escalatedAtMs: atMs + 12 * HOUR_MS,
      clearedAtMs: null,
    });
  });
});

describe("a question", () => {
  async function asked(kind: "why" | "preview") {
    const loop = await aLoop();
    const channel = aChannel();
    loop.ports.messenger = channel.messenger;
    const asker = { by: "lea", userId: "U0LEA", channel: CHANNEL } as const;
    const question = { questionId: "q1", kind, text: "Ad group 200", ...asker } as const;
    await loop.ports.log.append(BRAND, () => [
      { type: "questionAsked", v: 1, atMs: loop.time.nowMs, ...question },
    ]);
    const observe = () => runBrand(loop.ports, loop.config, null, { part: "observe", mayStart: () => true });
    return { loop, channel, observe };
  }

  it("is answered to the person who asked, once", async () => {
    const { channel, observe } = await asked("why");
    const { state } = await observe();
    expect(channel.told.map(({ userId, content }) => [userId, content.key])).toEqual([
      ["U0LEA", "question/q1"],
    ]);
    expect(channel.told[0]?.content.body).toMatchObject({ kind: "why", asked: "Ad group 200" });
    expect(state.questions).toEqual({});
  });

  it("that cannot be answered is answered with why", async () => {
    const { channel, observe } = await asked("preview");
    const { state } = await observe();
    expect(channel.told[0]?.content.body).toMatchObject({ kind: "unanswered", question: "preview" });
    expect(state.questions).toEqual({});
  });

  it("whose answer cannot be told is given up after three tries", async () => {
    const { loop, channel, observe } = await asked("why");
    const error = new MessengerError("refused", "user_not_in_channel", "Slack refuses it");
    for (let tries = 0; tries < 3; tries += 1) {
      channel.faults.push({ call: "tell", error, kept: false });
      const { state, failed } = await observe();
      expect([Object.keys(state.questions).length, failed.length]).toEqual(tries < 2 ? [1, 1] : [0, 0]);
      loop.time.nowMs += HOUR_MS;
    }
    expect(channel.calls).toHaveLength(3);
  });
});
