/** Ranges of whole numbers, narrowed by linear conditions on one or two of them until nothing moves any more. */

/** Known to lie from `lo` to `hi`, in none of the `holes` (both ends of each included). */
export interface Range {
  lo: bigint;
  hi: bigint;
  holes: readonly (readonly [bigint, bigint])[];
}

/** The sum of each factor times its number, plus `plus`, is at least 0. */
export interface Linear {
  terms: readonly { key: string; factor: bigint }[];
  plus: bigint;
}

export type Ranges = ReadonlyMap<string, Range>;

/** Narrows beyond its linear conditions: the new ranges, or null where nothing is left. */
export type Narrower = (ranges: Ranges) => Ranges | null;

/** Conditions that chase each other upwards never come to rest; ranges after so many rounds are still true, only wide. */
const MAX_ROUNDS = 60;

/** Above this nobody reads the conditions any more, and comparing each with each takes seconds. */
const MAX_PAIRED = 150;

/** The narrowed ranges; null where no numbers meet the conditions. */
export function narrowed(start: Ranges, conditions: readonly Linear[], also: Narrower): Ranges | null {
  const all = [...conditions, ...pairedOf(conditions)];
  let ranges: Ranges | null = start;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before: Ranges = ranges;
    ranges = also(withoutHoles(byConditions(before, all)));
    if (ranges === null || [...ranges.values()].some(({ lo, hi }) => lo > hi)) return null;
    if (sameEnds(before, ranges)) break;
  }
  return ranges;
}

export function divFloor(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor !== 0n && dividend < 0n !== divisor < 0n ? quotient - 1n : quotient;
}

export function divCeil(dividend: bigint, divisor: bigint): bigint {
  return -divFloor(-dividend, divisor);
}

export function within(range: Range, ends: { lo?: bigint; hi?: bigint }): Range {
  const lo = ends.lo !== undefined && ends.lo > range.lo ? ends.lo : range.lo;
  const hi = ends.hi !== undefined && ends.hi < range.hi ? ends.hi : range.hi;
  return { ...range, lo, hi };
}

export function isIn({ lo, hi, holes }: Range, value: bigint): boolean {
  return value >= lo && value <= hi && !holes.some(([from, to]) => value >= from && value <= to);
}

function byConditions(start: Ranges, conditions: readonly Linear[]): Ranges {
  const ranges = new Map(start);
  for (const { terms, plus } of conditions) {
    for (const { key, factor } of terms) {
      const range = ranges.get(key);
      if (range === undefined) continue;
      const rest = terms
        .filter((one) => one.key !== key)
        .reduce((sum, one) => sum + mostOf(ranges.get(one.key), one.factor), plus);
      ranges.set(key, meeting(range, factor, rest));
    }
  }
  return ranges;
}

/** Where factor x number + rest can still be at least 0, `rest` being as large as it can be. */
function meeting(range: Range, factor: bigint, rest: bigint): Range {
  if (factor > 0n) return within(range, { lo: divCeil(-rest, factor) });
  if (factor < 0n) return within(range, { hi: divFloor(rest, -factor) });
  return rest < 0n ? within(range, { hi: range.lo - 1n }) : range;
}

function mostOf(range: Range | undefined, factor: bigint): bigint {
  if (range === undefined) return 0n;
  return factor > 0n ? factor * range.hi : factor * range.lo;
}

function withoutHoles(start: Ranges): Ranges {
  return new Map(
    [...start].map(([key, range]) => {
      let { lo, hi } = range;
      for (const [from, to] of range.holes.toSorted((a, b) => (a[0] < b[0] ? -1 : 1))) {
        if (lo >= from && lo <= to) lo = to + 1n;
      }
      for (const [from, to] of range.holes.toSorted((a, b) => (a[1] > b[1] ? -1 : 1))) {
        if (hi >= from && hi <= to) hi = from - 1n;
      }
      return [key, { ...range, lo, hi }] as const;
    }),
  );
}

function sameEnds(before: Ranges, after: Ranges): boolean {
  return [...after].every(([key, { lo, hi }]) => before.get(key)?.lo === lo && before.get(key)?.hi === hi);
}

/** Two conditions on the same two numbers, one of which falls out of their sum: what chasing ends alone would never show. */
function pairedOf(conditions: readonly Linear[]): Linear[] {
  const pairs = conditions.filter(({ terms }) => terms.length === 2);
  if (pairs.length > MAX_PAIRED) return [];
  return pairs.flatMap((one, index) =>
    pairs.slice(index + 1).flatMap((other) => {
      if (!one.terms.every(({ key }) => other.terms.some((term) => term.key === key))) return [];
      return one.terms.flatMap(({ key }) => eliminated(one, other, key));
    }),
  );
}

function eliminated(one: Linear, other: Linear, key: string): Linear[] {
  const a = factorOf(one, key);
  const b = factorOf(other, key);
  if (a > 0n === b > 0n) return [];
  const [timesOne, timesOther] = [abs(b), abs(a)];
  const terms = one.terms
    .filter((term) => term.key !== key)
    .map((term) => ({
      key: term.key,
      factor: term.factor * timesOne + factorOf(other, term.key) * timesOther,
    }));
  return [{ terms, plus: one.plus * timesOne + other.plus * timesOther }];
}

function factorOf({ terms }: Linear, key: string): bigint {
  return terms.find((term) => term.key === key)?.factor ?? 0n;
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
