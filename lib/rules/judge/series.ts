/** Conditions on several days in a row: the same figures, their windows slid back by one night for each day before the last. */
import type { Reading } from "../../domain/figure.ts";
import type { Subject } from "../../domain/verdict.ts";
import type { Facts, Params } from "../../metrics/port.ts";
import { slidWindow } from "../../metrics/windows/window.ts";
import type { Leaf } from "../types.ts";

/** What is read on the two sides of a leaf on one day; `right` is null for a literal. */
export interface DayParams {
  left: Params;
  right: Params | null;
}

/**
 * Each day of a leaf, the newest first; one for a leaf that asks for no days in a row. A right side that does not slide stands
 * against every day.
 */
export function daysOfLeaf({ params, right }: Pick<Leaf, "params" | "right">): DayParams[] {
  const against = right.kind === "fact" ? slid(right.params) : [];
  return slid(params).map((left, day) => ({ left, right: against[day] ?? against[0] ?? null }));
}

function slid(params: Params): readonly Params[] {
  const { daysInARow, ...plain } = params;
  if (daysInARow === undefined) return [params];
  return Array.from({ length: Number(daysInARow) }, (_, nights) =>
    nights === 0 ? plain : { ...plain, window: slidWindow(String(plain.window), nights) },
  );
}

/** The figures of a leaf by day, before factor and offset. */
export function readByDay(
  leaf: Leaf,
  subject: Subject,
  facts: Pick<Facts, "read">,
): { left: Reading; right: Reading | null }[] {
  const { fact, right: against } = leaf;
  return daysOfLeaf(leaf).map(({ left, right }) => ({
    left: facts.read(subject, fact, left),
    right: against.kind === "fact" && right !== null ? facts.read(subject, against.fact, right) : null,
  }));
}
