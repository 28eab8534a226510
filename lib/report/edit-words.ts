/** Edits in money and percent. */
import { type Change, changePercent, differenceMicros, directionOf, type Edit } from "../domain/change.ts";
import type { Day } from "../domain/day.ts";
import { formatDay, formatInstant, formatMoney, formatSignedPercent } from "../words/format.ts";
import type { Reader } from "../words/reader.ts";
import { phrase } from "../words/say.ts";

/** "€100.00 -> €120.00 a day (+20%, +€20.00)"; for a pause, the money a day that it stops, and until when. */
export function editWords(edit: Edit, reader: Reader, until?: Day): string {
  if (edit.kind === "status") {
    const budget = formatMoney(edit.budgetMicros, reader);
    if (edit.to === "paused" && until !== undefined)
      return phrase("edit.pausedUntil", reader, { budget, until: formatDay(until, reader) });
    return phrase(`edit.${edit.to}`, reader, { budget });
  }
  const percent = changePercent(edit);
  return phrase(percent === null ? "edit.budgetFromZero" : "edit.budget", reader, {
    from: formatMoney(edit.fromMicros, reader),
    to: formatMoney(edit.toMicros, reader),
    percent: percent === null ? "" : formatSignedPercent(percent, reader),
    difference: signedMoney(differenceMicros(edit), reader),
  });
}

/** "+€20.00", "-€20.00". */
export function signedMoney(micros: bigint, reader: Reader): string {
  return (micros > 0n ? "+" : "") + formatMoney(micros, reader);
}

/** "raise +20%", "pause": for tables. */
export function shortEdit(edit: Edit, reader: Reader): string {
  const percent = changePercent(edit);
  const word = phrase(`state.${directionOf(edit)}`, reader);
  return percent === null ? word : `${word} ${formatSignedPercent(percent, reader)}`;
}

/** "the rule's own pause since Tue 3 Mar, 04:10 is over on Wed 11 Mar". */
export function pauseEndWords({ sinceMs, until }: NonNullable<Change["endsPause"]>, reader: Reader): string {
  return phrase("change.pauseOver", reader, {
    since: formatInstant(sinceMs, reader),
    until: formatDay(until, reader),
  });
}
