/** Where rows of insights lie in time: two of them must never count one day of one entity twice. */
import { numberOf } from "./cells.ts";

/** 16 million of each: three packed numbers make one sortable number of 64 bits. */
const INDEX_BITS = 24n;
const DAY_BITS = 16n;
export const MAX_ROWS = 2 ** Number(INDEX_BITS);

export interface AscendingRows {
  size(): number;
  add(entity: number, day: string, days: number): void;
  /** True while each row began when those before it of its entity had ended: then no day is counted twice. */
  isAscending(): boolean;
}

/** Enough for files that are in order, as most are and imported ones always: one number per entity, whatever the number of rows. */
export function ascendingRows(): AscendingRows {
  const ends = new Map<number, number>();
  let size = 0;
  let isAscending = true;
  return {
    size: () => size,
    add(entity, day, days) {
      const from = numberOf(day);
      if (from < (ends.get(entity) ?? from)) isAscending = false;
      else ends.set(entity, from + days);
      size += 1;
    },
    isAscending: () => isAscending,
  };
}

export interface PlacedRows {
  size(): number;
  add(entity: number, day: string, days: number, line: number): void;
  /** Calls back for every row that begins before an earlier one of its entity has ended, in the order of the file. */
  collisions(tell: (collision: Collision) => void): void;
}

export interface Collision {
  line: number;
  earlierLine: number;
  /** Both cover the same days. */
  same: boolean;
}

/** Any order, in a few bytes per row. */
export function placedRows(): PlacedRows {
  let keys = new BigUint64Array(1024);
  let spans = new Uint16Array(1024);
  let lines = new Uint32Array(1024);
  let size = 0;
  const grow = () => {
    const [oldKeys, oldSpans, oldLines] = [keys, spans, lines];
    keys = new BigUint64Array(size * 2);
    spans = new Uint16Array(size * 2);
    lines = new Uint32Array(size * 2);
    keys.set(oldKeys);
    spans.set(oldSpans);
    lines.set(oldLines);
  };
  return {
    size: () => size,
    add(entity, day, days, line) {
      if (size === keys.length) grow();
      keys[size] =
        (BigInt(entity) << (DAY_BITS + INDEX_BITS)) | (BigInt(numberOf(day)) << INDEX_BITS) | BigInt(size);
      spans[size] = days;
      lines[size] = line;
      size += 1;
    },
    collisions(tell) {
      const collisions: Collision[] = [];
      const longest = { entity: -1, day: 0, end: 0, index: 0 };
      for (const key of keys.subarray(0, size).sort()) {
        const index = Number(key & (2n ** INDEX_BITS - 1n));
        const day = Number((key >> INDEX_BITS) & (2n ** DAY_BITS - 1n));
        const entity = Number(key >> (DAY_BITS + INDEX_BITS));
        const end = day + (spans[index] ?? 0);
        if (entity === longest.entity && day < longest.end) {
          const [earlierLine = 0, line = 0] = [lines[longest.index] ?? 0, lines[index] ?? 0].sort(
            (a, b) => a - b,
          );
          collisions.push({ line, earlierLine, same: day === longest.day && end === longest.end });
          if (end <= longest.end) continue;
        }
        Object.assign(longest, { entity, day, end, index });
      }
      collisions.sort((a, b) => a.line - b.line).forEach(tell);
    },
  };
}
