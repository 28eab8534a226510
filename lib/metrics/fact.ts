/** The shape of a fact: what the catalogue says of it, and how it is read. */
import type { Brand } from "../domain/brand.ts";
import type { Day } from "../domain/day.ts";
import type { Level } from "../domain/ids.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { BrandState } from "../domain/state.ts";
import { safeSum } from "./arithmetic.ts";
import type { Node } from "./census.ts";
import type { Column } from "./delivery/columns.ts";
import type { Delivery } from "./delivery/delivery.ts";
import { type SumReader, sumOf, sumReader } from "./delivery/sums.ts";
import type { NoData, Outcome } from "./outcome.ts";
import type { ParameterReader } from "./parameters.ts";
import type { FactDefinition, Params } from "./port.ts";
import type { ShopFigure, ShopTotal } from "./shop.ts";
import type { Suspicion } from "./tracking.ts";
import type { WindowDays } from "./windows/window.ts";

/** What a state or a parameter is read from: the same for all subjects. */
export interface StateContext {
  brand: Brand;
  params: Params;
  nowMs: number;
  /** The day of the round in the brand's zone. */
  day: Day;
  /** Last change of each holder that Palier made, by `entityKey`, in epoch milliseconds. */
  lastAppliedAtMs: ReadonlyMap<string, number>;
  /** Of the brand file and its packs, by name. */
  parameter(name: string): ParameterReader;
  /** The same as the brand as a whole has it, whatever its campaigns have. */
  brandParameter(name: string): ReturnType<ParameterReader>;
  snapshot: Snapshot;
  state: BrandState;
  /** Delivery of one subject over some days. */
  deliveryOver(window: WindowDays): (node: Node) => Delivery | NoData;
  /** Days of a window that are the same for every subject. */
  daysOf(window: string): WindowDays | NoData;
  /** The brand over some days. */
  brandOver(window: WindowDays): BrandFigures;
  /** By account key, what is wrong with its counting of conversions; null where nothing is, absent where nobody can tell. */
  tracking(): ReadonlyMap<string, Suspicion | null>;
}

/** What the brand as a whole did over one window. */
export interface BrandFigures {
  brandDelivery(): Delivery | NoData;
  stageDelivery(stage: string): Delivery | NoData;
  memberDelivery(group: string, member: string): Delivery | NoData;
  platformDelivery(platform: string): Delivery | NoData;
  /** What the brand spent outside its accounts, on one source where one is named; null where there is no such thing. */
  otherSpend(source?: string): Spent | null;
  shop(figure: ShopFigure): ShopTotal | NoData;
  /** Revenue that the shop itself puts down to one source, in micros. */
  shopSource(channel: string): ShopTotal | NoData;
}

/** What a metric is read from besides: everything in it is over `window`. */
export interface MetricContext extends StateContext, BrandFigures {
  window: WindowDays;
  /** Delivery of one subject. */
  delivery(node: Node): Delivery | NoData;
  /** The same over the 28 days that end with the window. */
  baseDelivery(node: Node): Delivery | NoData;
}

/** Reads one subject; whatever does not depend on it has been looked up before. */
export type NodeReader = (node: Node) => Outcome;

export interface MetricFact extends FactDefinition {
  kind: "metric";
  about?: never;
  ranked?: never;
  read(context: MetricContext): NodeReader;
}

/** A place among others, by another metric. */
export interface RankFact extends FactDefinition {
  kind: "metric";
  about?: never;
  ranked: true;
  valueOf(place: number, ranked: number): number;
}

/** One outcome for every subject. */
export interface BrandFact extends FactDefinition {
  kind: "metric";
  about: "brand";
  ranked?: never;
  read(context: MetricContext): Outcome;
}

export interface StateFact extends FactDefinition {
  kind: "state" | "parameter";
  about?: never;
  read(context: StateContext): NodeReader;
}

export type Fact = MetricFact | BrandFact | RankFact | StateFact;

export const EVERY_LEVEL: readonly Level[] = [
  "brand",
  "account",
  "budgetHolder",
  "campaign",
  "adGroup",
  "ad",
];
export const ENTITY_LEVELS: readonly Level[] = ["budgetHolder", "campaign", "adGroup", "ad"];
/** Accounts and all they contain. */
export const ACCOUNT_LEVELS: readonly Level[] = ["account", ...ENTITY_LEVELS];

/** Name of the parameter that reads exposure discounted by what has arrived. */
export const CORRECTED_FOR_DELAY = "correctedForDelay";

/** Name of the parameter that says on which day conversions count. */
export const COUNTED_ON = "countedOn";

/** Name of the parameter that says which conversion, by the brand's own name. */
export const CONVERSION = "conversion";

/** Name of the parameter that says within how long after a click or a view, in the brand file's words. */
export const ATTRIBUTION = "attribution";

/** What everything takes that counts conversions as platforms claim them, on plain figures. */
export const NAMED: readonly string[] = [CONVERSION, ATTRIBUTION];

/** Reads a metric from the subject's delivery; without delivery it has no data. */
export function fromDelivery(
  prepare: (context: MetricContext) => (delivery: Delivery, node: Node) => Outcome,
): (context: MetricContext) => NodeReader {
  return (context) => {
    const compute = prepare(context);
    return (node) => {
      const delivery = context.delivery(node);
      return delivery.kind === "noData" ? delivery : compute(delivery, node);
    };
  };
}

/** Reads a metric from the sum of one column; where the source does not report it there is no data. */
export function fromColumn(
  column: Column,
  compute: (sum: number, delivery: Delivery) => Outcome,
): (context: MetricContext) => NodeReader {
  return fromDelivery(() => {
    const read = sumReader(column);
    return (delivery) => {
      const sum = read(delivery);
      return typeof sum === "number" ? compute(sum, delivery) : sum;
    };
  });
}

/** The same from two, of which the first that is not reported is the reason. */
export function fromColumns(
  columns: readonly [Column, Column],
  compute: (first: number, second: number, delivery: Delivery) => Outcome,
): (context: MetricContext) => NodeReader {
  return fromDelivery(() => {
    const [readFirst, readSecond] = [sumReader(columns[0]), sumReader(columns[1])];
    return (delivery) => {
      const first = readFirst(delivery);
      if (typeof first !== "number") return first;
      const second = readSecond(delivery);
      return typeof second === "number" ? compute(first, second, delivery) : second;
    };
  });
}

/** Spend in micros, discounted where the condition asks for it. */
export function exposureReader(params: Params): SumReader {
  return sumReader(params[CORRECTED_FOR_DELAY] === true ? "settledSpendMicros" : "spendMicros");
}

/** Money spent, in micros, and what it was counted from. */
export interface Spent {
  kind: "spent";
  micros: number;
  source: string;
}

/** What the brand spent: all its accounts and whatever it spends outside them. */
export function brandSpend(brand: BrandFigures): Spent | NoData {
  const delivery = brand.brandDelivery();
  return delivery.kind === "noData" ? delivery : spentWith(delivery, brand.otherSpend());
}

/** Spend of a delivery with what was spent outside the accounts, where there is any. */
export function spentWith(delivery: Delivery, other: Spent | null): Spent | NoData {
  const micros = sumOf(delivery, "spendMicros");
  if (typeof micros !== "number") return micros;
  if (other === null) return { kind: "spent", micros, source: delivery.source };
  return {
    kind: "spent",
    micros: safeSum("spend", micros, other.micros),
    source: `${delivery.source} + ${other.source}`,
  };
}
