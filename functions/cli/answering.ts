/** What the commands share that tell the desk something: who says it, the one path of all answers, and what is printed. */
import type { Command } from "commander";
import { canonicalJson } from "../../lib/domain/canonical.ts";
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
  const result = resultOf(given, outcome, outcome.state);
  show(desk, given, outcome, result, options);
  if (!isDecided(outcome)) return "refused";
  if (options.json !== true && result.intent === null) print(leftWords(desk, result.proposal));
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
  const result = resultOf(given, outcome, run?.state ?? null);
  const { proposal, intent } = result;
  const overtaken = outcome.kind === "recorded" && proposal?.status === "superseded";
  show(desk, given, outcome, result, options);
  if (options.json !== true && intent === null && overtaken)
    print(
      `${proposal.change.id} is superseded: a limit or the time forbids it now; see: npm run palier -- log`,
    );
  for (const { error } of run?.failed ?? []) throw error;
  if (outcome.kind === "unknown" || outcome.kind === "refused" || overtaken) return "refused";
  return intent === null || intent.status === "confirmed" || intent.status === "sent" ? "ok" : "refused";
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
  { proposal, intent }: Result,
  options: AnswerOptions,
): void {
  if (options.json === true) {
    const fresh = outcome.kind === "refused" ? outcome.fresh : null;
    print(
      canonicalJson({
        outcome: outcome.kind,
        message: tellOutcome(given, outcome),
        proposal: proposal && proposalWithLink(proposal),
        fresh: fresh && proposalWithLink(fresh),
        intent,
      }),
    );
    return;
  }
  for (const line of linesOf(desk, given, outcome)) print(line);
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
  const fresh = outcome.kind === "refused" ? outcome.fresh : null;
  return fresh === null ? [told] : [told, `Open now: ${plainText(fresh.change.id)}`];
}

function atTerminal(by: string): Asker {
  return { via: "terminal", id: by, clickId: null, outside: null };
}

/** Of the proposal that the answer was about, or that it made, in `state`; null: nothing was looked at after it. */
function resultOf(given: Answer, outcome: AnswerOutcome, state: BrandState | null): Result {
  const made = "proposals" in outcome ? outcome.proposals[0]?.change.id : undefined;
  const asked = "changeId" in given && given.kind !== "restore" ? given.changeId : undefined;
  const id = made ?? asked;
  if (id === undefined || state === null) return { proposal: null, intent: null };
  const proposal = state.proposals[id] ?? null;
  return { proposal, intent: proposal === null ? null : (state.intents[id] ?? null) };
}
