import { describe, expect, it } from "vitest";
import { NO_MEMORY } from "../../lib/domain/state.ts";
import type { Action, Rule } from "../../lib/rules/types.ts";
import { aHold, anAskOf, aPause, aRaise, aRule, type Night, planOf } from "../support/plan.ts";

type Repeat = Extract<Action, { type: "notify" }>["repeat"];

function note(repeat: Repeat, given: Partial<Rule> = {}): Rule {
  return aRule({ type: "notify", urgency: "digest", to: ["#media"], repeat }, { id: "note", ...given });
}

/** The notice about ad group 200 stands since 1 March and was told last on that day. */
function toldOn(on: string, key = "budgetHolder meta/1001/adGroup/200"): Night {
  return { state: { memory: { ...NO_MEMORY, told: { note: { [key]: { since: "2026-03-01", on } } } } } };
}

function notices(night: Night): string[] {
  return planOf(night).notices.map(
    ({ ruleId, subject, to, blind, urgent }) =>
      `${ruleId} ${subject.name} ${to.join(",")}${blind ? " blind" : ""}${urgent ? " urgent" : ""}`,
  );
}

const TOLD = ["note Ad group 200 #media"];

describe("lib/planner/notices", () => {
  it.each([
    ["onChange", "2026-03-10", []],
    ["onChange", "2026-03-11", TOLD],
    ["daily", "2026-03-10", TOLD],
    ["weekly", "2026-03-05", []],
    ["weekly", "2026-03-04", TOLD],
  ] as const)("tells %s what was told last on %s", (repeat, on, expected) => {
    expect(notices({ asks: [anAskOf(note(repeat), "200")], ...toldOn(on) })).toEqual(expected);
  });

  it("tells at once what is new, of every subject by itself", () => {
    const asks = ["200", "201"].map((id) => anAskOf(note("onChange"), id));
    expect(notices({ asks, ...toldOn("2026-03-10") })).toEqual(["note Ad group 201 #media"]);
  });

  it("tells that a rule had no data, once, where it asks for that", () => {
    const rule = aRaise(20, { onNoData: "notify", notify: { to: ["#data"] }, id: "note" });
    const asks = [anAskOf(rule, "200", { result: "noData" })];
    expect(notices({ asks })).toEqual(["note Ad group 200 #data blind"]);
    expect(notices({ asks, ...toldOn("2026-03-10") })).toEqual(["note Ad group 200 #data blind"]);
    const blind = "noData budgetHolder meta/1001/adGroup/200";
    expect(notices({ asks, ...toldOn("2026-03-10", blind) })).toEqual([]);
    const silent = anAskOf({ ...rule, mode: "shadow" }, "200", { result: "noData" });
    expect(notices({ asks: [silent] })).toEqual([]);
    expect(notices({ asks: [anAskOf(aRaise(), "200", { result: "noData" })] })).toEqual([]);
  });

  it("tells who wants to hear of it what a rule proposes or does, and nothing of what is watched or blocked", () => {
    const notify = { to: ["#media"] };
    const asks = [
      anAskOf(aPause({ notify }), "200"),
      anAskOf(aRaise(20, { notify, id: "watched", mode: "shadow" }), "201"),
      anAskOf(aRaise(2, { notify, id: "too-small" }), "202"),
      anAskOf(aRaise(20, { id: "unasked-for" }), "203"),
    ];
    expect(notices({ asks })).toEqual(["pause-dead Ad group 200 #media"]);
  });

  it("tells of a hold that it matched, and not that it holds for want of data", () => {
    const rule = aHold({ notify: { to: ["#media"] } });
    expect(notices({ asks: [{ rule }] })).toEqual(["hold-under-floor Atelier Lune #media"]);
    expect(notices({ asks: [{ rule, verdict: { result: "noData" } }] })).toEqual([]);
  });

  it("waits for a rule's nights in a row, and obeys its rollout and those that mute it", () => {
    const asks = (given: Partial<Rule>) => [anAskOf(note("daily", given), "200")];
    expect(notices({ asks: asks({ nightsInARow: 2 }) })).toEqual([]);
    expect(notices({ asks: asks({ rollout: { shadowNights: 1, proposeNights: 0 } }) })).toEqual([]);
    const muting = aPause({ id: "stop", mutes: { rules: ["note"], nights: "always" } });
    const acts = { stop: { "meta/1001/adGroup/200": { times: 1, day: "2026-03-01" } } };
    const state = { memory: { ...NO_MEMORY, acts } };
    expect(notices({ asks: asks({}), idleRules: [muting], state })).toEqual([]);
  });

  it("says of each match that tells or holds nothing why, and when it may", () => {
    const silent = (night: Night) =>
      planOf(night).silent.map(({ ruleId, subject, reason: { key, values } }) => [
        `${ruleId} ${subject.name} ${key}`,
        ...Object.entries(values).map(([name, { value }]) => `${name} ${value}`),
      ]);
    const asks = (given: Partial<Rule>) => [anAskOf(note("weekly", given), "200")];
    expect(silent({ asks: asks({}), ...toldOn("2026-03-05") })).toEqual([
      ["note Ad group 200 silent.told", "last 2026-03-05", "again 2026-03-12"],
    ]);
    expect(silent({ asks: [anAskOf(note("onChange"), "200")], ...toldOn("2026-03-10") })).toEqual([
      ["note Ad group 200 silent.told", "last 2026-03-10", "again onceGone"],
    ]);
    expect(silent({ asks: asks({ nightsInARow: 2 }) })).toEqual([
      ["note Ad group 200 guardrail.nightsInARow.blocked", "nights 1", "needed 2", "free 2026-03-12"],
    ]);
    expect(silent({ asks: [{ rule: aHold({ nightsInARow: 3 }) }] })).toEqual([
      [
        "hold-under-floor Atelier Lune guardrail.nightsInARow.blocked",
        ...["nights 1", "needed 3", "free 2026-03-13"],
      ],
    ]);
    const rollout = { shadowNights: 7, proposeNights: 0 };
    expect(silent({ asks: [{ rule: aHold({ rollout }) }] })).toEqual([
      [
        "hold-under-floor Atelier Lune guardrail.rollout.degraded",
        ...["mode shadow", "nights 0", "needed 7"],
      ],
    ]);
    expect(silent({ asks: [{ rule: aHold({ mode: "shadow" }) }] })).toEqual([]);
    expect(silent({ asks: asks({}) })).toEqual([]);
  });
});
