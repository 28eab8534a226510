import { describe, expect, it } from "vitest";
import type { Change, Edit } from "../../lib/domain/change.ts";
import type { BrandState, Intent, Proposal, Round } from "../../lib/domain/state.ts";
import type { Recheck } from "../../lib/planner/recheck.ts";
import type { Rule, Ruleset } from "../../lib/rules/types.ts";
import { aProposal } from "../support/log.ts";
import {
  aCut,
  anAskOf,
  anIntent,
  aPause,
  applied,
  aRaise,
  changeOf,
  type Night,
  planOf,
} from "../support/plan.ts";
import { budgets, recheck } from "../support/recheck.ts";
import { aBrand, anEmptyState, ROUND_AT_MS } from "../support/snapshot.ts";

const DAY_MS = 86_400_000;
const PLANNED = "atelier-lune-20260311-1";
const RAISE: Night = { asks: [anAskOf(aRaise(), "200")] };
const CUT: Night = { asks: [anAskOf(aCut(), "200")] };
const PAUSE: Night = { asks: [anAskOf(aPause(), "200")] };

describe("lib/planner/recheck, of a person's version", () => {
  /** A version of the plan's change under an id of its own, made of another version. */
  function version(edit: Edit, given: Partial<Change> = {}): string {
    const change = { id: "atelier-lune-20260311-7", edit, ...given };
    const proposal = aProposal({
      kind: "edited",
      origin: PLANNED,
      status: "approved",
      expiresAtMs: ROUND_AT_MS + 1,
    });
    return recheck(RAISE, { state: anEmptyState({ proposals: { [change.id]: proposal } }) }, change);
  }

  it("goes back to the change of the plan, and obeys every limit on it", () => {
    expect([version(budgets(50, 58)), version(budgets(50, 61)), version(budgets(50, 49))]).toEqual([
      "ok",
      "recheck.tooMuch",
      "recheck.notInPlan",
    ]);
    expect(version(budgets(50, 58), { holderKey: "meta/1001/adGroup/201" })).toBe("recheck.notInPlan");
  });

  it("is nothing without its proposal", () => {
    expect(recheck(RAISE, {}, { id: "atelier-lune-20260311-7" })).toBe("recheck.notInPlan");
  });
});

describe("lib/planner/recheck, of the rule as it is now", () => {
  function under(given: Partial<Rule> | null, night = RAISE, now: Partial<Recheck> = {}): string {
    const rules = given === null ? [] : [aRaise(20, given)];
    const ruleset: Ruleset = { rules, hash: "c".repeat(64) };
    return recheck(night, { ruleset, ...now });
  }

  it("does nothing for a rule that was withdrawn, moved to another pack or put into a stricter mode", () => {
    const auto: Night = {
      asks: [anAskOf(aRaise(10, { mode: "apply" }), "200")],
      brand: { mode: "apply" },
      figures: { "200": { conversions14d: 40, cpaOkProbability14d: 0.95 } },
    };
    expect([
      under({}),
      under(null),
      under({ pack: "other" }),
      under({ mode: "shadow" }),
      under({ mode: "apply" }, auto),
      under({ mode: "propose" }, auto),
    ]).toEqual([
      "ok",
      "recheck.ruleWithdrawn",
      "recheck.ruleWithdrawn",
      "recheck.ruleStricter",
      "ok",
      "recheck.ruleStricter",
    ]);
  });

  it("does nothing for a rule that was edited, until the new one has been watched", () => {
    const brand = aBrand({ limits: { shadowNights: 14 } });
    const state = anEmptyState({ ruleNights: { ["a".repeat(64)]: 14, ["b".repeat(64)]: 13 } });
    expect([
      under({}, RAISE, { brand, state }),
      under({ hash: "b".repeat(64) }, RAISE, { brand, state }),
      under({ hash: "d".repeat(64) }, RAISE, { brand, state }),
    ]).toEqual(["ok", "recheck.ruleStricter", "recheck.ruleStricter"]);
  });
});

