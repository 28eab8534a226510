import { describe, expect, it } from "vitest";
import { type Alert, NO_MEMORY } from "../../../lib/domain/state.ts";
import type { Subject } from "../../../lib/domain/verdict.ts";
import type { Rule } from "../../../lib/rules/types.ts";
import {
  type Ask,
  aLeaf,
  anAskOf,
  anIntent,
  aPause,
  aRaise,
  aRule,
  changeOf,
  HOLDERS,
  type Night,
  noteOf,
  planOf,
  told,
} from "../../support/plan.ts";
import { recheck } from "../../support/recheck.ts";
import { aBrand, aCampaign, anAccount, anAdGroup, ROUND_AT_MS } from "../../support/snapshot.ts";

const ACCOUNT: Subject = {
  level: "account",
  key: "meta/1001",
  name: "Atelier Lune EU",
  ref: null,
  stage: null,
};

function monthStop(given: Partial<Rule> = {}): Ask {
  const rule = aPause({
    id: "month-stop",
    action: { type: "pause", until: { kind: "nextMonth" }, what: "campaigns" },
    ...given,
  });
  return { rule, verdict: { subject: ACCOUNT } };
}

const ALLOWED = { brand: { accountStop: ["month-stop"] } };

function outcomes(night: Night): string[] {
  return planOf(night)
    .changes.map((change) => `${change.target.id} ${told(change)}`)
    .sort();
}

