/** Answers what was asked in Slack and cannot be answered there: by reading a plan, or by making one without effects. */
import type { Content, WhyContent } from "../../domain/content.ts";
import { figure, message } from "../../domain/figure.ts";
import { entityKey } from "../../domain/ids.ts";
import { MessengerError } from "../../domain/messenger.ts";
import type { HolderLine, Plan } from "../../domain/plan.ts";
import type { BrandState, Question } from "../../domain/state.ts";
import { LogError, StoreError } from "../../log/errors.ts";
import type { BrandConfig, LoopPorts } from "../ports.ts";
import { previewPlan } from "../preview.ts";
import { loadPlan } from "../steps/intend.ts";
import { newestPlanned } from "./night-view.ts";

/** Holders that one answer tells of. */
const MAX_FOUND = 5;
/** Who asked may have left the channel, so an answer that cannot be told is not tried for ever. */
const MAX_TRIES = 3;

/** Returns what kept it from being told. A question counts as answered also when the answer is that there is none. */
export async function answerQuestion(ports: LoopPorts, config: BrandConfig, id: string): Promise<unknown> {
  const { messenger, log } = ports;
  const state = await log.state(config.brand.id);
  const question = state.questions[id];
  if (messenger === null || question === undefined) return null;
  const content = await answerOf(ports, config, state, question);
  try {
    await messenger.tell(question.channel, question.userId, content);
  } catch (error) {
    if (!(error instanceof MessengerError)) throw error;
    const tries = (state.retries[`answerQuestion ${id}`]?.tries ?? 0) + 1;
    if (tries < MAX_TRIES) return error;
  }
  const atMs = await ports.clock.nowMs();
  await log.append(config.brand.id, (current) =>
    current.questions[id] === undefined ? null : [{ type: "questionAnswered", v: 1, atMs, questionId: id }],
  );
  return null;
}

async function answerOf(
  ports: LoopPorts,
  config: BrandConfig,
  state: BrandState,
  { id, kind, text }: Question,
): Promise<Content> {
  const key = `question/${id}`;
  try {
    if (kind === "preview") return { key, body: { kind, plan: await previewPlan(ports, config) } };
    const planHash = newestPlanned(state)?.planHash ?? null;
    const plan = planHash === null ? null : await loadPlan(ports, planHash);
    return { key, body: whyOf(plan, text) };
  } catch (error) {
    if (error instanceof LogError || error instanceof StoreError || !(error instanceof Error)) throw error;
    const reason = message("loop.stepFailed", { detail: figure(error.message, "text") });
    return { key, body: { kind: "unanswered", question: kind, reason } };
  }
}

/** Holders whose id it is, or whose name or campaign has every word of it. */
export function whyOf(plan: Plan | null, asked: string): WhyContent {
  const words = plainWords(asked);
  const holders = plan?.holders ?? [];
  const named = holders.filter(({ subject }) => subject.ref?.id === asked.trim());
  const fits = (named.length > 0 ? named : holders).filter(({ subject, campaignName }) => {
    const texts = plainWords(`${subject.name} ${campaignName} ${subject.ref?.id ?? ""}`).join(" ");
    return words.length > 0 && words.every((word) => texts.includes(word));
  });
  const found = fits.slice(0, MAX_FOUND).map((holder) => foundOf(plan, holder));
  return { kind: "why", asked, plan, found };
}

function foundOf(plan: Plan | null, { subject: { key, name } }: HolderLine): WhyContent["found"][number] {
  return {
    name,
    verdicts: plan?.verdicts.filter(({ subject }) => subject.key === key) ?? [],
    changes: plan?.changes.filter(({ holderKey }) => holderKey === key) ?? [],
    protections: plan?.protections.filter(({ ref }) => entityKey(ref) === key) ?? [],
  };
}

/** In small letters without accents, as people type in a hurry. */
function plainWords(text: string): string[] {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
}
