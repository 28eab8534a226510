/** The shop's books as a file that any revenue source of this form can read. */
import type { World } from "../model.ts";
import { shopFigures } from "./figures.ts";

const HEADER = "date,revenue,orders,new_customers,sessions";

/** Revenue in major units with a decimal point; one line a day, ascending, up to yesterday. */
export function revenueCsv(world: World): string {
  const lines = shopFigures(world).map(({ day, revenueCents, orders, newCustomers, sessions }) =>
    [day, (revenueCents / 100).toFixed(2), orders, newCustomers, sessions].join(","),
  );
  return `${[HEADER, ...lines].join("\n")}\n`;
}
