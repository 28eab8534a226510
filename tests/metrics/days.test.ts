import { describe, expect, it } from "vitest";
import type { Level } from "../../lib/domain/ids.ts";
import type { AccountSnapshot } from "../../lib/domain/snapshot.ts";
import type { DailyFigures, Facts } from "../../lib/metrics/port.ts";
import { AD_GROUP_KEY, dailyRows, factsOf } from "../support/readings.ts";
import {
  aCampaign,
  anAccount,
  anAdGroup,
  aSharedBudget,
  aSharingAccount,
  aSnapshot,
} from "../support/snapshot.ts";

const REASON = { key: "loop.tooLate", values: {} };

/** 8 to 10 March: 10, 20 and 30 EUR, none and half a conversion and two. */
const ROWS = [
  { spendMicros: 10_000_000n, conversions: 0 },
  { spendMicros: 20_000_000n, conversions: 0.5 },
  { spendMicros: 30_000_000n, conversions: 2 },
];

function days(facts: Facts, level: Level, key: string, window: string): DailyFigures {
  return facts.days({ level, key, name: "", ref: null, stage: null }, window);
}

function covered(given: Partial<AccountSnapshot>): Facts {
  const account = anAccount({ entities: [aCampaign(), anAdGroup()], insights: dailyRows(ROWS), ...given });
  return factsOf({ snapshot: aSnapshot({ accounts: [account] }) });
}

describe("lib/metrics, day by day", () => {
  it("gives the days of a window oldest first, with zero on covered days without a row", () => {
    expect(days(covered({}), "adGroup", AD_GROUP_KEY, "5d")).toEqual({
      from: "2026-03-06",
      spendMicros: [0, 0, 10_000_000, 20_000_000, 30_000_000],
      conversions: [0, 0, 0, 0.5, 2],
    });
    expect(days(covered({}), "budgetHolder", AD_GROUP_KEY, "1d").spendMicros).toEqual([30_000_000]);
  });

  it("has no data for days outside what was fetched, at both ends, nor for an account or a level that was not", () => {
    const some = covered({ coveredFrom: "2026-03-08", coveredTo: "2026-03-09" });
    expect(days(some, "adGroup", AD_GROUP_KEY, "5d")).toEqual({
      from: "2026-03-06",
      spendMicros: [null, null, 10_000_000, 20_000_000, null],
      conversions: [null, null, 0, 0.5, null],
    });
    const nothing = { spendMicros: [null, null], conversions: [null, null] };
    expect(days(covered({ levels: ["account"] }), "adGroup", AD_GROUP_KEY, "2d")).toMatchObject(nothing);
    const missing = [{ platform: "meta", accountId: "1001", reason: REASON }];
    const absent = factsOf({ snapshot: aSnapshot({ accounts: [], missing }) });
    expect(days(absent, "account", "meta/1001", "2d")).toMatchObject(nothing);
  });

  it("sums all campaigns that a shared budget feeds, and all accounts of the brand", () => {
    const insights = ["100", "101"].flatMap((entityId) => dailyRows(ROWS, { level: "campaign", entityId }));
    const own = dailyRows(ROWS, { level: "account", entityId: "1001" });
    const account = aSharingAccount(
      {},
      { insights: [...insights, ...own], sharedBudgets: [aSharedBudget()] },
    );
    const facts = factsOf({ snapshot: aSnapshot({ accounts: [account] }) });
    expect(days(facts, "budgetHolder", "meta/1001/sharedBudget/900", "2d")).toEqual({
      from: "2026-03-09",
      spendMicros: [40_000_000, 60_000_000],
      conversions: [1, 4],
    });
    expect(days(facts, "brand", "atelier-lune", "2d").spendMicros).toEqual([20_000_000, 30_000_000]);
  });

  it("knows nobody who is not in the snapshot", () => {
    expect(() => days(covered({}), "adGroup", "meta/1001/adGroup/9", "2d")).toThrow(/not in the snapshot/);
  });
});
