/** What the last raise of spend brought: falling returns show here before they show in MER. */
import { addDays, daysBetween } from "../../domain/day.ts";
import { exactRatio } from "../arithmetic.ts";
import { type BrandFact, brandSpend, EVERY_LEVEL, type MetricContext } from "../fact.ts";
import { known, type NoData } from "../outcome.ts";
import { baseWindow, riseMissing } from "../windows/base-window.ts";
import type { WindowDays } from "../windows/window.ts";

const MILLION = 1_000_000n;

/** Whole weeks, so that weekdays meet. */
const DAYS_OF_A_YEAR = 364;

export const incrementalMer: BrandFact = {
  id: "incrementalMer",
  label: { en: "incremental MER", fr: "MER incrémental" },
  unit: "ratio",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: ["against"],
  goodSide: "high",
  range: [-1_000_000, 1_000_000],
  doc: "(revenue a day in the window - revenue a day in the base) / (spend a day in the window - spend a day in the base); the base is the window `against`, else as many days just before. Revenue of the base is first multiplied by its growth between the same two windows 364 days earlier where shop and accounts cover both, else the source says `not season corrected`. No data unless spend a day rose by 10 % or more.",
  source: "the brand's shop and all its accounts, over two windows",
  read: (context) => {
    const base = baseWindow(context);
    if ("kind" in base) return base;
    const now = periodOf(context, context.window);
    if (now.kind === "noData") return now;
    const before = periodOf(context, base);
    if (before.kind === "noData") return before;
    const tooFlat = riseMissing(now, before);
    if (tooFlat !== null) return tooFlat;
    const season = seasonOf(context, base);
    const gained = now.revenue * before.days * season.before - before.revenue * season.now;
    const spent = now.spend * before.days - before.spend * now.days;
    const value = exactRatio(gained * MILLION, spent * season.before) / Number(MILLION);
    return known(value, `${now.source}; against ${base.from} to ${base.to}, ${season.text}`);
  },
};

interface Period {
  kind: "period";
  days: bigint;
  revenue: bigint;
  spend: bigint;
  source: string;
}

function periodOf(context: MetricContext, window: WindowDays): Period | NoData {
  const brand = context.brandOver(window);
  const spent = brandSpend(brand);
  if (spent.kind === "noData") return spent;
  const revenue = brand.shop("revenue");
  if (revenue.kind === "noData") return revenue;
  return {
    kind: "period",
    days: BigInt(daysBetween(window.from, window.to) + 1),
    revenue: BigInt(revenue.value),
    spend: BigInt(spent.micros),
    source: `${revenue.source}; ${spent.source}`,
  };
}

/** Revenue of the base counts `now` / `before` times: growth of the season alone, times the days of the window. */
interface Season {
  now: bigint;
  before: bigint;
  text: string;
}

function seasonOf(context: MetricContext, base: WindowDays): Season {
  const yearAgo = ({ from, to }: WindowDays): Period | NoData =>
    periodOf(context, { from: addDays(from, -DAYS_OF_A_YEAR), to: addDays(to, -DAYS_OF_A_YEAR) });
  const now = yearAgo(context.window);
  const before = yearAgo(base);
  if (now.kind === "noData" || before.kind === "noData" || now.revenue <= 0n || before.revenue <= 0n) {
    const length = BigInt(daysBetween(context.window.from, context.window.to) + 1);
    return { now: length, before: 1n, text: "not season corrected" };
  }
  const growth = exactRatio(now.revenue * before.days * MILLION, before.revenue * now.days);
  return {
    now: now.revenue * before.days,
    before: before.revenue,
    text: `its revenue x ${growth / Number(MILLION)}, the growth 364 days earlier`,
  };
}
