/** How many conversions the money spent should have brought at target. */
import { decimalRatio } from "../arithmetic.ts";
import { CORRECTED_FOR_DELAY, EVERY_LEVEL, exposureMicros, fromDelivery, type MetricFact } from "../fact.ts";
import { known } from "../outcome.ts";
import { parameterFor } from "../parameters.ts";

export const expectedConversions: MetricFact = {
  id: "expectedConversions",
  label: { en: "conversions expected at target", fr: "conversions attendues à l'objectif" },
  unit: "count",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY],
  goodSide: null,
  doc: "spend / targetCpa: 3 means that 3 times the target CPA was spent; no data without a target.",
  source: "spend and targetCpa",
  read: fromDelivery((delivery, context) => {
    const target = parameterFor(context.brand, context.node, "targetCpa");
    if (target.kind === "noData") return target;
    const source = `${delivery.source}; ${target.source}`;
    const spendMicros = exposureMicros(delivery, context.params);
    if (typeof spendMicros !== "number") return spendMicros;
    return known(decimalRatio(spendMicros, target.value), source);
  }),
};
