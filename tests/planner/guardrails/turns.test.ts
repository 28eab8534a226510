import { describe, expect, it } from "vitest";
import { type BrandState, NO_MEMORY, type RuleMemory } from "../../../lib/domain/state.ts";
import type { Rule } from "../../../lib/rules/types.ts";
import {
  aCut,
  anAskOf,
  anIntent,
  aPause,
  applied,
  aRaise,
  aRule,
  changeOf,
  type Night,
  noteOf,
  planOf,
  told,
} from "../../support/plan.ts";
import { recheck } from "../../support/recheck.ts";
import { aBrand, anEmptyState } from "../../support/snapshot.ts";

const KEY = "meta/1001/adGroup/200";
const HASH = "a".repeat(64);
const SURE = { "200": { conversions14d: 40, cpaOkProbability14d: 0.95 } };
const NEVER = { perDay: null, perWeek: null, perLife: null };

/** What the night makes of ad group 200. */
function of200(night: Night): string {
  return told(changeOf(planOf({ figures: SURE, ...night }), "200"));
}

/** Of several changes of ad group 200, those of one rule. */
function ofRule(night: Night, ruleId: string): string {
  const change = planOf(night).changes.find((one) => one.ruleId === ruleId);
  if (change === undefined) throw new Error(`${ruleId} asked for nothing`);
  return told(change);
}

function remembering(memory: Partial<RuleMemory>): Partial<BrandState> {
  return { memory: { ...NO_MEMORY, ...memory } };
}

describe("lib/planner/guardrails: nights in a row", () => {
  const rule = aRaise(20, { nightsInARow: 3 });
  const counted = (nights: number, blind = 0) =>
    remembering({ streaks: { [HASH]: { [`budgetHolder ${KEY}`]: { nights, blind, day: "2026-03-10" } } } });

  it.each([
    [counted(1), "blocked 60 nightsInARow.blocked"],
    [counted(2), "proposed 60"],
    [counted(2, 1), "proposed 60"],
    [counted(2, 2), "blocked 60 nightsInARow.blocked"],
    [{}, "blocked 60 nightsInARow.blocked"],
  ])("acts on the third night that it matches: case %#", (state, expected) => {
    expect(of200({ asks: [anAskOf(rule, "200")], state })).toBe(expected);
  });

  it("says which night it is, and still keeps a raise away while a pause counts", () => {
    const asks = [anAskOf(aPause({ nightsInARow: 3 }), "200"), anAskOf(aRaise(), "200")];
    const plan = planOf({ asks });
    expect(plan.changes.map(told)).toEqual([
      "blocked paused nightsInARow.blocked",
      "blocked 60 conflict.blocked",
    ]);
    const [pause] = plan.changes;
    expect(pause && noteOf(pause, "nightsInARow")).toEqual({ nights: 1, needed: 3, free: "2026-03-13" });
  });
});

