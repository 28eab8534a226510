/** A shop that the brand file names and that cannot be asked where this process runs. */
import type { ConfigProblem } from "../domain/problem.ts";
import { ShopError } from "./errors.ts";
import type { Shop } from "./port.ts";

/** Only what needs the figures fails, with the problem: stops and answers of people go on working. */
export function unavailableShop(problem: ConfigProblem): Shop {
  return {
    async fetchDays() {
      throw new ShopError([problem]);
    },
  };
}
