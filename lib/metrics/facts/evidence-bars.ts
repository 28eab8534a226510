/** Is there enough to act on: how bad the CPA may yet be, and whether the brand's bars for a raise or a stop are met. */
import { sixDecimals } from "../arithmetic.ts";
import { MILLIONTHS } from "../delivery/columns.ts";
import { sumReader } from "../delivery/sums.ts";
import { EVERY_LEVEL, fromDelivery, type MetricFact } from "../fact.ts";
import { known } from "../outcome.ts";
import { meetsBar, raiseBars } from "../raise-bars.ts";
import { cpaUpper, cpaWithinProbability, Z_80 } from "../statistics.ts";
import { evidenceReader, probabilityReader } from "./evidence.ts";

/** "Too dear" means at least 1.5 times the target. */
const DEAR = 1.5;
/** Without any conversion, so many times the target spent is a one in twenty chance at target. */
const BARREN_TARGETS = 3;

const SOURCE = "Gamma posterior with one conversion at target as prior, Wilson-Hilferty approximation";

export const cpaUpper80: MetricFact = {
  id: "cpaUpper80",
  label: { en: "CPA at worst (80 %)", fr: "CPA au pire (80 %)" },
  unit: "money",
  kind: "metric",
  counts: "conversions",
  topic: "evidence",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "low",
  doc: "Upper end of the one-sided 80 % interval of the true CPA: (settled spend + targetCpa) / q, q the 20 % quantile of a Gamma with conversions + 1, both divided by their over-dispersion; no data without a target or under 7 days with spend.",
  source: SOURCE,
  read: fromDelivery((context) => {
    const readEvidence = evidenceReader(context);
    return (delivery, node) => {
      const found = readEvidence(delivery, node);
      if (found.kind === "noData") return found;
      return known(Math.round(cpaUpper(found.evidence, Z_80)), found.source);
    };
  }),
};

export const evidenceUp: MetricFact = {
  id: "evidenceUp",
  label: { en: "enough evidence to raise", fr: "assez de preuves pour augmenter" },
  unit: "flag",
  kind: "metric",
  counts: "conversions",
  topic: "evidence",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "True where conversions and cpaOkProbability reach the brand's limits minConversionsProposed and minCpaOkProbabilityProposed, below which no raise is even proposed; false with too few conversions, else no data where the probability has none.",
  source: "conversions and cpaOkProbability against the brand's limits",
  read: fromDelivery((context) => {
    const [readConversions, readProbability] = [
      sumReader("conversionMillionths"),
      probabilityReader(context),
    ];
    const { asked } = raiseBars(context.brand.limits);
    return (delivery, node) => {
      const millionths = readConversions(delivery);
      if (typeof millionths !== "number") return millionths;
      const conversions = millionths / MILLIONTHS;
      if (conversions < asked.minConversions) return known(false, delivery.conversionSource);
      const probability = readProbability(delivery, node);
      if (probability.kind === "noData") return probability;
      return known(meetsBar(asked, conversions, probability.value), probability.source);
    };
  }),
};

export const evidenceDown: MetricFact = {
  id: "evidenceDown",
  label: { en: "enough evidence to stop", fr: "assez de preuves pour arrêter" },
  unit: "flag",
  kind: "metric",
  counts: "conversions",
  topic: "evidence",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "low",
  doc: "True where the true CPA is at least 1.5 x targetCpa with the brand's minCpaOkProbabilityApplied or more, or where 3 x targetCpa of settled spend brought nothing at all; no data without a target, or under 7 days with spend where something came.",
  source: `${SOURCE}; the brand's limits`,
  read: fromDelivery((context) => {
    const readEvidence = evidenceReader(context);
    const targetOf = context.parameter("targetCpa");
    const [readSettled, readConversions] = [
      sumReader("settledSpendMicros"),
      sumReader("conversionMillionths"),
    ];
    const needed = context.brand.limits.minCpaOkProbabilityApplied;
    return (delivery, node) => {
      const target = targetOf(node);
      if (target.kind === "noData") return target;
      const settledMicros = readSettled(delivery);
      if (typeof settledMicros !== "number") return settledMicros;
      const millionths = readConversions(delivery);
      if (typeof millionths !== "number") return millionths;
      if (millionths <= 0 && settledMicros >= BARREN_TARGETS * target.value) {
        return known(true, `${delivery.conversionSource}; ${target.source}`);
      }
      const found = readEvidence(delivery, node);
      if (found.kind === "noData") return found;
      return known(sixDecimals(1 - cpaWithinProbability(found.evidence, DEAR)) >= needed, found.source);
    };
  }),
};
