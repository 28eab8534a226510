/** What the conversions that the last raise brought cost: an average below target can still hide that the next one is dear. */
import { daysBetween } from "../../domain/day.ts";
import { exactRatio } from "../arithmetic.ts";
import { claimedReader } from "../claimed.ts";
import { MILLIONTHS } from "../delivery/columns.ts";
import type { Delivery } from "../delivery/delivery.ts";
import { type SumReader, sumReader } from "../delivery/sums.ts";
import { CORRECTED_FOR_DELAY, EVERY_LEVEL, exposureReader, type MetricFact, NAMED } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, type NoData, noData } from "../outcome.ts";
import { baseWindow, riseMissing } from "../windows/base-window.ts";
import type { WindowDays } from "../windows/window.ts";

const NO_MORE_CONVERSIONS = noData(metricMessage("noData.noMoreConversions", {}));

export const marginalCpa: MetricFact = {
  id: "marginalCpa",
  label: { en: "CPA of what came on top", fr: "CPA du supplément" },
  unit: "money",
  kind: "metric",
  counts: "conversions",
  topic: "evidence",
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY, "against", ...NAMED],
  goodSide: "low",
  doc: "(spend a day in the window - spend a day in the base) / (conversions a day in the window - conversions a day in the base); the base is the window `against`, else as many days just before. No data unless spend a day rose by 10 % or more, and where conversions did not rise with it.",
  source: "spend and conversions over two windows",
  read: (context) => {
    const base = baseWindow(context);
    if ("kind" in base) return () => base;
    const baseDelivery = context.deliveryOver(base);
    const claimedOf = claimedReader("conversions", context);
    const [readSpend, readExposure] = [sumReader("spendMicros"), exposureReader(context.params)];
    return (node) => {
      const claimed = claimedOf(node);
      if ("kind" in claimed) return claimed;
      const period = periodReader(readSpend, readExposure, claimed.read);
      const now = period(context.delivery(node), context.window);
      if (now.kind === "noData") return now;
      const before = period(baseDelivery(node), base);
      if (before.kind === "noData") return before;
      const tooFlat = riseMissing(now, before);
      if (tooFlat !== null) return tooFlat;
      const gained = now.conversions * before.days - before.conversions * now.days;
      if (gained <= 0n) return NO_MORE_CONVERSIONS;
      const spent = now.exposure * before.days - before.exposure * now.days;
      const source = claimed.source(now.delivery);
      if (typeof source !== "string") return source;
      const cost = exactRatio(spent * BigInt(MILLIONTHS), gained);
      return known(cost, `${source}; against ${base.from} to ${base.to}`);
    };
  },
};

interface Period {
  kind: "period";
  days: bigint;
  spend: bigint;
  exposure: bigint;
  conversions: bigint;
  delivery: Delivery;
}

function periodReader(
  readSpend: SumReader,
  readExposure: SumReader,
  readConversions: SumReader,
): (delivery: Delivery | NoData, window: WindowDays) => Period | NoData {
  return (delivery, { from, to }) => {
    if (delivery.kind === "noData") return delivery;
    const spend = readSpend(delivery);
    if (typeof spend !== "number") return spend;
    const exposure = readExposure(delivery);
    if (typeof exposure !== "number") return exposure;
    const conversions = readConversions(delivery);
    if (typeof conversions !== "number") return conversions;
    return {
      kind: "period",
      days: BigInt(daysBetween(from, to) + 1),
      spend: BigInt(spend),
      exposure: BigInt(exposure),
      conversions: BigInt(conversions),
      delivery,
    };
  };
}
