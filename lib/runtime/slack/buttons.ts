/** Clicks on buttons: those that decide at once, and those that open a dialog first. */
import { brandOfChange, slugSchema } from "../../domain/ids.ts";
import type { BrandState } from "../../domain/state.ts";
import { answerDesk, checkAnswer } from "../../loop/answers/desk.ts";
import { answerMessage } from "../../loop/answers/messages.ts";
import type { Answer, AnswerOutcome } from "../../loop/answers/types.ts";
import { readAlertValue, readChangeValue } from "../../slack/actions.ts";
import type { DialogName, From, Inbound } from "../../slack/inbound.ts";
import { noDialogReply } from "../../slack/no-desk.ts";
import { readerOf } from "./desk-view.ts";
import { dialogOf, probeOf } from "./dialogs.ts";
import { followUp, within } from "./follow-up.ts";
import { publishHome } from "./home.ts";
import { answerPorts, type Exchange } from "./parts.ts";
import { askerOf } from "./place.ts";
import { outcomeReply, tell, unknownReply } from "./tell.ts";

type Button = Extract<Inbound, { kind: "button" }>;

/** What a button is about; `alertRaisedAtMs` tells one alert from the next of its kind and subject. */
type Meant = { brand: string; subject: string } & (
  | { does: "answer"; answer: Answer; alertRaisedAtMs: number | null }
  | { does: "open"; dialog: DialogName; digest: string }
);

export async function answerButton(exchange: Exchange, { from, action, value }: Button): Promise<void> {
  const meant = meantBy(action, value);
  const state = meant === null ? null : await exchange.log.state(meant.brand);
  // A brand that nobody knows has no log, and whoever invents one must not make it.
  if (meant === null || state === null || state.position === 0) {
    return await within(exchange.parts, [tell(exchange, from, unknownReply(value))]);
  }
  return meant.does === "answer"
    ? await decide(exchange, from, meant, state)
    : await openDialog(exchange, from, meant, state);
}

async function decide(
  exchange: Exchange,
  from: From,
  { brand, subject, answer, alertRaisedAtMs }: Meant & { does: "answer" },
  state: BrandState,
): Promise<void> {
  const alert = answer.kind === "takeAlert" ? state.alerts[answer.alertId] : undefined;
  const isAnother = alert !== undefined && alert.raisedAtMs !== alertRaisedAtMs;
  const outcome: AnswerOutcome = isAnother
    ? { kind: "refused", state, reason: answerMessage("answer.alertOver", {}), proposal: null, fresh: null }
    : await answerDesk(answerPorts(exchange), brand, askerOf(from, state), answer);
  await tellAnswer(exchange, from, { answer, subject, outcome });
}

/** Whoever may not, or comes too late, is told so before they have written anything. */
async function openDialog(
  exchange: Exchange,
  from: From,
  { brand, subject, dialog, digest }: Meant & { does: "open" },
  state: BrandState,
): Promise<void> {
  const { parts, bot } = exchange;
  const answer = probeOf(dialog, { changeId: subject, digest }, state, await parts.clock.nowMs());
  const refusal = await checkAnswer(answerPorts(exchange), brand, askerOf(from, state), answer);
  if (refusal !== null) return await tellAnswer(exchange, from, { answer, subject, outcome: refusal });
  try {
    const about = { brand, changeId: subject, digest, channel: from.channel, ts: from.messageTs };
    const view = await dialogOf(parts, dialog, about, state);
    await parts.calls.call("views.open", bot, { trigger_id: from.triggerId, view });
  } catch (error) {
    parts.telemetry.error("a dialog could not be opened", error, { brand, changeId: subject });
    await within(parts, [tell(exchange, from, noDialogReply(readerOf(state)))]);
  }
}

/** The decision stands from here on: none of the rest can lose it. */
async function tellAnswer(
  exchange: Exchange,
  from: From,
  { answer, subject, outcome }: { answer: Answer; subject: string; outcome: AnswerOutcome },
): Promise<void> {
  const { parts } = exchange;
  const { kind, state } = outcome;
  const { brand } = state;
  parts.telemetry.info("a click in Slack was answered", {
    ...{ brand, what: answer.kind, subject, user: from.userId, outcome: kind },
  });
  const home = from.channel === null ? [publishHome(exchange, from)] : [];
  await followUp(parts, answer, outcome, [tell(exchange, from, outcomeReply(answer, outcome)), ...home]);
}

/** Null for a value that no button of ours has. */
function meantBy(action: Button["action"], value: string): Meant | null {
  if (action === "approveSafe") {
    const brand = slugSchema.safeParse(value.split("/")[0]).data;
    const answer: Answer = { kind: action, roundId: value };
    return brand === undefined
      ? null
      : { brand, subject: value, does: "answer", answer, alertRaisedAtMs: null };
  }
  if (action === "takeAlert") {
    const alert = readAlertValue(value);
    if (alert === null) return null;
    const { brand, alertId, raisedAtMs: alertRaisedAtMs } = alert;
    return { brand, subject: alertId, does: "answer", answer: { kind: action, alertId }, alertRaisedAtMs };
  }
  const change = readChangeValue(value);
  const brand = change === null ? null : brandOfChange(change.changeId);
  if (change === null || brand === null) return null;
  const { changeId, digest } = change;
  if (action !== "approve") return { brand, subject: changeId, does: "open", dialog: action, digest };
  const answer: Answer = { kind: "approve", changeId, digest };
  return { brand, subject: changeId, does: "answer", answer, alertRaisedAtMs: null };
}
