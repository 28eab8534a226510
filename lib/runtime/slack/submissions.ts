/** Dialogs that were filled in and sent. */
import { isDay } from "../../domain/day.ts";
import type { Message } from "../../domain/figure.ts";
import { brandOfChange } from "../../domain/ids.ts";
import type { BrandState } from "../../domain/state.ts";
import { answerDesk } from "../../loop/answers/desk.ts";
import type { Answer } from "../../loop/answers/types.ts";
import { DIALOGS, type DialogContext, readDialogMetadata } from "../../slack/actions.ts";
import type { From, Inbound } from "../../slack/inbound.ts";
import { parseAmount } from "../../words/amount.ts";
import { say } from "../../words/say.ts";
import { readerOf } from "./desk-view.ts";
import { followUp } from "./follow-up.ts";
import { answerPorts, type Exchange } from "./parts.ts";
import { askerOf } from "./place.ts";
import { noteView, outcomeReply, unknownReply } from "./tell.ts";

/** Refusals that another entry in the same dialog can mend, with the field that they are about. */
const MENDABLE: Readonly<Record<string, string>> = {
  "answer.outsideRange": DIALOGS.edit.fields.amount,
  "answer.sameAmount": DIALOGS.edit.fields.amount,
  "answer.otherDirection": DIALOGS.edit.fields.amount,
  "answer.untilOutside": DIALOGS.handsOff.fields.until,
};

type Submitted = Extract<Inbound, { kind: "submitted" }>;

/** What Slack does with the dialog: shows what is wrong beside the field, or what became of it in its place. */
export async function answerSubmission(exchange: Exchange, submitted: Submitted): Promise<object> {
  const about = readDialogMetadata(submitted.metadata);
  const brand = about === null ? null : brandOfChange(about.changeId);
  const state = brand === null ? null : await exchange.log.state(brand);
  if (about === null || state === null || state.position === 0) {
    return { response_action: "update", view: noteView(unknownReply(about?.changeId ?? "").blocks) };
  }
  const answer = answerOf(submitted, about, state);
  if (!("kind" in answer)) return errorsOf(answer.field, answer.reason, state);
  // The dialog opened on a message; where that was is what counts.
  const from: From = { ...submitted.from, channel: about.channel, messageTs: about.ts };
  const outcome = await answerDesk(answerPorts(exchange), state.brand, askerOf(from, state), answer);
  const field = outcome.kind === "refused" ? MENDABLE[outcome.reason.key] : undefined;
  if (outcome.kind === "refused" && field !== undefined) return errorsOf(field, outcome.reason, state);
  exchange.parts.telemetry.info("a dialog in Slack was answered", {
    ...{ brand: state.brand, what: answer.kind, subject: about.changeId, user: from.userId },
    outcome: outcome.kind,
  });
  await followUp(exchange.parts, answer, outcome);
  return { response_action: "update", view: noteView(outcomeReply(answer, outcome).blocks) };
}

function answerOf(
  { dialog, fields }: Submitted,
  { changeId, digest }: DialogContext,
  state: BrandState,
): Answer | { field: string; reason: Message } {
  const reason = fields.reason ?? null;
  switch (dialog) {
    case "reject":
      return { kind: "reject", changeId, digest, reason };
    case "restore":
      return { kind: "restore", changeId };
    case "handsOff": {
      const until = fields.until ?? "";
      // Slack's date picker sends nothing else; the desk says which days may be chosen.
      return { kind: "handsOff", changeId, until: isDay(until) ? until : "", reason };
    }
    case "edit": {
      const read = amountOf(fields.amount ?? "", state, changeId);
      if (read.ok) return { kind: "edit", changeId, digest, toMicros: read.toMicros };
      return { field: DIALOGS.edit.fields.amount, reason: read.reason };
    }
  }
}

/** Percentages start from what the budget is now. */
function amountOf(text: string, state: BrandState, changeId: string) {
  const change = state.proposals[changeId]?.change;
  const fromMicros = change?.edit.kind === "dailyBudget" ? change.edit.fromMicros : 0n;
  const reader = readerOf(state);
  return parseAmount(text, { ...reader, currency: change?.currency ?? reader.currency, fromMicros });
}

function errorsOf(field: string, reason: Message, state: BrandState): object {
  return { response_action: "errors", errors: { [field]: say(reason, readerOf(state)) } };
}
