/** What the commands share that tell the desk something: who says it, the one path of all answers, and what is printed. */
import type { Command } from "commander";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import { roleAtLeast } from "../../lib/domain/desk.ts";
import type { Message } from "../../lib/domain/figure.ts";
import type { BrandState, Intent, Proposal } from "../../lib/domain/state.ts";
import { StoreError } from "../../lib/log/errors.ts";
import { answerDesk, checkAnswer } from "../../lib/loop/answers/desk.ts";
import { tellOutcome } from "../../lib/loop/answers/tell.ts";
import type { Answer, AnswerOutcome, Asker } from "../../lib/loop/answers/types.ts";
import { changeDesk } from "../../lib/loop/desk/record.ts";
import { runBrand } from "../../lib/loop/run.ts";
import { renderIntentOutcome } from "../../lib/report/outcome.ts";
import { isDecided, rewriteRow } from "../../lib/runtime/answered.ts";
import type { Workspace } from "../../lib/runtime/workspace.ts";
import { plainText } from "../../lib/words/plain-text.ts";
import type { Reader } from "../../lib/words/reader.ts";
import { say } from "../../lib/words/say.ts";
import { type DeskOptions, type OpenDesk, placeWords, typedFor } from "./desk.ts";
import { proposalWithLink } from "./links.ts";
import type { Outcome } from "./program.ts";
import { brandPage, personHere, print } from "./session.ts";

export interface AnswerOptions extends DeskOptions {
  by: string;
  reason?: string;
}

export function withPerson(command: Command): Command {
  return command.option(
    "--by <person>",
    "who decides: one of the brand's people where its file names any",
    personHere(),
  );
}

/** What became of an answer: how its proposal stands by now, and what a platform was told. */
interface Result {
  proposal: Proposal | null;
  intent: Intent | null;
}

/** Says it to the desk, does what is due after it or leaves it to the deployment, and prints what became of it. */
export async function answer(desk: OpenDesk, given: Answer, options: AnswerOptions): Promise<Outcome> {
  const outcome = await putToDesk(desk, given, options.by);
  if (desk.at.kind === "here") return await finishHere(desk, desk.at.workspace, given, outcome, options);
  const results = resultsOf(given, outcome, outcome.state);
  show(desk, given, outcome, results, options);
  if (!isDecided(outcome)) return "refused";
  if (options.json !== true && results.every(({ intent }) => intent === null))
    print(leftWords(desk, results[0]?.proposal ?? null));
  return "ok";
}

async function finishHere(
  desk: OpenDesk,
  { ports, config }: Workspace,
  given: Answer,
  outcome: AnswerOutcome,
  options: AnswerOptions,
): Promise<Outcome> {
  const run = outcome.kind === "unknown" ? null : await runBrand(ports, config, null);
  const results = resultsOf(given, outcome, run?.state ?? null);
  const overtaken =
    outcome.kind === "recorded"
      ? results.flatMap(({ proposal }) => (proposal?.status === "superseded" ? proposal : []))
      : [];
  show(desk, given, outcome, results, options);
  if (options.json !== true)
    for (const { change } of overtaken)
      if (results.every(({ intent }) => intent?.change.id !== change.id))
        print(`${change.id} is superseded: a limit or the time forbids it now; see: npm run palier -- log`);
  for (const { error } of run?.failed ?? []) throw error;
  if (outcome.kind === "unknown" || outcome.kind === "refused" || overtaken.length > 0) return "refused";
  const made = results.every(
    ({ intent }) => intent === null || intent.status === "confirmed" || intent.status === "sent",
  );
  return made ? "ok" : "refused";
}

/** What a deployment does after this command, which itself asks no platform for anything. */
function leftWords(desk: OpenDesk, proposal: Proposal | null): string {
  if (proposal?.status !== "approved")
    return `Recorded${placeWords(desk)}; the deployment goes on from there within about a minute.`;
  return (
    `Recorded${placeWords(desk)}. The change is made by the deployment within about a minute, not by this command; see: ` +
    typedFor(desk, "status")
  );
}

