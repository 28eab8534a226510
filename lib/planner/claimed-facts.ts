/** Figures that hang on what platforms count as conversions. */
import type { Brand } from "../domain/brand.ts";
import { customDefinitions } from "../metrics/custom.ts";
import { factCatalogue } from "../metrics/index.ts";
import type { Params } from "../metrics/port.ts";

/** Whether a figure counts a platform's conversions, itself or by what it ranks by. The shop's figures do not. */
export function countsConversions(brand: Brand): (fact: string, params: Params) => boolean {
  const all = [...factCatalogue, ...customDefinitions(brand, factCatalogue)];
  const claimed = all.filter(({ about, counts }) => counts === "conversions" && about === undefined);
  const ids = new Set(claimed.map(({ id }) => id));
  return (fact, { by }) => ids.has(fact) || ids.has(String(by));
}
