/** What somebody is told when they answered: what became of it, and who was first where it came too late. */
import type { Message } from "../domain/figure.ts";
import type { Proposal } from "../domain/state.ts";
import { formatInstant } from "../words/format.ts";
import type { Reader } from "../words/reader.ts";
import { phrase, say } from "../words/say.ts";
import { type Rendered, section } from "./blocks.ts";
import { changeWords } from "./change-words.ts";
import { mention, safe } from "./mrkdwn.ts";
import type { DeskView } from "./options.ts";

/** Longest text of an id that is shown: what nothing is named by may be anything. */
const MOST_ID = 80;
const MOST_LEFT = 10;

/** What was said, by its name among the answers. */
export type Said =
  | "approve"
  | "approveSafe"
  | "reject"
  | "edit"
  | "restore"
  | "handsOff"
  | "liftHandsOff"
  | "takeAlert"
  | "stop"
  | "resume"
  | "ask";

/** What the desk made of it; its outcomes fit this shape as they are. */
export type Answered =
  | {
      kind: "recorded";
      proposals: readonly Proposal[];
      needsSecond: boolean;
      left: readonly { proposal: Proposal; reason: Message }[];
      notes: readonly Message[];
    }
  | { kind: "stood"; proposals: readonly Proposal[] }
  | { kind: "refused"; reason: Message; proposal: Proposal | null; fresh: Proposal | null }
  | { kind: "unknown" };

/** `subject` is the id that the answer was about, for whom nothing has it. */
export function answerReply(said: Said, subject: string, outcome: Answered, view: DeskView): Rendered {
  const { reader } = view;
  switch (outcome.kind) {
    case "unknown":
      return reply([phrase("slack.reply.unknown", reader, { id: safe(subject, MOST_ID) })]);
    case "refused":
      return reply([
        phrase("slack.reply.refused", reader, { reason: safe(say(outcome.reason, reader)) }),
        ...(outcome.fresh === null ? [] : [freshWords(outcome.fresh, reader)]),
      ]);
    case "stood":
      return reply(stoodLines(outcome.proposals, view));
    case "recorded":
      return reply([
        ...recordedLines(said, outcome.proposals, outcome.needsSecond, reader),
        ...outcome.left.slice(0, MOST_LEFT).map(({ proposal, reason }) =>
          phrase("slack.reply.left", reader, {
            change: changeWords(proposal.change, reader),
            reason: safe(say(reason, reader)),
          }),
        ),
        ...outcome.notes.map((note) => safe(say(note, reader))),
      ]);
  }
}

/** For whom no desk knows. */
export function notAllowedReply(reader: Reader): Rendered {
  return reply([phrase("slack.reply.notAllowed", reader)]);
}

export function notRecordedReply(reader: Reader): Rendered {
  return reply([phrase("slack.reply.notRecorded", reader)]);
}

/** What can be typed after the command. */
export function helpReply(reader: Reader): Rendered {
  return reply([phrase("slack.help", reader)]);
}

/** A message that only whoever answered sees, and that leaves the message that was clicked on alone. */
export function ephemeral({ text, blocks }: Rendered) {
  return { response_type: "ephemeral" as const, replace_original: false, text, blocks };
}

function recordedLines(
  said: Said,
  proposals: readonly Proposal[],
  needsSecond: boolean,
  reader: Reader,
): string[] {
  const [proposal] = proposals;
  const change = proposal === undefined ? "" : changeWords(proposal.change, reader);
  if (said === "approveSafe") {
    const count = { value: proposals.length, unit: "count" } as const;
    return proposals.length === 0
      ? [phrase("slack.reply.approveSafe.none", reader)]
      : [phrase("slack.reply.approveSafe", reader, { count })];
  }
  if (said === "approve" && needsSecond) return [phrase("slack.reply.needsSecond", reader, { change })];
  return [phrase(`slack.reply.${said}`, reader, { change })];
}

/** The same was said before: by whom, where one proposal tells it. */
function stoodLines([proposal, ...others]: readonly Proposal[], { reader, people }: DeskView): string[] {
  const by = proposal?.decidedBy ?? null;
  if (proposal === undefined || by === null || others.length > 0)
    return [phrase("slack.reply.stood", reader)];
  return [
    phrase("slack.reply.stoodBy", reader, {
      change: changeWords(proposal.change, reader),
      status: phrase(`proposal.${proposal.status}`, reader),
      by: mention(by, people),
      at: formatInstant(proposal.decidedAtMs ?? proposal.expiresAtMs, reader),
    }),
  ];
}

function freshWords({ change }: Proposal, reader: Reader): string {
  return phrase("slack.reply.fresh", reader, { change: changeWords(change, reader) });
}

function reply(lines: readonly string[]): Rendered {
  return { text: lines.join("\n"), blocks: section(lines) };
}
