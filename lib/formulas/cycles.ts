/** Definitions that lead back to themselves. */
import type { Formula } from "../domain/formula.ts";
import { namesIn } from "./text.ts";

/** For each name that is defined by itself, the way back: `["a", "b", "a"]`. Names that `formulas` lacks lead nowhere. */
export function cyclesIn(formulas: ReadonlyMap<string, Formula>): readonly (readonly string[])[] {
  return [...formulas.keys()].flatMap((name) => {
    const way = wayBack(name, formulas);
    return way === null ? [] : [way];
  });
}

/** The shortest, breadth first: each name is looked at once, however many ways lead to it. */
function wayBack(start: string, formulas: ReadonlyMap<string, Formula>): readonly string[] | null {
  const ways: string[][] = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    const formula = formulas.get(way.at(-1) ?? "");
    if (formula === undefined) continue;
    for (const name of namesIn(formula)) {
      if (name === start) return [...way, name];
      if (seen.has(name)) continue;
      seen.add(name);
      ways.push([...way, name]);
    }
  }
  return null;
}
