/** Readers of the catalogue's facts: what a question alone decides is looked up once, whoever is asked about. */
import type { Brand } from "../domain/brand.ts";
import { addDays } from "../domain/day.ts";
import type { BrandState } from "../domain/state.ts";
import type { Subject } from "../domain/verdict.ts";
import { cached } from "./cache.ts";
import type { Census, Node } from "./census.ts";
import type { FactsInput } from "./create-facts.ts";
import { customFacts } from "./custom.ts";
import type { DeliverySource } from "./delivery/delivery.ts";
import { otherSpendOf } from "./delivery/other-spend.ts";
import type { BrandFigures, Fact, MetricContext, StateContext } from "./fact.ts";
import { facts as allFacts } from "./facts/index.ts";
import { type Groups, groupsOf } from "./groups.ts";
import { metricMessage } from "./messages.ts";
import { metricReader } from "./metric-reader.ts";
import { noData } from "./outcome.ts";
import { parameterOf, parametersOf } from "./parameters.ts";
import type { Params } from "./port.ts";
import { rankReader } from "./ranks.ts";
import { atLevels, perSubject, type Reader, readingsOf } from "./reader.ts";
import { shopSource } from "./shop.ts";
import { suspicionsOf } from "./tracking.ts";
import type { WindowDays } from "./windows/window.ts";
import { windowsOf } from "./windows/windows.ts";

/** Days over which the base CPA of `stable` is taken. */
const BASE_DAYS = 28;

type ReaderOf = (fact: string, params: Params) => Reader;

/** The same reader for the same question. */
export function readers(
  input: FactsInput,
  census: Census,
  delivery: DeliverySource,
  nodeOf: (subject: Subject) => Node,
): ReaderOf {
  const { brand, snapshot } = input;
  const everyFact = [...allFacts, ...customFacts(brand, allFacts)];
  const factsById: ReadonlyMap<string, Fact> = new Map(everyFact.map((fact) => [fact.id, fact]));
  const lastAppliedAtMs = lastApplied(input.state);
  const windows = windowsOf({ ...input, census, day: snapshot.day, lastAppliedAtMs });
  let groups: Groups | null = null;
  let tracking: ReturnType<typeof suspicionsOf> | null = null;
  const state: Omit<StateContext, "params"> = {
    brand,
    nowMs: input.nowMs ?? snapshot.asOfMs,
    day: snapshot.day,
    lastAppliedAtMs,
    ...parameters(brand, census),
    snapshot,
    state: input.state,
    deliveryOver: (window) => delivery.over(window).of,
    daysOf: windows.shared,
    brandOver: brandFigures(input, delivery),
    tracking: () => {
      tracking ??= suspicionsOf(input);
      return tracking;
    },
  };
  const ground = {
    census,
    windows,
    groups: () => {
      groups ??= groupsOf(census);
      return groups;
    },
    contextOver: (window: WindowDays, params: Params) => contextOver(window, { ...state, params }),
  };
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
    return fact.ranked === true
      ? rankReader(fact, params, { ...ground, nodeOf, metric: metricIn(factsById), read: readerOf })
      : metricReader(fact, params, ground);
  };
  const byFact = new Map<string, Map<string, Reader>>();
  const readerOf: ReaderOf = (id, params) =>
    cached(
      cached(byFact, id, () => new Map()),
      paramsKey(params),
      () => make(id, params),
    );
  return readerOf;
}

/** What ranks may be by. */
function metricIn(facts: ReadonlyMap<string, Fact>): (id: string) => Fact | null {
  return (id) => {
    const fact = facts.get(id);
    return fact === undefined || fact.kind !== "metric" || fact.ranked === true ? null : fact;
  };
}

function parameters(brand: Brand, census: Census): Pick<StateContext, "parameter" | "brandParameter"> {
  const parameter = parametersOf(brand, census.size);
  return {
    parameter,
    brandParameter: (name) => {
      const [self] = census.nodes.brand;
      return self === undefined
        ? noData(metricMessage("noData.parameterUnset", { name }))
        : parameter(name)(self);
    },
  };
}

function contextOver(window: WindowDays, state: StateContext): MetricContext {
  return {
    ...state,
    ...state.brandOver(window),
    window,
    delivery: state.deliveryOver(window),
    baseDelivery: state.deliveryOver({ from: addDays(window.to, 1 - BASE_DAYS), to: window.to }),
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
      memberDelivery: delivery.ofMember,
      platformDelivery: delivery.ofPlatform,
      otherSpend: (source) => otherSpend(window, source),
      shop: (figure) => shopFigures.total(figure, window),
      shopSource: (channel) => shopFigures.ofSource(channel, window),
    };
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
