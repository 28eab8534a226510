import { describe, expect, it } from "vitest";
import type { Alert, BrandState, HeldOff, RuleOff } from "../../../lib/domain/state.ts";
import type { Rule } from "../../../lib/rules/types.ts";
import { aProposal } from "../../support/log.ts";
import {
  aCut,
  aLeaf,
  anAskOf,
  anIntent,
  aPause,
  aRaise,
  changeOf,
  type Night,
  noteOf,
  planOf,
  slackSettings,
  told,
} from "../../support/plan.ts";
import { aFigure } from "../../support/plan-facts.ts";
import { ROUND_AT_MS } from "../../support/snapshot.ts";

const DAY_MS = 86_400_000;
const KEY = "meta/1001/adGroup/200";
const TARGET = { platform: "meta", accountId: "1001", level: "adGroup", id: "200" } as const;
const SURE = { "200": { conversions14d: 40, cpaOkProbability14d: 0.95 } };
const APPLYING: Night = { brand: { mode: "apply" }, figures: SURE };

/** What the night makes of a raise, a cut and a pause of ad group 200, each asked alone. */
function all(night: Night, given: Partial<Rule> = {}): string[] {
  return [aRaise(10, given), aCut(10, given), aPause(given)].map((rule) =>
    told(changeOf(planOf({ ...night, asks: [anAskOf(rule, "200")] }), "200")),
  );
}

const ASKED = ["proposed 55", "proposed 45", "proposed paused"];
const MADE = ["auto 55", "auto 45", "auto paused"];

function held(until: string): Pick<BrandState, "heldOff"> {
  const one: HeldOff = { target: TARGET, name: "x", until, by: "lea", atMs: 1, reason: null };
  return { heldOff: { [KEY]: one } };
}

describe("lib/planner/guardrails: what people keep to themselves", () => {
  it("leaves alone what a person keeps hands off, to the end of that day on the brand's clock", () => {
    expect(all({ state: held("2026-03-11") })).toEqual([
      "blocked 55 heldOff.blocked",
      "blocked 45 heldOff.blocked",
      "blocked paused heldOff.blocked",
    ]);
    expect(all({ state: held("2026-03-10") })).toEqual(ASKED);
    const night = { state: held("2026-03-11"), asks: [anAskOf(aRaise(), "200")] };
    // 23:59:59.999 on 11 March in Paris, and a millisecond later.
    const ends = Date.UTC(2026, 2, 11, 23);
    expect([ends - 1, ends].map((nowMs) => planOf({ ...night, nowMs }).changes.map(told))).toEqual([
      ["blocked 60 heldOff.blocked"],
      ["proposed 60"],
    ]);
    expect(noteOf(changeOf(planOf(night), "200"), "heldOff")).toEqual({ by: "lea", until: "2026-03-11" });
  });

  it("keeps one rule off a holder on which it was taken back, and no other rule, pack or holder", () => {
    const off = (given: Partial<RuleOff>) => {
      const untilMs = ROUND_AT_MS + 1;
      const one = { ruleId: "raise-proven", pack: "roads", holderKey: KEY, untilMs, by: "lea", ...given };
      return told(changeOf(planOf({ state: { rulesOff: [one] }, asks: [anAskOf(aRaise(), "200")] }), "200"));
    };
    expect([
      off({}),
      off({ untilMs: ROUND_AT_MS }),
      off({ ruleId: "other" }),
      off({ pack: "other" }),
      off({ holderKey: "meta/1001/adGroup/201" }),
    ]).toEqual(["blocked 60 ruleOff.blocked", "proposed 60", "proposed 60", "proposed 60", "proposed 60"]);
  });

  it("lets another rule raise what a rejected or held raise could not", () => {
    const rulesOff = [
      { ruleId: "raise-little", pack: "roads", holderKey: KEY, untilMs: ROUND_AT_MS + 1, by: "lea" },
    ];
    const asks = [anAskOf(aRaise(10, { id: "raise-little" }), "200"), anAskOf(aRaise(20), "200")];
    expect(planOf({ state: { rulesOff }, asks }).changes.map(told)).toEqual([
      "proposed 60",
      "blocked 55 ruleOff.blocked",
    ]);
  });
});

