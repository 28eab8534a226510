/** A night's message: the channel's with what the night amounts to, and its pages, each with some of the changes. */
import { differenceMicros } from "../domain/change.ts";
import type { NightContent } from "../domain/content.ts";
import type { Plan } from "../domain/plan.ts";
import { blockedLines } from "../report/change-section.ts";
import { newcomerLines, notActedLines, scopeLines } from "../report/changed-section.ts";
import { signedMoney } from "../report/edit-words.ts";
import { missLines, noticeLines } from "../report/miss-section.ts";
import type { Page } from "../report/page.ts";
import { unknownLines } from "../report/unknown-section.ts";
import { formatDay, formatInstant, formatMoney } from "../words/format.ts";
import { phrase, say } from "../words/say.ts";
import { ACTIONS } from "./actions.ts";
import { stopWords } from "./alert-words.ts";
import {
  actions,
  type Block,
  type Button,
  context,
  header,
  type Rendered,
  section,
  words,
} from "./blocks.ts";
import { funnelLines, merLines } from "./brand-lines.ts";
import { cardBlocks, DETAILS, type Detail, type Night } from "./card.ts";
import { button } from "./change-words.ts";
import { firstThatFits } from "./fit.ts";
import { bold, plain, safe } from "./mrkdwn.ts";
import type { RenderOptions } from "./options.ts";
import { pageOf, toldSection } from "./page.ts";
import { protectionLines } from "./protections.ts";

/** Days of a month on average, by which an amount a day is told by the month. */
const MONTH_DAYS = 30.4;

const MOST_REFUSAL = 600;
const MOST_PROTECTED = 8;
const MOST_UNKNOWN = 6;
const MOST_NOTICES = 8;
const MOST_MISSES = 6;
const MOST_BLOCKED = 6;
const MOST_NEW = 6;
const MOST_CONFIRM = 300;
/** Beside the cards, on the channel's message: what is not a decision leaves first. */
const ASIDES: Readonly<Record<Detail, number>> = { whole: 1, noDays: 1, noConditions: 0.5, decision: 0.25 };

/** The most that fits; what is decided is on every card of each. */
export function renderNight(content: NightContent, options: RenderOptions): Rendered {
  const { plan, cards, page: index } = content;
  const page = pageOf(options, plan);
  const night = { plan, page, options };
  const candidates = DETAILS.map((detail) => () => {
    const shown = cards.flatMap((card) => cardBlocks(card, night, detail));
    return index === 0
      ? [
          ...headBlocks(content, night, ASIDES[detail]),
          ...shown,
          ...footBlocks(content, night, ASIDES[detail]),
        ]
      : [...pageHead(content, night), ...shown];
  });
  const blocks = firstThatFits(candidates);
  const told = [...alarmWords(plan, options), outcomeWords(plan, options)].join(" ");
  return { text: safe(`${titleWords(plan, options)}: ${told}`), blocks };
}

/** A notification says first what nobody should sleep through. */
function alarmWords(
  { brandLine: { merBand, merFloor, merAlarm } }: Plan,
  { reader }: RenderOptions,
): string[] {
  if (merBand !== "alarm") return [];
  return [`${phrase("report.merBand.alarm", reader, { floor: merFloor, alarm: merAlarm })}.`];
}

/** What a plan comes to, before its changes: for a night and for a preview. */
export function planHead(plan: Plan, page: Page, options: RenderOptions, share: number): Block[] {
  return [
    header(titleWords(plan, options)),
    ...section([bold(safe(outcomeWords(plan, options), MOST_REFUSAL)), ...effectLines(plan, options)]),
    ...section([
      ...unknownLines(page, plan)
        .slice(0, roomOf(MOST_UNKNOWN, share))
        .map((line) => safe(line.trim(), MOST_REFUSAL)),
      ...toldSection(noticeLines(page, plan), roomOf(MOST_NOTICES, share)),
    ]),
    ...section(merLines(plan.brandLine, options.reader)),
    ...section(funnelLines(page, plan.brandLine)),
  ];
}

/** Nearest misses, what was blocked, what is left alone; `share` of the lines that there would be room for. */
export function planFoot(plan: Plan, page: Page, options: RenderOptions, share: number): Block[] {
  const room = (most: number) => roomOf(most, share);
  const quiet = isQuiet(plan);
  return [
    ...(quiet ? section(toldSection(missLines(page, plan), room(MOST_MISSES))) : []),
    ...section(toldSection(blockedLines(page, plan), room(MOST_BLOCKED))),
    ...section(toldSection(newcomerLines(page, plan), room(MOST_NEW))),
    ...section(toldSection(scopeLines(page, plan), room(MOST_NEW))),
    ...section(toldSection(notActedLines(page, plan), room(MOST_NEW))),
    ...section(protectionLines(plan.protections, room(MOST_PROTECTED), options.reader)),
  ];
}

