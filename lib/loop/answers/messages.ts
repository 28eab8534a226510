/** What the desk answers people: keys of the words catalogue with the figures that fill them. */
import type { Figure, Message, Unit } from "../../domain/figure.ts";
import { message } from "../../domain/figure.ts";

/** Every sentence that this folder can make. Those of one refusal say what would be allowed. */
export const answerMessages = {
  "answer.notOnDesk": { by: "text" },
  "answer.needsApprover": { by: "text" },
  "answer.needsOwner": { by: "text" },
  "answer.outsideTeam": {},
  "answer.outsideApp": {},
  "answer.outsideChannel": {},
  "answer.outsideMessage": {},
  "answer.outsideBot": {},
  "answer.outsideGuest": {},
  "answer.unknown": { id: "text" },
  "answer.counted": {},

  "answer.approved": { id: "text" },
  "answer.firstYes": { id: "text" },
  "answer.approvedSafe": { count: "count" },
  "answer.approvedSafeLeft": { count: "count", left: "count" },
  "answer.rejected": { id: "text" },
  "answer.edited": { id: "text", old: "text", amount: "money" },
  "answer.restored": { id: "text", old: "text" },
  "answer.restoreSpent": { amount: "money", since: "instant" },
  "answer.restoreMissed": { amount: "money", since: "instant" },
  "answer.restoreLearning": {},
  "answer.handsOff": { id: "text", until: "day" },
  "answer.handsOffLifted": { holder: "text" },
  "answer.alertTaken": {},
  "answer.stopped": { brand: "text" },
  "answer.resumed": { brand: "text" },
  "answer.asked": {},

  "answer.approvedAlready": { id: "text", by: "text", at: "instant" },
  "answer.firstYesAlready": { id: "text" },
  "answer.rejectedAlready": { id: "text", by: "text", at: "instant" },
  "answer.editedAlready": { id: "text", by: "text", at: "instant" },
  "answer.restoredAlready": { id: "text", by: "text", at: "instant" },
  "answer.handsOffAlready": { id: "text", until: "day" },
  "answer.alertTakenAlready": { by: "text", at: "instant" },
  "answer.stoppedAlready": { brand: "text", by: "text", at: "instant" },
  "answer.notStopped": { brand: "text" },
  "answer.askedAlready": {},

  "answer.otherVersion": { id: "text" },
  "answer.expired": { id: "text", at: "instant" },
  "answer.superseded": { id: "text" },
  "answer.underStop": { scope: "text", by: "text", since: "instant" },
  "answer.heldOff": { id: "text", by: "text", until: "day" },
  "answer.raiseLimit": { by: "text", raise: "money", limit: "money" },
  "answer.dailyRaiseLimit": { by: "text", raise: "money", approved: "money", limit: "money" },
  "answer.approvalsPerHour": { by: "text", limit: "count" },
  "answer.takesTwo": { raise: "money", limit: "money" },
  "answer.nothingSafe": {},
  "answer.notEditable": { id: "text" },
  "answer.tooManyVersions": { id: "text", limit: "count" },
  "answer.outsideRange": { least: "money", most: "money", unit: "money" },
  "answer.sameAmount": { id: "text", amount: "money" },
  "answer.otherDirection": { from: "money" },
  "answer.notApplied": { id: "text" },
  "answer.isRestore": { id: "text" },
  "answer.restoreTooLate": { id: "text", days: "days" },
  "answer.restoreTakesTwo": { raise: "money", limit: "money" },
  "answer.changedSince": { id: "text" },
  "answer.changeUnderWay": { id: "text" },
  "answer.untilOutside": { first: "text", last: "text" },
  "answer.alertOver": {},
  "answer.tooManyQuestions": { limit: "count" },
} as const satisfies Record<string, Readonly<Record<string, Unit>>>;

export type AnswerKey = keyof typeof answerMessages;

/** Exactly the figures of the table, so that a sentence can rely on each. */
export function answerMessage<K extends AnswerKey>(
  key: K,
  values: Readonly<Record<keyof (typeof answerMessages)[K], number | bigint | string>>,
): Message {
  const units: Readonly<Record<string, Unit>> = answerMessages[key];
  const given: Readonly<Record<string, number | bigint | string>> = values;
  const figures = Object.entries(units).map(([name, unit]): [string, Figure] => {
    const value = given[name] ?? null;
    return [name, { value: typeof value === "bigint" ? Number(value) : value, unit }];
  });
  return message(key, Object.fromEntries(figures));
}
