/** What the shop of a case reports, and what is spent outside its accounts. */
import { addDays, type Day } from "../../domain/day.ts";
import { microsFromMajor } from "../../domain/money.ts";
import type { OtherSpend, ShopDay, ShopSnapshot } from "../../domain/snapshot.ts";
import { REVENUE, SHOP_COLUMNS } from "./columns.ts";
import { type RuleCase, seriesOf } from "./read.ts";
import { dayRows } from "./rows.ts";

/** Null where the case states neither. */
export function shopOf({ brand, day }: RuleCase): ShopSnapshot | null {
  const otherSpend = byDay(brand.otherSpend, day).map(
    ({ day: on, name, micros }): OtherSpend => ({ day: on, source: name, spendMicros: micros }),
  );
  const rows = dayRows(brand.shop ?? {}, SHOP_COLUMNS, REVENUE, day);
  if (rows.length === 0 && otherSpend.length === 0) return null;
  const sources = Map.groupBy(byDay(brand.revenueBySource, day), (one) => one.day);
  const days = rows.map((row) => {
    const told = sources.get(row.day)?.map(({ name, micros }): [string, bigint] => [name, micros]);
    return (told === undefined ? row : { ...row, revenueBySource: Object.fromEntries(told) }) as ShopDay;
  });
  return { source: "shop", days, ...(otherSpend.length > 0 && { otherSpend }) };
}

function byDay(
  named: Readonly<Record<string, string | null>> | undefined,
  day: Day,
): { day: Day; name: string; micros: bigint }[] {
  return Object.entries(named ?? {}).flatMap(([name, text]) => {
    const newestFirst = text === null ? [] : seriesOf(text).toReversed();
    return newestFirst.flatMap((amount, ago) =>
      amount === null ? [] : [{ day: addDays(day, -1 - ago), name, micros: microsFromMajor(amount) }],
    );
  });
}