describe("lib/planner/guardrails: the first match of a group", () => {
  const inLayer = (make: (given: Partial<Rule>) => Rule, place: number, given: Partial<Rule> = {}) =>
    make({ layer: { group: 0, place }, ...given });
  const stop = (given: Partial<Rule> = {}) => inLayer(aPause, 0, given);
  const cut = (given: Partial<Rule> = {}) => inLayer((one) => aCut(20, one), 1, given);
  const raise = (given: Partial<Rule> = {}) => inLayer((one) => aRaise(20, one), 2, given);

  it("lets the first rule that matched take the entity", () => {
    const asks = [anAskOf(stop(), "200"), anAskOf(cut(), "200"), anAskOf(raise(), "201")];
    expect(ofRule({ asks }, "cut-dear")).toBe("blocked 40 firstMatch.blocked");
    expect(ofRule({ asks }, "pause-dead")).toBe("proposed paused");
    // Another entity is free.
    expect(ofRule({ asks }, "raise-proven")).toBe("proposed 60");
  });

  it("lets no rule raise where an earlier one could not see, and lets it cut", () => {
    const unseen = { result: "noData" } as const;
    expect(ofRule({ asks: [anAskOf(stop(), "200", unseen), anAskOf(raise(), "200")] }, "raise-proven")).toBe(
      "blocked 60 firstMatch.blocked",
    );
    expect(ofRule({ asks: [anAskOf(stop(), "200", unseen), anAskOf(cut(), "200")] }, "cut-dear")).toBe(
      "proposed 40",
    );
    expect(
      ofRule(
        { asks: [anAskOf(stop(), "200", { result: "notMatched" }), anAskOf(raise(), "200")] },
        "raise-proven",
      ),
    ).toBe("proposed 60");
  });

  it("takes a match that still counts its nights, or that is disputed, for one that may be", () => {
    const waiting = anAskOf(stop({ nightsInARow: 2 }), "200");
    const disputed = anAskOf(stop(), "200", {
      dispute: { compiled: "matched", reference: "notMatched", conditions: [] },
    });
    for (const earlier of [waiting, disputed]) {
      const plan = planOf({ asks: [earlier, anAskOf(raise(), "200")] });
      const change = plan.changes.find(({ ruleId }) => ruleId === "raise-proven");
      expect(change && noteOf(change, "firstMatch")).toEqual({ rule: "pause-dead", why: "earlierUnsure" });
      expect(ofRule({ asks: [earlier, anAskOf(cut(), "200")] }, "cut-dear")).toBe("proposed 40");
    }
  });

  it("takes nothing from working rules for what is only watched", () => {
    const watched = [anAskOf(stop({ mode: "shadow" }), "200"), anAskOf(raise(), "200")];
    expect(ofRule({ asks: watched }, "raise-proven")).toBe("proposed 60");
    const young = [anAskOf(stop({ hash: "b".repeat(64) }), "200"), anAskOf(raise(), "200")];
    const night = { brand: { limits: { shadowNights: 3 } }, state: { ruleNights: { [HASH]: 3 } } };
    expect(ofRule({ asks: young, ...night }, "raise-proven")).toBe("proposed 60");
    const both = [anAskOf(stop({ mode: "shadow" }), "200"), anAskOf(raise({ mode: "shadow" }), "200")];
    expect(ofRule({ asks: both }, "raise-proven")).toBe("blocked 60 firstMatch.blocked");
  });

  it("keeps groups and packs apart", () => {
    const other = anAskOf(stop({ layer: { group: 1, place: 0 } }), "200", { result: "noData" });
    expect(ofRule({ asks: [other, anAskOf(raise(), "200")] }, "raise-proven")).toBe("proposed 60");
    const elsewhere = anAskOf(stop({ pack: "other" }), "200", { result: "noData" });
    expect(ofRule({ asks: [elsewhere, anAskOf(raise(), "200")] }, "raise-proven")).toBe("proposed 60");
  });

  it("silences a notice of an entity that an earlier rule took", () => {
    const note = aRule(
      { type: "notify", urgency: "digest", to: [], repeat: "daily" },
      { id: "note", layer: { group: 0, place: 3 } },
    );
    const plan = planOf({ asks: [anAskOf(stop(), "200"), anAskOf(note, "200"), anAskOf(note, "201")] });
    expect(plan.notices.map(({ subject }) => subject.key)).toEqual(["meta/1001/adGroup/201"]);
  });
});

