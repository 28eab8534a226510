/** Seeded draws, so that a failing story can be told again. */

export interface Draws {
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly [T, ...T[]]): T;
  /** Null for an empty list. */
  pickFrom<T>(choices: readonly T[]): T | null;
  /** Uniform in [0, 1). */
  next(): number;
}

/** Mulberry32: 32 bits of state are plenty for a story, and neighbouring seeds differ at once. */
export function drawsOf(seed: number): Draws {
  let state = (seed * 2_654_435_761) >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    pick: (choices) => choices[whole(0, choices.length - 1)] ?? choices[0],
    pickFrom: (choices) => choices[whole(0, choices.length - 1)] ?? null,
  };
}
