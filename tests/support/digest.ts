/** One ad group whose budget was changed some days before the round, and what it delivered on each day. */

import type { MadeChange } from "../../lib/digest/made.ts";
import type { Change } from "../../lib/domain/change.ts";
import { type Day, eachDay } from "../../lib/domain/day.ts";
import type { AccountSnapshot, Insight, Snapshot } from "../../lib/domain/snapshot.ts";
import { aChange } from "./log.ts";
import { aCampaign, anAccount, anAdGroup, anInsight, aSnapshot } from "./snapshot.ts";

/** Everything arrives on the day itself. */
export const AT_ONCE = { meta: [1], google: [1] } as const;
/** 60 % by the next day, 78 % by the third, all but 1 % by the ninth. */
export const SLOWLY = {
  meta: [0.35, 0.6, 0.7, 0.78, 0.84, 0.9, 0.93, 0.96, 0.98, 0.99],
} as const;

export const FIRST_DAY: Day = "2026-02-04";
export const LAST_DAY: Day = "2026-03-10";

/** A raise of ad group 200 from 50 to 60 EUR a day, or what is given. */
export function aMadeChange(day: Day, given: Partial<Change> & { judged?: boolean } = {}): MadeChange {
  const { judged = true, ...change } = given;
  return {
    change: aChange({
      id: `atelier-lune-${day.replaceAll("-", "")}-1`,
      holderKey: "meta/1001/adGroup/200",
      target: { platform: "meta", accountId: "1001", level: "adGroup", id: "200" },
      name: "Broad 25-54",
      edit: { kind: "dailyBudget", fromMicros: 50_000_000n, toMicros: 60_000_000n },
      ...change,
    }),
    day,
    judged,
  };
}

interface Daily {
  euros: number;
  conversions: number;
}

/** Rows of ad group 200 and its account: `before` up to and on `day`, `after` from the next day on. */
export function rowsAround(day: Day, before: Daily, after: Daily): Insight[] {
  return eachDay(FIRST_DAY, LAST_DAY).flatMap((one) => {
    const { euros, conversions } = one <= day ? before : after;
    const counters = { day: one, spendMicros: BigInt(euros) * 1_000_000n, clicks: euros * 2, conversions };
    return [
      anInsight(counters),
      anInsight({ ...counters, level: "account", entityId: "1001" }),
      anInsight({ ...counters, level: "campaign", entityId: "100" }),
    ];
  });
}

/** The account with ad group 200 at `budgetEuros` a day and these rows. */
export function aJudgedSnapshot(
  insights: Insight[],
  { budgetEuros = 60, ...account }: Partial<AccountSnapshot> & { budgetEuros?: number } = {},
): Snapshot {
  const budget = { period: "daily", amountMicros: BigInt(budgetEuros) * 1_000_000n } as const;
  return aSnapshot({
    accounts: [anAccount({ entities: [aCampaign(), anAdGroup({ budget })], insights, ...account })],
  });
}