describe("lib/planner/guardrails: muted", () => {
  const muting = (nights: number | "always") =>
    aPause({ id: "stop-loss", mutes: { rules: ["raise-proven"], nights } });
  const acted = (day: string) => remembering({ acts: { "stop-loss": { [KEY]: { times: 1, day } } } });
  const asks = [anAskOf(aRaise(), "200")];

  it.each([
    [28, "2026-02-12", "blocked 60 muted.blocked"],
    [28, "2026-02-11", "proposed 60"],
    ["always", "2024-01-01", "blocked 60 muted.blocked"],
  ] as const)("keeps a rule away for %s nights after %s", (nights, day, expected) => {
    expect(of200({ asks, idleRules: [muting(nights)], state: acted(day) })).toBe(expected);
  });

  it.each([
    [28, "2026-02-12", "2026-03-12"],
    ["always", "2024-01-01", "never"],
  ] as const)("says when a rule kept away for %s nights since %s may act again", (nights, day, free) => {
    const plan = planOf({ asks, idleRules: [muting(nights)], state: acted(day) });
    expect(noteOf(changeOf(plan, "200"), "muted")).toMatchObject({ rule: "stop-loss", last: day, free });
  });

  it("mutes from a change under way on, and only what was really done mutes", () => {
    const intent = anIntent({ change: { ruleId: "stop-loss", holderKey: KEY } });
    const idleRules = [muting(28)];
    const underWay = {
      intents: { [intent.change.id]: { ...intent, intendedAtMs: 1_773_000_000_000, roundId: "x" } },
    };
    expect(of200({ asks, idleRules, state: underWay })).toBe("blocked 60 muted.blocked");
    expect(of200({ asks, idleRules })).toBe("proposed 60");
    expect(of200({ asks: [...asks, anAskOf(muting(28), "201")] })).toBe("proposed 60");
  });
});

describe("lib/planner/guardrails: rollout", () => {
  const rule = aRaise(10, { mode: "apply", rollout: { shadowNights: 7, proposeNights: 14 } });
  it.each([
    [6, "shadow 55 rollout.degraded"],
    [7, "proposed 55 rollout.degraded"],
    [20, "proposed 55 rollout.degraded"],
    [21, "auto 55"],
  ])("has gone so far after %d nights", (nights, expected) => {
    const state = { ruleNights: { [HASH]: nights } };
    expect(of200({ asks: [anAskOf(rule, "200")], brand: { mode: "apply" }, state })).toBe(expected);
  });

  it("starts again when the rule is edited, also for what was asked before", () => {
    const night: Night = {
      asks: [anAskOf(rule, "200")],
      figures: SURE,
      brand: { mode: "apply" },
      state: { ruleNights: { [HASH]: 21 } },
    };
    expect(recheck(night)).toBe("ok");
    expect(recheck(night, { ruleset: { rules: [{ ...rule, hash: "b".repeat(64) }], hash: "" } })).toBe(
      "recheck.ruleStricter",
    );
  });
});

