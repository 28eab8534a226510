/** Nothing disturbs any more: Palier must come to an end with everything that was allowed, asked, and to be told. */
import type { BrandState } from "../../../lib/domain/state.ts";
import { dueMessages } from "../../../lib/loop/desk/due-messages.ts";
import { runBrand } from "../../../lib/loop/run.ts";
import { resumeAll } from "./brakes.ts";
import type { Story } from "./story.ts";

/** Runs after each of which an unknown outcome may be judged: bounded faults are used up by then. */
const QUIET_RUNS = 12;
const BETWEEN_MS = 5 * 60_000;

/** Answers what it did not settle. */
export async function quieten(story: Story): Promise<string[]> {
  const { machine } = story;
  machine.trace.push("  quiet");
  machine.hook = async () => {};
  machine.afterUnknown = async () => {};
  machine.beforeWrite = async () => {};
  machine.down.clear();
  machine.lostReplies = 0;
  machine.slack.workspace.faults.splice(0);
  await resumeAll(story);
  story.process = await machine.open();
  const { ports, config } = story.process;
  let open: string[] = [];
  for (let run = 0; run < QUIET_RUNS; run++) {
    const { state } = await runBrand(ports, config, null);
    open = [
      ...unfinished(state, machine.clockMs),
      ...dueMessages(config.brand, state, machine.clockMs).map(({ key }) => `${key} is not told`),
    ];
    if (open.length === 0) return [];
    machine.trace.push(`    unfinished: ${open.join(", ")}`);
    await machine.advance({ ms: BETWEEN_MS });
  }
  return open;
}

function unfinished({ intents, proposals, auto, questions, messages }: BrandState, nowMs: number): string[] {
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
    ...Object.keys(questions).map((id) => `${id} is asked and nothing more`),
    // Whoever began may have died: others wait for the lease to run out.
    ...Object.values(messages).flatMap(({ key, attempt }) =>
      nowMs < (attempt?.untilMs ?? 0) ? [`${key} is begun`] : [],
    ),
  ];
}
