/** Keeping every rule away from one budget holder until a day, and letting them near it again. */
import { addDays, localDay } from "../../domain/day.ts";
import type { TargetRef } from "../../domain/ids.ts";
import type { LogEvent } from "../../log/events.ts";
import { type Asked, type Judged, reasonText, refused } from "./judged.ts";
import { answerMessage } from "./messages.ts";
import type { Answer } from "./types.ts";

/** What is kept away from for longer belongs into the brand file, where it is seen. */
const MAX_DAYS = 366;

export function judgeHandsOff(
  asked: Asked,
  { changeId, until, reason }: Extract<Answer, { kind: "handsOff" }>,
): Judged {
  const { state, desk, person, nowMs: atMs } = asked;
  const holder = holderOf(asked, changeId);
  if (holder === null) return { kind: "unknown" };
  const changeIds = state.proposals[changeId] === undefined ? [] : [changeId];
  const { holderKey, target, name } = holder;
  if (state.heldOff[holderKey]?.until === until) return { kind: "stood", changeIds };
  const first = localDay(atMs, desk?.zone ?? "UTC");
  const last = addDays(first, MAX_DAYS);
  if (until < first || until > last)
    return refused(answerMessage("answer.untilOutside", { first, last }), changeIds[0] ?? null);
  const event: LogEvent = {
    type: "handsOffSet",
    v: 1,
    ...{ atMs, holderKey, target, name, until, by: person.name },
    reason: reasonText(reason),
  };
  return { kind: "record", events: [event], changeIds };
}

export function judgeLiftHandsOff(
  { state, person, nowMs: atMs }: Asked,
  { holderKey }: Extract<Answer, { kind: "liftHandsOff" }>,
): Judged {
  if (state.heldOff[holderKey] === undefined) return { kind: "unknown" };
  const by = person.name;
  return { kind: "record", events: [{ type: "handsOffLifted", v: 1, atMs, holderKey, by }], changeIds: [] };
}

interface Holder {
  holderKey: string;
  target: TargetRef;
  name: string;
}

function holderOf({ state, grounds }: Asked, changeId: string): Holder | null {
  const known = state.proposals[changeId] ?? state.intents[changeId] ?? state.auto[changeId];
  return known?.change ?? grounds?.changes.find(({ id }) => id === changeId) ?? null;
}
