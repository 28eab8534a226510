/** `/palier`: what can be typed in the channel of a brand. */
import type { BrandState } from "../../domain/state.ts";
import { answerDesk } from "../../loop/answers/desk.ts";
import type { Answer } from "../../loop/answers/types.ts";
import type { Rendered } from "../../slack/blocks.ts";
import { proposalsReply, statusReply } from "../../slack/home.ts";
import type { From, Inbound } from "../../slack/inbound.ts";
import { noBrandReply, severalBrandsReply } from "../../slack/no-desk.ts";
import { helpReply, notAllowedReply } from "../../slack/reply.ts";
import { ANYBODY, deskNow, readerOf } from "./desk-view.ts";
import { followUp } from "./follow-up.ts";
import { answerPorts, type Exchange } from "./parts.ts";
import { askerOf } from "./place.ts";
import { outcomeReply } from "./tell.ts";

export async function answerCommand(
  exchange: Exchange,
  { from, text }: Extract<Inbound, { kind: "command" }>,
): Promise<Rendered> {
  const states = await brandsAsked(exchange, from);
  const typed = text.trim().split(/\s+/u);
  const named = states.find(({ brand }) => brand === typed[0]);
  const state = named ?? (states.length === 1 ? states[0] : undefined);
  const [verb = "", ...rest] = named === undefined ? typed : typed.slice(1);
  if (state !== undefined) return await answerFor(exchange, from, state, verb.toLowerCase(), rest.join(" "));
  const [first] = states;
  if (first === undefined) return noBrandReply(ANYBODY);
  return severalBrandsReply(
    states.map(({ brand }) => brand),
    readerOf(first),
  );
}

/** The channel that it is typed in says whose it is. */
async function brandsAsked(exchange: Exchange, { team, app, channel }: From): Promise<BrandState[]> {
  const found = await exchange.parts.directory.find(
    exchange,
    ({ place }) => place?.channel === channel && place?.team === team && place?.app === app,
  );
  return found.sort((a, b) => (a.brand < b.brand ? -1 : 1));
}

async function answerFor(
  exchange: Exchange,
  from: From,
  state: BrandState,
  verb: string,
  rest: string,
): Promise<Rendered> {
  const reader = readerOf(state);
  const desk = deskNow(state, from.userId, await exchange.parts.clock.nowMs());
  const answer = answerOf(verb, rest, from);
  if (answer !== null) return await decide(exchange, from, state, answer);
  if (desk === null || from.outsider !== null) return notAllowedReply(reader);
  if (verb === "status") return statusReply(desk);
  return verb === "proposals" ? proposalsReply(desk) : helpReply(reader);
}

async function decide(exchange: Exchange, from: From, state: BrandState, answer: Answer): Promise<Rendered> {
  const { parts } = exchange;
  const { brand } = state;
  const outcome = await answerDesk(answerPorts(exchange), brand, askerOf(from, state), answer);
  const { kind } = outcome;
  parts.telemetry.info("a command in Slack was answered", {
    ...{ brand, what: answer.kind, user: from.userId, outcome: kind },
  });
  await followUp(parts, answer, outcome);
  return outcomeReply(answer, outcome);
}

/** Null for what asks for nothing that the log would keep. */
function answerOf(verb: string, rest: string, { userId, channel }: From): Answer | null {
  const asking = { kind: "ask", userId, channel: channel ?? "" } as const;
  switch (verb) {
    case "stop":
      return { kind: "stop", reason: rest === "" ? null : rest };
    case "resume":
      return { kind: "resume" };
    case "preview":
      return { ...asking, question: "preview", text: "" };
    case "why":
      return rest === "" ? null : { ...asking, question: "why", text: rest };
    default:
      return null;
  }
}
