import { describe, expect, it } from "vitest";
import {
  aCut,
  aHistory,
  anEdit,
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

const HOUR_MS = 3_600_000;
const SURE = { "200": { conversions14d: 40, cpaOkProbability14d: 0.95 } };
const APPLYING = { brand: { mode: "apply" }, figures: SURE } as const;

/** What the night makes of a raise, a cut and a pause of ad group 200, each asked alone. */
function all(night: Night, mode: "propose" | "apply" = "propose"): string[] {
  return [aRaise(10, { mode }), aCut(10, { mode }), aPause({ mode })].map((rule) =>
    told(changeOf(planOf({ ...night, asks: [{ rule, holder: "200" }] }), "200")),
  );
}

describe("lib/planner/guardrails: what others do", () => {
  it("leaves alone in every direction what a person changed, and says who, when and until when", () => {
    const night = { history: aHistory([anEdit()]) };
    expect(all(night)).toEqual([
      "blocked 55 foreignEdit.blocked",
      "blocked 45 foreignEdit.blocked",
      "blocked paused foreignEdit.blocked",
    ]);
    const plan = planOf({ ...night, asks: [{ rule: aRaise(), holder: "200" }] });
    expect(noteOf(changeOf(plan, "200"), "foreignEdit")).toEqual({
      by: "Camille Roy",
      via: "Ads Manager",
      at: 1_773_195_000_000,
      hours: 72,
      until: 1_773_454_200_000,
    });
  });

  it("says so where the platform does not name the tool", () => {
    const history = aHistory([anEdit({ via: null })]);
    const plan = planOf({ history, asks: [{ rule: aRaise(), holder: "200" }] });
    expect(noteOf(changeOf(plan, "200"), "foreignEdit")).toMatchObject({ via: "toolNotNamed" });
  });

  it("leaves the other holders to their rules", () => {
    const plan = planOf({ history: aHistory([anEdit()]), asks: [{ rule: aRaise(), holder: "201" }] });
    expect(told(changeOf(plan, "201"))).toBe("proposed 60");
  });

  it("acts again when the brand's hours are over", () => {
    const history = aHistory([anEdit({ atMs: ROUND_AT_MS - 73 * HOUR_MS })]);
    expect(all({ history })).toEqual(["proposed 55", "proposed 45", "proposed paused"]);
    expect(all({ history, brand: { limits: { foreignEditHours: 74 } } })).toEqual([
      "blocked 55 foreignEdit.blocked",
      "blocked 45 foreignEdit.blocked",
      "blocked paused foreignEdit.blocked",
    ]);
  });

  it("does not take Palier's own change for another's: only its cool-down counts", () => {
    const intent = anIntent({
      roundId: "atelier-lune/2026-03-10/night",
      status: "confirmed",
      intendedAtMs: ROUND_AT_MS - 24 * HOUR_MS,
      sends: 1,
      sendBeforeMs: ROUND_AT_MS - 24 * HOUR_MS,
      change: { holderKey: "meta/1001/adGroup/200" },
    });
    const history = aHistory([anEdit({ atMs: ROUND_AT_MS - 24 * HOUR_MS })]);
    const state = { intents: { [intent.change.id]: intent } };
    expect(all({ history, state })).toEqual([
      "blocked 55 cooldown.blocked",
      "blocked 45 cooldown.blocked",
      "proposed paused",
    ]);
  });

  it("raises nothing and only asks for the rest where the history may not be read, and names the account", () => {
    expect(all({ ...APPLYING, history: null }, "apply")).toEqual([
      "blocked 55 historyUnknown.blocked",
      "proposed 45 historyUnknown.degraded",
      "proposed paused historyUnknown.degraded",
    ]);
    expect(all({ history: null })).toEqual([
      "blocked 55 historyUnknown.blocked",
      "proposed 45",
      "proposed paused",
    ]);
    const plan = planOf({ history: null, asks: [{ rule: aRaise(), holder: "200" }] });
    expect(noteOf(changeOf(plan, "200"), "historyUnknown")).toEqual({
      account: "meta/1001",
      why: "historyNotPermitted",
    });
    expect(plan.missing[1]).toEqual({
      key: "missing.history",
      values: {
        account: { value: "meta/1001", unit: "text" },
        why: { value: "historyNotPermitted", unit: "state" },
      },
    });
  });

  it("takes a history that begins within the hours for unknown", () => {
    const from = (fromMs: number) => all({ ...APPLYING, history: { fromMs, edits: [] } }, "apply");
    expect(from(ROUND_AT_MS - 72 * HOUR_MS)).toEqual(["auto 55", "auto 45", "auto paused"]);
    expect(from(ROUND_AT_MS - 72 * HOUR_MS + 1)).toEqual([
      "blocked 55 historyUnknown.blocked",
      "proposed 45 historyUnknown.degraded",
      "proposed paused historyUnknown.degraded",
    ]);
  });

  it("leaves a budget of a special kind alone, and names the kind", () => {
    const budget = { period: "daily", amountMicros: 50_000_000n, special: "EXPERIMENT" } as const;
    const night = { entities: { "200": { budget } } };
    expect(all(night)).toEqual([
      "blocked 55 specialBudget.blocked",
      "blocked 45 specialBudget.blocked",
      "blocked paused specialBudget.blocked",
    ]);
    const plan = planOf({ ...night, asks: [{ rule: aPause(), holder: "200" }] });
    expect(noteOf(changeOf(plan, "200"), "specialBudget")).toEqual({ kind: "EXPERIMENT" });
  });
});
