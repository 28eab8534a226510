/** Is a result good, and is it steady? Both ask the same days, with spend discounted by what has arrived. */
import { sixDecimals } from "../arithmetic.ts";
import type { Node } from "../census.ts";
import { dayOf } from "../delivery/block.ts";
import { MILLIONTHS } from "../delivery/columns.ts";
import type { Delivery } from "../delivery/delivery.ts";
import { daysReader, sumReader } from "../delivery/sums.ts";
import { EVERY_LEVEL, fromDelivery, type MetricFact, type StateContext } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { type Known, known, type NoData, noData, type Outcome } from "../outcome.ts";
import {
  type CpaEvidence,
  cusum,
  cusumLimit,
  type DayCount,
  MAX_PHI,
  MAX_Z_SPLIT,
  MIN_STABLE_CONVERSIONS,
  MIN_STABLE_DAYS,
  phi,
  cpaOkProbability as probabilityOf,
  zSplit,
} from "../statistics.ts";

/** By how many there are. */
const TOO_FEW_DAYS: readonly NoData[] = Array.from({ length: MIN_STABLE_DAYS }, (_, have) =>
  noData(metricMessage("noData.tooFewDays", { have, need: MIN_STABLE_DAYS })),
);
const NO_CONVERSIONS = noData(metricMessage("noData.noConversions", {}));

export const cpaOkProbability: MetricFact = {
  id: "cpaOkProbability",
  label: { en: "P(CPA within 1.25 x target)", fr: "P(CPA à moins de 1,25 x l'objectif)" },
  unit: "probability",
  kind: "metric",
  counts: "conversions",
  topic: "evidence",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "Probability that the true CPA is at most 1.25 x targetCpa, from conversions and settled spend divided by their over-dispersion; no data without a target or under 7 days with spend.",
  source: "Gamma posterior with one conversion at target as prior, Wilson-Hilferty approximation",
  read: fromDelivery(probabilityReader),
};

export const stable: MetricFact = {
  id: "stable",
  label: { en: "stable results", fr: "résultats stables" },
  unit: "flag",
  kind: "metric",
  counts: "conversions",
  topic: "evidence",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "True when daily conversions scatter no more than 2.5 times Poisson noise (phi), the two halves agree (|zSplit| under 1.64) and a CUSUM against the 28-day CPA raises no alarm; no data under 7 days with spend or 10 conversions.",
  source: "phi, zSplit and Poisson CUSUM on conversions and settled spend",
  read: fromDelivery(({ baseDelivery }) => {
    const readDays = deliveringReader();
    const readConversions = sumReader("conversionMillionths");
    const readBase = baseReader();
    return (delivery, node) => {
      const millionths = readConversions(delivery);
      if (typeof millionths !== "number") return millionths;
      const days = readDays(delivery);
      if (!Array.isArray(days)) return days;
      const tooFew = tooFewDays(days) ?? tooFewConversions(millionths / MILLIONTHS);
      if (tooFew !== null) return tooFew;
      const base = baseDelivery(node);
      if (base.kind === "noData") return base;
      const { conversionSource } = delivery;
      return unsteady(days, conversionSource) ?? worsening(days, conversionSource, readBase(base));
    };
  }),
};

/** What statistics are made from, and what that was counted from. */
interface Found {
  kind: "found";
  evidence: CpaEvidence;
  source: string;
}

type EvidenceReader = (delivery: Delivery, node: Node) => Found | NoData;

export function evidenceReader({ parameter }: StateContext): EvidenceReader {
  const targetOf = parameter("targetCpa");
  const readDays = deliveringReader();
  const [readSettled, readConversions] = [sumReader("settledSpendMicros"), sumReader("conversionMillionths")];
  return (delivery, node) => {
    const target = targetOf(node);
    if (target.kind === "noData") return target;
    const days = readDays(delivery);
    if (!Array.isArray(days)) return days;
    const tooFew = tooFewDays(days);
    if (tooFew !== null) return tooFew;
    const settledMicros = readSettled(delivery);
    if (typeof settledMicros !== "number") return settledMicros;
    const millionths = readConversions(delivery);
    if (typeof millionths !== "number") return millionths;
    const evidence = {
      spend: settledMicros,
      conversions: Math.max(0, millionths / MILLIONTHS),
      targetCpa: target.value,
      phi: phi(days),
    };
    return { kind: "found", evidence, source: `${delivery.conversionSource}; ${target.source}` };
  };
}

