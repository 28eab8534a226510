/** A story of many nights: people, platform, process and clock each do what they like, in an order that the seed draws. */
import { localDay } from "../../../lib/domain/day.ts";
import type { BrandState, Proposal } from "../../../lib/domain/state.ts";
import { StoreError } from "../../../lib/log/errors.ts";
import { runBrand } from "../../../lib/loop/run.ts";
import { answered, approve, reject } from "../answers.ts";
import { ACCOUNT, BRAND } from "../home.ts";
import type { Draws } from "./draws.ts";
import { Killed, type Machine, type Process } from "./machine.ts";
import { edit, setBack } from "./people.ts";
import { drawFault, faultOnWrite } from "./platform-faults.ts";
import { PLATFORMS } from "./witness.ts";

const PEOPLE = ["lea", "tom"] as const;
const CONTROL_SCOPES = ["everything", ACCOUNT, "google/2000000002"] as const;
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
  night: 5,
  twoNights: 1,
  answer: 6,
  bothAtOnce: 2,
  edit: 2,
  fault: 3,
  stop: 1,
  resume: 2,
  minutes: 3,
  hours: 1,
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
  if (draws.chance(0.12)) await outage(story);
  await tell(story, "night");
  const acts = draws.whole(3, 8);
  for (let act = 0; act < acts; act++) await tell(story, draws.pickFrom(DECK) ?? "night");
}

/** One platform is silent until the next night, and its round goes on without it once the night window has closed. */
async function outage(story: Story): Promise<void> {
  const { machine, draws } = story;
  const id = draws.pick(PLATFORMS);
  machine.trace.push(`  ${id} is down`);
  machine.down.add(id);
  await tell(story, "night");
  await advance(story, OUTAGE_MS);
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

/** Lets something happen at one effect of the next act: the process dies, somebody stops, somebody edits. */
function disturb(story: Story): string {
  const { machine, draws } = story;
  const at = draws.whole(1, draws.pick([40, 120]));
  const what = draws.pick(["death", "death", "stop", "edit"]);
  let effects = 0;
  machine.hook = async (place) => {
    effects += 1;
    if (effects !== at) return;
    machine.trace.push(`    ${what} ${place}`);
    if (what === "death") throw new Killed(place);
    machine.hook = async () => {};
    if (what === "stop") await stop(story, 2);
    else await edit(story, await proposals(story));
  };
  return `, ${what} at effect ${at}`;
}

async function perform(story: Story, act: Act): Promise<void> {
  const { machine, draws } = story;
  switch (act) {
    case "night":
      return await night(story.process);
    case "twoNights":
      return await together([story.process, await machine.open()].map(night));
    case "answer":
      return await answer(story, await proposals(story));
    case "bothAtOnce":
      return await bothAtOnce(story);
    case "edit":
      return await edit(story, await proposals(story));
    case "fault": {
      const faults = draws.whole(1, 3);
      for (let fault = 0; fault < faults; fault++) await drawFault(story);
      return;
    }
    case "stop":
      return await stop(story, 0);
    case "resume":
      return await resume(story);
    case "minutes":
      return await advance(story, draws.whole(1, 12) * MINUTE_MS);
    case "hours":
      return await advance(story, draws.whole(60, 400) * MINUTE_MS);
    case "lostReply":
      machine.lostReplies = draws.pick([1, 1, 2, 3]);
  }
}

/** What the command `night` does. */
async function night({ ports, config }: Process): Promise<void> {
  const day = localDay(await ports.clock.nowMs(), config.brand.zone);
  await runBrand(ports, config, { roundId: `${BRAND}/${day}/night`, day, slot: "night" });
}

/** All end before the first failure counts, as processes do. */
async function together(runs: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(runs)) if (result.status === "rejected") throw result.reason;
}

async function stateOf({ process }: Story): Promise<BrandState> {
  return await process.ports.log.state(BRAND);
}

/** Mostly open ones; sometimes any, since people click on old messages. */
async function proposals(story: Story): Promise<Proposal[]> {
  const all = Object.values((await stateOf(story)).proposals);
  const open = all.filter(({ status }) => status === "open");
  return open.length > 0 && story.draws.chance(0.85) ? open : all;
}

