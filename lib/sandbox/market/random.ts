/** Chance that depends on nothing but its key, so that a world answers the same whenever and in whatever order it is asked. */

/** One uniform number in (0, 1) per call. */
export type Draw = () => number;

/** The sequence of draws that belongs to `key`: the n-th draw is always the same number. */
export function drawsOf(seed: number, key: string): Draw {
  let state = hashText(`${seed}/${key}`);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    return (finish(state) + 0.5) / 4_294_967_296;
  };
}

/** 32-bit hash of a text: FNV-1a, then an avalanche so that similar keys share nothing. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return finish(hash >>> 0);
}

/** A factor around 1 (its mean is exactly 1) with the given spread of its logarithm. Takes two draws. */
export function noiseFactor(draw: Draw, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(draw())) * Math.cos(2 * Math.PI * draw());
  return Math.exp(spread * normal - (spread * spread) / 2);
}

/**
 * The count that a Poisson law of this mean gives at probability `u`. It never falls when the mean grows, which is what
 * keeps a day's conversions from vanishing while the day goes on.
 */
export function poissonQuantile(u: number, mean: number): number {
  // Past this many, the rest of the law is smaller than what a double can tell from 0.
  const most = Math.ceil(mean + 12 * Math.sqrt(mean) + 20);
  let probability = Math.exp(-mean);
  let cumulated = probability;
  let count = 0;
  while (cumulated < u && count < most) {
    count += 1;
    probability *= mean / count;
    cumulated += probability;
  }
  return count;
}

function finish(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 15), hash | 1);
  hash ^= hash + Math.imul(hash ^ (hash >>> 7), hash | 61);
  return (hash ^ (hash >>> 14)) >>> 0;
}
