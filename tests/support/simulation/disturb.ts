/** Lets something happen at one effect of the next act: the process dies or sleeps, somebody stops, somebody edits. */
import { stop } from "./brakes.ts";
import { Killed } from "./machine.ts";
import { edit } from "./people.ts";
import { proposals, type Story, wake } from "./story.ts";

/** Between the last look at its clock and the call itself no process can know that it slept: of that there is no test. */
const CALLS = ["before write", "before post", "before update", "before tell"];

export function disturb(story: Story): string {
  const { machine, draws } = story;
  const at = draws.whole(1, draws.pick([40, 120]));
  const what = draws.pick(["death", "death", "death", "sleep", "sleep", "stop", "edit"]);
  let effects = 0;
  let dead: string | null = null;
  machine.hook = async (place, writerId) => {
    // What is told fails for many reasons, which it survives: a dead process has no effect any more.
    if (writerId === dead) throw new Killed(place);
    effects += 1;
    if (dead !== null || effects < at || (what === "sleep" && CALLS.includes(place))) return;
    machine.trace.push(`    ${what} ${place}`);
    if (what === "death") {
      dead = writerId;
      throw new Killed(place);
    }
    machine.hook = async () => {};
    if (what === "sleep") await sleep(story);
    else if (what === "stop") await stop(story, 2);
    else await edit(story, await proposals(story));
  };
  return `, ${what} at effect ${at}`;
}

/** Others work meanwhile, as after every lease has run out. */
async function sleep({ machine, draws }: Story): Promise<void> {
  await machine.advance({ ms: draws.whole(20, 400) * 1_000 });
  await wake(machine, await machine.open(), draws);
}
