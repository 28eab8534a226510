/** What somebody is told when they answered: the desk's sentence, and the changes that it is about. */
import type { Message } from "../domain/figure.ts";
import type { Proposal } from "../domain/state.ts";
import type { Reader } from "../words/reader.ts";
import { phrase, say } from "../words/say.ts";
import { type Rendered, section } from "./blocks.ts";
import { changeWords } from "./change-words.ts";
import { safe } from "./mrkdwn.ts";

const MOST_SENTENCE = 600;
const MOST_CHANGES = 10;

/** What the desk made of an answer; its outcomes fit this shape as they are. */
export type Answered =
  | {
      kind: "recorded";
      proposals: readonly Proposal[];
      left: readonly { proposal: Proposal; reason: Message }[];
      notes: readonly Message[];
    }
  | { kind: "stood" | "unknown" }
  | { kind: "refused"; fresh: Proposal | null };

/** `told` is the outcome in one sentence. What took the place of a change that was overtaken is offered. */
export function answerReply(told: Message, outcome: Answered, reader: Reader): Rendered {
  const sentence = safe(say(told, reader), MOST_SENTENCE);
  if (outcome.kind === "recorded") return reply([sentence, ...recordedLines(outcome, reader)]);
  if (outcome.kind !== "refused" || outcome.fresh === null) return reply([sentence]);
  const change = changeWords(outcome.fresh.change, reader);
  return reply([sentence, phrase("slack.reply.fresh", reader, { change })]);
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
  { proposals, left, notes }: Answered & { kind: "recorded" },
  reader: Reader,
): string[] {
  return [
    ...proposals.slice(0, MOST_CHANGES).map(({ change }) => changeWords(change, reader)),
    ...left.slice(0, MOST_CHANGES).map(({ proposal, reason }) =>
      phrase("slack.reply.left", reader, {
        change: changeWords(proposal.change, reader),
        reason: safe(say(reason, reader), MOST_SENTENCE),
      }),
    ),
    ...notes.map((note) => safe(say(note, reader), MOST_SENTENCE)),
  ];
}

function reply(lines: readonly string[]): Rendered {
  return { text: lines.join("\n"), blocks: section(lines) };
}
