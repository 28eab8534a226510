import type { Command } from "commander";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import type { Proposal } from "../../lib/domain/state.ts";
import type { Answer } from "../../lib/loop/answers/types.ts";
import { newestPlanned } from "../../lib/loop/desk/night-view.ts";
import { renderProposals } from "../../lib/report/proposals.ts";
import { parseAmount } from "../../lib/words/amount.ts";
import { say } from "../../lib/words/say.ts";
import { type AnswerOptions, answer, readerOf, withPerson } from "./answering.ts";
import { type DeskOptions, type OpenDesk, onDesk, withDesk } from "./desk.ts";
import { UsageError } from "./errors.ts";
import { proposalWithLink } from "./links.ts";
import { type CommandText, command, runCommand } from "./program.ts";
import { brandPage, print } from "./session.ts";

interface ProposalsOptions extends DeskOptions {
  all?: boolean;
}

interface ApproveOptions extends AnswerOptions {
  safe?: boolean;
}

interface EditOptions extends AnswerOptions {
  percent?: string;
}

export function proposalsCommand(): Command {
  return withDesk(
    command("proposals", {
      summary: "changes that wait for a person",
      examples: ["palier proposals", "palier proposals --all", "palier proposals --json"],
      json: true,
    }),
  )
    .option("--all", "also those answered, expired or superseded in the last weeks")
    .action(
      runCommand<ProposalsOptions>(async (_args, options) =>
        onDesk(options, async (desk) => {
          const state = await desk.ports.log.state(desk.config.brand.id);
          const nowMs = await desk.ports.clock.nowMs();
          const all = Object.values(state.proposals).map((proposal) => asOf(proposal, nowMs));
          const shown = options.all === true ? all : all.filter(({ status }) => status === "open");
          print(
            options.json === true
              ? canonicalJson(shown.map(proposalWithLink))
              : renderProposals(shown, brandPage(desk, options)),
          );
          return "ok";
        }),
      ),
    );
}

/** A proposal past its time is expired, whether or not a round has written so already. */
export function asOf(proposal: Proposal, nowMs: number): Proposal {
  return proposal.status === "open" && nowMs >= proposal.expiresAtMs
    ? { ...proposal, status: "expired" }
    : proposal;
}

export function approveCommand(): Command {
  return answering("approve [id]", {
    summary: "approve one proposal, or all safe ones, and apply each once",
    details:
      "Records the approval, checks every limit again, reads the budget live, makes the change with one request and reads it " +
      "back. Approving twice changes nothing the second time. A raise above the brand's limit for one person waits for a second. " +
      "Safe is what only the mode keeps from being applied without asking. With --stage it records the approval, and the " +
      "deployment does the rest.",
    examples: [
      "palier approve atelier-lune-20260311-1 --by lea",
      "palier approve --safe --by lea",
      "palier approve maison-sel-20260311-1 --by lea --stage prod",
    ],
  })
    .option("--safe", "every safe change of the newest night that still waits")
    .action(
      runCommand<ApproveOptions>(async ([changeId], options) => {
        if ((changeId === undefined) === (options.safe !== true))
          throw new UsageError("give the id of one proposal, or --safe for all safe ones, and not both");
        return await onDesk(options, async (desk) => answer(desk, await approval(desk, changeId), options));
      }),
    );
}

/** Of one proposal, or of the newest night's safe ones. @throws UsageError where no night has been planned. */
async function approval(desk: OpenDesk, changeId: string | undefined): Promise<Answer> {
  if (changeId !== undefined) return { kind: "approve", changeId, digest: null };
  const night = newestPlanned(await desk.ports.log.state(desk.config.brand.id));
  if (night === null) throw new UsageError("no night has been planned, so nothing waits");
  return { kind: "approveSafe", roundId: night.roundId };
}

export function rejectCommand(): Command {
  return answering("reject <id>", {
    summary: "reject one proposal",
    examples: ['palier reject atelier-lune-20260311-1 --reason "stock is low"'],
  })
    .option("--reason <text>", "why, for the log")
    .action(
      runCommand<AnswerOptions>(async ([changeId = ""], options) =>
        onDesk(options, async (desk) => {
          const { reason = null } = options;
          return await answer(desk, { kind: "reject", changeId, digest: null, reason }, options);
        }),
      ),
    );
}

export function editCommand(): Command {
  return answering("edit <id> [amount]", {
    summary: "propose another amount instead; it waits for a yes of its own",
    details:
      "Makes a new version of one proposal, within what every guardrail lets pass. The old version is over. Give the new daily " +
      "budget, or a change in percent of what it is now.",
    examples: [
      "palier edit atelier-lune-20260311-1 24.50",
      "palier edit atelier-lune-20260311-1 --percent +10",
    ],
  })
    .option("--percent <change>", "such as +10 or -5, of the budget as it is now")
    .action(
      runCommand<EditOptions>(async ([changeId = "", amount], options) =>
        onDesk(options, async (desk) => {
          const toMicros = await typedAmount(desk, changeId, amount, options);
          return await answer(desk, { kind: "edit", changeId, digest: null, toMicros }, options);
        }),
      ),
    );
}

export function restoreCommand(): Command {
  return answering("restore <id>", {
    summary: "take an applied change back: the old value, in one step",
    details:
      "Puts the old value back through the same limits, and keeps the rule off that budget for a while. What was spent stays spent.",
    examples: ["palier restore atelier-lune-20260311-1"],
  }).action(
    runCommand<AnswerOptions>(async ([changeId = ""], options) =>
      onDesk(options, async (desk) => answer(desk, { kind: "restore", changeId }, options)),
    ),
  );
}

function answering(signature: string, text: CommandText): Command {
  return withPerson(withDesk(command(signature, { ...text, json: true })));
}

/** @throws UsageError for what is no amount, naming how to write one. */
async function typedAmount(
  desk: OpenDesk,
  changeId: string,
  amount: string | undefined,
  { percent }: EditOptions,
): Promise<bigint> {
  if ((amount === undefined) === (percent === undefined))
    throw new UsageError("give the new amount, or --percent with the change, and not both");
  const { brand } = desk.config;
  const edit = (await desk.ports.log.state(brand.id)).proposals[changeId]?.change.edit;
  // Of what is unknown or has no amount the desk itself says so.
  const fromMicros = edit?.kind === "dailyBudget" ? edit.fromMicros : 0n;
  const { currency, language } = brand;
  const parsed = parseAmount(amount ?? `${percent}%`, { currency, language, fromMicros });
  if (!parsed.ok) throw new UsageError(say(parsed.reason, readerOf(desk)));
  return parsed.toMicros;
}
