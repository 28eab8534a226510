/** Where revenue comes from. */
import type { Day } from "../domain/day.ts";
import type { ShopSnapshot } from "../domain/snapshot.ts";

export interface Shop {
  /** The rows that cover days from `from` to `to` (both included), ascending; absent days are no data. @throws ShopError */
  fetchDays(from: Day, to: Day): Promise<ShopSnapshot>;
}
