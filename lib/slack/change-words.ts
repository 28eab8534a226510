/** A change in a line, and the buttons that answer it: what cards, homes, dialogs and answers have in common. */
import { type Change, directionOf } from "../domain/change.ts";
import type { Proposal } from "../domain/state.ts";
import { editWords } from "../report/edit-words.ts";
import { formatMoney } from "../words/format.ts";
import type { Reader } from "../words/reader.ts";
import { phrase } from "../words/say.ts";
import { ACTIONS, changeValue } from "./actions.ts";
import { type Button, words } from "./blocks.ts";
import { bold, plain, safe } from "./mrkdwn.ts";

/** Of the name of what is changed; the change itself is never cut. */
export const MOST_NAME = 160;
const MOST_BUTTON = 75;
/** Of a reason that somebody wrote. */
const MOST_REASON = 300;

const SIGNS = {
  raise: ":arrow_up:",
  cut: ":arrow_down:",
  pause: ":double_vertical_bar:",
  resume: ":arrow_forward:",
} as const satisfies Record<ReturnType<typeof directionOf>, string>;

/** ":arrow_up: *RAISE*": the picture is never the only carrier. */
export function directionWords({ edit }: Change, reader: Reader): string {
  const direction = directionOf(edit);
  return `${SIGNS[direction]} ${bold(phrase(`change.${direction}`, reader))}`;
}

/** "Broad women: €100.00 -> €120.00 a day (+20%, +€20.00)". */
export function changeWords({ name, edit, until }: Change, reader: Reader): string {
  return phrase("slack.change", reader, {
    name: safe(name, MOST_NAME),
    edit: safe(editWords(edit, reader, until)),
  });
}

/** What an open proposal can be answered with. */
export function answerButtons({ change }: Proposal, editable: boolean, reader: Reader): Button[] {
  const { edit } = change;
  const value = changeValue(change);
  const approve =
    edit.kind === "dailyBudget"
      ? phrase("slack.button.approveTo", reader, { to: formatMoney(edit.toMicros, reader) })
      : phrase("slack.button.approve", reader);
  return [
    { ...button(ACTIONS.approve, approve, value), style: "primary" },
    ...(editable ? [button(ACTIONS.edit, phrase("slack.button.edit", reader), value)] : []),
    button(ACTIONS.reject, phrase("slack.button.reject", reader), value),
    button(ACTIONS.handsOff, phrase("slack.button.handsOff", reader), value),
  ];
}

export function button(action: string, text: string, value: string): Button {
  return { type: "button", action_id: action, text: words(plain(text, MOST_BUTTON)), value };
}

/** "Rejected by lea, Wed 11 Mar, 04:10: too early". */
export function because(what: string, reason: string | null, reader: Reader, most = MOST_REASON): string {
  if (reason === null || reason === "") return what;
  return phrase("slack.because", reader, { what, reason: safe(reason, most) });
}
