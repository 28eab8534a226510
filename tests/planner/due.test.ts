import { describe, expect, it } from "vitest";
import { decide } from "../../lib/planner/decide.ts";
import type { Schedule, Weekday } from "../../lib/rules/types.ts";
import { aPause, partsOf } from "../support/plan.ts";
import { META_MATURITY } from "../support/readings.ts";

describe("lib/planner/due", () => {
  // 11 March 2026 is a Wednesday.
  it("looks at a rule only in the nights of its days, and judges what waits for rounds by day", async () => {
    const schedule = (days: readonly Weekday[] | null, when: Schedule["when"] = { kind: "night" }) => [
      { when, days, zone: null },
    ];
    const rules = [
      aPause({ id: "wednesdays", schedule: schedule(["tue", "wed"]) }),
      aPause({ id: "thursdays", schedule: schedule(["thu"]) }),
      aPause({ id: "mornings", schedule: schedule(null, { kind: "at", times: ["09:00"] }) }),
    ];
    const { input } = partsOf({ idleRules: rules });
    const plan = await decide({ ...input, maturity: META_MATURITY });
    expect([...new Set(plan.verdicts.map(({ ruleId }) => ruleId))].sort()).toEqual([
      "mornings",
      "wednesdays",
    ]);
    expect(new Set(plan.changes.map(({ ruleId }) => ruleId))).toEqual(new Set(["wednesdays"]));
    expect(plan.notActed.map(({ ruleId, subjects }) => `${ruleId} ${subjects}`)).toEqual(["mornings 10"]);
  });
});
