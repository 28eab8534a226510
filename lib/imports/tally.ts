/** What the rows of a dataset add up to: by account and level for the report, and by level whether it can still be counted exactly. */
import { MAX_MICROS } from "../dataset/cells.ts";
import { accountKey } from "../domain/ids.ts";
import type { InsightLevel } from "../domain/snapshot.ts";
import { dayText, type InsightKey } from "./keys.ts";
import type { AccountTotal } from "./report.ts";
import type { StagedInsight } from "./staging.ts";
import { type Cells, money } from "./write.ts";

interface Total {
  account: string;
  level: InsightLevel;
  rows: number;
  from: number;
  to: number;
  spend: number;
}

/** By account and level. */
export type AccountTotals = Map<string, Total>;

type Amount = "spend" | "conversionValue";

/** Figures are computed in numbers, exact to 2^53 micros: a sum that leaves them would not look like one. */
const MOST = Number(MAX_MICROS);

export interface Tally {
  /** The rows that follow are of this entity. */
  begin(entity: InsightKey): void;
  add(row: StagedInsight): void;
}

/** `onTooMuch` is told once per amount and level. */
export function createTally(
  totals: AccountTotals,
  onTooMuch: (row: StagedInsight, amount: Amount, level: InsightLevel) => void,
): Tally {
  const sums = new Map<InsightLevel, Record<Amount, number>>();
  let sum = { spend: 0, conversionValue: 0 };
  let total: Total;
  const count = (row: StagedInsight, amount: Amount) => {
    const before = sum[amount];
    sum[amount] = before + (row[amount] ?? 0);
    if (before <= MOST && sum[amount] > MOST) onTooMuch(row, amount, total.level);
  };
  return {
    begin(entity) {
      const { level } = entity;
      const account = accountKey(entity);
      const key = `${account} ${level}`;
      sum = sums.get(level) ?? { spend: 0, conversionValue: 0 };
      sums.set(level, sum);
      total = totals.get(key) ?? { account, level, rows: 0, from: Infinity, to: -Infinity, spend: 0 };
      totals.set(key, total);
    },
    add(row) {
      total.rows += 1;
      total.spend += row.spend ?? 0;
      total.from = Math.min(total.from, row.day);
      total.to = Math.max(total.to, row.day + row.days - 1);
      count(row, "spend");
      count(row, "conversionValue");
    },
  };
}

/** Totals as they are told. `accounts` are cells by account key. */
export function toldTotals(totals: AccountTotals, accounts: ReadonlyMap<string, Cells>): AccountTotal[] {
  return [...totals.values()].map(({ account, level, rows, from, to, spend }) => ({
    ...{ account, level, rows, from: dayText(from), to: dayText(to), spend: money(spend) },
    currency: accounts.get(account)?.currency ?? null,
  }));
}
