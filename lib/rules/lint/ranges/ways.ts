/** The ways in which a condition can hold: each a list of comparisons that hold together. */
import type { Condition, Leaf } from "../../types.ts";

export type Way = readonly Leaf[];

/** Nests of alternatives multiply; above this a rule is left unanalysed rather than waited for. */
const MAX_WAYS = 500;

/** Null where there are too many. */
export function waysOf(condition: Condition): readonly Way[] | null {
  if (condition.kind === "leaf") return [[condition.leaf]];
  let ways: Way[] = condition.kind === "all" ? [[]] : [];
  for (const child of condition.children) {
    const own = waysOf(child);
    if (own === null) return null;
    const count = condition.kind === "all" ? ways.length * own.length : ways.length + own.length;
    if (count > MAX_WAYS) return null;
    ways =
      condition.kind === "all"
        ? ways.flatMap((way) => own.map((one) => [...way, ...one]))
        : [...ways, ...own];
  }
  return ways;
}
