import { describe, expect, it } from "vitest";
import type { Dispute } from "../../../lib/domain/verdict.ts";
import {
  aCut,
  anIntent,
  aPause,
  aRaise,
  changeOf,
  type Night,
  noteOf,
  planOf,
  told,
} from "../../support/plan.ts";
import { ROUND_AT_MS } from "../../support/snapshot.ts";

const SURE = { "200": { conversions14d: 40, cpaOkProbability14d: 0.95 } };
const FIVE_MINUTES_MS = 300_000;
const HOUR_MS = 3_600_000;

function of200(night: Night): string {
  return told(changeOf(planOf({ figures: SURE, ...night }), "200"));
}

describe("lib/planner/guardrails: modes", () => {
  it.each([
    ["apply", "apply", "auto 55"],
    ["apply", "propose", "proposed 55 mode.degraded"],
    ["apply", "shadow", "shadow 55 mode.degraded"],
    ["propose", "apply", "proposed 55"],
    ["propose", "shadow", "shadow 55 mode.degraded"],
    ["shadow", "apply", "shadow 55"],
  ] as const)("takes the stricter of rule %s and brand %s", (rule, brand, expected) => {
    expect(
      of200({ asks: [{ rule: aRaise(10, { mode: rule }), holder: "200" }], brand: { mode: brand } }),
    ).toBe(expected);
  });

  it("does nothing that the two executors of rules judge differently, in any direction", () => {
    const dispute: Dispute = { compiled: "matched", reference: "notMatched", conditions: [] };
    const asks = [
      { rule: aRaise(), holder: "200", verdict: { dispute } },
      { rule: aPause({ id: "stop" }), holder: "201", verdict: { dispute } },
      { rule: aPause({ id: "end" }), holder: "202" },
    ];
    const plan = planOf({ figures: SURE, asks });
    expect(["200", "201", "202"].map((id) => told(changeOf(plan, id)))).toEqual([
      "blocked 60 disputed.blocked",
      "blocked paused disputed.blocked",
      "proposed paused",
    ]);
    expect(plan.verdicts.filter((verdict) => verdict.dispute !== undefined)).toHaveLength(2);
  });

  it.each([
    [13, "shadow 60 newRule.degraded"],
    [14, "proposed 60"],
  ])("watches a rule for 14 nights: after %d", (nights, expected) => {
    const ruleNights = { ["a".repeat(64)]: nights };
    const night = {
      asks: [{ rule: aRaise(), holder: "200" }],
      brand: { limits: { shadowNights: 14 } },
      state: { ruleNights },
    };
    expect(of200(night)).toBe(expected);
  });

  it("counts no nights for an edited rule, whose hash is new", () => {
    const ruleNights = { ["b".repeat(64)]: 30 };
    const asks = [{ rule: aRaise(), holder: "200" }];
    const plan = planOf({ asks, brand: { limits: { shadowNights: 14 } }, state: { ruleNights } });
    expect(noteOf(changeOf(plan, "200"), "newRule")).toEqual({ nights: 0, needed: 14 });
  });

  it.each([
    [-FIVE_MINUTES_MS, "auto 55"],
    [-FIVE_MINUTES_MS - 1, "proposed 55 nightWindow.degraded"],
    [HOUR_MS + 10 * FIVE_MINUTES_MS - 1, "auto 55"],
    [HOUR_MS + 10 * FIVE_MINUTES_MS, "proposed 55 nightWindow.degraded"],
  ])("applies only from 04:05 to 06:00 in the brand's zone: 04:10 and %d ms", (offsetMs, expected) => {
    const asks = [{ rule: aRaise(10, { mode: "apply" }), holder: "200" }];
    expect(of200({ asks, brand: { mode: "apply" }, nowMs: ROUND_AT_MS + offsetMs })).toBe(expected);
  });

  it("proposes outside the window what is proposed anyway", () => {
    expect(of200({ asks: [{ rule: aRaise(), holder: "200" }], nowMs: ROUND_AT_MS + 8 * HOUR_MS })).toBe(
      "proposed 60",
    );
  });

  it("takes no allowance, and no place, from working rules for what is only watched", () => {
    const watched = aRaise(20, { id: "watched", mode: "shadow" });
    const asks = [
      { rule: watched, holder: "200" },
      { rule: watched, holder: "201" },
      { rule: watched, holder: "202" },
      { rule: aRaise(), holder: "203" },
      { rule: aPause(), holder: "204" },
    ];
    const figures = { "203": { cpaOkProbability14d: 0.85 }, "200": { cpaOkProbability14d: 0.99 } };
    const plan = planOf({ asks, figures, brand: { limits: { nightlyRaisePercent: 3 } } });
    expect(plan.changes.map((change) => `${change.target.id} ${told(change)}`)).toEqual([
      "204 proposed paused",
      "203 proposed 60",
      "200 shadow 55 nightlyRaises.clamped",
      "201 blocked 60 nightlyRaises.blocked",
      "202 blocked 60 nightlyRaises.blocked",
    ]);
  });

  it("lets a watched pause displace no raise, and no raise hide the watched pause", () => {
    const asks = [
      { rule: aRaise(), holder: "200" },
      { rule: aPause({ mode: "shadow" }), holder: "200" },
    ];
    expect(planOf({ asks }).changes.map(told)).toEqual(["proposed 60", "shadow paused"]);
  });

  it("refuses no plan for what is only watched, and says that it would have", () => {
    const watched = aCut(20, { id: "watched", mode: "shadow" });
    const asks = ["200", "201", "202", "203"].map((holder) => ({ rule: watched, holder }));
    const plan = planOf({ asks: [...asks, { rule: aRaise(), holder: "209" }] });
    expect([plan.refused, ...plan.changes.map(told)]).toEqual([
      null,
      "proposed 60",
      "blocked 40 blastRadius.blocked",
      "blocked 40 blastRadius.blocked",
      "blocked 40 blastRadius.blocked",
      "blocked 40 blastRadius.blocked",
    ]);
  });

  it("counts reservations of the night before it offers more", () => {
    const intent = anIntent({
      change: { edit: { kind: "dailyBudget", fromMicros: 50_000_000n, toMicros: 95_000_000n } },
    });
    const asks = [{ rule: aRaise(), holder: "200" }];
    const plan = planOf({ asks, state: { intents: { [intent.change.id]: intent } } });
    expect(told(changeOf(plan, "200"))).toBe("proposed 55 nightlyRaises.clamped");
  });
});
