import { describe, expect, it } from "vitest";
import type { Protection } from "../../lib/domain/plan.ts";
import { aProposal } from "../support/log.ts";
import { aHistory, anAskOf, anEdit, anIntent, applied, aRaise, type Night, planOf } from "../support/plan.ts";
import { ROUND_AT_MS } from "../support/snapshot.ts";

const DAY_MS = 86_400_000;
const KEY = "meta/1001/adGroup/200";
const TARGET = { platform: "meta", accountId: "1001", level: "adGroup", id: "200" } as const;

function told(night: Night): Partial<Protection>[] {
  return planOf(night).protections.map(({ name, ref, ...rest }) => {
    expect([name, ref]).toEqual(["Ad group 200", TARGET]);
    return rest;
  });
}

describe("lib/planner/protections", () => {
  it("names what the brand file keeps hands off, with its end where it has one", () => {
    const entry = (until: string | null) => [{ match: { ids: ["200"] }, until, by: "marc" }];
    const whole = { because: "brandFile", by: "marc", ruleId: null, reason: null };
    expect(told({ brand: { handsOff: entry(null) } })).toEqual([{ ...whole, untilMs: null }]);
    // The end of 29 March on a clock that goes one hour ahead that day: 22:00 UTC.
    expect(told({ brand: { handsOff: entry("2026-03-29") } })).toEqual([
      { ...whole, untilMs: Date.UTC(2026, 2, 29, 22) },
    ]);
    expect(told({ brand: { handsOff: entry("2026-03-10") } })).toEqual([]);
  });

  it("names what a person keeps hands off until the end of a day", () => {
    const night = (until: string): Night => {
      const one = { target: TARGET, name: "Ad group 200", until, by: "lea", atMs: 1, reason: "sale" };
      return { state: { heldOff: { [KEY]: one } } };
    };
    expect(told(night("2026-03-11"))).toEqual([
      {
        because: "handsOff",
        by: "lea",
        untilMs: Date.UTC(2026, 2, 11, 23),
        ruleId: null,
        reason: "sale",
      },
    ]);
    expect(told(night("2026-03-10"))).toEqual([]);
  });

  it("names what others changed, by whom where the platform says", () => {
    const foreign = { because: "foreignEdit", untilMs: 1_773_454_200_000, ruleId: null, reason: null };
    expect(told({ history: aHistory([anEdit()]) })).toEqual([{ ...foreign, by: "Camille Roy" }]);
    expect(told({ history: aHistory([anEdit({ by: "?" })]) })).toEqual([{ ...foreign, by: null }]);
  });

  it("names what somebody rejected while that stands, once", () => {
    const { change } = anIntent({ change: { holderKey: KEY, target: TARGET, name: "Ad group 200" } });
    const night = (decidedAtMs: number): Night => {
      const no = aProposal({ change, status: "rejected", decidedBy: "lea", decidedAtMs, reason: "sale" });
      const again = {
        ...no,
        change: { ...change, id: "again" },
        decidedBy: "marc",
        decidedAtMs: decidedAtMs + 1,
      };
      return { state: { proposals: { no, again } } };
    };
    expect(told(night(ROUND_AT_MS - DAY_MS))).toEqual([
      {
        because: "rejected",
        by: "marc",
        untilMs: ROUND_AT_MS + 6 * DAY_MS + 1,
        ruleId: "raise-proven",
        reason: "sale",
      },
    ]);
    expect(told(night(ROUND_AT_MS - 7 * DAY_MS - 1))).toEqual([]);
  });

  it("names which rule stays off what was taken back, as long as the holder exists", () => {
    const off = (holderKey: string, untilMs: number): Night => ({
      state: { rulesOff: [{ ruleId: "raise-proven", pack: "roads", holderKey, untilMs, by: "lea" }] },
    });
    expect(told(off(KEY, ROUND_AT_MS + 1))).toEqual([
      { because: "restored", by: "lea", untilMs: ROUND_AT_MS + 1, ruleId: "raise-proven", reason: null },
    ]);
    expect([told(off(KEY, ROUND_AT_MS)), told(off("meta/1001/adGroup/9", ROUND_AT_MS + 1))]).toEqual([
      [],
      [],
    ]);
  });

  it("names a rest that kept a rule from a change, until the night in which it ends", () => {
    const state = { applied: [applied({ day: "2026-03-09" })] };
    const rest = { because: "cooldown", by: null, reason: null };
    // Raised on 9 March, rests for 3 nights: the night of 12 March begins at 04:05 in Paris.
    expect(told({ state, asks: [anAskOf(aRaise(), "200")] })).toEqual([
      { ...rest, ruleId: null, untilMs: Date.UTC(2026, 2, 12, 3, 5) },
    ]);
    const own = aRaise(20, { cooldownNights: 5 });
    const older = { applied: [applied({ day: "2026-03-08" })] };
    expect(told({ state: older, asks: [anAskOf(own, "200")] })).toEqual([
      { ...rest, ruleId: "raise-proven", untilMs: Date.UTC(2026, 2, 13, 3, 5) },
    ]);
    expect(told({ state })).toEqual([]);
  });

  it("names the longest of a holder's rests once", () => {
    const asks = [
      anAskOf(aRaise(20, { mode: "apply" }), "200"),
      anAskOf(aRaise(20, { id: "other", mode: "shadow" }), "200"),
    ];
    const night = { asks, state: { applied: [applied()] }, brand: { mode: "apply" } } as const;
    const sure = { "200": { conversions14d: 40, cpaOkProbability14d: 0.95 } };
    // One night after a raise: 7 nights where it is applied, 3 where it is only watched.
    expect(told({ ...night, figures: sure }).map(({ untilMs }) => untilMs)).toEqual([
      Date.UTC(2026, 2, 17, 3, 5),
    ]);
  });

  it("puts the soonest free first and what has no end last, in whatever order the log holds them", () => {
    const held = (until: string, by: string) => ({
      target: TARGET,
      name: "Ad group 200",
      until,
      by,
      atMs: 1,
      reason: null,
    });
    const entries = [
      ["c", held("2026-03-20", "c")],
      ["a", held("2026-03-12", "a")],
    ] as const;
    for (const heldOff of [entries, entries.toReversed()]) {
      const night: Night = {
        brand: { handsOff: [{ match: { ids: ["200"] }, until: null, by: "z" }] },
        history: aHistory([anEdit()]),
        state: { heldOff: Object.fromEntries(heldOff) },
      };
      expect(told(night).map(({ by }) => by)).toEqual(["a", "Camille Roy", "c", "z"]);
    }
  });
});
