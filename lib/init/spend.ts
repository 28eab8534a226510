/** Sums over the days that guesses look at. An unknown figure makes its sum unknown, never smaller. */
import { addDays, type Day } from "../domain/day.ts";
import type { Insight } from "../domain/snapshot.ts";
import type { FoundAccount } from "./types.ts";

/** A quarter: long enough for months to even out, short enough to be what is paid today. */
export const GUESS_DAYS = 90;

export interface Delivered {
  spendMicros: bigint;
  /** Null where a day does not tell it. */
  conversions: number | null;
  conversionValueMicros: bigint | null;
}

/** What the campaigns with these ids delivered, or the accounts whole; null where one has no figures at that level. */
export function deliveredBy(
  accounts: readonly FoundAccount[],
  ids: ReadonlySet<string> | null,
  today: Day,
): Delivered | null {
  const level = ids === null ? "account" : "campaign";
  if (accounts.some(({ snapshot }) => !snapshot.levels.includes(level))) return null;
  const rows = accounts.flatMap(({ snapshot }) =>
    snapshot.insights.filter(
      (row) => row.level === level && (ids === null || ids.has(keyOf(snapshot, row.entityId))),
    ),
  );
  const recent = rows.filter((row) => isWithin(row, today));
  return {
    spendMicros: recent.reduce((sum, row) => sum + row.spendMicros, 0n),
    conversions: recent.reduce<number | null>(
      (sum, { conversions }) => (sum === null || conversions === null ? null : sum + conversions),
      0,
    ),
    conversionValueMicros: recent.reduce<bigint | null>(
      (sum, { conversionValueMicros: value }) => (sum === null || value === null ? null : sum + value),
      0n,
    ),
  };
}

/** Ids are unique within an account alone. */
export function keyOf({ platform, accountId }: { platform: string; accountId: string }, id: string): string {
  return `${platform}/${accountId}/${id}`;
}

/** Rows of several days count where all of them do. */
export function isWithin({ day, days = 1 }: Pick<Insight, "day" | "days">, today: Day): boolean {
  return day >= addDays(today, -GUESS_DAYS) && addDays(day, days) <= today;
}

/** Micros for one; null where there is no such figure. */
export function microsForOne(micros: bigint | null, count: number | null): number | null {
  return micros === null || count === null || count <= 0 || micros <= 0n ? null : Number(micros) / count;
}
