/** A night on which everything happens that a report can tell. */
import type { Plan } from "../../lib/domain/plan.ts";
import {
  aHolderLine,
  aNearMiss,
  anEvidence,
  aParameter,
  aPlan,
  aPlannedChange,
  aReading,
  aWeek,
} from "./plan-view.ts";

/** A busy night: a raise clamped by a guardrail, a pause, a blocked raise, a near miss, something of every section. */
export function aBusyPlan(): Plan {
  const clamp = {
    limit: { value: 20, unit: "percent" },
    from: { value: 100_000_000, unit: "money" },
    value: { value: 150_000_000, unit: "money" },
    to: { value: 120_000_000, unit: "money" },
  } as const;
  const noConversion = anEvidence({
    fact: "conversions",
    operator: "equal",
    value: aReading(0, "count"),
    threshold: aParameter(0, "count", "rule"),
    thresholdFact: null,
    thresholdTimes: null,
  });
  const underFloor = anEvidence({
    fact: "mer",
    params: { window: "7d" },
    operator: "lessThan",
    value: aWeek(1.9, "ratio"),
    threshold: aParameter(2, "ratio", "1 / contributionMargin"),
    thresholdFact: "merAlarm",
    thresholdTimes: null,
  });
  const brand = { level: "brand", key: "brand", name: "Atelier Lune", ref: null, stage: null } as const;
  return aPlan({
    holders: [
      aHolderLine("11", "Broad women 25-44"),
      aHolderLine("12", "Interests interior design", {
        budgetMicros: 60_000_000n,
        spend: aReading(133_000_000, "money"),
        conversions: aReading(0, "count"),
        cpa: aReading(null, "money", { reason: { key: "noData.noConversions", values: {} } }),
      }),
      aHolderLine("13", "Lookalike 1 %", { learning: "learning" }),
      aHolderLine("14", "Video viewers", { conversions: aReading(11, "count") }),
    ],
    changes: [
      aPlannedChange("11", "Broad women 25-44", {
        wantedMicros: 150_000_000n,
        notes: [
          { guardrail: "step", effect: "clamped", reason: { key: "guardrail.step.clamped", values: clamp } },
        ],
      }),
      aPlannedChange("12", "Interests interior design", {
        id: "atelier-lune-20260311-2",
        edit: { kind: "status", from: "active", to: "paused", budgetMicros: 60_000_000n },
        ruleId: "pause-no-conversion",
        wantedMicros: null,
        worstCaseMicros: 0n,
        evidence: [
          anEvidence({ value: aReading(133_000_000, "money"), params: { correctedForDelay: true } }),
          noConversion,
        ],
      }),
      aPlannedChange("13", "Lookalike 1 %", {
        id: "atelier-lune-20260311-3",
        outcome: "blocked",
        notes: [
          {
            guardrail: "learning",
            effect: "blocked",
            reason: { key: "guardrail.learning.blocked", values: {} },
          },
        ],
      }),
    ],
    notices: [
      {
        ruleId: "alarm-mer",
        pack: "roads",
        urgent: true,
        to: [],
        blind: false,
        subject: brand,
        evidence: [underFloor],
      },
    ],
    holds: [
      {
        ruleId: "hold-under-floor",
        pack: "roads",
        blocks: ["raise"],
        scope: "brand",
        because: "matched",
        until: null,
        evidence: [underFloor],
      },
    ],
    nearMisses: [aNearMiss("14", "Video viewers")],
    tooSmall: [
      aNearMiss("15", "Tiny test", {
        forecast: { fact: "conversions", have: 2, need: 15, unit: "count", perDay: 0.1, day: null },
      }),
    ],
    uncovered: [
      {
        name: "Leftovers BE",
        level: "campaign",
        ref: { platform: "meta", accountId: "1001", level: "campaign", id: "7" },
        spend: aWeek(210_000_000, "money"),
      },
    ],
    missing: [{ key: "missing.shop", values: {} }],
  });
}