describe("lib/planner/guardrails: how often", () => {
  const at = (limits: Partial<Rule["atMost"]>) => [
    anAskOf(aRaise(20, { atMost: { ...NEVER, ...limits } }), "200"),
  ];
  /** Changes by the rule, long enough ago that no budget rests. */
  const past = (...days: string[]) =>
    days.map((day, index) => applied({ changeId: `atelier-lune-20260301-${index + 1}`, day }));
  const wide = { brand: { limits: { cooldownNightsAfterRaiseProposed: 0 } } };

  it.each([
    [{ perWeek: 2 }, past("2026-03-04", "2026-03-05"), "proposed 60"],
    [{ perWeek: 2 }, past("2026-03-05", "2026-03-06"), "blocked 60 atMost.blocked"],
    [{ perLife: 3 }, past("2026-03-01", "2026-03-05"), "proposed 60"],
    [{ perLife: 2 }, past("2026-03-01", "2026-03-05"), "blocked 60 atMost.blocked"],
  ])("limits changes of a holder: %o", (limits, changes, expected) => {
    expect(of200({ asks: at(limits), state: { applied: changes }, ...wide })).toBe(expected);
  });

  it.each([
    [{ perWeek: 1 }, ["2026-03-05", "2026-03-08"], "2026-03-15"],
    [{ perWeek: 2, perLife: 2 }, ["2026-03-05", "2026-03-06"], "never"],
  ])("says when %j allows one more after changes on %j", (limits, days, free) => {
    const night = { asks: at(limits), figures: SURE, state: { applied: past(...days) }, ...wide };
    expect(noteOf(changeOf(planOf(night), "200"), "atMost")).toMatchObject({ free });
  });

  it("counts for life what the log has long forgotten, and what is under way", () => {
    const memory = { acts: { "raise-proven": { [KEY]: { times: 4, day: "2025-01-01" } } } };
    expect(of200({ asks: at({ perLife: 5 }), state: remembering(memory) })).toBe("proposed 60");
    expect(of200({ asks: at({ perLife: 4 }), state: remembering(memory) })).toBe("blocked 60 atMost.blocked");
    const intent = anIntent({
      change: { holderKey: KEY },
      status: "sent",
      sends: 1,
      roundId: "x",
      intendedAtMs: 1_772_500_000_000,
    });
    const state = { ...remembering(memory), intents: { [intent.change.id]: intent } };
    expect(of200({ asks: at({ perLife: 5 }), state, ...wide })).toBe("blocked 60 atMost.blocked");
  });

  it("counts neither other rules nor other holders", () => {
    const others = [
      applied({ changeId: "a-20260301-1", ruleId: "another", day: "2026-03-05" }),
      applied({ changeId: "a-20260301-2", holderKey: "meta/1001/adGroup/201", day: "2026-03-05" }),
    ];
    expect(of200({ asks: at({ perLife: 1 }), state: { applied: others }, ...wide })).toBe("proposed 60");
  });

  it("is asked again before sending", () => {
    const night = { asks: at({ perDay: 1 }) };
    expect(recheck(night)).toBe("ok");
    const memory = { ...NO_MEMORY, acts: { "raise-proven": { [KEY]: { times: 1, day: "2026-03-11" } } } };
    expect(recheck({ asks: at({ perLife: 1 }) }, { state: anEmptyState({ memory }) })).toBe(
      "guardrail.atMost.blocked",
    );
  });
});

describe("lib/planner/guardrails: events and scopes", () => {
  const asks = [anAskOf(aRaise(10, { mode: "apply" }), "200")];
  const near = (from: string, to: string) => ({
    brand: { mode: "apply" as const, calendar: { "black-friday": [{ from, to }] } },
  });

  it.each([
    ["2026-03-14", "2026-03-16", "proposed 55 eventWindow.degraded"],
    ["2026-03-15", "2026-03-16", "auto 55"],
    ["2026-03-01", "2026-03-08", "proposed 55 eventWindow.degraded"],
    ["2026-03-01", "2026-03-07", "auto 55"],
  ])("raises nothing unasked around an event from %s to %s", (from, to, expected) => {
    expect(of200({ asks, ...near(from, to) })).toBe(expected);
  });

  it("lets cuts and pauses go around an event, and asks again before sending", () => {
    const cut = [anAskOf(aCut(10, { mode: "apply" }), "200")];
    expect(of200({ asks: cut, ...near("2026-03-11", "2026-03-11") })).toBe("auto 45");
    const night = { asks, figures: SURE, ...near("2026-05-01", "2026-05-02") };
    expect(recheck(night)).toBe("ok");
    expect(recheck(night, { brand: aBrand(near("2026-03-12", "2026-03-12").brand) })).toBe(
      "recheck.modeStricter",
    );
  });

  it("only asks while a rule looks at a quarter more than the night before, and at two more at least", () => {
    const holders = ["200", "201", "202", "203", "204"];
    const rule = aPause({ mode: "apply" });
    const of = (before: number) =>
      of200({
        asks: holders.map((id) => anAskOf(rule, id, id === "200" ? {} : { result: "notMatched" })),
        brand: { mode: "apply" },
        state: remembering({ scopes: { [HASH]: before } }),
      });
    expect([of(3), of(4), of(5), of(6)]).toEqual([
      "proposed paused scopeGrew.degraded",
      "auto paused",
      "auto paused",
      "auto paused",
    ]);
  });
});
