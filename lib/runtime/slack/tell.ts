/** How somebody alone is told: by the address that Slack gave for it, or in a dialog where there is none. */
import { answerMessage } from "../../loop/answers/messages.ts";
import { tellOutcome } from "../../loop/answers/tell.ts";
import type { Answer, AnswerOutcome } from "../../loop/answers/types.ts";
import { type Block, type Rendered, words } from "../../slack/blocks.ts";
import type { From } from "../../slack/inbound.ts";
import { answerReply, ephemeral } from "../../slack/reply.ts";
import { ANYBODY, readerOf } from "./desk-view.ts";
import type { Exchange } from "./parts.ts";

const TITLE = "Palier";

/** Best effort: what was answered stands whether or not whoever answered hears of it. */
export async function tell({ parts, bot }: Exchange, from: From, rendered: Rendered): Promise<void> {
  const { calls, telemetry } = parts;
  const { replyUrl, triggerId: trigger_id } = from;
  try {
    if (replyUrl !== null) await calls.reply(replyUrl, ephemeral(rendered));
    else if (trigger_id !== null)
      await calls.call("views.open", bot, { trigger_id, view: noteView(rendered.blocks) });
  } catch (error) {
    telemetry.error("whoever answered could not be told", error);
  }
}

export function outcomeReply(answer: Answer, outcome: AnswerOutcome): Rendered {
  return answerReply(tellOutcome(answer, outcome), outcome, readerOf(outcome.state));
}

/** For what names no brand's log. */
export function unknownReply(id: string): Rendered {
  return answerReply(answerMessage("answer.unknown", { id }), { kind: "unknown" }, ANYBODY);
}

/** A dialog that only says something. */
export function noteView(blocks: readonly Block[]) {
  return { type: "modal", title: words(TITLE), close: words("OK"), blocks };
}
