/** The figures that comparisons are about, by fact and parameters, with the values that each can have at all. */
import { canonicalJson } from "../../../domain/canonical.ts";
import type { Unit } from "../../../domain/figure.ts";
import type { Params } from "../../../metrics/port.ts";
import { parseWindow } from "../../../metrics/windows/window.ts";
import type { KnownFact } from "../../files/context.ts";
import { type Kind, kindOf } from "../../judge/kinds.ts";
import type { Leaf } from "../../types.ts";

/** Numbers are compared as whole millionths of their unit (micros of money), which every figure is. */
export const ATOMS = 1_000_000n;

/** Beyond what numbers hold exactly there are no figures. */
const MOST_ATOMS = BigInt(Number.MAX_SAFE_INTEGER);

/** One fact with its parameters. */
export interface FigureName {
  fact: string;
  params: Params;
}

export interface AskedFigure extends FigureName {
  key: string;
  unit: Unit;
  kind: Kind;
  /** Least and most atoms that it can have, for a number. */
  lo: bigint;
  hi: bigint;
  /** The closed list of its texts, where there is one. */
  values: readonly string[] | null;
}

/** Two spellings of one window (7d, 7d..1d) name one figure. */
export function keyOf({ fact, params }: FigureName): string {
  const span = typeof params.window === "string" ? parseWindow(params.window) : null;
  const window = span === null ? {} : { window: `${span.fromDaysAgo}d..${span.toDaysAgo}d` };
  return canonicalJson({ fact, params: { ...params, ...window } });
}

/** Every figure that the leaves read, in the order of its first use. */
export function figuresOf(
  leaves: readonly Leaf[],
  facts: ReadonlyMap<string, KnownFact>,
): ReadonlyMap<string, AskedFigure> {
  const figures = new Map<string, AskedFigure>();
  for (const name of leaves.flatMap(namesIn)) {
    const key = keyOf(name);
    const fact = facts.get(name.fact);
    if (!figures.has(key) && fact !== undefined) figures.set(key, { ...name, key, ...possible(fact) });
  }
  return figures;
}

export function namesIn({ fact, params, right }: Leaf): FigureName[] {
  return [{ fact, params }, ...(right.kind === "fact" ? [{ fact: right.fact, params: right.params }] : [])];
}

/**
 * What a fact can be. Only a range of its own has an end above: a percentage may exceed 100 although rules may not name more,
 * and what can be negative is not bounded below by the numbers that rules may name.
 */
function possible(fact: KnownFact): Pick<AskedFigure, "unit" | "kind" | "lo" | "hi" | "values"> {
  const [least, most] = fact.range ?? [0, mostOf(fact)];
  const wide = fact.unit === "money" && least < 0;
  // Nobody stands before the first.
  const first = fact.unit === "count" ? ATOMS : 1n;
  return {
    unit: fact.unit,
    kind: kindOf(fact.unit) ?? "text",
    lo: wide ? -MOST_ATOMS : fact.ranked === true ? first : atoms(least),
    hi: wide || most === null ? MOST_ATOMS : atoms(most),
    values: fact.values ?? null,
  };
}

/** Of what is a part of something by its very nature; null for what has no end. */
function mostOf({ unit, ranked }: KnownFact): number | null {
  if (unit === "probability") return 1;
  return unit === "percent" && ranked === true ? 100 : null;
}

function atoms(number: number): bigint {
  return BigInt(Math.round(number * Number(ATOMS)));
}
