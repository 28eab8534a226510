import type { Command } from "commander";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import type { Proposal } from "../../lib/domain/state.ts";
import { type Answer, answerProposal } from "../../lib/loop/decisions.ts";
import { runBrand } from "../../lib/loop/run.ts";
import { renderIntentOutcome } from "../../lib/report/outcome.ts";
import { renderProposals } from "../../lib/report/proposals.ts";
import type { Workspace } from "../../lib/runtime/workspace.ts";
import { formatInstant } from "../../lib/words/format.ts";
import { say } from "../../lib/words/say.ts";
import { proposalWithLink } from "./links.ts";
import { command, type Outcome, runCommand } from "./program.ts";
import { type BrandOptions, brandPage, onBrand, personHere, print, withBrand } from "./session.ts";

interface ProposalsOptions extends BrandOptions {
  all?: boolean;
}

interface AnswerOptions extends BrandOptions {
  by: string;
  reason?: string;
}

export function proposalsCommand(): Command {
  return withBrand(
    command("proposals", {
      summary: "changes that wait for a person",
      examples: ["palier proposals", "palier proposals --all", "palier proposals --json"],
      json: true,
    }),
  )
    .option("--all", "also those answered, expired or superseded in the last weeks")
    .action(
      runCommand<ProposalsOptions>(async (_args, options) =>
        onBrand(options, async (workspace) => {
          const state = await workspace.ports.log.state(workspace.config.brand.id);
          const nowMs = await workspace.ports.clock.nowMs();
          const all = Object.values(state.proposals).map((proposal) => asOf(proposal, nowMs));
          const shown = options.all === true ? all : all.filter(({ status }) => status === "open");
          print(
            options.json === true
              ? canonicalJson(shown.map(proposalWithLink))
              : renderProposals(shown, brandPage(workspace, options)),
          );
          return "ok";
        }),
      ),
    );
}

/** A proposal past its time is expired, whether or not a round has written so already. */
function asOf(proposal: Proposal, nowMs: number): Proposal {
  return proposal.status === "open" && nowMs >= proposal.expiresAtMs
    ? { ...proposal, status: "expired" }
    : proposal;
}

export function approveCommand(): Command {
  return answering("approve", {
    summary: "approve one proposal and apply it, once",
    details:
      "Records the approval, checks every limit again, reads the budget live, makes the change with one request and reads it " +
      "back. Approving twice changes nothing the second time.",
    examples: ["palier approve atelier-lune-20260311-1", "palier approve atelier-lune-20260311-1 --by lea"],
  });
}

export function rejectCommand(): Command {
  return answering("reject", {
    summary: "reject one proposal",
    examples: ['palier reject atelier-lune-20260311-1 --reason "stock is low"'],
  }).option("--reason <text>", "why, for the log");
}

function answering(
  verb: "approve" | "reject",
  text: { summary: string; details?: string; examples: readonly string[] },
): Command {
  return withBrand(command(`${verb} <id>`, { ...text, json: true }))
    .option("--by <person>", "who decides, as the log will name them", personHere())
    .action(
      runCommand<AnswerOptions>(async ([changeId = ""], options) =>
        onBrand(options, async (workspace) => {
          const verdict = verb === "approve" ? "approved" : "rejected";
          return await answer(
            workspace,
            { changeId, verdict, by: options.by, reason: options.reason ?? null },
            options,
          );
        }),
      ),
    );
}

async function answer(workspace: Workspace, given: Answer, options: AnswerOptions): Promise<Outcome> {
  const { ports, config } = workspace;
  const page = brandPage(workspace, options);
  const reader = { language: page.language, currency: page.currency, zone: page.zone };
  const outcome = await answerProposal(ports, config.brand.id, given);
  const run = outcome.kind === "unknown" ? null : await runBrand(ports, config, null);
  const intent = run?.state.intents[given.changeId] ?? null;
  const proposal = run?.state.proposals[given.changeId] ?? null;
  if (options.json === true)
    print(canonicalJson({ outcome: outcome.kind, proposal: proposal && proposalWithLink(proposal), intent }));
  else if (outcome.kind === "unknown")
    print(`There is no proposal ${given.changeId}; see: npm run palier -- proposals --all`);
  else {
    const { status, decidedBy, decidedAtMs, expiresAtMs } = outcome.proposal;
    const stop = outcome.kind === "refused" ? outcome.stop : null;
    if (outcome.kind === "recorded") print(`${given.changeId} is ${given.verdict} by ${given.by}.`);
    else if (stop !== null) print(`${given.changeId} is not approved: ${say(stop, reader)}`);
    else if (status === "expired")
      print(`${given.changeId} expired at ${formatInstant(expiresAtMs, reader)}; silence is rejection.`);
    else if (decidedAtMs === null) print(`${given.changeId} is ${status}; nothing was changed.`);
    else
      print(
        `${given.changeId} was ${status} already by ${decidedBy} at ${formatInstant(decidedAtMs, reader)}; nothing was changed by this answer.`,
      );
    if (intent !== null) print(renderIntentOutcome(intent, page));
    else if (given.verdict === "approved" && proposal?.status === "superseded")
      print(
        `${given.changeId} is superseded: a limit or the time forbids it now; see: npm run palier -- log`,
      );
  }
  for (const { error } of run?.failed ?? []) throw error;
  if (outcome.kind === "unknown" || outcome.kind === "refused") return "refused";
  const applied = intent === null || intent.status === "confirmed" || intent.status === "sent";
  const dropped = given.verdict === "approved" && proposal?.status === "superseded";
  return applied && !dropped ? "ok" : "refused";
}
