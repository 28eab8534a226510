/** Which days of an account a snapshot covers. */
import { addDays, type Day } from "../../domain/day.ts";
import type { Insight } from "../../domain/snapshot.ts";

export interface Period {
  from: Day;
  to: Day;
}

export function lastDayOf({ day, days = 1 }: Pick<Insight, "day" | "days">): Day {
  return days === 1 ? day : addDays(day, days - 1);
}

/**
 * The longest part of `period` whose ends no row reaches over: without the rest of a week, its days would look like days on
 * which nothing was spent. Empty (`from` after `to`) where there is none.
 */
export function wholePeriod(rows: readonly Insight[], { from, to }: Period): Period {
  const wide = rows.filter(({ days = 1 }) => days > 1);
  let whole = { from, to };
  for (;;) {
    const { from: first, to: last } = whole;
    const next = { ...whole };
    for (const row of wide) {
      const end = lastDayOf(row);
      if (row.day < first && end >= first && end >= next.from) next.from = addDays(end, 1);
      if (end > last && row.day <= last && row.day <= next.to) next.to = addDays(row.day, -1);
    }
    if (next.from === first && next.to === last) return whole;
    whole = next;
  }
}
