/** What people and messages did at a brand's desk, as sentences of its log. */
import type { Change } from "../domain/change.ts";
import type { Desk, Person } from "../domain/desk.ts";
import { isMessageKey } from "../words/catalogue.ts";
import { formatDay, formatInstant, formatMoney } from "../words/format.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase, say } from "../words/say.ts";
import { editWords } from "./edit-words.ts";
import { changedName } from "./naming.ts";
import { nameOf, type Page } from "./page.ts";
import type { DeskEventView, EventView } from "./views.ts";

const DESK_EVENTS = {
  deskChanged: true,
  approvalGiven: true,
  proposalEdited: true,
  restoreApproved: true,
  handsOffSet: true,
  handsOffLifted: true,
  clickUsed: true,
  answerRefused: true,
  messageAttempted: true,
  messagePosted: true,
  messageUpdated: true,
  alertRaised: true,
  alertTaken: true,
  alertEscalated: true,
  alertCleared: true,
  questionAsked: true,
  questionAnswered: true,
} as const satisfies Record<DeskEventView["type"], true>;

export function isDeskEvent(event: EventView): event is DeskEventView {
  return Object.hasOwn(DESK_EVENTS, event.type);
}

/** One sentence; every text of others made safe for a terminal. */
export function deskSentence(page: Page, event: DeskEventView): string {
  const { reader } = page;
  const by = "by" in event ? plainText(event.by) : "";
  switch (event.type) {
    case "deskChanged":
      return phrase("event.deskChanged", reader, { by, desk: deskWords(page, event.desk) });
    case "approvalGiven":
      return phrase("event.approvalGiven", reader, { id: plainText(event.changeId), by });
    case "proposalEdited": {
      const change = changeWords(page, event.change);
      return phrase("event.proposalEdited", reader, { id: plainText(event.changeId), by, change });
    }
    case "restoreApproved": {
      const { of, change, ruleOffUntilMs } = event;
      return phrase("event.restoreApproved", reader, {
        ...{ id: plainText(of), by, change: changeWords(page, change) },
        ...{ rule: plainText(change.ruleId), until: formatInstant(ruleOffUntilMs, reader) },
      });
    }
    case "handsOffSet": {
      const values = { name: nameOf(event), until: formatDay(event.until, reader), by };
      if (event.reason === null) return phrase("event.handsOffSet", reader, values);
      return phrase("event.handsOffSetBecause", reader, { ...values, reason: plainText(event.reason) });
    }
    case "handsOffLifted":
      return phrase("event.handsOffLifted", reader, { holder: plainText(event.holderKey), by });
    case "answerRefused": {
      const values = { by, what: answerWords(page, event.what), subject: plainText(event.subject) };
      return phrase("event.answerRefused", reader, { ...values, reason: say(event.reason, reader) });
    }
    case "questionAsked":
      return phrase(`event.asked.${event.kind}`, reader, { by, text: plainText(event.text) });
    case "questionAnswered":
      return phrase("event.questionAnswered", reader, { id: plainText(event.questionId) });
    case "clickUsed":
      return phrase("event.clickUsed", reader, { id: plainText(event.clickId), by });
    case "alertRaised": {
      const id = plainText(`${event.kind}/${event.subject}`);
      return phrase("event.alertRaised", reader, { id, reason: say(event.reason, reader) });
    }
    case "alertTaken":
    case "alertEscalated":
    case "alertCleared":
      return phrase(`event.${event.type}`, reader, { id: plainText(event.alertId), by });
    default:
      return messageSentence(page, event);
  }
}

type MessageEvent = Extract<DeskEventView, { key: string }>;

function messageSentence(page: Page, event: MessageEvent): string {
  const key = plainText(event.key);
  switch (event.type) {
    case "messageAttempted":
      return phrase("event.messageAttempted", page.reader, { key, channel: plainText(event.channel) });
    case "messagePosted":
      return phrase("event.messagePosted", page.reader, { key, ts: plainText(event.ts) });
    case "messageUpdated":
      return phrase("event.messageUpdated", page.reader, { key });
  }
}

/** Who may answer, within which amounts, and where they are asked. */
function deskWords(page: Page, { people, slack, fourEyesAboveMicros }: Desk): string {
  const { reader } = page;
  const four = fourEyesAboveMicros === null ? null : formatMoney(fourEyesAboveMicros, reader);
  return [
    people.length === 0
      ? phrase("desk.nobody", reader)
      : people.map((person) => personWords(page, person)).join(", "),
    slack === null
      ? phrase("desk.noSlack", reader)
      : phrase("desk.slack", reader, { channel: plainText(slack.channel) }),
    ...(four === null ? [] : [phrase("desk.fourEyes", reader, { amount: four })]),
  ].join("; ");
}

function personWords(page: Page, { name, role, raiseLimitMicros, dailyRaiseLimitMicros }: Person): string {
  const { reader } = page;
  const words = [
    phrase(`slack.role.${role}`, reader),
    ...(raiseLimitMicros === null
      ? []
      : [phrase("desk.raiseLimit", reader, { amount: formatMoney(raiseLimitMicros, reader) })]),
    ...(dailyRaiseLimitMicros === null
      ? []
      : [phrase("desk.dailyRaiseLimit", reader, { amount: formatMoney(dailyRaiseLimitMicros, reader) })]),
  ];
  return `${plainText(name)} (${words.join(", ")})`;
}

/** A later version may know other kinds of answer: their own word is better than none. */
function answerWords(page: Page, what: string): string {
  const key = `asked.${what}`;
  return isMessageKey(key) ? phrase(key, page.reader) : plainText(what);
}

export function changeWords(page: Page, change: Change): string {
  return phrase("event.change", page.reader, {
    id: plainText(change.id),
    edit: editWords(change.edit, page.reader, change.until),
    name: changedName(page, change),
    rule: plainText(change.ruleId),
  });
}
