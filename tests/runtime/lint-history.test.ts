import { describe, expect, it } from "vitest";
import { matchesOn } from "../../lib/runtime/lint/history.ts";
import { factsOf } from "../support/readings.ts";
import { aRuleFile, type Json, loaded, spentAtLeast } from "../support/rule.ts";
import { aCampaign, anAccount, anAdGroup, anInsight, aSnapshot } from "../support/snapshot.ts";

const LEVELS = ["account", "campaign", "adGroup", "ad", "brand"] as const;

/** A night on which ad groups 200 and 201 of campaign 100 and ad 300 of the first spent so much; 202 of campaign 101 spent nothing. */
function nightWith(micros: bigint) {
  const rows = (["200", "201"] as const).map((entityId) => anInsight({ entityId, spendMicros: micros }));
  const entities = [
    aCampaign(),
    aCampaign({ id: "101" }),
    anAdGroup(),
    anAdGroup({ id: "201" }),
    anAdGroup({ id: "202", parentId: "101" }),
    { ...anAdGroup({ id: "300", parentId: "200", budget: null }), level: "ad" as const },
  ];
  const insights = [
    ...rows,
    anInsight({ level: "ad", entityId: "300", spendMicros: micros }),
    anInsight({ level: "campaign", entityId: "100", spendMicros: 2n * micros, impressions: 100, clicks: 5 }),
    anInsight({ level: "campaign", entityId: "101", impressions: 100, clicks: 4 }),
    anInsight({ level: "account", entityId: "1001", spendMicros: 2n * micros }),
  ];
  const account = anAccount({ entities, insights, levels: ["account", "campaign", "adGroup", "ad"] });
  return { day: "2026-03-11", facts: factsOf({ snapshot: aSnapshot({ accounts: [account] }) }) };
}

function told(level: string, given: Json = {}): Json {
  return aRuleFile({ id: level.toLowerCase(), appliesTo: { level }, action: { type: "notify" }, ...given });
}

describe("lib/runtime/lint/history", () => {
  it("counts matches on every level, night by night", () => {
    const conditions = { all: [spentAtLeast(100)] };
    const { rules } = loaded([...LEVELS, "budgetHolder"].map((level) => told(level, { conditions })));
    const counts = matchesOn([nightWith(60_000_000n), nightWith(100_000_000n)], rules);
    const byRule = Object.fromEntries(rules.map(({ id }, index) => [id, counts[index]]));
    // At 60 each only the two together reach 100.
    expect(byRule).toEqual({
      account: [1, 1],
      brand: [1, 1],
      campaign: [1, 1],
      adgroup: [0, 2],
      budgetholder: [0, 2],
      ad: [0, 1],
    });
  });

  it("counts days in a row and ranks as the night does", () => {
    const series = {
      fact: "spend",
      params: { window: "1d", daysInARow: 2 },
      operator: "greaterThan",
      value: 1,
    };
    const rank = { fact: "rank", params: { by: "ctrPercent", window: "7d" }, operator: "equal", value: 1 };
    const { rules } = loaded([
      told("adGroup", { conditions: { all: [series] } }),
      told("campaign", { conditions: { all: [rank] } }),
    ]);
    expect(matchesOn([nightWith(60_000_000n)], rules)).toEqual([[0], [1]]);
  });
});
