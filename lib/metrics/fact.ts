/** The shape of a fact: what the catalogue says of it, and how it is read. */
import type { Brand } from "../domain/brand.ts";
import type { Day } from "../domain/day.ts";
import { DomainError } from "../domain/errors.ts";
import { accountKey, type Level } from "../domain/ids.ts";
import { safeSum } from "./arithmetic.ts";
import type { Node } from "./census.ts";
import type { Column } from "./columns.ts";
import type { Delivery } from "./delivery.ts";
import type { NoData, Outcome } from "./outcome.ts";
import type { FactDefinition, Params } from "./port.ts";
import type { ShopFigure, ShopTotal } from "./shop.ts";
import { type Sums, sumOf, sumsOf } from "./sums.ts";
import type { WindowDays } from "./window.ts";

/** What a state or a parameter is read from. */
export interface StateContext {
  brand: Brand;
  node: Node;
  params: Params;
  nowMs: number;
  /** The day of the round in the brand's zone. */
  day: Day;
  /** Last change of each holder that Palier made, by `entityKey`, in epoch milliseconds. */
  lastAppliedAtMs: ReadonlyMap<string, number>;
}

/** What the brand as a whole did over one window. */
export interface BrandFigures {
  brandDelivery(): Delivery | NoData;
  stageDelivery(stage: string): Delivery | NoData;
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
  /** Delivery of the subject. */
  delivery(): Delivery | NoData;
  /** Delivery of the subject over the 28 days that end with the window. */
  baseDelivery(): Delivery | NoData;
  /** The brand over other days. */
  brandOver(window: WindowDays): BrandFigures;
}

export interface MetricFact extends FactDefinition {
  kind: "metric";
  read(context: MetricContext): Outcome;
}

export interface StateFact extends FactDefinition {
  kind: "state" | "parameter";
  read(context: StateContext): Outcome;
}

export type Fact = MetricFact | StateFact;

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

/** The conversion that sources tell beside the brand's primary one, in a column of its own. */
export const LEAD = "lead";

/** Reads a metric from the subject's delivery; without delivery it has no data. */
export function fromDelivery(
  compute: (delivery: Delivery, context: MetricContext) => Outcome,
): (context: MetricContext) => Outcome {
  return (context) => {
    const delivery = context.delivery();
    return delivery.kind === "noData" ? delivery : compute(delivery, context);
  };
}

/** Reads a metric from sums of the subject's columns; where the source does not report one of them it has no data. */
export function fromColumns<const C extends Column>(
  columns: readonly C[],
  compute: (sums: Sums<C>, delivery: Delivery, context: MetricContext) => Outcome,
): (context: MetricContext) => Outcome {
  return fromDelivery((delivery, context) => {
    const sums = sumsOf(delivery, columns);
    return sums.kind === "noData" ? sums : compute(sums, delivery, context);
  });
}

/** Spend in micros, discounted where the condition asks for it. */
export function exposureMicros(delivery: Delivery, params: Params): number | NoData {
  return sumOf(delivery, params[CORRECTED_FOR_DELAY] === true ? "settledSpendMicros" : "spendMicros");
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

/** The columns that a condition counts conversions and their value in, as platforms claim them. */
export interface Claimed {
  kind: "claimed";
  conversions: Column;
  value: Column;
  source: string;
}

/**
 * The platform's plain columns, leads, or conversions on the day that the condition asks for.
 * @throws DomainError `metrics.badParams` for a conversion or a kind of day that does not exist, and for one together with a
 * correction for delay: exposure is known for the plain columns alone.
 */
export function claimedBy(delivery: Delivery, context: StateContext): Claimed | NoData {
  const { params } = context;
  const countedOn = params[COUNTED_ON];
  if (params[CONVERSION] !== undefined && !isPrimary(context, String(params[CONVERSION]))) {
    if (params[CONVERSION] !== LEAD || countedOn !== undefined || params[CORRECTED_FOR_DELAY] === true) {
      const detail = `${CONVERSION} is the account's own or ${LEAD}, which is known on plain figures`;
      throw new DomainError("metrics.badParams", detail);
    }
    const source = `${delivery.source} leads`;
    return { kind: "claimed", conversions: "leadMillionths", value: "conversionValueMicros", source };
  }
  const plain = { conversions: "conversionMillionths", value: "conversionValueMicros" } as const;
  if (countedOn === undefined) return { kind: "claimed", ...plain, source: delivery.conversionSource };
  if ((countedOn !== "click" && countedOn !== "conversion") || params[CORRECTED_FOR_DELAY] === true) {
    throw new DomainError("metrics.badParams", `${COUNTED_ON} is click or conversion, on plain figures`);
  }
  const source = delivery.datedSources[countedOn];
  if (typeof source !== "string") return source;
  return countedOn === "click"
    ? { kind: "claimed", ...plain, source }
    : { kind: "claimed", conversions: "onDayConversionMillionths", value: "onDayValueMicros", source };
}

/** True when all accounts that the subject is counted from have that primary conversion and no other. */
function isPrimary({ brand, node }: StateContext, name: string): boolean {
  return brand.accounts
    .filter((account) => node.accountKey === null || accountKey(account) === node.accountKey)
    .every(({ conversions }) => conversions.length === 1 && conversions[0] === name);
}
