import { describe, expect, it } from "vitest";
import { changeDigest } from "../../../lib/domain/change.ts";
import { NO_MEMORY, type OwnPause } from "../../../lib/domain/state.ts";
import type { Action, PauseEnd } from "../../../lib/rules/types.ts";
import {
  aHistory,
  aHold,
  anAskOf,
  anEdit,
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
import { ROUND_AT_MS } from "../../support/snapshot.ts";

const DAY_MS = 86_400_000;
const PAUSED = { status: "paused", platformStatus: "PAUSED" } as const;

function pauseUntil(until: PauseEnd | null, what: "self" | "campaigns" = "self") {
  return aPause({ action: { type: "pause", until, what }, mode: "propose" });
}

/** Palier paused ad group 200 a day and a half ago, until tonight. */
function ownPause(given: Partial<OwnPause> = {}): Partial<Night> {
  const pause: OwnPause = {
    ...{ ruleId: "pause-dead", pack: "roads", changeId: "atelier-lune-20260310-1" },
    ...{ atMs: ROUND_AT_MS - 1.5 * DAY_MS, until: "2026-03-11" },
    ...given,
  };
  return {
    entities: { "200": PAUSED },
    state: { memory: { ...NO_MEMORY, pauses: { "meta/1001/adGroup/200": pause } } },
  };
}

function aResume(
  pausedBy: Extract<Action, { type: "resume" }>["pausedBy"],
  mode: "propose" | "apply" = "propose",
) {
  return aRule({ type: "resume", pausedBy }, { id: "wake-up", mode });
}

describe("lib/planner/actions: pauses and their ends", () => {
  it.each([
    [{ kind: "tomorrow" }, "2026-03-12"],
    [{ kind: "nextMonth" }, "2026-04-01"],
    [{ kind: "day", day: "2026-05-04" }, "2026-05-04"],
  ] as const)("says until when it pauses: %o", (until, day) => {
    const change = changeOf(planOf({ asks: [anAskOf(pauseUntil(until), "200")] }), "200");
    expect([told(change), change.until]).toEqual(["proposed paused", day]);
    const { until: _, ...forEver } = change;
    expect(changeDigest(change)).not.toBe(changeDigest(forEver));
  });

  it("says nothing of an end where there is none, and pauses not at all until a day that is over", () => {
    const change = changeOf(planOf({ asks: [anAskOf(pauseUntil(null), "200")] }), "200");
    expect("until" in change).toBe(false);
    const plan = planOf({ asks: [anAskOf(pauseUntil({ kind: "day", day: "2026-03-11" }), "200")] });
    expect(plan.changes).toEqual([]);
    expect(plan.notActed.map(({ reason }) => reason.key)).toEqual(["notActed.pauseOver"]);
  });

  it("turns on again what its rule paused until tonight, and says why", () => {
    const plan = planOf({ ...ownPause(), idleRules: [aPause()] });
    const change = changeOf(plan, "200");
    expect(told(change)).toBe("proposed active");
    expect(change).toMatchObject({
      ruleId: "pause-dead",
      edit: { kind: "status", from: "paused", to: "active", budgetMicros: 50_000_000n },
      endsPause: { sinceMs: ROUND_AT_MS - 1.5 * DAY_MS, until: "2026-03-11" },
    });
  });

  it.each([
    ["its night has not come", ownPause({ until: "2026-03-12" })],
    ["nobody said when it ends", ownPause({ until: null })],
    ["it runs again", { ...ownPause(), entities: {} }],
    [
      "a person keeps hands off it",
      { ...ownPause(), brand: { handsOff: [{ match: {}, until: null, by: "lea" }] } },
    ],
    [
      "somebody paused it again since",
      { ...ownPause(), history: aHistory([anEdit({ edit: { kind: "status", to: "paused" } })]) },
    ],
  ] satisfies [string, Night][])("leaves a pause alone while %s", (_, night) => {
    expect(planOf({ ...night, idleRules: [aPause()] }).changes).toEqual([]);
  });

  it("names a pause that nobody ends because its rule is gone", () => {
    const plan = planOf({ ...ownPause(), brand: { shop: null } });
    expect(plan.changes).toEqual([]);
    expect(plan.missing).toEqual([
      {
        key: "missing.pauseEnd",
        values: {
          name: { value: "Ad group 200", unit: "text" },
          rule: { value: "pause-dead", unit: "text" },
          until: { value: "2026-03-11", unit: "day" },
        },
      },
    ]);
  });

  it("goes no further at the end of a pause than its rule may", () => {
    const watched = { ...ownPause(), idleRules: [aPause({ mode: "shadow" })] };
    expect(told(changeOf(planOf(watched), "200"))).toBe("shadow active");
    const unasked = {
      ...ownPause(),
      idleRules: [aPause({ mode: "apply" })],
      brand: { mode: "apply" as const },
    };
    expect(told(changeOf(planOf(unasked), "200"))).toBe("auto active");
  });

  it("does not let the rule's own rest, counts or nights keep a pause from ending", () => {
    const own = ownPause();
    const state = {
      memory: {
        ...NO_MEMORY,
        ...own.state?.memory,
        acts: { "pause-dead": { "meta/1001/adGroup/200": { times: 1, day: "2026-03-10" } } },
      },
      applied: [
        applied({
          ruleId: "pause-dead",
          edit: { kind: "status", from: "active", to: "paused", budgetMicros: 50_000_000n },
        }),
      ],
    };
    const rule = aPause({
      cooldownNights: 9,
      nightsInARow: 3,
      atMost: { perDay: null, perWeek: 1, perLife: 1 },
    });
    expect(told(changeOf(planOf({ ...own, state, idleRules: [rule] }), "200"))).toBe("proposed active");
  });

  it("ends four pauses of ten holders beside what the night may raise, and takes nothing of it", () => {
    const four = ["200", "201", "202", "203"];
    const { "meta/1001/adGroup/200": pause } = ownPause().state?.memory?.pauses ?? {};
    if (pause === undefined) throw new Error("no pause was stated");
    const pauses = Object.fromEntries(four.map((id) => [`meta/1001/adGroup/${id}`, pause]));
    const plan = planOf({
      entities: Object.fromEntries(four.map((id) => [id, PAUSED])),
      state: { memory: { ...NO_MEMORY, pauses } },
      idleRules: [aPause()],
      asks: [anAskOf(aRaise(), "204"), anAskOf(aRaise(), "205"), anAskOf(aRaise(), "206")],
    });
    expect(plan.refused).toBe(null);
    expect(plan.changes.map((change) => `${change.target.id} ${told(change)}`)).toEqual([
      "204 proposed 60",
      "205 proposed 60",
      "206 proposed 60",
      ...four.map((id) => `${id} proposed active`),
    ]);
  });

  it.each(["a-wake-up", "wake-up"])(
    "ends by itself also where the rule %s would resume it and may not",
    (id) => {
      const wakeUp = aRule({ type: "resume", pausedBy: { kind: "anyone" } }, { id, mode: "propose" });
      const night = { ...ownPause(), idleRules: [aPause()], asks: [anAskOf(wakeUp, "200")] };
      const outcomes = planOf(night).changes.map((change) => [change.ruleId, told(change)]);
      expect(Object.fromEntries(outcomes)).toEqual({
        [id]: "blocked active conflict.blocked",
        "pause-dead": "proposed active",
      });
    },
  );

  it("keeps a pause that should end while resumes are held", () => {
    const held = aHold({
      action: { type: "hold", blocks: ["resume"], scope: { kind: "brand" }, forAtLeastNights: null },
    });
    const night = { ...ownPause(), idleRules: [aPause()], asks: [{ rule: held }] };
    expect(told(changeOf(planOf(night), "200"))).toBe("blocked active hold.blocked");
  });
});

describe("lib/planner/actions/resume", () => {
  /** So much of 450 EUR that one ad group of 50 fits. */
  const WIDE = { nightlyRaisePercent: 12 };
  const wake = (rule = aResume({ kind: "palier" })) => [anAskOf(rule, "200")];

  it.each([
    [{ kind: "palier" }, "proposed active"],
    [{ kind: "rules", ids: ["pause-dead"] }, "proposed active"],
    [{ kind: "rules", ids: ["another"] }, "blocked active pausedBy.blocked"],
    [{ kind: "anyone" }, "proposed active"],
  ] as const)("turns on again what %o paused", (by, expected) => {
    const night = { ...ownPause({ until: null }), asks: wake(aResume(by)), brand: { limits: WIDE } };
    expect(told(changeOf(planOf(night), "200"))).toBe(expected);
  });

  it("takes a pause for somebody else's that Palier did not make, or that somebody made again", () => {
    const theirs = planOf({ entities: { "200": PAUSED }, asks: wake() });
    expect(noteOf(changeOf(theirs, "200"), "pausedBy")).toEqual({ by: "notPalier" });
    const atMs = ROUND_AT_MS - DAY_MS;
    const history = aHistory([anEdit({ atMs, edit: { kind: "status", to: "paused" } })]);
    const again = planOf({ ...ownPause({ until: null }), history, asks: wake() });
    expect(told(changeOf(again, "200"))).toBe("blocked active pausedBy.blocked");
    const brand = { limits: WIDE };
    const anyone = planOf({ entities: { "200": PAUSED }, asks: wake(aResume({ kind: "anyone" })), brand });
    expect(told(changeOf(anyone, "200"))).toBe("proposed active");
  });

  it("leaves alone what runs, and what its campaign keeps from running", () => {
    const night = ownPause({ until: null });
    expect(
      told(changeOf(planOf({ ...night, entities: {}, asks: wake(aResume({ kind: "anyone" })) }), "200")),
    ).toBe("blocked active inactive.blocked");
    expect(told(changeOf(planOf({ ...night, campaign: PAUSED, asks: wake() }), "200"))).toBe(
      "blocked active inactive.blocked",
    );
  });

  it("asks for evidence before it acts unasked, and none before it asks", () => {
    const night = { ...ownPause({ until: null }), brand: { mode: "apply" as const, limits: WIDE } };
    const of = (conversions14d: number, cpaOkProbability14d: number) =>
      told(
        changeOf(
          planOf({
            ...night,
            asks: wake(aResume({ kind: "palier" }, "apply")),
            figures: { "200": { conversions14d, cpaOkProbability14d } },
          }),
          "200",
        ),
      );
    expect([of(30, 0.9), of(29, 0.95), of(0, 0.1)]).toEqual([
      "auto active",
      "proposed active evidence.degraded",
      "proposed active evidence.degraded",
    ]);
  });

  it.each([
    [
      "missingAccount",
      { snapshot: { missing: [{ platform: "meta", accountId: "1002", reason: { key: "x", values: {} } }] } },
    ],
    [
      "stageBand",
      { brandFigures: { stageShare: { awareness: 0, prospecting: 81, retargeting: 19, unmapped: 0 } } },
    ],
    ["historyUnknown", { history: null }],
    ["nightlyRaises", {}],
  ] satisfies [string, Night][])("is kept back as a raise is: %s", (guardrail, night) => {
    const plan = planOf({ ...ownPause({ until: null }), ...night, asks: wake() });
    expect(told(changeOf(plan, "200"))).toBe(`blocked active ${guardrail}.blocked`);
  });
});
