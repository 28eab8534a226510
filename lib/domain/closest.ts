/** "Did you mean": the nearest known word to a misspelt one. */

/** Beyond this length a word is no typing slip, and the comparison is quadratic. */
const MAX_LENGTH = 64;

/**
 * The candidate with the fewest single-character slips (insert, delete, replace, swap of neighbours, case ignored), first one
 * on a tie; null when every candidate is more than a third of the word away.
 */
export function closest(word: string, candidates: readonly string[]): string | null {
  if (word.length > MAX_LENGTH) return null;
  let best: string | null = null;
  let bestSlips = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const slips = slipsBetween(word.toLowerCase(), candidate.toLowerCase());
    if (slips < bestSlips) [best, bestSlips] = [candidate, slips];
  }
  return best;
}

function slipsBetween(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = at(last, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
      let slips = Math.min(at(last, column) + 1, at(current, column - 1) + 1, replaced);
      if (isSwap(from, to, row, column)) slips = Math.min(slips, at(beforeLast, column - 2) + 1);
      current.push(slips);
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, to.length);
}

function isSwap(from: string, to: string, row: number, column: number): boolean {
  return row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
}

function at(numbers: readonly number[], index: number): number {
  return numbers[index] ?? 0;
}