function show(
  desk: OpenDesk,
  given: Answer,
  outcome: AnswerOutcome,
  results: readonly Result[],
  options: AnswerOptions,
): void {
  if (options.json === true) {
    const fresh = outcome.kind === "refused" ? outcome.fresh : null;
    const told = results.map(({ proposal, intent }) => ({
      proposal: proposal && proposalWithLink(proposal),
      intent,
    }));
    print(
      canonicalJson({
        outcome: outcome.kind,
        message: tellOutcome(given, outcome),
        ...(given.kind === "approveSafe" ? { changes: told } : (told[0] ?? { proposal: null, intent: null })),
        fresh: fresh && proposalWithLink(fresh),
      }),
    );
    return;
  }
  for (const line of linesOf(desk, given, outcome)) print(line);
  for (const { intent } of results)
    if (intent !== null) print(renderIntentOutcome(intent, brandPage(desk, options)));
}

/**
 * Judged here by the brand file as it is now: people and limits of an hour ago decide nothing. A deployment judges by what is
 * published there, and its row is rewritten, by which the next tick wakes who acts on the answer.
 */
export async function putToDesk(desk: OpenDesk, given: Answer, by: string): Promise<AnswerOutcome> {
  const { at, ports, config } = desk;
  if (at.kind === "here") await changeDesk(at.workspace.ports, at.workspace.config);
  const outcome = await answerDesk(ports, config.brand.id, atTerminal(by), given);
  if (at.kind === "stage" && isDecided(outcome)) await tellTick(desk, outcome.state);
  return outcome;
}

/** Why this person may not say that at all; null when they may. */
export async function refusalAt(
  { at, ports, config }: OpenDesk,
  given: Answer,
  by: string,
): Promise<Message | null> {
  if (at.kind === "here") await changeDesk(at.workspace.ports, at.workspace.config);
  const refusal = await checkAnswer(ports, config.brand.id, atTerminal(by), given);
  return refusal?.kind === "refused" ? refusal.reason : null;
}

/** The answer stands whatever happens here, so whoever gave it must not be told that it failed. */
async function tellTick({ store, ports: { clock } }: OpenDesk, state: BrandState): Promise<void> {
  try {
    await rewriteRow({ store, clock }, state);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const words =
      "The answer is recorded; the deployment finds it at the next full hour, for its row was not rewritten";
    process.stderr.write(`${words}: ${plainText(error.message)}\n`);
  }
}

export function readerOf({ config: { brand } }: Pick<OpenDesk, "config">): Reader {
  return { language: brand.language, currency: brand.currency, zone: brand.zone };
}

function linesOf(desk: OpenDesk, given: Answer, outcome: AnswerOutcome): string[] {
  const reader = readerOf(desk);
  const told = say(tellOutcome(given, outcome), reader);
  if (outcome.kind === "recorded") {
    const left = outcome.left.map(({ proposal, reason }) => `${proposal.change.id}: ${say(reason, reader)}`);
    return [told, ...outcome.notes.map((note) => say(note, reader)), ...left];
  }
  if (outcome.kind === "unknown") return [told, `See: ${typedFor(desk, "proposals --all")}`];
  if (outcome.kind === "refused" && outcome.reason.key === "answer.notOnDesk") return [told, byWords(desk)];
  const fresh = outcome.kind === "refused" ? outcome.fresh : null;
  return fresh === null ? [told] : [told, `Open now: ${plainText(fresh.change.id)}`];
}

/** The machine's own name is the default, and seldom one of the brand's. */
function byWords({ config: { brand } }: OpenDesk): string {
  const names = brand.people.filter(({ role }) => roleAtLeast(role, "approver")).map(({ name }) => name);
  return `Say who decides with --by: ${plainText(names.join(", "))}`;
}

function atTerminal(by: string): Asker {
  return { via: "terminal", id: by, clickId: null, outside: null };
}

/** Of the proposals that the answer was about, or that it made, in `state`; nothing where none was looked at after it. */
function resultsOf(given: Answer, outcome: AnswerOutcome, state: BrandState | null): Result[] {
  const made = "proposals" in outcome ? outcome.proposals.map(({ change }) => change.id) : [];
  const asked = "changeId" in given && given.kind !== "restore" ? [given.changeId] : [];
  const ids = given.kind === "approveSafe" ? made : [...made, ...asked].slice(0, 1);
  if (state === null) return [];
  return ids.map((id) => {
    const proposal = state.proposals[id] ?? null;
    return { proposal, intent: proposal === null ? null : (state.intents[id] ?? null) };
  });
}