export function probabilityReader(
  context: StateContext,
): (delivery: Delivery, node: Node) => (Known & { value: number }) | NoData {
  const readEvidence = evidenceReader(context);
  return (delivery, node) => {
    const found = readEvidence(delivery, node);
    if (found.kind === "noData") return found;
    const value = sixDecimals(probabilityOf(found.evidence));
    return { kind: "known", value, reason: null, source: found.source };
  };
}

/** Scatter, then halves: the first that fails is the reason. */
function unsteady(days: readonly DayCount[], source: string): Outcome | null {
  const dispersion = sixDecimals(phi(days));
  if (dispersion > MAX_PHI) {
    return known(false, source, metricMessage("stable.overDispersed", { phi: dispersion, limit: MAX_PHI }));
  }
  const split = sixDecimals(zSplit(days, dispersion));
  if (Math.abs(split) < MAX_Z_SPLIT) return null;
  return known(false, source, metricMessage("stable.halvesDiffer", { zSplit: split, limit: MAX_Z_SPLIT }));
}

function worsening(days: readonly DayCount[], source: string, base: Base | NoData): Outcome {
  if (base.kind === "noData") return base;
  const highest = sixDecimals(cusum(days, base.settledMicros / base.conversions));
  const limit = sixDecimals(cusumLimit(base.conversions / base.days));
  if (highest < limit) return known(true, source);
  return known(false, source, metricMessage("stable.worsening", { cusum: highest, limit }));
}

/** What the window is held against: `days` are those that delivered. */
interface Base {
  kind: "base";
  days: number;
  conversions: number;
  settledMicros: number;
}

function baseReader(): (base: Delivery) => Base | NoData {
  const readDays = deliveringReader();
  const [readConversions, readSettled] = [sumReader("conversionMillionths"), sumReader("settledSpendMicros")];
  return (base) => {
    const days = readDays(base);
    if (!Array.isArray(days)) return days;
    const millionths = readConversions(base);
    if (typeof millionths !== "number") return millionths;
    const settledMicros = readSettled(base);
    if (typeof settledMicros !== "number") return settledMicros;
    const conversions = millionths / MILLIONTHS;
    return conversions <= 0
      ? NO_CONVERSIONS
      : { kind: "base", days: days.length, conversions, settledMicros };
  };
}

/** Days without spend say nothing of how spend converts, whatever earlier ones still bring on them. */
function deliveringReader(): (delivery: Delivery) => DayCount[] | NoData {
  const readDays = daysReader(["spendMicros", "settledSpendMicros", "conversionMillionths"]);
  return (delivery) => {
    const known = readDays(delivery);
    if (known.kind === "noData") return known;
    const [spent, settled, conversions] = known.running as [Float64Array, Float64Array, Float64Array];
    const { at } = known;
    const days: DayCount[] = [];
    for (let day = 0; day < known.length; day++) {
      const spend = dayOf(settled, at, day);
      if (dayOf(spent, at, day) <= 0 || spend <= 0) continue;
      days.push({ spend, conversions: dayOf(conversions, at, day) / MILLIONTHS });
    }
    return days;
  };
}

function tooFewDays({ length: have }: readonly DayCount[]): NoData | null {
  return have >= MIN_STABLE_DAYS ? null : (TOO_FEW_DAYS[have] ?? null);
}

function tooFewConversions(have: number): NoData | null {
  if (have >= MIN_STABLE_CONVERSIONS) return null;
  return noData(metricMessage("noData.tooFewConversions", { have, need: MIN_STABLE_CONVERSIONS }));
}