describe("lib/planner/guardrails/rejected", () => {
  const { change } = anIntent({ change: { id: "no", holderKey: KEY, target: TARGET } });
  const at = ROUND_AT_MS - 3 * DAY_MS;

  function rejected(given: Parameters<typeof aProposal>[0] = {}): Night {
    const decided = { decidedBy: "lea", decidedAtMs: at, reason: "sale" };
    const proposal = aProposal({ change, status: "rejected", ...decided, ...given });
    return { state: { proposals: { [proposal.change.id]: proposal } } };
  }

  /** What becomes of the raise, proposed on 20 conversions before and asked on `now` today. */
  function asked(night: Night, now = 20, rule = aRaise()): string {
    const evidence = [aLeaf({ value: aFigure(now, "count", "14d") })];
    const rejections = [{ changeId: "no", evidence: [aLeaf()] }];
    const plan = planOf({ rejections, ...night, asks: [anAskOf(rule, "200", { evidence })] });
    return told(changeOf(plan, "200"));
  }

  it("does not ask again what was rejected, and says who, when, why and until when", () => {
    const night = { ...rejected(), rejections: [{ changeId: "no", evidence: [aLeaf()] }] };
    const blocked = changeOf(planOf({ ...night, asks: [anAskOf(aRaise(), "200")] }), "200");
    expect(told(blocked)).toBe("blocked 60 rejected.blocked");
    expect(noteOf(blocked, "rejected")).toEqual({
      by: "lea",
      at: 1_772_939_400_000,
      reason: "sale",
      until: 1_773_544_200_000,
      limit: 20,
    });
    expect(blocked.rejectedBefore).toEqual({ by: "lea", atMs: 1_772_939_400_000, reason: "sale" });
  });

  it("asks again after the days are over, and says who said no", () => {
    const [before, after] = [ROUND_AT_MS - 7 * DAY_MS + 1, ROUND_AT_MS - 7 * DAY_MS];
    expect(asked(rejected({ decidedAtMs: before }))).toBe("blocked 60 rejected.blocked");
    expect(asked(rejected({ decidedAtMs: after }))).toBe("proposed 60");
    const night = { ...rejected({ decidedAtMs: after, reason: null }), asks: [anAskOf(aRaise(), "200")] };
    expect(changeOf(planOf(night), "200").rejectedBefore).toEqual({
      by: "lea",
      atMs: 1_772_593_800_000,
      reason: null,
    });
  });

  it.each([
    [23, "blocked 60 rejected.blocked"],
    [24, "proposed 60"],
    [17, "blocked 60 rejected.blocked"],
    [16, "proposed 60"],
  ])("asks again once a figure has moved by 20 % of 20, either way: %d", (now, expected) => {
    expect(asked(rejected(), now)).toBe(expected);
  });

  it("takes for moved neither what is no figure over a window, nor what is or was not known", () => {
    const told = (before: object, now: object) => {
      const rejections = [{ changeId: "no", evidence: [aLeaf(before)] }];
      const asks = [anAskOf(aRaise(), "200", { evidence: [aLeaf(now)] })];
      return planOf({ ...rejected(), rejections, asks }).changes.map((one) => one.outcome);
    };
    const of = (value: number | null) => ({ value: aFigure(value, "count", "14d") });
    expect([
      told({ ...of(20), params: {} }, { ...of(90), params: {} }),
      told(of(null), of(90)),
      told({ ...of(20), params: { window: "7d" } }, of(90)),
      told({ ...of(20), fact: "clicks" }, of(90)),
      told(of(0), of(0)),
      told(of(0), of(1)),
    ]).toEqual([["blocked"], ["blocked"], ["blocked"], ["blocked"], ["blocked"], ["proposed"]]);
  });

  it("stands where the evidence of then is not at hand", () => {
    expect(asked({ ...rejected(), rejections: [] }, 90)).toBe("blocked 60 rejected.blocked");
  });

  it("never makes without asking what somebody rejected, however its evidence moved", () => {
    const night = { ...APPLYING, ...rejected() };
    const rule = aRaise(10, { mode: "apply" });
    expect(asked(night, 90, rule)).toBe("proposed 55 rejected.degraded");
    expect(asked({ ...APPLYING }, 90, rule)).toBe("auto 55");
  });

  it("says nothing of another rule, pack, direction or holder, nor of what expired or was approved", () => {
    const other = (given: object) => rejected({ change: { ...change, ...given } });
    const cut = { kind: "dailyBudget", fromMicros: 50_000_000n, toMicros: 40_000_000n } as const;
    expect([
      asked(other({ ruleId: "other" })),
      asked(other({ pack: "other" })),
      asked(other({ edit: cut })),
      asked(other({ holderKey: "meta/1001/adGroup/201" })),
      asked(rejected({ status: "expired" })),
      asked(rejected({ status: "approved" })),
    ]).toEqual(Array.from({ length: 6 }, () => "proposed 60"));
  });

  it("goes by the last no", () => {
    const first = aProposal({ change, status: "rejected", decidedBy: "lea", decidedAtMs: at });
    const second = { ...first, change: { ...change, id: "again" }, decidedBy: "marc", decidedAtMs: at + 1 };
    const state = { proposals: { again: second, no: first } };
    const plan = planOf({
      state,
      rejections: [
        { changeId: "no", evidence: [aLeaf({ value: aFigure(90, "count", "14d") })] },
        { changeId: "again", evidence: [aLeaf()] },
      ],
      asks: [anAskOf(aRaise(), "200")],
    });
    expect(noteOf(changeOf(plan, "200"), "rejected").by).toBe("marc");
  });
});

