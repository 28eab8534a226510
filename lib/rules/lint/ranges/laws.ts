/**
 * What figures owe each other whatever the day: a quotient is its two counters divided, a longer window counts no less than a
 * shorter one inside it. Without these, two rules would seem to meet on figures that nobody can have.
 */
import type { Params } from "../../../metrics/port.ts";
import { parseWindow } from "../../../metrics/windows/window.ts";
import { divCeil, divFloor, type Linear, type Ranges, within } from "./bounds.ts";
import { type AskedFigure, ATOMS, keyOf } from "./figures.ts";

interface Quotient {
  quotient: string;
  dividend: string;
  divisor: string;
  /** Of the division's result: 100 for percent, 1000 per mille. */
  times: bigint;
}

/** `quotient` = `times` x `dividend` / `divisor`, and has no data without a divisor. */
const QUOTIENTS: readonly Quotient[] = [
  { quotient: "cpa", dividend: "spend", divisor: "conversions", times: 1n },
  { quotient: "roas", dividend: "conversionValue", divisor: "spend", times: 1n },
  { quotient: "expectedConversions", dividend: "spend", divisor: "targetCpa", times: 1n },
  { quotient: "cpc", dividend: "spend", divisor: "clicks", times: 1n },
  { quotient: "linkCpc", dividend: "spend", divisor: "linkClicks", times: 1n },
  { quotient: "cpm", dividend: "spend", divisor: "impressions", times: 1000n },
  { quotient: "ctrPercent", dividend: "clicks", divisor: "impressions", times: 100n },
  { quotient: "linkCtrPercent", dividend: "linkClicks", divisor: "impressions", times: 100n },
  { quotient: "conversionRatePercent", dividend: "conversions", divisor: "clicks", times: 100n },
];

/** The CPA at best counts at least one conversion, so it has data without any. */
const AT_BEST: Quotient = { quotient: "cpaAtLeast", dividend: "spend", divisor: "conversions", times: 1n };

/** Counters that grow with their window. */
const COUNTERS: readonly string[] = [
  "spend",
  "impressions",
  "clicks",
  "linkClicks",
  "videoViews",
  "conversions",
  "conversionValue",
];

/** What conversions are told apart by; what was spent has none of it. */
const OF_CONVERSIONS: readonly string[] = ["countedOn", "conversion", "attribution"];
const CONVERSIONS: readonly string[] = ["conversions", "conversionValue"];

interface Division extends Quotient {
  /** What the divisor counts at least. */
  least: bigint;
}

export function lawsOf(figures: ReadonlyMap<string, AskedFigure>): readonly Linear[] {
  const all = [...figures.values()];
  return [
    ...all.flatMap((one) => divisors(one, figures)),
    ...all.flatMap((one) => atBest(one, figures)),
    ...nested(all),
  ];
}

/** Quotients whose both counters are in play too. */
export function divisionsOf(figures: ReadonlyMap<string, AskedFigure>): readonly Division[] {
  return [...figures.values()].flatMap((figure) =>
    [...QUOTIENTS, AT_BEST]
      .filter(({ quotient }) => quotient === figure.fact && isPlain(figure.params))
      .flatMap((law): Division[] => {
        const dividend = counterKey(law.dividend, figure);
        const divisor = counterKey(law.divisor, figure);
        if (!figures.has(dividend) || !figures.has(divisor)) return [];
        const least = law === AT_BEST ? ATOMS : 0n;
        return [{ quotient: figure.key, dividend, divisor, times: law.times, least }];
      }),
  );
}

