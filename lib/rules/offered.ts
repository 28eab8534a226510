/** What of the catalogue of facts rules may use: words that are not built yet stay refused, whoever else reads them. */
import type { FactDefinition } from "../metrics/port.ts";
import { FACT_WORDS } from "./vocabulary.ts";

export function offeredFacts(catalogue: readonly FactDefinition[]): FactDefinition[] {
  return catalogue.filter(({ id }) => FACT_WORDS.notYet?.includes(id) !== true);
}
