import { describe, expect, it } from "vitest";
import type { Edit } from "../../lib/domain/change.ts";
import { worstCaseMicros } from "../../lib/planner/exposure.ts";

describe("lib/planner/exposure", () => {
  it.each([
    [
      "a raise to 60 may spend 105 on its worst day",
      { kind: "dailyBudget", fromMicros: 50_000_000n, toMicros: 60_000_000n },
      105_000_000n,
    ],
    ["a cut spends less", { kind: "dailyBudget", fromMicros: 60_000_000n, toMicros: 50_000_000n }, 0n],
    [
      "a pause spends nothing",
      { kind: "status", from: "active", to: "paused", budgetMicros: 50_000_000n },
      0n,
    ],
    [
      "a resumed holder may spend 87.50",
      { kind: "status", from: "paused", to: "active", budgetMicros: 50_000_000n },
      87_500_000n,
    ],
  ] satisfies [string, Edit, bigint][])("%s at a worst day of 1.75 x", (_, edit, micros) => {
    expect(worstCaseMicros({ edit }, 1.75)).toBe(micros);
  });
});
