/** Tells the story of one seed and judges it after every night. */

import { localDay } from "../../../lib/domain/day.ts";
import { rederivePlans } from "../../../lib/loop/rederive.ts";
import { loadPlan } from "../../../lib/loop/steps/intend.ts";
import { BRAND } from "../home.ts";
import { shownMessages } from "./channel.ts";
import { drawsOf } from "./draws.ts";
import { toldOf } from "./log-reader.ts";
import { aMachine, type Machine } from "./machine.ts";
import { violations } from "./oracle.ts";
import { channelBroken } from "./oracle-channel.ts";
import { memoryBroken } from "./oracle-memory.ts";
import { quieten } from "./quiet.ts";
import { drawSetup } from "./setup.ts";
import { shownFalsely } from "./shown-again.ts";
import { type Story, tellNight } from "./story.ts";
import { targetIdOf } from "./witness.ts";

/** Every so often a story runs on the embedded database, which the other stores stand for. */
const EMBEDDED_EVERY = 8;
/** Every other story runs on rules that remember. */
const REMEMBERING_EVERY = 2;
/** What is shown of a failed story: the end of it, where it went wrong. */
const TRACE_LINES = 80;
const TEST = "tests/night/simulation.test.ts";

export interface Told {
  /** What does not hold; empty for a good story. */
  found: string[];
  trace: string;
  /** Accounts that were written to and how that ended, so that a test can tell that the stories are not empty. */
  ends: string[];
}

export async function simulate(seed: number, nights: number): Promise<Told> {
  const draws = drawsOf(seed);
  const setup = drawSetup(draws, {
    embedded: seed % EMBEDDED_EVERY === 0,
    remembering: seed % REMEMBERING_EVERY === 0,
  });
  const machine = await aMachine(seed, setup);
  const { trace } = machine;
  trace.push(
    `tell it again: PALIER_SIMULATION_SEED=${seed} PALIER_SIMULATED_NIGHTS=${nights} npx vitest run ${TEST}`,
  );
  trace.push(JSON.stringify(setup));
  let found: string[] = [];
  try {
    const story: Story = { machine, draws, process: await machine.open() };
    for (let night = 1; night <= nights && found.length === 0; night++) {
      trace.push(`night ${night}`);
      await tellNight(story);
      const isLast = night === nights;
      const isSettled = isLast || draws.chance(0.4);
      if (isSettled) found.push(...(await quieten(story)).map((what) => `I-22: ${what}`));
      found.push(...(await judged(machine, isSettled)), ...(await remembered(story, isSettled)));
      if (isSettled) found.push(...(await shownFalsely(story)));
      if (!isLast) await machine.advance({ to: "nextNight" });
    }
    if (found.length === 0) found = await proven(story);
  } catch (error) {
    found.push(`the story broke off: ${error instanceof Error ? error.stack : String(error)}`);
  } finally {
    await machine.close();
  }
  const ends = [...new Set(machine.writes.map(({ account, outcome }) => `${account} ${outcome ?? "died"}`))];
  return { found, trace: [...trace.slice(0, 2), ...trace.slice(2).slice(-TRACE_LINES)].join("\n"), ends };
}

async function judged(machine: Machine, isSettled: boolean): Promise<string[]> {
  const { setup, writes, fetches, answered, outages, stops, startCents } = machine;
  const { store, world, clockMs: nowMs } = machine;
  const told = toldOf(await store.read(BRAND, 1));
  const state = await world.state();
  // Palier names the campaign whose budget it changes, Google the budget.
  const ledger = state.ledger.map((line) => ({ ...line, entityId: targetIdOf(state, line.entityId) }));
  return [
    ...violations({ setup, told, ledger, writes, fetches, answered, outages, stops, startCents }),
    ...channelBroken({ told, messages: shownMessages(machine), nowMs, isSettled }),
  ];
}

/** What rules remember from night to night, by the plans as they are stored. */
async function remembered(
  { machine, process: { ports, config } }: Story,
  isSettled: boolean,
): Promise<string[]> {
  const told = toldOf(await machine.store.read(BRAND, 1));
  const planned = told.filter(({ type }) => type === "planned");
  const plans = await Promise.all(planned.map(({ event }) => loadPlan(ports, event.planHash)));
  const today = localDay(machine.clockMs, config.brand.zone);
  return memoryBroken({
    setup: machine.setup,
    told,
    plans,
    messages: shownMessages(machine),
    today,
    isSettled,
  });
}

/** I-23 and I-24: the chain holds and every plan comes out the same again. */
async function proven({ process: { ports } }: Story): Promise<string[]> {
  const verified = await ports.log.verify(BRAND);
  const again = await rederivePlans(ports, BRAND);
  return [
    ...(verified.ok ? [] : [`I-23: ${verified.problem} at ${verified.position}: ${verified.detail}`]),
    ...again
      .filter(({ result }) => result !== "same")
      .map(({ roundId, result }) => `I-24: ${roundId} comes out ${result}`),
  ];
}
