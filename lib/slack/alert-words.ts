/** An alert in lines: what it is, why, and who is on it. */
import type { Alert, Stop } from "../domain/state.ts";
import { formatInstant } from "../words/format.ts";
import { phrase, say } from "../words/say.ts";
import { ACTIONS, alertValue } from "./actions.ts";
import type { Button } from "./blocks.ts";
import { because, button } from "./change-words.ts";
import { bold, mention, safe } from "./mrkdwn.ts";
import type { DeskView } from "./options.ts";

/** Of what a platform may have answered. */
const MOST_REASON = 600;

export function alertLines(alert: Alert, { reader, people }: DeskView): string[] {
  const { kind, reason, takenBy, takenAtMs, escalatedAtMs, clearedAtMs, raisedAtMs } = alert;
  const at = (atMs: number | null) => formatInstant(atMs ?? raisedAtMs, reader);
  const standing = [
    ...(takenBy === null && clearedAtMs === null && escalatedAtMs === null
      ? [phrase("slack.alert.open", reader)]
      : []),
    ...(takenBy === null && clearedAtMs === null && escalatedAtMs !== null
      ? [bold(phrase("slack.alert.escalated", reader))]
      : []),
    ...(takenBy === null
      ? []
      : [phrase("slack.alert.takenBy", reader, { by: mention(takenBy, people), at: at(takenAtMs) })]),
    ...(clearedAtMs === null ? [] : [phrase("slack.alert.cleared", reader, { at: at(clearedAtMs) })]),
  ];
  return [
    `:rotating_light: ${bold(phrase(`slack.alert.${kind}`, reader))}`,
    safe(say(reason, reader), MOST_REASON),
    `${phrase("slack.alert.raised", reader, { at: at(raisedAtMs) })} ${standing.join(" ")}`,
  ];
}

/** Nothing to take once somebody has, or once it is over. */
export function alertButtons(brand: string, alert: Alert, { reader }: DeskView): Button[] {
  if (alert.takenBy !== null || alert.clearedAtMs !== null) return [];
  const take = button(ACTIONS.takeAlert, phrase("slack.button.takeAlert", reader), alertValue(brand, alert));
  return [{ ...take, style: "primary" }];
}

export function stopWords({ by, atMs, reason }: Stop, { reader, people }: DeskView): string {
  const what = phrase("slack.stopped", reader, { by: mention(by, people), at: formatInstant(atMs, reader) });
  return `:octagonal_sign: ${bold(because(what, reason, reader))}`;
}