describe("lib/planner/guardrails: alerts and notice", () => {
  const alert = (given: Partial<Alert> = {}): Night => {
    const one: Alert = {
      ...{ id: "diverged/x", kind: "diverged", subject: "x", reason: { key: "loop.tooLate", values: {} } },
      ...{ raisedAtMs: 1, takenBy: null, takenAtMs: null, escalatedAtMs: 2, clearedAtMs: null },
      ...given,
    };
    return { ...APPLYING, state: { alerts: { [one.id]: one } } };
  };
  const apply = { mode: "apply" } as const;
  const ASKED_FOR = (note: string) =>
    ["proposed 55", "proposed 45", "proposed paused"].map((one) => `${one} ${note}`);

  it("only asks while an alert stands that nobody answered in time", () => {
    expect(all(alert(), apply)).toEqual(ASKED_FOR("unansweredAlert.degraded"));
    expect([
      all(alert({ escalatedAtMs: null }), apply),
      all(alert({ takenBy: "lea", takenAtMs: 3 }), apply),
      all(alert({ clearedAtMs: 3 }), apply),
      all({ ...alert(), brand: { mode: "propose" } }),
    ]).toEqual([MADE, MADE, MADE, ASKED]);
  });

  it("raises nothing in the brand while tracking is suspect, and does nothing else in that account", () => {
    const suspect = (given: Partial<Alert>) =>
      alert({ kind: "trackingSuspect", subject: "meta/1001", escalatedAtMs: null, ...given });
    expect(all(suspect({}), apply)).toEqual([
      "blocked 55 trackingSuspect.blocked",
      "blocked 45 trackingSuspect.blocked",
      "blocked paused trackingSuspect.blocked",
    ]);
    expect(all(suspect({ subject: "google/1" }), apply)).toEqual([
      "blocked 55 trackingSuspect.blocked",
      "auto 45",
      "auto paused",
    ]);
    expect(all(suspect({ takenBy: "lea", takenAtMs: 3 }), apply)[0]).toBe(
      "blocked 55 trackingSuspect.blocked",
    );
    expect(all(suspect({ clearedAtMs: 3 }), apply)).toEqual(MADE);
  });

  it("only asks where the notice of the night did not reach the channel", () => {
    const night = (key: string, ts: string | null, given: object = {}): Night => {
      const message = { key, channel: "C1", ts, shown: null, attempt: null, firstAtMs: 1 };
      const brand = { mode: "apply", slack: slackSettings(given) } as const;
      return { ...APPLYING, brand, state: { messages: { [key]: message } } };
    };
    const tonight = "notice/atelier-lune/2026-03-11/night";
    const missing = ASKED_FOR("noticeMissing.degraded");
    expect([
      all(night(tonight, "1.1"), apply),
      all(night(tonight, null), apply),
      all(night("notice/atelier-lune/2026-03-10/night", "1.1"), apply),
      all(night(tonight, null, { noticeBeforeApply: false }), apply),
    ]).toEqual([MADE, missing, missing, MADE]);
  });
});
