import { afterAll, describe, expect, it } from "vitest";
import { removeHomes } from "../support/home.ts";
import { simulate } from "../support/simulation/simulate.ts";

/** Nights told in all; CI sets more. */
const NIGHTS = Number(process.env.PALIER_SIMULATED_NIGHTS ?? 18);
const NIGHTS_PER_STORY = 6;
const FIRST_SEED = Number(process.env.PALIER_SIMULATION_SEED ?? 1);

const seeds = Array.from({ length: Math.ceil(NIGHTS / NIGHTS_PER_STORY) }, (_, index) => FIRST_SEED + index);

describe("many nights in which everything goes wrong", () => {
  afterAll(removeHomes);

  it.each(seeds)(
    "lose nothing, overspend nothing and explain everything: seed %i",
    async (seed) => {
      const { found, trace } = await simulate(seed, NIGHTS_PER_STORY);
      expect(found, trace).toEqual([]);
    },
    120_000,
  );
});
