import { describe, expect, it } from "vitest";
import { limitDefinitions } from "../../lib/brand/limits.ts";
import { resolveLimits } from "../../lib/brand/settle-limits.ts";
import { aBrand } from "../support/snapshot.ts";

describe("lib/brand/limits", () => {
  it("settles every limit of a sandbox brand by default", () => {
    const { limits, limitSources } = resolveLimits({}, true, String);
    expect(limits).toEqual(aBrand().limits);
    expect(new Set(Object.values(limitSources))).toEqual(new Set(["default"]));
  });

  it("lets new rules of a real brand run 14 nights in shadow", () => {
    expect(resolveLimits({}, false, String).limits.shadowNights).toBe(14);
  });

  it("takes money in major units and says where a limit was set", () => {
    const given = { dailyFloor: 20, dailyCeiling: 500.5, stepPercentProposed: 15 };
    const { limits, limitSources } = resolveLimits(given, true, (key) => `file: limits.${key}`);
    expect(limits).toEqual(
      aBrand({
        limits: {
          dailyFloorMicros: 20_000_000n,
          dailyCeilingMicros: 500_500_000n,
          stepPercentProposed: 15,
        },
      }).limits,
    );
    expect(limitSources).toMatchObject({
      dailyFloorMicros: "file: limits.dailyFloor",
      dailyCeilingMicros: "file: limits.dailyCeiling",
      stepPercentProposed: "file: limits.stepPercentProposed",
      stepPercentApplied: "default",
    });
  });

  it("keeps an explicit value against the sandbox's own default", () => {
    expect(resolveLimits({ shadowNights: 3 }, true, String).limits.shadowNights).toBe(3);
  });

  it("has every default within its own bounds and a reason for each", () => {
    for (const limit of limitDefinitions) {
      expect(limit.doc).toMatch(/\.$/);
      if (typeof limit.default !== "number") continue;
      expect([limit.key, limit.default >= limit.min && limit.default <= limit.max]).toEqual([
        limit.key,
        true,
      ]);
    }
  });
});
