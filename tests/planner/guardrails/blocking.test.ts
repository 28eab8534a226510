import { describe, expect, it } from "vitest";
import {
  aCut,
  aHold,
  anIntent,
  aPause,
  applied,
  aRaise,
  changeOf,
  type Night,
  noteOf,
  planOf,
  told,
} from "../../support/plan.ts";
import { ROUND_AT_MS } from "../../support/snapshot.ts";

const raise = { rule: aRaise(), holder: "200" };
const cut = { rule: aCut(), holder: "200" };
const pause = { rule: aPause(), holder: "200" };
const HOUR_MS = 3_600_000;

/** What the night makes of ad group 200. */
function of200(night: Night): string {
  return told(changeOf(planOf(night), "200"));
}

describe("lib/planner/guardrails: what may not be touched", () => {
  it("proposes an ordinary raise, cut and pause untouched", () => {
    expect([of200({ asks: [raise] }), of200({ asks: [cut] }), of200({ asks: [pause] })]).toEqual([
      "proposed 60",
      "proposed 40",
      "proposed paused",
    ]);
  });

  it("blocks everything while the brand is stopped, and says who stopped it", () => {
    const state = { stop: { by: "lea", atMs: 1_000, reason: null } };
    expect([of200({ asks: [raise], state }), of200({ asks: [pause], state })]).toEqual([
      "blocked 60 stop.blocked",
      "blocked paused stop.blocked",
    ]);
    const change = changeOf(planOf({ asks: [raise], state }), "200");
    expect(noteOf(change, "stop")).toEqual({ scope: "atelier-lune", by: "lea", since: 1_000 });
  });

  it.each([
    ["everything", "blocked 60 stop.blocked"],
    ["meta/1001", "blocked 60 stop.blocked"],
    ["meta/1002", "proposed 60"],
  ])("obeys a stop of %s", (scope, expected) => {
    const plan = planOf({ asks: [raise], stops: [{ scope, by: "ops", atMs: 5, reason: null }] });
    expect(told(changeOf(plan, "200"))).toBe(expected);
    expect(plan.stops).toEqual([{ scope, by: "ops", atMs: 5, reason: null }]);
  });

  it.each([
    ["the ad group is paused", { entities: { "200": { status: "paused", platformStatus: "PAUSED" } } }],
    ["its campaign is paused", { campaign: { status: "paused", platformStatus: "PAUSED" } }],
  ] satisfies [string, Night][])("leaves alone what does not deliver: %s", (_, night) => {
    const plan = planOf({ ...night, asks: [cut] });
    expect(told(changeOf(plan, "200"))).toBe("blocked 40 inactive.blocked");
    expect(noteOf(changeOf(plan, "200"), "inactive")).toEqual({ status: "PAUSED" });
  });

  it("leaves a lifetime budget alone, pauses included", () => {
    const entities = { "200": { budget: { period: "lifetime" as const, amountMicros: 700_000_000n } } };
    expect([of200({ asks: [raise], entities }), of200({ asks: [pause], entities })]).toEqual([
      "blocked 840 lifetimeBudget.blocked",
      "blocked paused lifetimeBudget.blocked",
    ]);
  });

  it("leaves a budget with a running schedule alone", () => {
    expect(of200({ asks: [raise], entities: { "200": { budgetScheduled: true } } })).toBe(
      "blocked 60 budgetSchedule.blocked",
    );
  });

  it("changes a holder once a night, pauses included", () => {
    const state = { applied: [applied({ day: "2026-03-11", ruleId: "cut-dear" })] };
    const plan = planOf({ asks: [pause], state });
    expect(told(changeOf(plan, "200"))).toBe("blocked paused onePerHolder.blocked");
    expect(noteOf(changeOf(plan, "200"), "onePerHolder")).toEqual({ rule: "cut-dear" });
  });

  it.each([
    ["intended", "blocked paused onePerHolder.blocked"],
    ["sent", "blocked paused onePerHolder.blocked"],
    ["notSent", "blocked paused onePerHolder.blocked"],
    ["confirmed", "blocked paused onePerHolder.blocked"],
    ["diverged", "blocked paused onePerHolder.blocked"],
    ["notApplied", "proposed paused"],
    ["superseded", "proposed paused"],
  ] as const)("counts an intent of the night that is %s accordingly", (status, expected) => {
    const intent = anIntent({
      status,
      intendedAtMs: ROUND_AT_MS - 2 * HOUR_MS,
      change: { holderKey: "meta/1001/adGroup/200" },
    });
    expect(of200({ asks: [pause], state: { intents: { [intent.change.id]: intent } } })).toBe(expected);
  });

  it.each([
    [3, HOUR_MS - 1, "blocked paused changesPerHour.blocked"],
    [3, HOUR_MS, "proposed paused"],
    [2, HOUR_MS - 1, "proposed paused"],
  ])("counts attempts on a holder: %d sent %d ms ago", (count, agoMs, expected) => {
    const refused = Array.from({ length: count }, (_, index) =>
      anIntent({
        status: "notApplied",
        sends: 1,
        intendedAtMs: ROUND_AT_MS - agoMs,
        change: { id: `atelier-lune-20260310-${index}`, holderKey: "meta/1001/adGroup/200" },
      }),
    );
    const intents = Object.fromEntries(refused.map((intent) => [intent.change.id, intent]));
    expect(of200({ asks: [pause], state: { intents } })).toBe(expected);
  });

  it("keeps back what a hold names and nothing else", () => {
    const hold = { rule: aHold() };
    expect([of200({ asks: [hold, raise] }), of200({ asks: [hold, cut] })]).toEqual([
      "blocked 60 hold.blocked",
      "proposed 40",
    ]);
    expect(noteOf(changeOf(planOf({ asks: [hold, raise] }), "200"), "hold")).toEqual({
      rule: "hold-under-floor",
    });
  });

  it("holds raises for want of data but never cuts or pauses", () => {
    const noData = { result: "noData" as const };
    const all = aHold({
      action: {
        type: "hold",
        blocks: ["raise", "cut", "pause"],
        scope: { kind: "brand" },
        forAtLeastNights: null,
      },
    });
    const asked = { rule: all, verdict: noData };
    expect([
      of200({ asks: [asked, raise] }),
      of200({ asks: [asked, cut] }),
      of200({ asks: [asked, pause] }),
    ]).toEqual(["blocked 60 hold.blocked", "proposed 40", "proposed paused"]);
    expect(planOf({ asks: [asked] }).holds).toMatchObject([
      { ruleId: "hold-under-floor", because: "noData", blocks: ["raise"] },
    ]);
  });

  it("lets a hold in shadow hold nothing", () => {
    const plan = planOf({ asks: [{ rule: aHold({ mode: "shadow" }) }, raise] });
    expect([told(changeOf(plan, "200")), plan.holds]).toEqual(["proposed 60", []]);
  });
});
