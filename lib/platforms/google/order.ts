/** Orders that make the same account always give the same snapshot. */

/** Ids are integers too long for numbers. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || compareText(a, b);
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
