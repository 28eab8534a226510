/** Tells the story of one seed and judges it after every night. */
import { rederivePlans } from "../../../lib/loop/rederive.ts";
import { BRAND } from "../home.ts";
import { drawsOf } from "./draws.ts";
import { toldOf } from "./log-reader.ts";
import { aMachine, type Machine } from "./machine.ts";
import { violations } from "./oracle.ts";
import { drawSetup } from "./setup.ts";
import { quieten, type Story, tellNight } from "./story.ts";
import { targetIdOf } from "./witness.ts";

/** Every so often a story runs on the embedded database, which the other stores stand for. */
const EMBEDDED_EVERY = 8;
/** What is shown of a failed story: the end of it, where it went wrong. */
const TRACE_LINES = 80;

export interface Told {
  /** What does not hold; empty for a good story. */
  found: string[];
  trace: string;
  /** Accounts that were written to and how that ended, so that a test can tell that the stories are not empty. */
  ends: string[];
}

export async function simulate(seed: number, nights: number): Promise<Told> {
  const draws = drawsOf(seed);
  const setup = drawSetup(draws, seed % EMBEDDED_EVERY === 0);
  const machine = await aMachine(seed, setup);
  const { trace } = machine;
  trace.push(`seed ${seed}: ${JSON.stringify(setup)}`);
  let found: string[] = [];
  try {
    const story: Story = { machine, draws, process: await machine.open() };
    for (let night = 1; night <= nights && found.length === 0; night++) {
      trace.push(`night ${night}`);
      await tellNight(story);
      const isLast = night === nights;
      if (isLast || draws.chance(0.4)) found.push(...(await quieten(story)).map((what) => `I-22: ${what}`));
      found.push(...(await judged(machine)));
      if (!isLast) await machine.world.advance({ to: "nextNight" });
    }
    if (found.length === 0) found = await proven(story);
  } catch (error) {
    found.push(`the story broke off: ${error instanceof Error ? error.stack : String(error)}`);
  } finally {
    await machine.close();
  }
  const ends = [...new Set(machine.writes.map(({ account, outcome }) => `${account} ${outcome ?? "died"}`))];
  return { found, trace: [trace[0], ...trace.slice(1).slice(-TRACE_LINES)].join("\n"), ends };
}

async function judged(machine: Machine): Promise<string[]> {
  const { setup, writes, fetches, stops, startCents, store, world } = machine;
  const told = toldOf(await store.read(BRAND, 1));
  const state = await world.state();
  // Palier names the campaign whose budget it changes, Google the budget.
  const ledger = state.ledger.map((line) => ({ ...line, entityId: targetIdOf(state, line.entityId) }));
  return violations({ setup, told, ledger, writes, fetches, stops, startCents });
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
