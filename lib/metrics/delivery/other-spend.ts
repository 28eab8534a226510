/** What the brand spent outside its ad accounts: affiliates, influencers, print. */
import { safeMicros } from "../../domain/money.ts";
import type { ShopSnapshot } from "../../domain/snapshot.ts";
import { safeSum } from "../arithmetic.ts";
import type { Spent } from "../fact.ts";
import type { WindowDays } from "../windows/window.ts";

/**
 * Sum over a window, of one source where one is named. A day without a row is 0; null where no row of any day names the source.
 * @throws DomainError `metrics.unsafeSum` when a sum leaves the exact range of numbers.
 */
export function otherSpendOf(
  shop: ShopSnapshot | null,
): (window: WindowDays, source?: string) => Spent | null {
  const rows = shop?.otherSpend ?? [];
  const bySource = Map.groupBy(rows, ({ source }) => source);
  const names = [...bySource.keys()].sort().join(", ");
  return ({ from, to }, source) => {
    const asked = source === undefined ? rows : (bySource.get(source) ?? []);
    if (asked.length === 0) return null;
    const micros = asked
      .filter(({ day }) => day >= from && day <= to)
      .reduce((sum, { spendMicros }) => safeSum("other spend", sum, safeMicros(spendMicros)), 0);
    return { kind: "spent", micros, source: `other spend (${source ?? names})` };
  };
}
