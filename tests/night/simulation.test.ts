import { afterAll, describe, expect, it } from "vitest";
import { removeHomes } from "../support/home.ts";
import { simulate } from "../support/simulation/simulate.ts";

/** Nights told in all; CI sets more. */
const NIGHTS = Number(process.env.PALIER_SIMULATED_NIGHTS ?? 12);
const NIGHTS_PER_STORY = 6;
const FIRST_SEED = Number(process.env.PALIER_SIMULATION_SEED ?? 1);

/** Fewer may be spared a lost answer on one of the platforms. */
const MANY_NIGHTS = 100;

const seeds = Array.from({ length: Math.ceil(NIGHTS / NIGHTS_PER_STORY) }, (_, index) => FIRST_SEED + index);

describe("many nights in which everything goes wrong", () => {
  afterAll(removeHomes);
  const written = new Set<string>();

  it.each(seeds)(
    "lose nothing, overspend nothing and explain everything: seed %i",
    async (seed) => {
      const { found, trace, ends } = await simulate(seed, NIGHTS_PER_STORY);
      for (const end of ends) written.add(end);
      expect(found, trace).toEqual([]);
    },
    120_000,
  );

  it.each(["meta/1001", "google/2000000002"])("make changes and, in time, lose answers on %s", (account) => {
    const ends = NIGHTS < MANY_NIGHTS ? ["applied"] : ["applied", "unknown"];
    expect([...written]).toEqual(expect.arrayContaining(ends.map((end) => `${account} ${end}`)));
  });
});
