/** The figures of one snapshot: built once, read many times. */
import type { Brand } from "../domain/brand.ts";
import { addDays, type Day } from "../domain/day.ts";
import { DomainError } from "../domain/errors.ts";
import type { Reading, Unit } from "../domain/figure.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { BrandState } from "../domain/state.ts";
import type { Subject } from "../domain/verdict.ts";
import { cached } from "./cache.ts";
import { censusOf, type Node } from "./census.ts";
import { type DeliverySource, type DeliveryView, deliverySource } from "./delivery.ts";
import { type BrandFigures, EVERY_LEVEL, type Fact, type MetricContext, type StateContext } from "./fact.ts";
import { facts as allFacts } from "./facts/index.ts";
import { metricMessage } from "./messages.ts";
import { otherSpendOf } from "./other-spend.ts";
import { noData, type Outcome } from "./outcome.ts";
import { parameterFor, parameterOf } from "./parameters.ts";
import type { Facts, Params } from "./port.ts";
import { type ShopSource, shopSource } from "./shop.ts";
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
  const bySubject = new Map([...nodes.values()].map((node) => [node.subject, node]));
  const holders = census.nodes.budgetHolder.flatMap((node) => (node.holder === null ? [] : [node.holder]));
  const holdersByKey = new Map(holders.map((holder) => [holder.key, holder]));
  const delivery = deliverySource(input.brand, input.snapshot, census, input.maturity);
  const readerOf = readers(input, delivery);
  const nodeOf = (subject: Subject): Node => {
    const node = bySubject.get(subject) ?? nodes.get(subjectKey(subject));
    if (node !== undefined) return node;
    throw new DomainError("metrics.unknownSubject", `${subjectKey(subject)} is not in the snapshot`);
  };
  return {
    subjects: (level) => census.nodes[level].filter((node) => !node.handsOff).map((node) => node.subject),
    everySubject: (level) => census.nodes[level].map((node) => node.subject),
    holders: () => holders,
    holder: (key) => holdersByKey.get(key) ?? null,
    read: (subject, fact, params) => readerOf(fact, params)(nodeOf(subject)),
    days: (subject, window) => delivery.daysOf(nodeOf(subject), windowDays(window, input.snapshot.day)),
  };
}

/** Reads one fact with one set of parameters. */
type Read = (node: Node) => Reading;

/** The same reader for the same question, so that it computes each figure once. */
function readers(input: FactsInput, delivery: DeliverySource): (fact: string, params: Params) => Read {
  const views = new Map<string, View>();
  const { day } = input.snapshot;
  const shop = shopSource(input.snapshot.shop);
  const otherSpend = otherSpendOf(input.snapshot.shop);
  const brandOver = (window: WindowDays): BrandFigures =>
    brandFigures(window, delivery.over(window), shop, otherSpend);
  const viewOf = (text: string): View => cached(views, text, () => viewOver(text, day, delivery, brandOver));
  const state = stateOf(input);
  const byFact = new Map<string, Map<string, Read>>();
  return (id, params) =>
    cached(
      cached(byFact, id, () => new Map()),
      paramsKey(params),
      () => readerFor(input.brand, id, params, state, viewOf),
    );
}

function readerFor(
  brand: Brand,
  id: string,
  params: Params,
  state: Omit<StateContext, "node" | "params">,
  viewOf: (window: string) => View,
): Read {
  const fact = factsById.get(id);
  if (fact === undefined) {
    const unit = parameterOf(brand, id)?.unit ?? "count";
    return once((node) => asReading(unit, null, parameterFor(brand, node, id)));
  }
  if (fact.kind !== "metric") {
    return once((node) =>
      asReading(fact.unit, null, elsewhere(fact, node) ?? fact.read({ ...state, node, params })),
    );
  }
  const view = viewOf(String(params.window));
  const compute = (node: Node): Reading =>
    asReading(fact.unit, view.window, elsewhere(fact, node) ?? fact.read(view.context(state, node, params)));
  const everywhere = fact.about === "brand" && fact.levels === EVERY_LEVEL;
  return everywhere ? onceForAll(compute) : once(compute);
}

function once(compute: Read): Read {
  const readings = new Map<Node, Reading>();
  return (node) => cached(readings, node, () => compute(node));
}

function onceForAll(compute: Read): Read {
  let reading: Reading | null = null;
  return (node) => {
    reading ??= compute(node);
    return reading;
  };
}

function elsewhere(fact: Fact, { subject: { level } }: Node): Outcome | null {
  if (fact.levels.includes(level)) return null;
  return noData(metricMessage("noData.notAtThisLevel", { fact: fact.id, level }));
}

function stateOf(input: FactsInput): Omit<StateContext, "node" | "params"> {
  return {
    brand: input.brand,
    nowMs: input.nowMs ?? input.snapshot.asOfMs,
    day: input.snapshot.day,
    lastAppliedAtMs: lastApplied(input.state),
  };
}

/** Everything over one window. */
interface View {
  window: WindowDays;
  context(state: Omit<StateContext, "node" | "params">, node: Node, params: Params): MetricContext;
}

function viewOver(
  text: string,
  day: Day,
  deliveries: DeliverySource,
  brandOver: (window: WindowDays) => BrandFigures,
): View {
  const window = windowDays(text, day);
  const delivery = deliveries.over(window);
  const base = deliveries.over({ from: addDays(window.to, 1 - BASE_DAYS), to: window.to });
  const ofWindow = { ...brandOver(window), brandOver, window };
  return {
    window,
    context: (state, node, params) => ({
      ...state,
      ...ofWindow,
      node,
      params,
      delivery: () => delivery.of(node),
      baseDelivery: () => base.of(node),
    }),
  };
}

function brandFigures(
  window: WindowDays,
  delivery: DeliveryView,
  shop: ShopSource,
  otherSpend: ReturnType<typeof otherSpendOf>,
): BrandFigures {
  return {
    brandDelivery: delivery.ofBrand,
    stageDelivery: delivery.ofStage,
    platformDelivery: delivery.ofPlatform,
    otherSpend: (source) => otherSpend(window, source),
    shop: (figure) => shop.total(figure, window),
    shopSource: (channel) => shop.ofSource(channel, window),
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

/** Names in order with the lengths of their values, which may hold any text. */
function paramsKey(params: Params): string {
  const names = Object.keys(params);
  if (names.length > 1) names.sort();
  let key = "";
  for (const name of names) {
    const value = params[name];
    const text = String(value);
    key += `${name} ${typeof value} ${text.length} ${text} `;
  }
  return key;
}
