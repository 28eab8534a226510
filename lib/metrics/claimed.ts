/** Conversions and their value as platforms claim them: plain, of another name or attribution, or on one kind of day. */
import type { BrandAccount } from "../domain/brand.ts";
import { DomainError } from "../domain/errors.ts";
import { accountKey } from "../domain/ids.ts";
import type { CountedOn } from "../domain/snapshot.ts";
import { cached } from "./cache.ts";
import type { Node } from "./census.ts";
import { placeOf } from "./claims.ts";
import { type ClaimParams, type Column, claimColumn } from "./delivery/columns.ts";
import type { Delivery } from "./delivery/delivery.ts";
import { type SumReader, sumReader } from "./delivery/sums.ts";
import {
  ATTRIBUTION,
  CONVERSION,
  CORRECTED_FOR_DELAY,
  COUNTED_ON,
  fromDelivery,
  type MetricContext,
  type NodeReader,
  type StateContext,
} from "./fact.ts";
import { metricMessage } from "./messages.ts";
import { type NoData, noData, type Outcome } from "./outcome.ts";
import type { Params } from "./port.ts";

/** The columns that a condition counts conversions and their value in. */
interface Claimed {
  conversions: Column;
  value: Column;
  source(delivery: Delivery): string | NoData;
}

const PLAIN: Claimed = {
  conversions: "conversionMillionths",
  value: "conversionValueMicros",
  source: (delivery) => delivery.conversionSource,
};
const BY_DAY: Readonly<Record<CountedOn, Claimed>> = {
  click: { ...PLAIN, source: (delivery) => delivery.datedSources.click },
  conversion: {
    conversions: "onDayConversionMillionths",
    value: "onDayValueMicros",
    source: (delivery) => delivery.datedSources.conversion,
  },
};

const ONLY_PLAIN = noData(metricMessage("noData.onlyPlain", {}));

/** How what the subject is asked for is summed, and what it is counted from. */
export interface ClaimedSum {
  read: SumReader;
  source(delivery: Delivery): string | NoData;
}

/**
 * Reads a metric from conversions or their value: the platform's plain columns, conversions that the condition names, or those
 * on the day that it asks for. No data for named ones that nobody asked the account for, and for them on one kind of day or
 * corrected for delay: both are known for the plain columns alone.
 * @throws DomainError `metrics.badParams` for a kind of day that does not exist, and for one together with a correction.
 */
export function fromClaimed(
  of: "conversions" | "value",
  prepare: (
    context: MetricContext,
  ) => (read: SumReader, source: string, delivery: Delivery, node: Node) => Outcome,
): (context: MetricContext) => NodeReader {
  return fromDelivery((context) => {
    const compute = prepare(context);
    const sumFor = claimedReader(of, context);
    return (delivery, node) => {
      const claimed = sumFor(node);
      if ("kind" in claimed) return claimed;
      const source = claimed.source(delivery);
      return typeof source === "string" ? compute(claimed.read, source, delivery, node) : source;
    };
  });
}

/** For one subject after the other; those of one account share their reader. */
export function claimedReader(
  of: "conversions" | "value",
  context: StateContext,
): (node: Node) => ClaimedSum | NoData {
  const { params } = context;
  const make = (claimed: Claimed): ClaimedSum => ({ read: sumReader(claimed[of]), source: claimed.source });
  if (params[CONVERSION] === undefined && params[ATTRIBUTION] === undefined) {
    const plain = make(onDay(params));
    return () => plain;
  }
  const byAccount = new Map<string, ClaimedSum | NoData>();
  return (node) =>
    cached(byAccount, node.accountKey ?? node.platform ?? "", () => {
      const claimed = namedClaim(context, node);
      return "kind" in claimed ? claimed : make(claimed);
    });
}

/** Each account that the subject is counted from must count what is asked for. */
function namedClaim(context: StateContext, node: Node): Claimed | NoData {
  const { brand, params, snapshot } = context;
  const asked = claimParams(params);
  const accounts = brand.accounts.filter(
    (one) =>
      (node.accountKey === null || accountKey(one) === node.accountKey) &&
      (node.platform === null || one.platform === node.platform),
  );
  const places = accounts.map((one) => {
    const found = snapshot.accounts.find((fetched) => accountKey(fetched) === accountKey(one));
    return found === undefined ? null : placeOf(one, found, asked);
  });
  if (places.every((place) => place?.kind === "plain")) return onDay(params);
  if (params[COUNTED_ON] !== undefined || params[CORRECTED_FOR_DELAY] === true) return ONLY_PLAIN;
  const without = accounts.find((_, index) => places[index] === null);
  if (without !== undefined) return notCounted(without, asked);
  const value = claimColumn("conversionValueMicros", asked);
  if (places.every((place) => place?.kind === "leads")) {
    return { conversions: "leadMillionths", value, source: ({ source }) => `${source} leads` };
  }
  return {
    conversions: claimColumn("conversionMillionths", asked),
    value,
    source: ({ source }) => [source, asked.conversion, asked.attribution].filter(Boolean).join(" "),
  };
}

/** As rules write them: the two parameters of a condition. */
function claimParams(params: Params): ClaimParams {
  const [conversion, attribution] = [params[CONVERSION], params[ATTRIBUTION]];
  return {
    ...(conversion === undefined ? {} : { conversion: String(conversion) }),
    ...(attribution === undefined ? {} : { attribution: String(attribution) }),
  };
}

function notCounted(account: BrandAccount, { conversion, attribution }: ClaimParams): NoData {
  const what = [conversion, attribution].filter(Boolean).join(" ");
  return noData(
    metricMessage("noData.conversionNotCounted", { account: accountKey(account), conversion: what }),
  );
}

function onDay(params: Params): Claimed {
  const countedOn = params[COUNTED_ON];
  if (countedOn === undefined) return PLAIN;
  if ((countedOn === "click" || countedOn === "conversion") && params[CORRECTED_FOR_DELAY] !== true) {
    return BY_DAY[countedOn];
  }
  throw new DomainError("metrics.badParams", `${COUNTED_ON} is click or conversion, on plain figures`);
}
