/** A story of many nights: people, platform, Slack, process and clock each do what they like, in an order that the seed draws. */
import { localDay } from "../../../lib/domain/day.ts";
import type { Proposal } from "../../../lib/domain/state.ts";
import { StoreError } from "../../../lib/log/errors.ts";
import { runBrand } from "../../../lib/loop/run.ts";
import { BRAND } from "../home.ts";
import { resume, stop } from "./brakes.ts";
import { drawSlackFault } from "./channel-faults.ts";
import { ask, changePeople, clicks, clicksAtOnce, replay, type } from "./desk-people.ts";
import { disturb } from "./disturb.ts";
import type { Draws } from "./draws.ts";
import { Killed, type Machine, type Process } from "./machine.ts";
import { edit, setBack } from "./people.ts";
import { drawFault, faultOnWrite } from "./platform-faults.ts";
import { PLATFORMS } from "./witness.ts";

const MINUTE_MS = 60_000;
/** From 04:10 past the end of the night window, when a round is sealed without the accounts that are missing. */
const OUTAGE_MS = 111 * MINUTE_MS;

/** Share of writes that meet a fault; Google has fewer budgets, so each of its writes has more to bear. */
const WRITE_FAULTS = { meta: 0.05, google: 0.3 };

export interface Story {
  machine: Machine;
  draws: Draws;
  process: Process;
}

const ACTS = {
  night: 4,
  twoNights: 1,
  wake: 2,
  click: 9,
  clicksAtOnce: 3,
  replay: 1,
  type: 2,
  ask: 1,
  people: 1,
  edit: 2,
  fault: 3,
  slackFault: 3,
  stop: 1,
  resume: 2,
  minutes: 3,
  hours: 2,
  lostReply: 1,
} as const;
type Act = keyof typeof ACTS;
const DECK = (Object.keys(ACTS) as Act[]).flatMap((act) => Array.from({ length: ACTS[act] }, () => act));

/** One night of acts, from 04:10 on. */
export async function tellNight(story: Story): Promise<void> {
  const { draws, machine } = story;
  machine.beforeWrite = async (id) => {
    if (draws.chance(WRITE_FAULTS[id])) await faultOnWrite(story, id);
  };
  machine.afterUnknown = async (call) => {
    if (draws.chance(0.4)) await setBack(story, call);
  };
  machine.down.clear();
  if (draws.chance(0.4)) await tell(story, "fault");
  if (draws.chance(0.3)) await tell(story, "edit");
  if (draws.chance(0.3)) await tell(story, "slackFault");
  if (draws.chance(0.12)) await outage(story);
  // Now and then nobody runs the night, and it is missed.
  for (const act of draws.chance(0.06) ? (["hours", "wake"] as const) : (["night"] as const))
    await tell(story, act);
  const acts = draws.whole(3, 8);
  for (let act = 0; act < acts; act++) await tell(story, draws.pickFrom(DECK) ?? "night");
}

/** One platform is silent until the next night, and its round goes on without it once the night window has closed. */
async function outage(story: Story): Promise<void> {
  const { machine, draws } = story;
  const id = draws.pick(PLATFORMS);
  machine.trace.push(`  ${id} is down`);
  machine.down.add(id);
  machine.outages.push({ id, atMs: machine.clockMs });
  await tell(story, "night");
  await machine.advance({ ms: OUTAGE_MS });
}

async function tell(story: Story, act: Act): Promise<void> {
  const { machine, draws } = story;
  const disturbed = draws.chance(0.3) ? disturb(story) : "";
  machine.trace.push(`  ${act}${disturbed}`);
  const before = machine.writes.length;
  try {
    await perform(story, act);
  } catch (error) {
    const expected =
      error instanceof Killed || (error instanceof StoreError && error.code === "store.unreachable");
    if (!expected) throw error;
    machine.trace.push(`    the process ends: ${error.message}`);
    machine.hook = async () => {};
    story.process = await machine.open();
  }
  machine.hook = async () => {};
  if (machine.writes.length > before) machine.trace.push(`    ${machine.writes.length - before} calls`);
}

async function perform(story: Story, act: Act): Promise<void> {
  const { machine, draws } = story;
  switch (act) {
    case "night":
      return await night(story, story.process);
    case "twoNights":
      return await together([story.process, await machine.open()].map((process) => night(story, process)));
    case "wake":
      return await wake(machine, story.process, draws);
    case "click":
      return await clicks(story);
    case "clicksAtOnce":
      return await clicksAtOnce(story);
    case "replay":
      return await replay(story);
    case "type":
      return await type(story);
    case "ask":
      return await ask(story);
    case "people":
      return await changePeople(story);
    case "edit":
      return await edit(story, await proposals(story));
    case "fault": {
      const faults = draws.whole(1, 3);
      for (let fault = 0; fault < faults; fault++) await drawFault(story);
      return;
    }
    case "slackFault":
      return drawSlackFault(story);
    case "stop":
      return await stop(story, 0);
    case "resume":
      return await resume(story);
    case "minutes":
      return await machine.advance({ ms: draws.whole(1, 12) * MINUTE_MS });
    case "hours":
      return await machine.advance({ ms: draws.whole(60, 800) * MINUTE_MS });
    case "lostReply":
      machine.lostReplies = draws.pick([1, 1, 2, 3]);
  }
}

/** What the command `night` does. */
async function night({ machine }: Story, { ports, config }: Process): Promise<void> {
  const day = localDay(machine.clockMs, config.brand.zone);
  await runBrand(ports, config, { roundId: `${BRAND}/${day}/night`, day, slot: "night" });
}

/** What follows an answer: everything at once, as on one machine, or part by part and with patience, as in the cloud. */
export async function wake({ trace }: Machine, { ports, config }: Process, draws: Draws): Promise<void> {
  if (draws.chance(0.6)) return void (await runBrand(ports, config, null));
  trace.push("    part by part");
  for (const part of ["apply", "observe"] as const)
    await runBrand(ports, config, null, { part, mayStart: () => true });
}

/** All end before the first failure counts, as processes do. */
export async function together(runs: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(runs)) if (result.status === "rejected") throw result.reason;
}

/** Mostly open ones; sometimes any, since people act on old news. */
export async function proposals({ process, draws }: Story): Promise<Proposal[]> {
  const all = Object.values((await process.ports.log.state(BRAND)).proposals);
  const open = all.filter(({ status }) => status === "open");
  return open.length > 0 && draws.chance(0.85) ? open : all;
}
