/** Where something was said, held against where the brand is asked by its log. */
import type { Message } from "../../domain/figure.ts";
import type { BrandState } from "../../domain/state.ts";
import { answerMessage } from "../../loop/answers/messages.ts";
import type { Asker } from "../../loop/answers/types.ts";
import type { From } from "../../slack/inbound.ts";

export function askerOf(from: From, state: BrandState): Asker {
  return { via: "slack", id: from.userId, clickId: from.clickId, outside: whyOutside(from, state) };
}

/** Null where it counts. */
function whyOutside({ outsider, team, app, channel, messageTs }: From, state: BrandState): Message | null {
  if (outsider === "bot") return answerMessage("answer.outsideBot", {});
  if (outsider === "guest") return answerMessage("answer.outsideGuest", {});
  const place = state.desk?.slack ?? null;
  if (outsider === "team" || team !== place?.team) return answerMessage("answer.outsideTeam", {});
  if (app !== place.app) return answerMessage("answer.outsideApp", {});
  if (channel !== null && channel !== place.channel) return answerMessage("answer.outsideChannel", {});
  return messageTs === null || isOurs(state, channel, messageTs)
    ? null
    : answerMessage("answer.outsideMessage", {});
}

/** Only what stands in the log with Slack's name for it was shown by us. */
function isOurs({ messages }: BrandState, channel: string | null, messageTs: string): boolean {
  return Object.values(messages).some((message) => message.ts === messageTs && message.channel === channel);
}
