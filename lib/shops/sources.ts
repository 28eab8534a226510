/** A day's revenue by source, from its checked cells. */
import { type Cells, type ColumnName, isSourceColumn, moneyCell, sourceOf } from "./columns.ts";

/** Every cell may have been rounded to a cent, the day's revenue too. */
const ROUNDING_MICROS = 5_000n;

/**
 * Micros by source; null where the file has no source at all, or leaves one of them blank on this day: a part that is unknown
 * must not look like nothing.
 */
export function revenueBySource(
  cells: Cells,
  columns: readonly ColumnName[],
): Readonly<Record<string, bigint>> | null {
  const amounts = columns
    .filter(isSourceColumn)
    .map((column) => [sourceOf(column), moneyCell(cells, column)] as const);
  const known = amounts.filter((pair): pair is readonly [string, bigint] => pair[1] !== null);
  return known.length === 0 || known.length < amounts.length ? null : Object.fromEntries(known);
}

/** By how many micros the sources together are above the day's revenue, rounding aside; 0 where they are not. */
export function excessMicros(bySource: Readonly<Record<string, bigint>>, revenueMicros: bigint): bigint {
  const amounts = Object.values(bySource);
  const sum = amounts.reduce((total, amount) => total + amount, 0n);
  const rounding = ROUNDING_MICROS * BigInt(amounts.length + 1);
  return sum - revenueMicros > rounding ? sum - revenueMicros : 0n;
}
