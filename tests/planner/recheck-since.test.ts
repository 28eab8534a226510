import { describe, expect, it } from "vitest";
import { anAskOf, anIntent, aRaise } from "../support/plan.ts";
import { budgets, intents, recheck } from "../support/recheck.ts";
import { aBrand, ROUND_AT_MS } from "../support/snapshot.ts";

const RAISE = { asks: [anAskOf(aRaise(), "200")] };

describe("lib/planner/recheck, of what happened since the plan", () => {
  it("obeys a brand file that took the account, the currency or the holder away since", () => {
    const account = { platform: "meta", conversions: ["omni_purchase"], attribution: "7dClick+1dView" };
    const handsOff = (match: object, until: string | null = null) => ({
      brand: aBrand({ handsOff: [{ match, until, by: "marc" }] }),
    });
    expect([
      recheck(RAISE, { brand: aBrand({ accounts: [{ ...account, accountId: "1002" }] }) }),
      recheck(RAISE, { brand: aBrand({ currency: "USD" }) }),
      recheck(RAISE, handsOff({ campaigns: ["PROS *"] })),
      recheck(RAISE, handsOff({ ids: ["200"] }, "2026-03-11")),
      recheck(RAISE, { ...handsOff({ ids: ["201"] }), holder: null }),
      recheck(RAISE, handsOff({ ids: ["200"] }, "2026-03-10")),
      recheck(RAISE, handsOff({ ids: ["201"] })),
    ]).toEqual([
      "recheck.notBound",
      "recheck.otherCurrency",
      "recheck.handsOff",
      "recheck.handsOff",
      "recheck.notInPlan",
      "ok",
      "ok",
    ]);
  });

  it("refuses a change whose target is not the holder that it names", () => {
    const target = { platform: "meta", accountId: "1001", level: "adGroup" as const, id: "201" };
    expect(recheck(RAISE, {}, { target })).toBe("recheck.notInPlan");
  });

  it("counts refused writes as writes, and a second send as a second change within the hour", () => {
    const refused = anIntent({ status: "notApplied", sends: 1 });
    const twice = anIntent({
      roundId: "atelier-lune/2026-03-10/night",
      status: "notApplied",
      sends: 2,
      intendedAtMs: ROUND_AT_MS - 1,
      change: { id: "atelier-lune-20260310-4", holderKey: "meta/1001/adGroup/200" },
    });
    expect([
      recheck(RAISE, { ...intents(refused), brand: aBrand({ limits: { writesPerRun: 1 } }) }),
      recheck(RAISE, { ...intents(refused), brand: aBrand({ limits: { writesPerRun: 2 } }) }),
      recheck(RAISE, { ...intents(twice), brand: aBrand({ limits: { changesPerHour: 2 } }) }),
      recheck(RAISE, { ...intents(twice), brand: aBrand({ limits: { changesPerHour: 3 } }) }),
    ]).toEqual(["guardrail.writesPerRun.blocked", "ok", "guardrail.changesPerHour.blocked", "ok"]);
  });

  it("keeps the allowance of a raise that was given up and stands on the platform after all", () => {
    const late = { status: "superseded", sends: 1, change: { edit: budgets(50, 91) } } as const;
    expect([
      recheck(RAISE, intents(anIntent({ ...late, actual: budgets(50, 91) }))),
      recheck(RAISE, intents(anIntent({ ...late, actual: budgets(50, 70) }))),
      recheck(RAISE, intents(anIntent({ ...late, sends: 0, actual: budgets(50, 91) }))),
    ]).toEqual(["recheck.tooMuch", "ok", "ok"]);
  });
});