function roomOf(most: number, share: number): number {
  return Math.max(1, Math.ceil(most * share));
}

export function titleWords({ day, brandName, zone }: Plan, { reader }: RenderOptions): string {
  return phrase("report.title", reader, { brand: plain(brandName, 80), day: formatDay(day, reader), zone });
}

function headBlocks(
  { plan, stop, safe: count }: NightContent,
  { page, options }: Night,
  share: number,
): Block[] {
  return [
    ...planHead(plan, page, options, share),
    ...section(stop === null ? [] : [stopWords(stop, options)]),
    ...actions(count === 0 ? [] : [approveSafe(plan, count, options)]),
  ];
}

function footBlocks({ plan, pages }: NightContent, { page, options }: Night, share: number): Block[] {
  const { reader } = options;
  const thread = { count: { value: pages - 1, unit: "count" } } as const;
  return [
    ...planFoot(plan, page, options, share),
    ...context([
      ...(pages > 1 ? [phrase("night.thread", reader, thread)] : []),
      phrase("night.decided", reader, {
        at: formatInstant(plan.decidedAtMs, reader),
        zone: safe(plan.zone),
        engine: safe(plan.engineVersion, 20),
      }),
    ]),
  ];
}

function pageHead({ plan, page, pages }: NightContent, { options: { reader } }: Night): Block[] {
  const place = {
    brand: safe(plan.brandName, 80),
    day: formatDay(plan.day, reader),
    page: String(page + 1),
    pages: String(pages),
  };
  return context([phrase("night.page", reader, place)]);
}

/** One click that moves much says once more what it does. */
function approveSafe(plan: Plan, safeCount: number, { reader }: RenderOptions): Button {
  const count = { value: safeCount, unit: "count" } as const;
  const routine = plan.changes.filter((change) => change.outcome === "proposed" && change.routine);
  const day = routine.reduce((sum, { edit }) => sum + differenceMicros(edit), 0n);
  const text = phrase("slack.button.approveSafe", reader, { count });
  const confirm = phrase("night.safe.text", reader, { count, day: signedMoney(day, reader) });
  return {
    ...button(ACTIONS.approveSafe, text, plan.roundId),
    confirm: {
      title: words(phrase("night.safe.title", reader)),
      text: words(plain(confirm, MOST_CONFIRM)),
      confirm: words(phrase("slack.button.approve", reader)),
      deny: words(phrase("slack.button.cancel", reader)),
    },
  };
}

function outcomeWords(plan: Plan, { reader }: RenderOptions): string {
  if (plan.refused !== null) {
    const refused = phrase("report.refused", reader, { reason: say(plan.refused, reader) });
    return `${refused}. ${phrase("night.nothingProposed", reader)}`;
  }
  const parts = (["proposed", "auto", "shadow", "blocked"] as const).flatMap((outcome) => {
    const value = plan.changes.filter((change) => change.outcome === outcome).length;
    const count = { value, unit: "count" } as const;
    return value === 0 ? [] : [phrase(`report.count.${outcome}`, reader, { count })];
  });
  const none = isQuiet(plan) ? [phrase("night.none", reader)] : [];
  return [...none, ...(parts.length === 0 ? [] : [`${parts.join(", ")}.`])].join(" ");
}

function effectLines(plan: Plan, { reader }: RenderOptions): string[] {
  const made = plan.changes.filter(isMade);
  const mode = phrase(`report.mode.${plan.mode}`, reader);
  if (made.length === 0) return [mode];
  const micros = made.reduce((sum, { edit }) => sum + differenceMicros(edit), 0n);
  const worst = made.reduce((sum, { worstCaseMicros }) => sum + worstCaseMicros, 0n);
  const month = BigInt(Math.round(Number(micros) * MONTH_DAYS));
  return [
    safe(
      phrase("night.effect", reader, { day: signedMoney(micros, reader), month: signedMoney(month, reader) }),
    ),
    ...(worst === 0n
      ? []
      : [safe(phrase("night.worstCase", reader, { amount: formatMoney(worst, reader) }))]),
    mode,
  ];
}

function isQuiet(plan: Plan): boolean {
  return !plan.changes.some(isMade);
}

function isMade({ outcome }: Plan["changes"][number]): boolean {
  return outcome === "proposed" || outcome === "auto";
}