describe("lib/planner/guardrails: a stop of a whole account", () => {
  it("pauses every active holder of the account at once, as one change, until the day it says", () => {
    const plan = planOf({ asks: [monthStop()], ...ALLOWED });
    expect(plan.refused).toBe(null);
    expect(plan.changes.map((change) => `${told(change)} ${change.until} ${change.accountStop}`)).toEqual(
      HOLDERS.map(() => "proposed paused 2026-04-01 true"),
    );
  });

  it("leaves out what does not run, and other accounts", () => {
    const entities = [aCampaign(), anAdGroup(), anAdGroup({ id: "201", status: "paused" })];
    const other = anAccount({
      accountId: "1002",
      entities: [aCampaign({ accountId: "1002" }), anAdGroup({ accountId: "1002", id: "300" })],
    });
    const snapshot = { accounts: [anAccount({ entities }), other] };
    expect(outcomes({ asks: [monthStop()], ...ALLOWED, snapshot })).toEqual(["200 proposed paused"]);
  });

  it("does nothing unless the brand file names the rule, and says what to name", () => {
    const plan = planOf({ asks: [monthStop()] });
    expect(plan.changes).toEqual([]);
    expect(plan.refused).toBe(null);
    expect(plan.notActed).toMatchObject([
      {
        ruleId: "month-stop",
        subjects: 1,
        reason: { key: "notActed.accountStop", values: { rule: { value: "month-stop" } } },
      },
    ]);
  });

  it("goes on while tracking is suspect where it was decided by money alone", () => {
    const alert: Alert = {
      ...{ id: "trackingSuspect/meta/1001", kind: "trackingSuspect", subject: "meta/1001", raisedAtMs: 1 },
      ...{ reason: { key: "loop.tooLate", values: {} }, takenBy: null, takenAtMs: null },
      ...{ escalatedAtMs: null, clearedAtMs: null },
    };
    const stopped = (fact: string) => {
      const ask = monthStop();
      const verdict = { ...ask.verdict, evidence: [aLeaf({ fact })] };
      const state = { alerts: { [alert.id]: alert } };
      return [...new Set(planOf({ asks: [{ ...ask, verdict }], ...ALLOWED, state }).changes.map(told))];
    };
    expect([stopped("spend"), stopped("monthSpentPercent")]).toEqual([
      ["proposed paused"],
      ["proposed paused"],
    ]);
    expect([stopped("conversions"), stopped("cpa")]).toEqual([
      ["blocked paused trackingSuspect.blocked"],
      ["blocked paused trackingSuspect.blocked"],
    ]);
  });

  it("counts as one pause beside the night's others, and as one write", () => {
    const dead = ["200", "201"].map((id) => anAskOf(aPause(), id));
    const brand = { ...ALLOWED.brand, limits: { pausesPerNight: 1, writesPerRun: 1 } };
    expect(outcomes({ asks: [monthStop()], brand })).toEqual(HOLDERS.map((id) => `${id} proposed paused`));
    // The stop wins where another rule pauses, too: that would be counted by itself.
    const both = planOf({ asks: [...dead, monthStop()], brand });
    expect(both.changes.filter(({ outcome }) => outcome === "proposed").map(({ ruleId }) => ruleId)).toEqual(
      HOLDERS.map(() => "month-stop"),
    );
  });

  it("is one more pause than the night has left where others were made before", () => {
    const intent = anIntent({
      change: {
        holderKey: "meta/1001/adGroup/999",
        target: { platform: "meta", accountId: "1001", level: "adGroup", id: "999" },
        edit: { kind: "status", from: "active", to: "paused", budgetMicros: 1n },
      },
    });
    const night = {
      asks: [monthStop()],
      brand: { ...ALLOWED.brand, limits: { pausesPerNight: 1 } },
      state: { intents: { [intent.change.id]: intent } },
    };
    expect(new Set(planOf(night).changes.map(told))).toEqual(
      new Set(["blocked paused pausesPerNight.blocked"]),
    );
    const started = {
      ...intent,
      change: { ...intent.change, ruleId: "month-stop", accountStop: true as const },
    };
    const goesOn = { ...night, state: { intents: { [intent.change.id]: started } } };
    expect(new Set(planOf(goesOn).changes.map(told))).toEqual(new Set(["proposed paused"]));
  });

  it("keeps every raise in the account away, and nothing while it is only watched", () => {
    const raise = anAskOf(aRaise(), "200");
    const changesOf = (stop: Ask) => planOf({ asks: [stop, raise], ...ALLOWED }).changes;
    const raised = (stop: Ask) => changesOf(stop).find(({ ruleId }) => ruleId === "raise-proven");
    expect(raised(monthStop())?.outcome).toBe("blocked");
    expect(raised(monthStop({ mode: "shadow" }))?.outcome).toBe("proposed");
  });

  it("lets nothing start again in the account while it matches, neither by a rule nor at the end of a pause", () => {
    const pause = { ruleId: "pause-dead", pack: "roads", changeId: "atelier-lune-20260310-1" };
    const own = { ...pause, atMs: ROUND_AT_MS - 129_600_000, until: "2026-03-11" };
    const ended: Night = {
      ...ALLOWED,
      entities: { "200": { status: "paused", platformStatus: "PAUSED" } },
      state: { memory: { ...NO_MEMORY, pauses: { "meta/1001/adGroup/200": own } } },
      idleRules: [aPause()],
    };
    const of200 = (asks: Ask[]) => changeOf(planOf({ ...ended, asks }), "200");
    expect(told(of200([monthStop()]))).toBe("blocked active hold.blocked");
    expect(noteOf(of200([monthStop()]), "hold")).toEqual({ rule: "month-stop" });
    for (const stop of [monthStop({ mode: "shadow" }), monthStop({ nightsInARow: 2 })]) {
      expect(told(of200([stop]))).toBe("proposed active");
    }
    const wakeUp = aRule(
      { type: "resume", pausedBy: { kind: "anyone" } },
      { id: "wake-up", mode: "propose" },
    );
    const limits = { nightlyRaisePercent: 12 };
    const woken = (asks: Ask[]) =>
      planOf({ ...ended, idleRules: [], brand: { ...ALLOWED.brand, limits }, asks })
        .changes.filter(({ ruleId }) => ruleId === "wake-up")
        .map(told);
    expect(woken([anAskOf(wakeUp, "200")])).toEqual(["proposed active"]);
    expect(woken([anAskOf(wakeUp, "200"), monthStop()])).toEqual(["blocked active hold.blocked"]);
  });

  it("asks again before sending whether the rule may, and whether it still is that pause", () => {
    const night = { asks: [monthStop()], ...ALLOWED };
    const terms = { until: "2026-04-01", accountStop: true as const };
    expect(recheck(night, {}, terms)).toBe("ok");
    expect(recheck(night, { brand: aBrand() }, terms)).toBe("guardrail.accountStop.blocked");
    expect(recheck(night, {}, { accountStop: true })).toBe("recheck.notInPlan");
    expect(recheck(night, {}, { ...terms, until: "2026-05-01" })).toBe("recheck.notInPlan");
    expect(recheck(night, {}, { until: "2026-04-01" })).toBe("recheck.notInPlan");
  });
});
