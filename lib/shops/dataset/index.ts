/** A shop whose figures stand in a dataset folder, read once; with what the brand spent outside its ad accounts. */
import { addDays } from "../../domain/day.ts";
import type { OtherSpend, ShopDay } from "../../domain/snapshot.ts";
import type { Shop } from "../port.ts";

export interface ShopFigures {
  /** Null where the folder has no revenue file: then no day is known. */
  revenue: readonly ShopDay[] | null;
  otherSpend: readonly OtherSpend[];
}

export function createDatasetShop({ revenue, otherSpend }: ShopFigures): Shop {
  return {
    async fetchDays(from, to) {
      const covers = ({ day, days = 1 }: ShopDay) => addDays(day, days - 1) >= from && day <= to;
      return {
        source: "dataset",
        days: (revenue ?? []).filter(covers),
        otherSpend: otherSpend.filter(({ day }) => day >= from && day <= to),
      };
    },
  };
}
