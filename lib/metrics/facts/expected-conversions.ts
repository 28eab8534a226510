/** How many conversions the money spent should have brought at target. */
import { decimalRatio } from "../arithmetic.ts";
import { CORRECTED_FOR_DELAY, EVERY_LEVEL, exposureReader, fromDelivery, type MetricFact } from "../fact.ts";
import { known } from "../outcome.ts";

export const expectedConversions: MetricFact = {
  id: "expectedConversions",
  label: { en: "conversions expected at target", fr: "conversions attendues à l'objectif" },
  unit: "count",
  kind: "metric",
  alone: true,
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY],
  goodSide: null,
  doc: "spend / targetCpa: 3 means that 3 times the target CPA was spent; no data without a target.",
  source: "spend and targetCpa",
  read: fromDelivery(({ params, parameter }) => {
    const [targetOf, readSpend] = [parameter("targetCpa"), exposureReader(params)];
    return (delivery, node) => {
      const target = targetOf(node);
      if (target.kind === "noData") return target;
      const spendMicros = readSpend(delivery);
      if (typeof spendMicros !== "number") return spendMicros;
      return known(decimalRatio(spendMicros, target.value), `${delivery.source}; ${target.source}`);
    };
  }),
};