describe("lib/planner/recheck, of what is taken back", () => {
  const RESTORE = "atelier-lune-20260311-7";
  /** Two days later, at noon in Paris. */
  const NOW = Date.UTC(2026, 2, 13, 11);

  interface Taken {
    night?: Night;
    /** What was applied, where it is not what the plan proposed. */
    done?: Edit;
    intent?: Partial<Intent>;
    edit?: Edit;
    state?: Partial<BrandState>;
    limits?: object;
    now?: Partial<Recheck>;
  }

  function reversed(edit: Edit): Edit {
    if (edit.kind === "status") return { ...edit, from: edit.to, to: edit.from };
    return { ...edit, fromMicros: edit.toMicros, toMicros: edit.fromMicros };
  }

  function round(day: string, startedAtMs: number): Record<string, Round> {
    const roundId = `atelier-lune/${day}/night`;
    const none = { fetched: {}, failed: {}, snapshotHash: null, planHash: null, refused: false };
    return { [roundId]: { roundId, day, slot: "night", startedAtMs, changes: [], channels: [], ...none } };
  }

  function restore({ night = RAISE, done, intent, edit, state, limits, now }: Taken = {}): string {
    const { holderKey, target, edit: planned } = changeOf(planOf(night), "200");
    const made = done ?? planned;
    const origin = anIntent({
      status: "confirmed",
      intendedAtMs: ROUND_AT_MS,
      sends: 1,
      ...intent,
      change: { id: PLANNED, holderKey, target, edit: made },
    });
    const back = edit ?? reversed(made);
    const proposal: Proposal = aProposal({
      kind: "restore",
      origin: PLANNED,
      status: "approved",
      expiresAtMs: NOW + 1,
      change: { ...origin.change, id: RESTORE, edit: back },
    });
    const off = { ruleId: "raise-proven", pack: "roads", holderKey, untilMs: NOW + DAY_MS, by: "lea" };
    return recheck(
      night,
      {
        nowMs: NOW,
        brand: aBrand({ limits: limits ?? {} }),
        ...now,
        state: anEmptyState({
          rulesOff: [off],
          rounds: { ...round("2026-03-11", ROUND_AT_MS), ...round("2026-03-13", ROUND_AT_MS + 2 * DAY_MS) },
          ...state,
          proposals: { [RESTORE]: proposal, ...state?.proposals },
          intents: { [PLANNED]: origin, ...state?.intents },
        }),
      },
      { id: RESTORE, edit: back },
    );
  }

  it("puts the old value back, whether it was raised, cut or paused, and whoever made what was applied", () => {
    const version = aProposal({ kind: "edited", origin: PLANNED, status: "approved" });
    expect([restore(), restore({ night: CUT }), restore({ night: PAUSE })]).toEqual(["ok", "ok", "ok"]);
    // The change that was applied was a person's version of the plan's.
    const { holderKey, target } = changeOf(planOf(RAISE), "200");
    const applied = anIntent({
      status: "confirmed",
      change: { id: "edited", holderKey, target, edit: budgets(50, 58) },
    });
    const own = aProposal({ kind: "restore", origin: "edited", status: "approved", expiresAtMs: NOW + 1 });
    const state = { proposals: { edited: version, [RESTORE]: own }, intents: { edited: applied } };
    expect([restore({ state, edit: budgets(58, 50) }), restore({ state, edit: budgets(60, 50) })]).toEqual([
      "ok",
      "recheck.notInPlan",
    ]);
  });

  it("takes back only what stands as it was applied, exactly", () => {
    expect([
      restore({ intent: { status: "diverged" } }),
      restore({ intent: { status: "sent" } }),
      restore({ edit: budgets(60, 49) }),
      restore({ edit: budgets(61, 50) }),
      restore({ night: PAUSE, edit: budgets(60, 50) }),
    ]).toEqual([
      "recheck.notApplied",
      "recheck.notApplied",
      "recheck.notInPlan",
      "recheck.notInPlan",
      "recheck.notInPlan",
    ]);
  });

  it("needs no night and no brand that applies, also where the change was made without asking", () => {
    const night: Night = {
      asks: [anAskOf(aRaise(10, { mode: "apply" }), "200")],
      brand: { mode: "apply" },
      figures: { "200": { conversions14d: 40, cpaOkProbability14d: 0.95 } },
    };
    expect(restore({ night })).toBe("ok");
  });

  it("does not wait for steps, rests, nights, rules or hands off", () => {
    const { holderKey } = changeOf(planOf(RAISE), "200");
    const target = { platform: "meta", accountId: "1001", level: "adGroup", id: "200" } as const;
    const held = { target, name: "x", until: "2026-03-20", by: "lea", atMs: 1, reason: null };
    expect([
      restore({ limits: { stepPercentProposed: 1, cooldownNightsAfterRaiseProposed: 9 } }),
      restore({ state: { applied: [applied({ day: "2026-03-13" })] } }),
      restore({ state: { heldOff: { [holderKey]: held } } }),
      restore({ now: { ruleset: { rules: [], hash: "c".repeat(64) } } }),
      restore({ night: PAUSE, limits: { pausesPerNight: 0 } }),
    ]).toEqual(["ok", "ok", "ok", "ok", "ok"]);
  });

  it("obeys stops, floor, ceiling, anchor, the brand file and its mode, and runs out", () => {
    const stop = { by: "lea", atMs: 1, reason: null };
    const low = applied({ day: "2026-03-08", edit: budgets(30, 50) });
    expect([
      restore({ state: { stop } }),
      restore({ limits: { dailyFloorMicros: 55_000_000n } }),
      restore({ night: CUT, limits: { dailyCeilingMicros: 45_000_000n } }),
      restore({ night: PAUSE, limits: { dailyCeilingMicros: 45_000_000n } }),
      restore({ night: CUT, now: { newest: { ...planOf(CUT), holders: [] } } }),
      restore({ night: CUT, state: { applied: [low] } }),
      restore({ now: { brand: aBrand({ accounts: [] }) } }),
      restore({ now: { brand: aBrand({ mode: "shadow" }) } }),
      restore({ now: { nowMs: NOW + 1 } }),
    ]).toEqual([
      "guardrail.stop.blocked",
      "recheck.tooMuch",
      "recheck.tooMuch",
      "guardrail.ceiling.blocked",
      "guardrail.nightlyRaises.blocked",
      "recheck.tooMuch",
      "recheck.notBound",
      "recheck.modeStricter",
      "recheck.expired",
    ]);
  });

  it("counts among the raises and writes of the night in which it is made", () => {
    const raised = (day: string, id: string): Record<string, Intent> => {
      const roundId = `atelier-lune/${day}/night`;
      return { [id]: anIntent({ roundId, change: { id, edit: budgets(50, 95) } }) };
    };
    // 10 % of ten budgets of 50 EUR are 50 EUR; a cut taken back adds 10, a pause 50.
    expect([
      restore({ night: CUT, state: { intents: raised("2026-03-13", "x") } }),
      restore({ night: CUT, state: { intents: raised("2026-03-11", "x") } }),
      restore({ night: PAUSE, state: { intents: raised("2026-03-13", "x") } }),
      restore({ state: { intents: raised("2026-03-13", "x") }, limits: { writesPerRun: 1 } }),
      restore({ state: { intents: raised("2026-03-11", "x") }, limits: { writesPerRun: 1 } }),
    ]).toEqual([
      "recheck.tooMuch",
      "ok",
      "guardrail.nightlyRaises.blocked",
      "guardrail.writesPerRun.blocked",
      "ok",
    ]);
  });

  it("takes of the allowance of that night, and none of the night of the change", () => {
    const id = "atelier-lune-20260309-4";
    const back = anIntent({
      roundId: "atelier-lune/2026-03-09/night",
      intendedAtMs: ROUND_AT_MS + 60_000,
      change: { id, edit: budgets(50, 95) },
    });
    const proposals = { [id]: aProposal({ kind: "restore", origin: "x", status: "approved" }) };
    const told = (rounds: Record<string, Round>) =>
      recheck(RAISE, {
        state: anEmptyState({ intents: { [id]: back }, proposals, rounds }),
        nowMs: ROUND_AT_MS + 120_000,
      });
    const before = round("2026-03-10", ROUND_AT_MS - DAY_MS);
    expect([told({ ...before, ...round("2026-03-11", ROUND_AT_MS) }), told(before)]).toEqual([
      "recheck.tooMuch",
      "ok",
    ]);
  });

  it("is the holder's change of the day on which it is made, under way and done", () => {
    const { holderKey } = changeOf(planOf(RAISE), "200");
    const id = "atelier-lune-20260309-4";
    const proposals = { [id]: aProposal({ kind: "restore", origin: "x", status: "approved" }) };
    const rounds = {
      ...round("2026-03-09", ROUND_AT_MS - 2 * DAY_MS),
      ...round("2026-03-11", ROUND_AT_MS - 60_000),
    };
    const edit = budgets(60, 50);
    const done = applied({ changeId: id, day: "2026-03-09", atMs: ROUND_AT_MS - 1, edit });
    const roundId = "atelier-lune/2026-03-09/night";
    const underWay = anIntent({ roundId, intendedAtMs: ROUND_AT_MS - 1, change: { id, holderKey, edit } });
    expect([
      recheck(RAISE, { state: anEmptyState({ applied: [done] }) }),
      recheck(RAISE, { state: anEmptyState({ applied: [done], proposals }) }),
      recheck(RAISE, { state: anEmptyState({ rounds, proposals, intents: { [id]: underWay } }) }),
      recheck(RAISE, { state: anEmptyState({ rounds, intents: { [id]: underWay } }) }),
    ]).toEqual(["ok", "guardrail.onePerHolder.blocked", "guardrail.onePerHolder.blocked", "ok"]);
  });
});
