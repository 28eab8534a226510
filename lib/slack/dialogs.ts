/** What opens on a click that needs more than a yes. A dialog carries what it is about; nothing in it is believed unchecked. */
import { type Change, changePercent } from "../domain/change.ts";
import type { Day } from "../domain/day.ts";
import type { EditRange } from "../domain/plan.ts";
import { editWords } from "../report/edit-words.ts";
import { formatAmount, formatMoney, formatSignedPercent } from "../words/format.ts";
import type { Reader } from "../words/reader.ts";
import { phrase } from "../words/say.ts";
import { DIALOGS, type DialogContext, dialogMetadata } from "./actions.ts";
import { type Block, type Modal, section, type TextInput, words } from "./blocks.ts";
import { changeWords, directionWords } from "./change-words.ts";
import { plain, safe } from "./mrkdwn.ts";

/** Slack's own limits of a dialog's title and of a hint. */
const MOST_TITLE = 24;
const MOST_LABEL = 2000;
const MOST_REASON = 200;
const MOST_AMOUNT = 20;

/** `change` as it is open; `range` null where the plan says nothing of it: then the answer says what is allowed. */
export function editDialog(
  change: Change,
  range: EditRange | null,
  about: DialogContext,
  reader: Reader,
): Modal {
  const { edit } = change;
  const percent = changePercent(edit);
  const amounts =
    edit.kind === "dailyBudget"
      ? [
          phrase("slack.dialog.now", reader, { from: formatMoney(edit.fromMicros, reader) }),
          phrase("slack.dialog.proposed", reader, {
            to: formatMoney(edit.toMicros, reader),
            percent: percent === null ? "-" : formatSignedPercent(percent, reader),
          }),
        ]
      : [];
  const allowed =
    range === null
      ? []
      : [
          phrase("slack.dialog.range", reader, {
            least: formatMoney(range.leastMicros, reader),
            most: formatMoney(range.mostMicros, reader),
            unit: formatMoney(range.unitMicros, reader),
          }),
        ];
  const proposed = edit.kind === "dailyBudget" ? formatAmount(edit.toMicros, reader) : "";
  const example = phrase("slack.dialog.amountHint", reader, {
    amount: proposed,
    percent: formatSignedPercent(percent ?? 0, reader),
  });
  return modal("edit", about, reader, [
    ...section([headline(change, reader), ...amounts, ...allowed]),
    input("amount", phrase("slack.dialog.amount", reader, { currency: change.currency }), example, false, {
      type: "plain_text_input",
      action_id: "value",
      max_length: MOST_AMOUNT,
    }),
    ...section([phrase("slack.dialog.editWhat", reader)]),
  ]);
}

export function rejectDialog(change: Change, about: DialogContext, reader: Reader): Modal {
  return modal("reject", about, reader, [
    ...section([headline(change, reader), changeWords(change, reader)]),
    reasonInput(reader, phrase("slack.dialog.rejectHint", reader)),
  ]);
}

/** `until` is the day that stands in the field before anybody chooses. */
export function handsOffDialog(change: Change, until: Day, about: DialogContext, reader: Reader): Modal {
  return modal("handsOff", about, reader, [
    ...section([bare(change), phrase("slack.dialog.handsOffWhat", reader)]),
    input("until", phrase("slack.dialog.until", reader), null, false, {
      type: "datepicker",
      action_id: "value",
      initial_date: until,
    }),
    reasonInput(reader, null),
  ]);
}

/** `change` takes the applied one back: `from` is what stands now. */
export function restoreDialog(
  change: Change,
  restoredRuleDays: number,
  about: DialogContext,
  reader: Reader,
): Modal {
  return modal("restore", about, reader, [
    ...section([
      bare(change),
      phrase("slack.dialog.restoreTo", reader, { edit: safe(editWords(change.edit, reader)) }),
      phrase("slack.dialog.restoreRule", reader, {
        rule: safe(change.ruleId),
        days: { value: restoredRuleDays, unit: "days" },
      }),
      phrase("slack.dialog.restoreLimits", reader),
      phrase("slack.dialog.restoreLost", reader),
    ]),
  ]);
}

function modal(kind: keyof typeof DIALOGS, about: DialogContext, reader: Reader, blocks: Block[]): Modal {
  return {
    type: "modal",
    callback_id: DIALOGS[kind].id,
    private_metadata: dialogMetadata(about),
    title: words(plain(phrase(`slack.dialog.${kind}`, reader), MOST_TITLE)),
    submit: words(plain(phrase(submitKey(kind), reader), MOST_TITLE)),
    close: words(plain(phrase("slack.button.cancel", reader), MOST_TITLE)),
    blocks,
  };
}

/** The button says what it does where one word does. */
function submitKey(kind: keyof typeof DIALOGS) {
  return kind === "reject" ? "slack.button.reject" : "slack.button.send";
}

function headline(change: Change, reader: Reader): string {
  return `${directionWords(change, reader)} ${bare(change)}`;
}

function bare({ name, id }: Change): string {
  return `${safe(name, 160)} (${safe(id)})`;
}

function reasonInput(reader: Reader, hint: string | null): Block {
  return input("reason", phrase("slack.dialog.reason", reader), hint, true, {
    type: "plain_text_input",
    action_id: "value",
    max_length: MOST_REASON,
  });
}

function input(
  field: "amount" | "reason" | "until",
  label: string,
  hint: string | null,
  optional: boolean,
  element: TextInput | { type: "datepicker"; action_id: "value"; initial_date: string },
): Block {
  const told = hint === null ? {} : { hint: words(plain(hint, MOST_LABEL)) };
  return {
    type: "input",
    block_id: field,
    label: words(plain(label, MOST_LABEL)),
    ...told,
    optional,
    element,
  };
}
