import { describe, expect, it } from "vitest";
import { type DigestInput, digestOf } from "../../lib/digest/index.ts";
import type { Alert, AlertKind, Intent, Proposal } from "../../lib/domain/state.ts";
import { AT_ONCE, aJudgedSnapshot, rowsAround } from "../support/digest.ts";
import { aChange, aProposal, ROUND_ID } from "../support/log.ts";
import { anIntent } from "../support/plan.ts";
import { aPlan, aPlannedChange, aReading, aWeek } from "../support/plan-view.ts";
import { aBrand, anEmptyState, aShopDay, ROUND_AT_MS } from "../support/snapshot.ts";

const HOUR_MS = 3_600_000;
/** 08:10 in Paris on the round's day, and on the day before. */
const NOW_MS = ROUND_AT_MS + 4 * HOUR_MS;
const SINCE_MS = NOW_MS - 24 * HOUR_MS;

function digest(given: Partial<DigestInput> = {}) {
  const input = { brand: aBrand(), state: anEmptyState(), plan: null, snapshot: null, maturity: AT_ONCE };
  return digestOf({ ...input, sinceMs: SINCE_MS, nowMs: NOW_MS, ...given });
}

function byId<T extends { change: { id: string } }>(items: readonly T[]): Record<string, T> {
  return Object.fromEntries(items.map((item) => [item.change.id, item]));
}

function changesOf(proposals: readonly Proposal[], intents: readonly Intent[] = [], plan = aPlan({})) {
  const state = anEmptyState({ proposals: byId(proposals), intents: byId(intents) });
  return digest({ state, plan }).changes.map(({ changeId, status, by }) => [changeId, status, by]);
}

function idOf(index: number, night = "20260311"): string {
  return `atelier-lune-${night}-${index}`;
}

