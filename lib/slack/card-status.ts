/** What became of a change: what the log says of its proposal, its sending and its taking back. */
import type { Card } from "../domain/content.ts";
import type { HeldOff, Intent, Proposal } from "../domain/state.ts";
import { formatDay, formatInstant, formatMoney } from "../words/format.ts";
import { phrase, say } from "../words/say.ts";
import { ACTIONS, changeValue } from "./actions.ts";
import type { Button } from "./blocks.ts";
import { answerButtons, because, button } from "./change-words.ts";
import { bold, mention, safe } from "./mrkdwn.ts";
import type { DeskView } from "./options.ts";

/** `most` characters of what a person wrote, and of what a platform answered. */
export function statusLines(
  { change, proposal, intent, restore, heldOff }: Card,
  view: DeskView,
  most: number,
): string[] {
  const { reader } = view;
  return [
    ...(proposal === null ? [phrase("card.auto", reader)] : proposalLines(proposal, change.edit, view, most)),
    ...(heldOff === null ? [] : [heldOffWords(heldOff, view, most)]),
    ...(intent === null ? [] : [intentWords(intent, view, most)]),
    ...(restore === null ? [] : restoreLines(restore, view, most)),
  ];
}

/** What can be done about it now; nothing once it is decided, but to take it back. */
export function cardButtons(
  { change, proposal, intent, restorable, heldOff }: Card,
  { reader }: DeskView,
): Button[] {
  if (proposal?.status === "open") {
    const answers = answerButtons(proposal, change.editRange !== null, reader);
    return heldOff === null ? answers : answers.filter(({ action_id }) => action_id === ACTIONS.reject);
  }
  if (!restorable || intent === null) return [];
  const { edit } = intent.change;
  const text =
    edit.kind === "dailyBudget"
      ? phrase("slack.button.restore", reader, { from: formatMoney(edit.fromMicros, reader) })
      : phrase("slack.button.restoreStatus", reader);
  return [button(ACTIONS.restore, text, changeValue(intent.change))];
}

function proposalLines(
  proposal: Proposal,
  planned: Proposal["change"]["edit"],
  view: DeskView,
  most: number,
): string[] {
  const { reader, people } = view;
  const { status, expiresAtMs, decidedBy, decidedAtMs, madeBy, change } = proposal;
  const version =
    madeBy === null || change.edit.kind !== "dailyBudget" || planned.kind !== "dailyBudget"
      ? []
      : [
          phrase("card.version", reader, {
            by: mention(madeBy, people),
            to: formatMoney(change.edit.toMicros, reader),
            proposed: formatMoney(planned.toMicros, reader),
          }),
        ];
  const decided = {
    by: mention(decidedBy ?? "?", people),
    at: formatInstant(decidedAtMs ?? expiresAtMs, reader),
  };
  switch (status) {
    case "open":
      return [
        ...version,
        ...firstYesLines(proposal, view),
        phrase("card.until", reader, { until: formatInstant(expiresAtMs, reader) }),
      ];
    case "approved":
      return [...version, `:white_check_mark: ${phrase("card.approved", reader, decided)}`];
    case "rejected":
      return [
        ...version,
        `:x: ${because(phrase("card.rejected", reader, decided), proposal.reason, reader, most)}`,
      ];
    case "expired":
      return [`:hourglass: ${phrase("card.expired", reader, { at: formatInstant(expiresAtMs, reader) })}`];
    // A version that a newer one took the place of is no card's own.
    case "edited":
    case "superseded":
      return [phrase("card.superseded", reader)];
  }
}

/** The first of two: whoever sees it knows that theirs is what it waits for. */
export function firstYesLines({ approvals }: Proposal, { reader, people }: DeskView): string[] {
  return approvals.map(({ by, atMs }) => {
    const yes = { by: mention(by, people), at: formatInstant(atMs, reader) };
    return `:ballot_box_with_check: ${phrase("card.firstYes", reader, yes)}`;
  });
}

function intentWords(
  { status, reason, settledAtMs, intendedAtMs }: Intent,
  { reader }: DeskView,
  most: number,
): string {
  const why = reason === null ? phrase("outcome.noReason", reader) : safe(say(reason, reader), most);
  const at = formatInstant(settledAtMs ?? intendedAtMs, reader);
  const words = phrase(`card.intent.${status}`, reader, { reason: why, at });
  if (status === "diverged") return `:rotating_light: ${bold(words)}`;
  return status === "notApplied" || status === "superseded" ? `:warning: ${words}` : words;
}

function heldOffWords({ by, until, reason }: HeldOff, { reader, people }: DeskView, most: number): string {
  const kept = { by: mention(by, people), until: formatDay(until, reader) };
  return `:raised_hand: ${because(phrase("card.heldOff", reader, kept), reason, reader, most)}`;
}

function restoreLines(
  { proposal, intent }: NonNullable<Card["restore"]>,
  view: DeskView,
  most: number,
): string[] {
  const { reader, people } = view;
  const by = mention(proposal.decidedBy ?? "?", people);
  const at = formatInstant(proposal.decidedAtMs ?? proposal.expiresAtMs, reader);
  return [
    `:leftwards_arrow_with_hook: ${phrase("card.restore", reader, { by, at })}`,
    ...(intent === null ? [] : [intentWords(intent, view, most)]),
  ];
}
