/** Readers of the catalogue's facts: what a question alone decides is looked up once, whoever is asked about. */
import { addDays } from "../domain/day.ts";
import type { Reading, Unit } from "../domain/figure.ts";
import type { Level } from "../domain/ids.ts";
import type { BrandState } from "../domain/state.ts";
import { cached, slots } from "./cache.ts";
import type { Census, Node } from "./census.ts";
import type { FactsInput } from "./create-facts.ts";
import type { DeliverySource } from "./delivery.ts";
import {
  type BrandFigures,
  EVERY_LEVEL,
  type Fact,
  type MetricContext,
  type NodeReader,
  type StateContext,
} from "./fact.ts";
import { facts as allFacts } from "./facts/index.ts";
import { metricMessage } from "./messages.ts";
import { otherSpendOf } from "./other-spend.ts";
import { noData, type Outcome } from "./outcome.ts";
import { parameterOf, parametersOf } from "./parameters.ts";
import type { Params } from "./port.ts";
import { shopSource } from "./shop.ts";
import { type WindowDays, windowDays } from "./window.ts";

/** Reads one fact with one set of parameters. */
interface Reader {
  /** Computed once. */
  one(node: Node): Reading;
  /** In the order of the census. Not kept: many figures at once are most of what a process holds. */
  all(level: Level): readonly Reading[];
}

/** Days over which the base CPA of `stable` is taken. */
const BASE_DAYS = 28;

const factsById: ReadonlyMap<string, Fact> = new Map(allFacts.map((fact) => [fact.id, fact]));

/** The same reader for the same question. */
export function readers(
  input: FactsInput,
  census: Census,
  delivery: DeliverySource,
): (fact: string, params: Params) => Reader {
  const { brand, snapshot } = input;
  const state: Omit<StateContext, "params"> = {
    brand,
    nowMs: input.nowMs ?? snapshot.asOfMs,
    day: snapshot.day,
    lastAppliedAtMs: lastApplied(input.state),
    parameter: parametersOf(brand, census.size),
  };
  const brandOver = brandFigures(input, delivery);
  const make = (id: string, params: Params): Reader => {
    const fact = factsById.get(id);
    if (fact === undefined) {
      const unit = parameterOf(brand, id)?.unit ?? "count";
      return perSubject(census, state.parameter(id), readingsOf(unit, null));
    }
    if (fact.kind !== "metric") {
      const toReading = readingsOf(fact.unit, null);
      return atLevels(
        fact,
        census,
        toReading,
        perSubject(census, fact.read({ ...state, params }), toReading),
      );
    }
    const window = windowDays(String(params.window), snapshot.day);
    const toReading = readingsOf(fact.unit, window);
    const context = contextOver(window, { ...state, params }, delivery, brandOver);
    const reader =
      fact.about === "brand"
        ? forAll(census, () => toReading(fact.read(context)))
        : perSubject(census, fact.read(context), toReading);
    return atLevels(fact, census, toReading, reader);
  };
  const byFact = new Map<string, Map<string, Reader>>();
  return (id, params) =>
    cached(
      cached(byFact, id, () => new Map()),
      paramsKey(params),
      () => make(id, params),
    );
}

function perSubject(census: Census, read: NodeReader, toReading: ToReading): Reader {
  let kept: (Reading | undefined)[] = [];
  return {
    one: (node) => {
      const known = kept[node.ordinal];
      if (known !== undefined) return known;
      const reading = toReading(read(node));
      if (kept.length === 0) kept = slots(census.size);
      kept[node.ordinal] = reading;
      return reading;
    },
    all: (level) => census.nodes[level].map((node) => toReading(read(node))),
  };
}

function forAll(census: Census, make: () => Reading): Reader {
  let reading: Reading | null = null;
  const one = (): Reading => {
    reading ??= make();
    return reading;
  };
  return { one, all: (level) => new Array<Reading>(census.nodes[level].length).fill(one()) };
}

/** No data at the levels where the fact does not exist. */
function atLevels({ id, levels }: Fact, census: Census, toReading: ToReading, reader: Reader): Reader {
  if (levels === EVERY_LEVEL) return reader;
  const elsewhere = new Map<Level, Reading>();
  const at = (level: Level): Reading =>
    cached(elsewhere, level, () =>
      toReading(noData(metricMessage("noData.notAtThisLevel", { fact: id, level }))),
    );
  return {
    one: (node) => (levels.includes(node.subject.level) ? reader.one(node) : at(node.subject.level)),
    all: (level) => (levels.includes(level) ? reader.all(level) : census.nodes[level].map(() => at(level))),
  };
}

function contextOver(
  window: WindowDays,
  state: StateContext,
  delivery: DeliverySource,
  brandOver: (window: WindowDays) => BrandFigures,
): MetricContext {
  const base = delivery.over({ from: addDays(window.to, 1 - BASE_DAYS), to: window.to });
  return {
    ...state,
    ...brandOver(window),
    window,
    brandOver,
    delivery: delivery.over(window).of,
    baseDelivery: base.of,
  };
}

function brandFigures(
  { snapshot: { shop } }: FactsInput,
  deliveries: DeliverySource,
): (window: WindowDays) => BrandFigures {
  const shopFigures = shopSource(shop);
  const otherSpend = otherSpendOf(shop);
  return (window) => {
    const delivery = deliveries.over(window);
    return {
      brandDelivery: delivery.ofBrand,
      stageDelivery: delivery.ofStage,
      platformDelivery: delivery.ofPlatform,
      otherSpend: (source) => otherSpend(window, source),
      shop: (figure) => shopFigures.total(figure, window),
      shopSource: (channel) => shopFigures.ofSource(channel, window),
    };
  };
}

type ToReading = (outcome: Outcome) => Reading;

/** Many subjects in a row have no data for the same reason: one reading for all of them. */
function readingsOf(unit: Unit, window: WindowDays | null): ToReading {
  const from = window === null ? null : window.from;
  const to = window === null ? null : window.to;
  let none: Reading | null = null;
  return (outcome) => {
    const { reason } = outcome;
    if (outcome.kind === "known") {
      return { value: outcome.value, unit, from, to, reason, source: outcome.source };
    }
    if (none === null || none.reason !== reason) none = { value: null, unit, from, to, reason, source: null };
    return none;
  };
}

function lastApplied(state: BrandState): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const { holderKey, atMs } of state.applied) {
    last.set(holderKey, Math.max(atMs, last.get(holderKey) ?? atMs));
  }
  return last;
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
