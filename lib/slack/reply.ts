/** What whoever clicked is told: what became of the answer, and who was first where it came too late. */
import type { Message } from "../domain/figure.ts";
import type { Proposal } from "../domain/state.ts";
import { formatInstant } from "../words/format.ts";
import { plainText } from "../words/plain-text.ts";
import type { Reader } from "../words/reader.ts";
import { phrase, say } from "../words/say.ts";
import type { Click } from "./click.ts";

/** Longest text of an id that is shown: what no brand is named by may be anything. */
const MAX_SHOWN_CHARACTERS = 80;

/** What `lib/loop` says of an answer. */
export type Answered =
  | { kind: "recorded" | "stood"; proposal: Proposal }
  | { kind: "refused"; proposal: Proposal; stop: Message | null }
  | { kind: "unknown" };

/** How the log names a person of Slack. */
export function slackPerson(userId: string): string {
  return `slack:${userId}`;
}

export function answerText(
  { changeId, verdict }: Pick<Click, "changeId" | "verdict">,
  outcome: Answered,
  reader: Reader,
): string {
  const id = shown(changeId);
  if (outcome.kind === "unknown") return phrase("slack.unknown", reader, { id });
  if (outcome.kind === "recorded") return phrase(`slack.${verdict}`, reader, { id });
  const { proposal } = outcome;
  if (outcome.kind === "refused" && outcome.stop !== null) {
    return phrase("slack.stopped", reader, { id, reason: escaped(say(outcome.stop, reader)) });
  }
  const { status, decidedBy, decidedAtMs, expiresAtMs } = proposal;
  switch (status) {
    case "approved":
    case "rejected": {
      const at = formatInstant(decidedAtMs ?? expiresAtMs, reader);
      return phrase(`slack.${status}Already`, reader, { id, by: person(decidedBy ?? ""), at });
    }
    case "expired":
      return phrase("slack.expired", reader, { id, at: formatInstant(expiresAtMs, reader) });
    default:
      return phrase("slack.superseded", reader, { id });
  }
}

export function notAllowedText(reader: Reader): string {
  return phrase("slack.notAllowed", reader);
}

export function notRecordedText({ changeId }: Pick<Click, "changeId">, reader: Reader): string {
  return phrase("slack.notRecorded", reader, { id: shown(changeId) });
}

/** A message that only whoever clicked sees, and that leaves the proposal's own message alone. */
export function ephemeral(text: string) {
  return { response_type: "ephemeral", replace_original: false, text };
}

/** Slack shows the name of whom a mention names; people of the command line are told as they were written. */
function person(by: string): string {
  const userId = /^slack:([UW][A-Z0-9]+)$/.exec(by)?.[1];
  return userId === undefined ? shown(by) : `<@${userId}>`;
}

function shown(text: string): string {
  return escaped(plainText(text).slice(0, MAX_SHOWN_CHARACTERS));
}

/** Slack reads mentions and links between angle brackets. Source: Slack, formatting text, escaping. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