/** What the commands `approve` and `reject` do. */
async function answer(story: Story, choices: readonly Proposal[]): Promise<void> {
  const { draws, process } = story;
  const times = draws.whole(1, 3);
  for (let time = 0; time < times; time++) {
    const changeId = draws.pickFrom(choices)?.change.id;
    if (changeId !== undefined) await decide(story, process, changeId, draws.chance(0.8));
  }
}

async function decide(story: Story, process: Process, changeId: string, approves: boolean): Promise<void> {
  const verb = approves ? approve : reject;
  const by = story.draws.pick(PEOPLE);
  const { kind } = await verb(process.ports, BRAND, changeId, by);
  story.machine.trace.push(`    ${changeId} ${verb.name} by ${by}: ${kind}`);
  if (approves) await runBrand(process.ports, process.config, null);
}

async function bothAtOnce(story: Story): Promise<void> {
  const { draws, machine } = story;
  const changeId = draws.pickFrom(await proposals(story))?.change.id;
  if (changeId === undefined) return;
  const verdicts = [draws.chance(0.7), draws.chance(0.7)];
  const processes = [story.process, await machine.open()];
  await together(
    processes.map((process, index) => decide(story, process, changeId, verdicts[index] ?? false)),
  );
}

async function stop(story: Story, underWay: number): Promise<void> {
  const { machine, draws } = story;
  const scope = draws.pick([BRAND, ...CONTROL_SCOPES]);
  const by = draws.pick(PEOPLE);
  machine.trace.push(`    ${by} stops ${scope}`);
  if (scope === BRAND) await answered(story.process.ports, BRAND, by, { kind: "stop", reason: null });
  else
    await machine.store.putControlStop({
      scope,
      by,
      atMs: (await machine.world.clock()).clockMs,
      reason: null,
    });
  machine.stops.push({ scope, fromWrites: machine.writes.length, toWrites: null, underWay });
}

async function resume(story: Story): Promise<void> {
  const { machine } = story;
  const scopes = [BRAND, ...CONTROL_SCOPES];
  const scope = story.draws.pickFrom(scopes) ?? BRAND;
  await lift(story, machine, scope);
}

async function lift({ process }: Story, machine: Machine, scope: string): Promise<void> {
  machine.trace.push(`    ${scope} resumed`);
  if (scope === BRAND) await answered(process.ports, BRAND, "lea", { kind: "resume" });
  else await machine.store.deleteControlStop(scope);
  for (const mark of machine.stops) {
    if (mark.scope === scope && mark.toWrites === null) mark.toWrites = machine.writes.length;
  }
}

async function advance({ machine }: Story, ms: number): Promise<void> {
  const clockMs = await machine.world.advance({ ms });
  machine.trace.push(`    the clock shows ${new Date(clockMs).toISOString()}`);
}

/** Runs after each of which an unknown outcome may be judged: bounded faults are used up by then. */
const QUIET_RUNS = 12;

/** Nothing disturbs any more: Palier must come to an end with everything that was approved. Answers what it did not settle. */
export async function quieten(story: Story): Promise<string[]> {
  const { machine } = story;
  machine.trace.push("  quiet");
  machine.hook = async () => {};
  machine.afterUnknown = async () => {};
  machine.beforeWrite = async () => {};
  machine.down.clear();
  machine.lostReplies = 0;
  for (const scope of [BRAND, ...CONTROL_SCOPES]) await lift(story, machine, scope);
  story.process = await machine.open();
  for (let run = 0; run < QUIET_RUNS; run++) {
    const { state } = await runBrand(story.process.ports, story.process.config, null);
    const open = unfinished(state);
    if (open.length === 0) return [];
    machine.trace.push(`    unfinished: ${open.join(", ")}`);
    await advance(story, 5 * MINUTE_MS);
  }
  return unfinished((await story.process.ports.log.state(BRAND)) satisfies BrandState);
}

function unfinished({ intents, proposals, auto }: BrandState): string[] {
  const underWay = Object.values(intents).filter(({ status }) =>
    ["intended", "sent", "notSent"].includes(status),
  );
  const approved = Object.values(proposals).filter(
    ({ status, change }) => status === "approved" && intents[change.id] === undefined,
  );
  return [
    ...underWay.map(({ change, status }) => `${change.id} is ${status}`),
    ...approved.map(({ change }) => `${change.id} is approved and nothing more`),
    ...Object.keys(auto).map((id) => `${id} is automatic and nothing more`),
  ];
}
