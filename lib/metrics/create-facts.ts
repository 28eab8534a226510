/** The figures of one snapshot: built once, read many times. */
import type { Brand } from "../domain/brand.ts";
import { addDays } from "../domain/day.ts";
import { DomainError } from "../domain/errors.ts";
import type { Reading, Unit } from "../domain/figure.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { BrandState } from "../domain/state.ts";
import type { Subject } from "../domain/verdict.ts";
import { cached } from "./cache.ts";
import { censusOf, type Node } from "./census.ts";
import { type DeliverySource, deliverySource } from "./delivery.ts";
import type { Fact, MetricContext, StateContext } from "./fact.ts";
import { facts as allFacts } from "./facts/index.ts";
import { metricMessage } from "./messages.ts";
import { noData, type Outcome } from "./outcome.ts";
import { parameterFor, parameterOf } from "./parameters.ts";
import type { Facts, Params } from "./port.ts";
import { shopSource } from "./shop.ts";
import { type WindowDays, windowDays } from "./window.ts";

export interface FactsInput {
  brand: Brand;
  snapshot: Snapshot;
  state: BrandState;
  /** By platform: share of a day's conversions that has arrived by age in days, index 0 the day itself. */
  maturity: Readonly<Record<string, readonly number[]>>;
  /** The moment ages are counted to; the snapshot's own when absent. */
  nowMs?: number;
}

/** Days over which the base CPA of `stable` is taken. */
const BASE_DAYS = 28;

const factsById: ReadonlyMap<string, Fact> = new Map(allFacts.map((fact) => [fact.id, fact]));

/**
 * @throws DomainError `metrics.maturityMissing` for a platform without a maturity curve, `metrics.unsafeSum` when figures
 * leave the exact range of numbers. `read` throws `metrics.unknownSubject` and `metrics.badParams` for what no checked
 * rule asks.
 */
export function createFacts(input: FactsInput): Facts {
  const census = censusOf(input.brand, input.snapshot);
  const nodes = new Map(
    Object.values(census.nodes).flatMap((level) => level.map((node) => [subjectKey(node.subject), node])),
  );
  const holders = census.nodes.budgetHolder.flatMap((node) => (node.holder === null ? [] : [node.holder]));
  const holdersByKey = new Map(holders.map((holder) => [holder.key, holder]));
  const delivery = deliverySource(input.brand, input.snapshot, census, input.maturity);
  const readFact = reader(input, delivery);
  const readings = new Map<string, Reading>();
  const nodeOf = (subject: Subject): Node => {
    const node = nodes.get(subjectKey(subject));
    if (node !== undefined) return node;
    throw new DomainError("metrics.unknownSubject", `${subjectKey(subject)} is not in the snapshot`);
  };
  return {
    subjects: (level) => census.nodes[level].filter((node) => !node.handsOff).map((node) => node.subject),
    holders: () => holders,
    holder: (key) => holdersByKey.get(key) ?? null,
    read: (subject, fact, params) => {
      const key = `${subjectKey(subject)} ${fact} ${paramsKey(params)}`;
      return cached(readings, key, () => readFact(nodeOf(subject), fact, params));
    },
    days: (subject, window) => delivery.daysOf(nodeOf(subject), windowDays(window, input.snapshot.day)),
  };
}

function reader(
  input: FactsInput,
  delivery: DeliverySource,
): (node: Node, fact: string, params: Params) => Reading {
  const { brand, snapshot } = input;
  const shop = shopSource(snapshot.shop);
  const lastAppliedAtMs = lastApplied(input.state);
  const windows = new Map<string, WindowDays>();
  const baseWindow = ({ to }: WindowDays): WindowDays =>
    cached(windows, `base ${to}`, () => ({ from: addDays(to, 1 - BASE_DAYS), to }));
  const stateContext = (node: Node, params: Params): StateContext => ({
    brand,
    node,
    params,
    nowMs: input.nowMs ?? snapshot.asOfMs,
    day: snapshot.day,
    lastAppliedAtMs,
  });
  const metricContext = (node: Node, params: Params, window: WindowDays): MetricContext => ({
    ...stateContext(node, params),
    window,
    delivery: () => delivery.of(node, window),
    brandDelivery: () => delivery.ofBrand(window),
    stageDelivery: (stage) => delivery.ofStage(stage, window),
    platformDelivery: (platform) => delivery.ofPlatform(platform, window),
    baseDelivery: () => delivery.of(node, baseWindow(window)),
    shop: (figure) => shop.total(figure, window),
    shopSource: (channel) => shop.ofSource(channel, window),
  });
  return (node, id, params) => {
    const fact = factsById.get(id);
    if (fact === undefined) {
      const unit = parameterOf(brand, id)?.unit ?? "count";
      return asReading(unit, null, parameterFor(brand, node, id));
    }
    const { level } = node.subject;
    const elsewhere = fact.levels.includes(level)
      ? null
      : noData(metricMessage("noData.notAtThisLevel", { fact: id, level }));
    if (fact.kind !== "metric") {
      return asReading(fact.unit, null, elsewhere ?? fact.read(stateContext(node, params)));
    }
    const text = String(params.window);
    const window = cached(windows, text, () => windowDays(text, snapshot.day));
    return asReading(fact.unit, window, elsewhere ?? fact.read(metricContext(node, params, window)));
  };
}

function asReading(unit: Unit, window: WindowDays | null, outcome: Outcome): Reading {
  const days = { from: window?.from ?? null, to: window?.to ?? null };
  return outcome.kind === "noData"
    ? { value: null, unit, ...days, reason: outcome.reason, source: null }
    : { value: outcome.value, unit, ...days, reason: outcome.reason, source: outcome.source };
}

function lastApplied(state: BrandState): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const { holderKey, atMs } of state.applied) {
    last.set(holderKey, Math.max(atMs, last.get(holderKey) ?? atMs));
  }
  return last;
}

function subjectKey(subject: Subject): string {
  return `${subject.level} ${subject.key}`;
}

function paramsKey(params: Params): string {
  return JSON.stringify(Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)));
}
