/** One change of a night: what it does, why, what it may cost, how it stands, and the buttons that answer it. */
import type { Card } from "../domain/content.ts";
import type { HolderLine, Plan } from "../domain/plan.ts";
import { reasonWords } from "../report/change-section.ts";
import { editWords } from "../report/edit-words.ts";
import { addressOf } from "../report/links.ts";
import { levelWord } from "../report/naming.ts";
import type { Page } from "../report/page.ts";
import { describeAllEvidence, joinWords } from "../words/evidence.ts";
import { formatInstant, formatMoney } from "../words/format.ts";
import { phrase, say } from "../words/say.ts";
import { actions, type Block, context, section } from "./blocks.ts";
import { cardButtons, statusLines } from "./card-status.ts";
import { because, directionWords, MOST_NAME } from "./change-words.ts";
import { bold, link, mention, safe } from "./mrkdwn.ts";
import type { RenderOptions } from "./options.ts";
import { seriesLines } from "./sparkline.ts";

/** How much stands on a card: everything, without its days, without its conditions, or only what an answer takes. */
export const DETAILS = ["whole", "noDays", "noConditions", "decision"] as const;
export type Detail = (typeof DETAILS)[number];

export interface Night {
  plan: Plan;
  page: Page;
  options: RenderOptions;
}

/** Conditions in the one sentence that says why; all of them follow. */
const REASONS = 2;
const MOST_CONDITIONS = 900;
const MOST_LIMITS = 500;
const MOST_CAMPAIGN = 120;
const MOST_ID = 80;

/**
 * Characters in Slack's own writing. The sentence of why is shorter in any rule's words: what a platform or a person wrote into
 * it may be cut.
 */
const ROOM = { name: MOST_NAME, why: 500, reason: 300 } as const;
const ROOM_OF_DECISION = { name: 60, why: 220, reason: 60 } as const;

/** At most three blocks. What is to be decided, why, and how it stands is on every card, however little room there is. */
export function cardBlocks(card: Card, night: Night, detail: Detail): Block[] {
  const { change, proposal } = card;
  const { page, options, plan } = night;
  const { reader } = options;
  const line = plan.holders.find(({ subject }) => subject.key === change.holderKey) ?? null;
  const shown = proposal?.change ?? change;
  const room = detail === "decision" ? ROOM_OF_DECISION : ROOM;
  const why = safe(reasonWords(page, change, line, REASONS), room.why);
  const isDecided = proposal?.status !== "open";
  return [
    ...section([
      `${directionWords(shown, reader)} ${nameWords(card, line, night, detail)}`,
      bold(safe(editWords(shown.edit, reader, shown.until))),
      ...(detail === "decision" && isDecided ? [] : [phrase("card.why", reader, { why })]),
      ...statusLines(card, options, room.reason),
    ]),
    ...context(detailLines(card, line, night, detail)),
    ...actions(cardButtons(card, options)),
  ];
}

function nameWords({ change }: Card, line: HolderLine | null, { page, options }: Night, detail: Detail) {
  const { reader, entityUrl } = options;
  const level = safe(levelWord(page, change.target), MOST_ID);
  if (detail === "decision") return `${safe(change.name, ROOM_OF_DECISION.name)} (${level})`;
  const name = link(addressOf(entityUrl, change.target), safe(change.name, ROOM.name));
  if (line === null || line.owner !== "adGroup") return `${name} (${level})`;
  const campaign = safe(line.campaignName, MOST_CAMPAIGN);
  return phrase("report.subjectIn", reader, { name, level, campaign });
}

function detailLines(card: Card, line: HolderLine | null, night: Night, detail: Detail): string[] {
  const { change, proposal } = card;
  const { reader, factLabels } = night.options;
  if (detail === "decision") {
    return proposal?.status === "open" ? beforeLines(card, night, ROOM_OF_DECISION.reason) : [];
  }
  const rule = {
    rule: safe(change.ruleId, MOST_ID),
    pack: safe(change.pack, MOST_ID),
    owner: safe(change.owner, MOST_ID),
    id: safe((proposal?.change ?? change).id, MOST_ID),
  };
  const worst =
    change.worstCaseMicros === 0n
      ? []
      : [phrase("card.worstCase", reader, { amount: formatMoney(change.worstCaseMicros, reader) })];
  const limits = limitWords(card, night);
  const clamped = limits === "" ? [] : [phrase("card.limits", reader, { limits: safe(limits, MOST_LIMITS) })];
  const days = detail === "whole" && line !== null ? seriesLines(line, reader, factLabels) : [];
  return [
    ...beforeLines(card, night, ROOM.reason),
    ...(detail === "noConditions" ? [] : conditionLines(card, night)),
    ...clamped,
    ...days.map((text) => safe(text)),
    ...worst,
    phrase("card.rule", reader, rule),
  ];
}

/** Somebody's no to the same change before. */
function beforeLines({ rejectedBefore }: Card, { options }: Night, most: number): string[] {
  if (rejectedBefore === null) return [];
  const { reader, people } = options;
  const { by, atMs, reason } = rejectedBefore;
  const no = { by: mention(by, people), at: formatInstant(atMs, reader) };
  return [because(phrase("card.rejectedBefore", reader, no), reason, reader, most)];
}

/** Each condition with its value against its threshold; not where the sentence above says them all. */
function conditionLines(
  { change: { evidence } }: Card,
  { options: { reader, factLabels } }: Night,
): string[] {
  if (evidence.length <= REASONS) return [];
  const conditions = safe(describeAllEvidence(evidence, reader, factLabels), MOST_CONDITIONS);
  return [phrase("card.conditions", reader, { conditions })];
}

/** What the rule asked for, where a guardrail left less, and each guardrail's sentence. */
function limitWords({ change: { notes, wantedMicros } }: Card, { options: { reader } }: Night): string {
  if (notes.length === 0) return "";
  const asked =
    wantedMicros === null ? [] : [phrase("report.asked", reader, { to: formatMoney(wantedMicros, reader) })];
  return joinWords([...asked, ...notes.map(({ reason }) => say(reason, reader))], reader);
}
