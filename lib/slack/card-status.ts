/** What became of a change: what the log says of its proposal, its sending and its taking back. */
import type { Card } from "../domain/content.ts";
import type { Intent, Proposal } from "../domain/state.ts";
import { formatInstant, formatMoney } from "../words/format.ts";
import { phrase, say } from "../words/say.ts";
import { ACTIONS, changeValue } from "./actions.ts";
import type { Button } from "./blocks.ts";
import { answerButtons, because, button } from "./change-words.ts";
import { bold, mention, safe } from "./mrkdwn.ts";
import type { DeskView } from "./options.ts";

/** `most` characters of what a person wrote, and of what a platform answered. */
export function statusLines(
  { change, proposal, intent, restore }: Card,
  view: DeskView,
  most: number,
): string[] {
  const { reader } = view;
  return [
    ...(proposal === null ? [phrase("card.auto", reader)] : proposalLines(proposal, change.edit, view, most)),
    ...(intent === null ? [] : [intentWords(intent, view, most)]),
    ...(restore === null ? [] : restoreLines(restore, view, most)),
  ];
}

/** What can be done about it now; nothing once it is decided, but to take it back. */
export function cardButtons({ change, proposal, intent, restorable }: Card, { reader }: DeskView): Button[] {
  if (proposal?.status === "open") return answerButtons(proposal, change.editRange !== null, reader);
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
  const { status, expiresAtMs, approvals, decidedBy, decidedAtMs, madeBy, change } = proposal;
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
        ...approvals.map(({ by, atMs }) =>
          phrase("card.firstYes", reader, { by: mention(by, people), at: formatInstant(atMs, reader) }),
        ),
        phrase("card.until", reader, { until: formatInstant(expiresAtMs, reader) }),
      ];
    case "approved":
      return [...version, phrase("card.approved", reader, decided)];
    case "rejected":
      return [...version, because(phrase("card.rejected", reader, decided), proposal.reason, reader, most)];
    case "expired":
      return [phrase("card.expired", reader, { at: formatInstant(expiresAtMs, reader) })];
    // A version that a newer one took the place of is no card's own.
    case "edited":
    case "superseded":
      return [phrase("card.superseded", reader)];
  }
}

function intentWords(
  { status, reason, settledAtMs, intendedAtMs }: Intent,
  { reader }: DeskView,
  most: number,
): string {
  const why = reason === null ? phrase("outcome.noReason", reader) : safe(say(reason, reader), most);
  const at = formatInstant(settledAtMs ?? intendedAtMs, reader);
  const words = phrase(`card.intent.${status}`, reader, { reason: why, at });
  return status === "diverged" ? `:rotating_light: ${bold(words)}` : words;
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
    phrase("card.restore", reader, { by, at }),
    ...(intent === null ? [] : [intentWords(intent, view, most)]),
  ];
}
