/** What the commands share that tell the desk something: who says it, the one path of all answers, and what is printed. */
import type { Command } from "commander";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import type { Message } from "../../lib/domain/figure.ts";
import type { Proposal } from "../../lib/domain/state.ts";
import { answerDesk, checkAnswer } from "../../lib/loop/answers/desk.ts";
import { tellOutcome } from "../../lib/loop/answers/tell.ts";
import type { Answer, AnswerOutcome, Asker } from "../../lib/loop/answers/types.ts";
import { changeDesk } from "../../lib/loop/desk/record.ts";
import { type RunResult, runBrand } from "../../lib/loop/run.ts";
import { renderIntentOutcome } from "../../lib/report/outcome.ts";
import type { Workspace } from "../../lib/runtime/workspace.ts";
import { plainText } from "../../lib/words/plain-text.ts";
import type { Reader } from "../../lib/words/reader.ts";
import { say } from "../../lib/words/say.ts";
import { proposalWithLink } from "./links.ts";
import type { Outcome } from "./program.ts";
import { type BrandOptions, brandPage, personHere, print } from "./session.ts";

export interface AnswerOptions extends BrandOptions {
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

/** Says it to the desk, does what is due after it, and prints what became of it. */
export async function answer(workspace: Workspace, given: Answer, options: AnswerOptions): Promise<Outcome> {
  const { ports, config } = workspace;
  const outcome = await answerHere(workspace, given, options.by);
  const run = outcome.kind === "unknown" ? null : await runBrand(ports, config, null);
  const proposal = proposalAfter(given, outcome, run);
  const intent = proposal === null ? null : (run?.state.intents[proposal.change.id] ?? null);
  const overtaken = outcome.kind === "recorded" && proposal?.status === "superseded";
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
  } else {
    for (const line of linesOf(given, outcome, readerOf(workspace))) print(line);
    if (intent !== null) print(renderIntentOutcome(intent, brandPage(workspace, options)));
    else if (overtaken)
      print(
        `${proposal.change.id} is superseded: a limit or the time forbids it now; see: npm run palier -- log`,
      );
  }
  for (const { error } of run?.failed ?? []) throw error;
  if (outcome.kind === "unknown" || outcome.kind === "refused" || overtaken) return "refused";
  return intent === null || intent.status === "confirmed" || intent.status === "sent" ? "ok" : "refused";
}

/** The answer by the brand file as it is now: people and limits of an hour ago decide nothing. */
export async function answerHere(
  { ports, config }: Workspace,
  given: Answer,
  by: string,
): Promise<AnswerOutcome> {
  await changeDesk(ports, config);
  return await answerDesk(ports, config.brand.id, atTerminal(by), given);
}

/** Why this person may not say that at all; null when they may. */
export async function refusalHere(
  { ports, config }: Workspace,
  given: Answer,
  by: string,
): Promise<Message | null> {
  await changeDesk(ports, config);
  const refusal = await checkAnswer(ports, config.brand.id, atTerminal(by), given);
  return refusal?.kind === "refused" ? refusal.reason : null;
}

export function readerOf({ config: { brand } }: Workspace): Reader {
  return { language: brand.language, currency: brand.currency, zone: brand.zone };
}

function linesOf(given: Answer, outcome: AnswerOutcome, reader: Reader): string[] {
  const told = say(tellOutcome(given, outcome), reader);
  if (outcome.kind === "recorded") {
    const left = outcome.left.map(({ proposal, reason }) => `${proposal.change.id}: ${say(reason, reader)}`);
    return [told, ...outcome.notes.map((note) => say(note, reader)), ...left];
  }
  if (outcome.kind === "unknown") return [told, "See: npm run palier -- proposals --all"];
  const fresh = outcome.kind === "refused" ? outcome.fresh : null;
  return fresh === null ? [told] : [told, `Open now: ${plainText(fresh.change.id)}`];
}

function atTerminal(by: string): Asker {
  return { via: "terminal", id: by, clickId: null, outside: null };
}

/** The proposal that the answer was about, or that it made, as it stands after the run. */
function proposalAfter(given: Answer, outcome: AnswerOutcome, run: RunResult | null): Proposal | null {
  const made = "proposals" in outcome ? outcome.proposals[0]?.change.id : undefined;
  const asked = "changeId" in given && given.kind !== "restore" ? given.changeId : undefined;
  const id = made ?? asked;
  return id === undefined ? null : (run?.state.proposals[id] ?? null);
}