/** Ends of each of the three by the other two; quotients are rounded, so one atom more or less is granted. */
export function byDivision(start: Ranges, { quotient, dividend, divisor, times, least }: Division): Ranges {
  const [q, z, counted] = [quotient, dividend, divisor].map((key) => start.get(key));
  if (q === undefined || z === undefined || counted === undefined) return start;
  const d = { ...counted, lo: atLeast(counted.lo, least), hi: atLeast(counted.hi, least) };
  const scale = ATOMS * times;
  const [lowest, highest] = [q.lo > 1n ? q.lo - 1n : 0n, q.hi + 1n];
  const ranges = new Map(start);
  ranges.set(dividend, within(z, { lo: divFloor(lowest * d.lo, scale), hi: divCeil(highest * d.hi, scale) }));
  const ends = {
    lo: divFloor(z.lo * scale, highest),
    ...(lowest > 0n && { hi: divCeil(z.hi * scale, lowest) }),
  };
  const narrower = within(d, ends);
  // Fewer than are counted at least may be any number of them, none included.
  const isNone = narrower.lo <= narrower.hi && narrower.lo <= least;
  ranges.set(divisor, within(counted, isNone ? { hi: narrower.hi } : { lo: narrower.lo, hi: narrower.hi }));
  if (d.hi > 0n && d.lo > 0n) {
    const own = { lo: divFloor(z.lo * scale, d.hi) - 1n, hi: divCeil(z.hi * scale, d.lo) + 1n };
    ranges.set(quotient, within(q, own));
  }
  return ranges;
}

function atLeast(value: bigint, least: bigint): bigint {
  return value < least ? least : value;
}

/** A quotient that is known has something to be divided by. */
function divisors(figure: AskedFigure, figures: ReadonlyMap<string, AskedFigure>): Linear[] {
  return QUOTIENTS.filter(({ quotient }) => quotient === figure.fact).flatMap((law) => {
    const key = divisorKey(law.divisor, figure);
    return figures.has(key) ? [{ terms: [{ key, factor: 1n }], plus: -1n }] : [];
  });
}

/** What divides a figure; spend is discounted where its quotient is, conversions are not. */
export function divisorKey(divisor: string, { params }: { params: Params }): string {
  const { correctedForDelay, ...counted } = params;
  const discounted = correctedForDelay === undefined || divisor !== "spend" ? {} : { correctedForDelay };
  return keyOf({ fact: divisor, params: { ...paramsFor(divisor, counted), ...discounted } });
}

function paramsFor(counter: string, params: Params): Params {
  if (counter === "targetCpa") return {};
  if (CONVERSIONS.includes(counter)) return params;
  return Object.fromEntries(Object.entries(params).filter(([name]) => !OF_CONVERSIONS.includes(name)));
}

/** The CPA at best is no more than the CPA. */
function atBest(figure: AskedFigure, figures: ReadonlyMap<string, AskedFigure>): Linear[] {
  if (figure.fact !== "cpaAtLeast") return [];
  const cpa = keyOf({ fact: "cpa", params: figure.params });
  if (!figures.has(cpa)) return [];
  return [
    {
      terms: [
        { key: cpa, factor: 1n },
        { key: figure.key, factor: -1n },
      ],
      plus: 0n,
    },
  ];
}

function nested(all: readonly AskedFigure[]): Linear[] {
  const counters = all.filter(({ fact }) => COUNTERS.includes(fact));
  return counters.flatMap((outer) =>
    counters
      .filter((inner) => inner !== outer && isInside(inner, outer))
      .map((inner) => ({
        terms: [
          { key: outer.key, factor: 1n },
          { key: inner.key, factor: -1n },
        ],
        plus: 0n,
      })),
  );
}

function isInside(inner: AskedFigure, outer: AskedFigure): boolean {
  const [innerDays, outerDays] = [inner, outer].map(({ params }) => parseWindow(String(params.window)));
  // Late conversions move into a corrected figure, so only plain ones grow with their window.
  if (inner.fact !== outer.fact || innerDays == null || outerDays == null) return false;
  if (!isPlain(inner.params) || !isPlain(outer.params)) return false;
  if (PLAIN.some((name) => name !== "window" && inner.params[name] !== outer.params[name])) return false;
  return innerDays.fromDaysAgo <= outerDays.fromDaysAgo && innerDays.toDaysAgo >= outerDays.toDaysAgo;
}

function counterKey(counter: string, { params }: AskedFigure): string {
  return keyOf({ fact: counter, params: paramsFor(counter, params) });
}

const PLAIN: readonly string[] = ["window", "of", ...OF_CONVERSIONS];

/** Sums of the days as they are, of its own or of a whole group. */
function isPlain(params: Params): boolean {
  return Object.keys(params).every((name) => PLAIN.includes(name));
}
