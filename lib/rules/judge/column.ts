/** One figure of all subjects of a level. */
import type { Reading } from "../../domain/figure.ts";
import { ABSENT, BROKEN, type Parts } from "./compile-parts.ts";

export interface Column {
  readings: readonly Reading[];
  codes: Uint8Array;
  /** The one code of all figures that are known; `BROKEN` where they have several, or one breaks its unit. */
  code: number;
  /** Numbers as integers, NaN where there is no data; of everything else the place in `words`. */
  atoms: Float64Array;
  /** Each different text, flag or list of labels once; the first stands for no data. */
  words: readonly Word[];
  /** The greatest integer, whatever its sign. */
  magnitude: number;
}

export type Word = string | boolean | readonly string[] | null;

export function columnOf(readings: readonly Reading[], parts: Parts): Column {
  const codes = new Uint8Array(readings.length);
  const atoms = new Float64Array(readings.length).fill(Number.NaN);
  const places = new Map<string, number>();
  const words: Word[] = [null];
  let code = ABSENT;
  let magnitude = 0;
  for (const [row, reading] of readings.entries()) {
    const own = parts.codeOf(reading);
    codes[row] = own;
    if (own === ABSENT) continue;
    code = code === ABSENT || code === own ? own : BROKEN;
    const { value, unit } = reading;
    if (typeof value === "number") {
      const atom = parts.atomsOf(value, unit);
      atoms[row] = atom;
      magnitude = Math.max(magnitude, Math.abs(atom));
    } else if (value !== null) {
      const name = JSON.stringify(value);
      const place = places.get(name) ?? words.push(value) - 1;
      places.set(name, place);
      atoms[row] = place;
    }
  }
  return { readings, codes, code, atoms, words, magnitude };
}
