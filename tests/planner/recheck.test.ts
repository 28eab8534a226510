import { describe, expect, it } from "vitest";
import type { Edit } from "../../lib/domain/change.ts";
import { recheckChange } from "../../lib/planner/recheck.ts";
import { stopFor } from "../../lib/planner/stops.ts";
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
  partsOf,
  planOf,
} from "../support/plan.ts";
import { budgets, intents, recheck } from "../support/recheck.ts";
import { aBrand, anEmptyState, ROUND_AT_MS } from "../support/snapshot.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const SURE = { conversions14d: 40, cpaOkProbability14d: 0.95 };

const RAISE = { asks: [anAskOf(aRaise(), "200")] };
const AUTO: Night = {
  asks: [anAskOf(aRaise(10, { mode: "apply" }), "200")],
  brand: { mode: "apply" },
  figures: { "200": SURE },
};

describe("lib/planner/recheck", () => {
  it("lets the plan's own raise, cut, pause and automatic change go", () => {
    const cut = { asks: [anAskOf(aCut(), "200")] };
    const pause = { asks: [anAskOf(aPause(), "200")] };
    expect([recheck(RAISE), recheck(cut), recheck(pause), recheck(AUTO)]).toEqual(["ok", "ok", "ok", "ok"]);
  });

  it("refuses under any stop", () => {
    const stopped = anEmptyState({ stop: { by: "lea", atMs: 1, reason: null } });
    const stops = [{ scope: "everything", by: "ops", atMs: 1, reason: null }];
    expect([recheck(RAISE, { state: stopped }), recheck(RAISE, { stops })]).toEqual([
      "guardrail.stop.blocked",
      "guardrail.stop.blocked",
    ]);
  });

  it("refuses what the plan did not offer", () => {
    const blocked = { asks: [anAskOf(aRaise(3), "200")] };
    const shadow = { asks: [anAskOf(aRaise(20, { mode: "shadow" }), "200")] };
    expect([
      recheck(blocked),
      recheck(shadow),
      recheck(RAISE, {}, { id: "atelier-lune-20260311-7" }),
      recheck(RAISE, {}, { holderKey: "meta/1001/adGroup/201" }),
      recheck({ asks: [anAskOf(aCut(), "200")] }, {}, { edit: budgets(50, 60) }),
    ]).toEqual(Array.from({ length: 5 }, () => "recheck.notInPlan"));
  });

  it("refuses a proposal from the moment it expires", () => {
    const plan = planOf(RAISE);
    const change = changeOf(plan, "200");
    const decided = { status: "approved", decidedBy: "lea", decidedAtMs: ROUND_AT_MS } as const;
    const expiresAtMs = ROUND_AT_MS + HOUR_MS;
    const proposal = aProposal({ change, roundId: plan.roundId, expiresAtMs, ...decided });
    const state = anEmptyState({ proposals: { [change.id]: proposal } });
    expect(recheck(RAISE, { state, nowMs: ROUND_AT_MS + HOUR_MS - 1 })).toBe("ok");
    expect(recheck(RAISE, { state, nowMs: ROUND_AT_MS + HOUR_MS })).toBe("recheck.expired");
  });

  it("binds an edited amount by every limit: step, ceiling of the rule, floor of the platform", () => {
    const capped = aRaise(10, {
      action: { type: "raiseBudget", by: { kind: "percent", percent: 10 }, ceilingMicros: 57_000_000n },
    });
    const cut = { asks: [anAskOf(aCut(), "200")], minDailyBudgetMicros: 38_000_000n };
    const loose = { brand: aBrand({ limits: { stepPercentProposed: 50 } }) };
    expect([
      recheck(RAISE, {}, { edit: budgets(50, 58) }),
      recheck(RAISE, {}, { edit: budgets(50, 61) }),
      recheck({ asks: [anAskOf(capped, "200")] }, {}, { edit: budgets(50, 58) }),
      recheck(cut, loose, { edit: budgets(50, 37) }),
    ]).toEqual(["ok", "recheck.tooMuch", "recheck.tooMuch", "recheck.tooMuch"]);
  });

  it("obeys limits that were tightened since", () => {
    const withLimits = (limits: object) => ({ brand: aBrand({ limits }) });
    expect([
      recheck(RAISE, withLimits({ dailyCeilingMicros: 55_000_000n })),
      recheck(RAISE, withLimits({ dailyCeilingMicros: 50_000_000n })),
      recheck(RAISE, withLimits({ anchorMultiple: 1.1 })),
      recheck(RAISE, withLimits({ nightlyRaisePercent: 1 })),
    ]).toEqual(["recheck.tooMuch", "guardrail.ceiling.blocked", "recheck.tooMuch", "recheck.tooMuch"]);
  });

  it("refuses to apply unasked once the brand only proposes, or the night is over", () => {
    expect(recheck(AUTO, { brand: aBrand({ mode: "propose" }) })).toBe("recheck.modeStricter");
    expect(recheck(AUTO, { nowMs: ROUND_AT_MS + 2 * HOUR_MS })).toBe("recheck.modeStricter");
    expect(recheck(RAISE, { brand: aBrand({ mode: "shadow" }) })).toBe("recheck.modeStricter");
    expect(recheck(RAISE, { nowMs: ROUND_AT_MS + 2 * HOUR_MS })).toBe("ok");
  });

  it.each(["intended", "sent", "notSent", "confirmed", "diverged"] as const)(
    "counts a raise that is %s against the night's allowance",
    (status) => {
      const used = anIntent({ status, change: { edit: budgets(50, 91) } });
      expect(recheck(RAISE, intents(used))).toBe("recheck.tooMuch");
    },
  );

  it.each(["notApplied", "superseded"] as const)("frees the allowance of a raise that is %s", (status) => {
    expect(recheck(RAISE, intents(anIntent({ status, change: { edit: budgets(50, 91) } })))).toBe("ok");
  });

  it("does not count other rounds, cuts, or the change itself", () => {
    const earlier = anIntent({
      roundId: "atelier-lune/2026-03-10/night",
      intendedAtMs: ROUND_AT_MS - DAY_MS,
      change: { edit: budgets(50, 91) },
    });
    const cut = anIntent({ change: { edit: budgets(91, 50) } });
    const own = anIntent({
      change: { id: "atelier-lune-20260311-1", holderKey: "meta/1001/adGroup/200", edit: budgets(50, 60) },
    });
    expect([
      recheck(RAISE, intents(earlier)),
      recheck(RAISE, intents(cut)),
      recheck(RAISE, intents(own)),
    ]).toEqual(["ok", "ok", "ok"]);
  });

  it("refuses a second change of the holder in the night, a resting holder and a spent anchor", () => {
    const tonight = anEmptyState({ applied: [applied({ day: "2026-03-11", edit: budgets(60, 50) })] });
    const resting = anEmptyState({ applied: [applied({ day: "2026-03-09", edit: budgets(45, 50) })] });
    const own = anEmptyState({ applied: [applied({ day: "2026-03-07", edit: budgets(45, 50) })] });
    const spent = anEmptyState({ applied: [applied({ day: "2026-03-05", edit: budgets(33, 39) })] });
    expect([
      recheck(RAISE, { state: tonight }),
      recheck(RAISE, { state: resting }),
      recheck({ asks: [anAskOf(aRaise(20, { cooldownNights: 5 }), "200")] }, { state: own }),
      recheck(RAISE, { state: spent }),
    ]).toEqual([
      "guardrail.onePerHolder.blocked",
      "guardrail.cooldown.blocked",
      "guardrail.ruleCooldown.blocked",
      "guardrail.anchor.blocked",
    ]);
  });

  it("refuses beyond the writes of a run, the pauses of a night and the changes of an hour", () => {
    const pause = { asks: [anAskOf(aPause(), "200")] };
    const paused: Edit = { kind: "status", from: "active", to: "paused", budgetMicros: 50_000_000n };
    const attempt = anIntent({
      roundId: "atelier-lune/2026-03-10/night",
      status: "notApplied",
      sends: 1,
      intendedAtMs: ROUND_AT_MS - 1,
      change: { id: "atelier-lune-20260310-4", holderKey: "meta/1001/adGroup/200" },
    });
    const brand = (limits: object) => aBrand({ limits });
    expect([
      recheck(RAISE, { ...intents(anIntent()), brand: brand({ writesPerRun: 1 }) }),
      recheck(pause, {
        ...intents(anIntent({ change: { edit: paused } })),
        brand: brand({ pausesPerNight: 1 }),
      }),
      recheck(RAISE, { ...intents(attempt), brand: brand({ changesPerHour: 1 }) }),
    ]).toEqual([
      "guardrail.writesPerRun.blocked",
      "guardrail.pausesPerNight.blocked",
      "guardrail.changesPerHour.blocked",
    ]);
  });

  it("says what is allowed now when an amount is too large", () => {
    const plan = planOf(RAISE);
    const change = changeOf(plan, "200");
    const brand = aBrand({ limits: { dailyCeilingMicros: 55_000_000n } });
    const result = recheckChange({
      change,
      plan,
      ...{ newest: null, holder: null },
      brand,
      ruleset: partsOf(RAISE).input.ruleset,
      state: anEmptyState(),
      stops: [],
      nowMs: ROUND_AT_MS,
    });
    expect(result).toEqual({
      ok: false,
      reason: {
        key: "recheck.tooMuch",
        values: {
          guardrail: { value: "ceiling", unit: "text" },
          value: { value: 60_000_000, unit: "money" },
          to: { value: 55_000_000, unit: "money" },
        },
      },
    });
  });
});

describe("lib/planner/stops", () => {
  const target = { platform: "meta", accountId: "1001", level: "adGroup" as const, id: "200" };

  it("names the broadest stop that binds a target, and none where none does", () => {
    const state = anEmptyState({ stop: { by: "lea", atMs: 3, reason: "sale" } });
    const account = { scope: "meta/1001", by: "ops", atMs: 2, reason: null };
    const everything = { scope: "everything", by: "cto", atMs: 1, reason: null };
    const by = (...stops: (typeof account)[]) => stopFor(target, state, stops)?.values.by?.value;
    expect([by(account, everything), by(account), by()]).toEqual(["cto", "ops", "lea"]);
    expect(stopFor(target, anEmptyState(), [{ ...account, scope: "meta/1002" }])).toBeNull();
  });
});
