/** A question that reading and deciding has to answer: it is put on record, and answered by whoever may read. */
import type { LogEvent } from "../../log/events.ts";
import { type Asked, type Judged, refused } from "./judged.ts";
import { answerMessage } from "./messages.ts";
import type { Answer } from "./types.ts";

/** Each costs a read of a whole plan, or a round of its own. */
const MAX_OPEN = 5;
/** As many as the log takes. */
const MAX_CHARACTERS = 200;

export function judgeAsk(
  { state, person, clickId, nowMs: atMs }: Asked,
  answer: Extract<Answer, { kind: "ask" }>,
): Judged {
  const { question: kind, userId, channel } = answer;
  const text = answer.text.trim().slice(0, MAX_CHARACTERS);
  const open = Object.values(state.questions);
  if (open.some((one) => one.kind === kind && one.text === text && one.by === person.name))
    return { kind: "stood", changeIds: [] };
  if (open.length >= MAX_OPEN)
    return refused(answerMessage("answer.tooManyQuestions", { limit: MAX_OPEN }), null);
  const questionId = clickId ?? `position-${state.position + 1}`;
  const event: LogEvent = {
    type: "questionAsked",
    v: 1,
    ...{ atMs, questionId, kind, text, by: person.name },
    ...{ userId, channel },
  };
  return { kind: "record", events: [event], changeIds: [] };
}
