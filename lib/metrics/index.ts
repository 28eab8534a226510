/** What rules, planner and reports read figures with. */
import { facts } from "./facts/index.ts";
import type { FactDefinition } from "./port.ts";

export { createFacts, type FactsInput } from "./create-facts.ts";
export { metricMessageFigures, metricMessageKeys } from "./messages.ts";

/** What the catalogue says of every fact: schemas, documents and lint are derived from it. */
export const factCatalogue: readonly FactDefinition[] = facts;
