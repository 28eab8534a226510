/**
 * What figures owe each other whatever the day: a quotient is its two counters divided, a longer window counts no less than a
 * shorter one inside it. Without these, two rules would seem to meet on figures that nobody can have.
 */
import type { Params } from "../../../metrics/port.ts";
import { parseWindow } from "../../../metrics/window.ts";
import { divCeil, divFloor, type Linear, type Range, type Ranges, within } from "./bounds.ts";
import { type AskedFigure, ATOMS, keyOf } from "./figures.ts";

/** `quotient` = `dividend` / `divisor`, and has no data without a divisor. */
const QUOTIENTS = [
  { quotient: "cpa", dividend: "spend", divisor: "conversions" },
  { quotient: "roas", dividend: "conversionValue", divisor: "spend" },
  { quotient: "expectedConversions", dividend: "spend", divisor: "targetCpa" },
  { quotient: "cpc", dividend: "spend", divisor: "clicks" },
] as const;

/** Counters that grow with their window. */
const COUNTERS: readonly string[] = ["spend", "impressions", "clicks", "conversions", "conversionValue"];

interface Division {
  quotient: string;
  dividend: string;
  divisor: string;
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
    QUOTIENTS.filter(({ quotient }) => quotient === figure.fact && isPlain(figure.params)).flatMap((law) => {
      const dividend = counterKey(law.dividend, figure);
      const divisor = counterKey(law.divisor, figure);
      return figures.has(dividend) && figures.has(divisor)
        ? [{ quotient: figure.key, dividend, divisor }]
        : [];
    }),
  );
}

/** Ends of each of the three by the other two; quotients are rounded, so one atom more or less is granted. */
export function byDivision(start: Ranges, { quotient, dividend, divisor }: Division): Ranges {
  const [q, z, d] = [quotient, dividend, divisor].map((key) => start.get(key));
  if (q === undefined || z === undefined || d === undefined) return start;
  const least = q.lo > 1n ? q.lo - 1n : 0n;
  const most = q.hi + 1n;
  const ranges = new Map(start);
  ranges.set(dividend, within(z, { lo: divFloor(least * d.lo, ATOMS), hi: divCeil(most * d.hi, ATOMS) }));
  ranges.set(divisor, divisorWithin(d, z, least, most));
  if (d.hi > 0n && d.lo > 0n) {
    const ends = { lo: divFloor(z.lo * ATOMS, d.hi) - 1n, hi: divCeil(z.hi * ATOMS, d.lo) + 1n };
    ranges.set(quotient, within(q, ends));
  }
  return ranges;
}

function divisorWithin(d: Range, z: Range, least: bigint, most: bigint): Range {
  const above = within(d, { lo: divFloor(z.lo * ATOMS, most) });
  return least > 0n ? within(above, { hi: divCeil(z.hi * ATOMS, least) }) : above;
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
  if (divisor === "targetCpa") return keyOf({ fact: divisor, params: {} });
  const discounted = correctedForDelay === undefined || divisor !== "spend" ? {} : { correctedForDelay };
  const { countedOn, ...spent } = counted;
  return keyOf({ fact: divisor, params: divisor === "spend" ? { ...spent, ...discounted } : counted });
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
  return innerDays.fromDaysAgo <= outerDays.fromDaysAgo && innerDays.toDaysAgo >= outerDays.toDaysAgo;
}

function counterKey(counter: string, { params }: AskedFigure): string {
  return keyOf({ fact: counter, params: counter === "targetCpa" ? {} : params });
}

function isPlain(params: Params): boolean {
  return Object.keys(params).every((name) => name === "window");
}
