/** The shop's books as a file that any revenue source of this form can read. */
import type { World } from "../model.ts";
import { shopFigures } from "./figures.ts";

const HEADER = "date,revenue,orders,new_customers,sessions,revenue_from_meta,revenue_from_google";

/** Amounts in major units with a decimal point; one line a day, ascending, up to yesterday. */
export function revenueCsv(world: World): string {
  const lines = shopFigures(world).map((one) =>
    [
      one.day,
      major(one.revenueCents),
      one.orders,
      one.newCustomers,
      one.sessions,
      major(one.revenueCentsFrom.meta),
      major(one.revenueCentsFrom.google),
    ].join(","),
  );
  return `${[HEADER, ...lines].join("\n")}\n`;
}

function major(cents: number): string {
  return (cents / 100).toFixed(2);
}
