/** Stops, by whoever stops, and what lifts them again. */
import { answered } from "../answers.ts";
import { ACCOUNT, BRAND } from "../home.ts";
import type { Story } from "./story.ts";

const CONTROL_SCOPES = ["everything", ACCOUNT, "google/2000000002"] as const;

/** By a process of its own, as whoever stops has one: in the middle of another's append it could only wait for that. */
export async function stop({ machine, draws }: Story, underWay: number): Promise<void> {
  const scope = draws.pick([BRAND, ...CONTROL_SCOPES]);
  const by = draws.pick(["lea", "tom", "ines"]);
  machine.trace.push(`    ${by} stops ${scope}`);
  if (scope === BRAND) {
    const { ports } = await machine.open();
    const { kind } = await answered(ports, BRAND, by, { kind: "stop", reason: null });
    if (kind !== "recorded") return;
  } else await machine.store.putControlStop({ scope, by, atMs: machine.clockMs, reason: null });
  machine.stops.push({ scope, fromWrites: machine.writes.length, toWrites: null, underWay });
}

export async function resume(story: Story): Promise<void> {
  await lift(story, story.draws.pick([BRAND, ...CONTROL_SCOPES]));
}

export async function resumeAll(story: Story): Promise<void> {
  for (const scope of [BRAND, ...CONTROL_SCOPES]) await lift(story, scope);
}

async function lift({ machine, process }: Story, scope: string): Promise<void> {
  machine.trace.push(`    ${scope} resumed`);
  if (scope === BRAND) await answered(process.ports, BRAND, "lea", { kind: "resume" });
  else await machine.store.deleteControlStop(scope);
  for (const mark of machine.stops) {
    if (mark.scope === scope && mark.toWrites === null) mark.toWrites = machine.writes.length;
  }
}