describe("lib/digest/digest", () => {
  describe("on changes", () => {
    it("tells the night's in the plan's order, with who decided and what became of them", () => {
      const proposals = [
        aProposal({
          change: aChange({ id: idOf(10) }),
          status: "rejected",
          decidedBy: "lea",
          reason: "sale",
        }),
        aProposal({ change: aChange({ id: idOf(2) }), status: "approved", decidedBy: "max" }),
        aProposal({ change: aChange({ id: idOf(1) }) }),
        aProposal({ change: aChange({ id: idOf(3) }), status: "approved", decidedBy: "lea" }),
      ];
      const intents = [anIntent({ change: { id: idOf(3) }, status: "confirmed", settledAtMs: NOW_MS })];
      expect(changesOf(proposals, intents)).toEqual([
        [idOf(1), "waiting", null],
        [idOf(2), "approved", "max"],
        [idOf(3), "confirmed", "lea"],
        [idOf(10), "rejected", "lea"],
      ]);
    });

    it("tells why people said no, and why the platform did not take it", () => {
      const said = aProposal({ status: "rejected", decidedBy: "lea", reason: "sale next week" });
      const rejected = digest({ state: anEmptyState({ proposals: byId([said]) }), plan: aPlan({}) });
      expect(rejected.changes[0]?.reason).toEqual({
        key: "digest.rejectedBecause",
        values: { reason: { value: "sale next week", unit: "text" } },
      });
      const reason = { key: "loop.refused", values: {} };
      const intent = anIntent({ change: aChange({}), status: "notApplied", settledAtMs: NOW_MS, reason });
      const approved = aProposal({ status: "approved", decidedBy: "lea" });
      const state = anEmptyState({ proposals: byId([approved]), intents: byId([intent]) });
      expect(digest({ state, plan: aPlan({}) }).changes[0]).toMatchObject({ status: "notApplied", reason });
    });

    it("tells a person's version in place of the one before", () => {
      const old = aProposal({ status: "edited", decidedBy: "lea" });
      const version = aProposal({ change: aChange({ id: idOf(7) }), kind: "edited", madeBy: "lea" });
      expect(changesOf([old, version])).toEqual([[idOf(7), "waiting", null]]);
    });

    it("tells of earlier nights only what was decided or settled since the last digest", () => {
      const roundId = "atelier-lune/2026-03-10/night";
      const earlier = (index: number, given: Partial<Proposal>) =>
        aProposal({ change: aChange({ id: idOf(index, "20260310") }), roundId, ...given });
      const proposals = [
        earlier(1, { status: "approved", decidedBy: "lea", decidedAtMs: SINCE_MS + 1 }),
        earlier(2, { status: "approved", decidedBy: "lea", decidedAtMs: SINCE_MS }),
        earlier(3, { status: "approved", decidedBy: "lea", decidedAtMs: SINCE_MS - 1 }),
        aProposal(),
      ];
      const intents = [
        anIntent({
          roundId,
          change: { id: idOf(3, "20260310") },
          status: "confirmed",
          settledAtMs: SINCE_MS + 1,
        }),
      ];
      expect(changesOf(proposals, intents)).toEqual([
        [idOf(1), "waiting", null],
        [idOf(1, "20260310"), "approved", "lea"],
        [idOf(3, "20260310"), "confirmed", "lea"],
      ]);
    });

    it("tells automatic changes, those that wait to be sent as well", () => {
      const done = anIntent({
        roundId: ROUND_ID,
        allowedBy: "mode:apply",
        status: "confirmed",
        settledAtMs: NOW_MS,
      });
      const waiting = { change: aChange({ id: idOf(4) }), roundId: ROUND_ID, planHash: "b".repeat(64) };
      const state = anEmptyState({ intents: byId([done]), auto: byId([waiting]) });
      expect(
        digest({ state, plan: aPlan({}) }).changes.map(({ changeId, status, by }) => [changeId, status, by]),
      ).toEqual([
        [idOf(4), "waiting", null],
        [idOf(9), "confirmed", null],
      ]);
    });

    it("counts what expired since the last digest", () => {
      const expired = (index: number, decidedAtMs: number) =>
        aProposal({ change: aChange({ id: idOf(index, "20260310") }), status: "expired", decidedAtMs });
      const state = anEmptyState({ proposals: byId([expired(1, SINCE_MS), expired(2, SINCE_MS + 1)]) });
      expect(digest({ state }).expired).toBe(1);
    });

    it("counts what was blocked by the guardrail that said no, the busiest first", () => {
      const note = (guardrail: string, effect: "blocked" | "clamped") =>
        ({ guardrail, effect, reason: { key: "x", values: {} } }) as const;
      const blocked = (...notes: ReturnType<typeof note>[]) =>
        aPlannedChange("11", "One", { outcome: "blocked", notes });
      const changes = [
        blocked(note("step", "clamped"), note("learning", "blocked")),
        blocked(note("ceiling", "blocked")),
        blocked(note("ceiling", "blocked")),
        aPlannedChange("12", "Two", { notes: [note("step", "clamped")] }),
      ];
      expect(digest({ plan: aPlan({ changes }) }).blocked).toEqual([
        { guardrail: "ceiling", count: 2 },
        { guardrail: "learning", count: 1 },
      ]);
    });
  });

  describe("on the night", () => {
    it("shows the plan only where one was made since the last digest", () => {
      expect(digest({ plan: aPlan({ decidedAtMs: SINCE_MS + 1 }) }).plan).not.toBeNull();
      const missed = digest({ plan: aPlan({ decidedAtMs: SINCE_MS }), snapshot: aJudgedSnapshot([]) });
      expect(missed.plan).toBeNull();
      expect(missed.quality[0]?.key).toBe("digest.noNight");
    });

    it("tells of one day when it is the first", () => {
      expect(digest({ sinceMs: null, plan: aPlan({ decidedAtMs: SINCE_MS + 1 }) }).plan).not.toBeNull();
      expect(digest({ sinceMs: null, plan: aPlan({ decidedAtMs: SINCE_MS }) }).plan).toBeNull();
    });

    it("is for the morning in the brand's zone", () => {
      expect(digest({ nowMs: Date.parse("2026-03-11T23:30:00Z") }).day).toBe("2026-03-12");
    });
  });

  describe("on figures", () => {
    it("reads yesterday from the newest snapshot", () => {
      const rows = rowsAround("2026-03-10", { euros: 100, conversions: 4 }, { euros: 0, conversions: 0 });
      const shop = { source: "csv", days: [aShopDay({ revenueMicros: 420_000_000n })] };
      const snapshot = { ...aJudgedSnapshot(rows), shop };
      expect(digest({ snapshot }).yesterday).toMatchObject({
        spend: { value: 100_000_000, unit: "money", from: "2026-03-10", to: "2026-03-10" },
        revenue: { value: 420_000_000, unit: "money" },
        mer: { value: 4.2, unit: "ratio" },
      });
    });

    it("says so where nothing was fetched yet", () => {
      const { yesterday, quality, judged } = digest();
      expect(yesterday.spend).toMatchObject({ value: null, reason: { key: "digest.noSnapshot" } });
      expect(quality.map(({ key }) => key)).toEqual(["digest.noSnapshot"]);
      expect(judged).toEqual([]);
    });

    it("names what is missing, suspect, late and in no stage, in this order", () => {
      const rows = rowsAround("2026-03-09", { euros: 100, conversions: 40 }, { euros: 100, conversions: 0 });
      const missing = [{ key: "missing.account", values: {} }];
      const { brandLine } = aPlan({});
      const unmapped = {
        ...{ stage: "unmapped", band: null },
        spend: aWeek(70_000_000, "money"),
        sharePercent: aWeek(12.5, "percent"),
      };
      const plan = aPlan({ missing, brandLine: { ...brandLine, stages: [unmapped] } });
      const slowly = { meta: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7] };
      const { quality } = digest({ plan, snapshot: aJudgedSnapshot(rows), maturity: slowly });
      expect(quality.map(({ key }) => key)).toEqual([
        "missing.account",
        "tracking.low",
        "digest.unsettled",
        "digest.unmapped",
      ]);
      // Of the last 14 days (.2 + .3 + .4 + .5 + .6 + .7 + 8) / 14.
      expect(quality[2]?.values).toMatchObject({ percent: { value: 76.428571 }, needed: { value: 85 } });
      expect(quality[3]?.values).toMatchObject({ spend: { value: 70_000_000 }, percent: { value: 12.5 } });
    });
  });

  describe("on what people look after", () => {
    const anAlert = (kind: AlertKind, given: Partial<Alert> = {}): Alert => ({
      ...{ id: `${kind}/x`, kind, subject: "x", reason: { key: "x", values: {} }, raisedAtMs: NOW_MS },
      ...{ takenBy: null, takenAtMs: null, escalatedAtMs: null, clearedAtMs: null },
      ...given,
    });

    it("shows the alerts that stand, the oldest first", () => {
      const all = [
        anAlert("merAlarm"),
        anAlert("diverged", { raisedAtMs: NOW_MS - 1, takenBy: "lea" }),
        anAlert("missedNight", { clearedAtMs: NOW_MS }),
      ];
      const state = anEmptyState({ alerts: Object.fromEntries(all.map((alert) => [alert.id, alert])) });
      expect(digest({ state }).alerts.map(({ kind }) => kind)).toEqual(["diverged", "merAlarm"]);
    });

    it("shows what the plan protects, and people's own word as it is now", () => {
      const ref = { platform: "meta", accountId: "1001", level: "adGroup" } as const;
      const of = (id: string, because: "cooldown" | "handsOff", untilMs: number) => ({
        ...{ because, name: id, ref: { ...ref, id }, by: null, untilMs, ruleId: null, reason: null },
      });
      const lifted = of("12", "handsOff", NOW_MS + HOUR_MS);
      const plan = aPlan({ protections: [of("11", "cooldown", NOW_MS + HOUR_MS), lifted] });
      const held = (id: string, until: string) => ({
        ...{ target: { ...ref, id }, name: id, until, by: "lea", atMs: NOW_MS, reason: "launch" },
      });
      const heldOff = { a: held("13", "2026-03-11"), b: held("14", "2026-03-10") };
      const { protections } = digest({ plan, state: anEmptyState({ heldOff }) });
      expect(protections.map(({ name, by, untilMs }) => [name, by, untilMs])).toEqual([
        ["11", null, NOW_MS + HOUR_MS],
        // Until the end of 11 March in Paris.
        ["13", "lea", Date.parse("2026-03-11T23:00:00Z")],
      ]);
    });
  });

  it("says the same for the same", () => {
    const plan = aPlan({ brandLine: { ...aPlan({}).brandLine, mer: aReading(3, "ratio") } });
    expect(digest({ plan })).toEqual(digest({ plan }));
  });
});
