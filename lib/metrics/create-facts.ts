/** The figures of one snapshot: built once, read many times. */
import type { Brand } from "../domain/brand.ts";
import { addDays } from "../domain/day.ts";
import { DomainError } from "../domain/errors.ts";
import type { Reading, Unit } from "../domain/figure.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { BrandState } from "../domain/state.ts";
import type { Subject } from "../domain/verdict.ts";
import { cached, slots } from "./cache.ts";
import { censusOf, type Node } from "./census.ts";
import { type Delivery, type DeliverySource, type DeliveryView, deliverySource } from "./delivery.ts";
import { type BrandFigures, EVERY_LEVEL, type Fact, type MetricContext, type StateContext } from "./fact.ts";
import { facts as allFacts } from "./facts/index.ts";
import { metricMessage } from "./messages.ts";
import { otherSpendOf } from "./other-spend.ts";
import { type NoData, noData, type Outcome } from "./outcome.ts";
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
  const readerOf = readers(input, census.size, delivery);
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
function readers(
  input: FactsInput,
  size: number,
  delivery: DeliverySource,
): (fact: string, params: Params) => Read {
  const views = new Map<string, View>();
  const { day } = input.snapshot;
  const shop = shopSource(input.snapshot.shop);
  const otherSpend = otherSpendOf(input.snapshot.shop);
  const brandOver = (window: WindowDays): BrandFigures =>
    brandFigures(window, delivery.over(window), shop, otherSpend);
  const viewOf = (text: string): View =>
    cached(views, text, () => viewOver(windowDays(text, day), size, delivery, brandOver));
  const state = stateOf(input);
  const byFact = new Map<string, Map<string, Read>>();
  return (id, params) =>
    cached(
      cached(byFact, id, () => new Map()),
      paramsKey(params),
      () => readerFor(id, params, state, viewOf, size),
    );
}

function readerFor(
  id: string,
  params: Params,
  state: Omit<StateContext, "node" | "params">,
  viewOf: (window: string) => View,
  size: number,
): Read {
  const fact = factsById.get(id);
  if (fact === undefined) {
    const unit = parameterOf(state.brand, id)?.unit ?? "count";
    return once(size, (node) => asReading(unit, null, parameterFor(state.brand, node, id)));
  }
  if (fact.kind !== "metric") {
    return once(size, (node) =>
      asReading(fact.unit, null, elsewhere(fact, node) ?? fact.read({ ...state, node, params })),
    );
  }
  const view = viewOf(String(params.window));
  const compute = (node: Node): Reading =>
    asReading(fact.unit, view.window, elsewhere(fact, node) ?? fact.read(view.context(state, node, params)));
  const everywhere = fact.about === "brand" && fact.levels === EVERY_LEVEL;
  return everywhere ? onceForAll(compute) : once(size, compute);
}

function once(size: number, compute: Read): Read {
  const readings = slots<Reading>(size);
  return (node) => {
    const known = readings[node.ordinal];
    if (known !== undefined) return known;
    const reading = compute(node);
    readings[node.ordinal] = reading;
    return reading;
  };
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
  window: WindowDays,
  size: number,
  deliveries: DeliverySource,
  brandOver: (window: WindowDays) => BrandFigures,
): View {
  const delivery = deliveries.over(window);
  const base = deliveries.over({ from: addDays(window.to, 1 - BASE_DAYS), to: window.to });
  const ofWindow = { ...brandOver(window), brandOver, window };
  const plain = slots<MetricContext>(size);
  const context: View["context"] = (state, node, params) => {
    let own: Delivery | NoData | null = null;
    const ofNode = (): Delivery | NoData => {
      own ??= delivery.of(node);
      return own;
    };
    return { ...state, ...ofWindow, node, params, delivery: ofNode, baseDelivery: () => base.of(node) };
  };
  return {
    window,
    // The same for all facts that take nothing but the window.
    context: (state, node, params) => {
      if (Object.keys(params).length > 1) return context(state, node, params);
      const made = plain[node.ordinal] ?? context(state, node, params);
      plain[node.ordinal] = made;
      return made;
    },
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
  const from = window === null ? null : window.from;
  const to = window === null ? null : window.to;
  const { reason } = outcome;
  return outcome.kind === "noData"
    ? { value: null, unit, from, to, reason, source: null }
    : { value: outcome.value, unit, from, to, reason, source: outcome.source };
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

/** Most conditions name a window alone; else names in order with the lengths of their values, which may hold any text. */
function paramsKey(params: Params): string {
  const names = Object.keys(params);
  if (names.length === 1 && typeof params.window === "string") return params.window;
  let key = "";
  for (const name of names.sort()) {
    const value = params[name];
    const text = String(value);
    key += `${name} ${typeof value} ${text.length} ${text} `;
  }
  return key;
}
