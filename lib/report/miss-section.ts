/** What did not happen and why: notices, holds, near misses, holders too small to judge, spend and data out of sight. */
import type { Day } from "../domain/day.ts";
import { accountKey } from "../domain/ids.ts";
import type { ActiveHold, Forecast, NearMiss, Notice, Plan } from "../domain/plan.ts";
import type { Evidence } from "../domain/verdict.ts";
import { describeAllEvidence, describeEvidence, joinWords } from "../words/evidence.ts";
import { windowWords } from "../words/evidence-window.ts";
import { factLabel } from "../words/fact-words.ts";
import { formatFigure, formatMoney } from "../words/format.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase, say } from "../words/say.ts";
import { holdWords } from "./hold-words.ts";
import { type Linked, linkedName } from "./links.ts";
import { levelWord, subjectWords } from "./naming.ts";
import { capped, count, labelled, type Page, paint, paragraph, section } from "./page.ts";
import { otherMissing } from "./unknown-section.ts";

/** A night without proposals must still say what came nearest. */
const MOST_MISSES_QUIET = 5;
const MOST_MISSES = 3;
const MOST_LISTED = 10;
/** Conditions told of one near miss; a rule that fails in more is not near. */
const MOST_FAILING = 3;

/** Alarms and holds: first in the report, because they explain the rest. */
export function noticeLines(page: Page, plan: Plan): string[] {
  const urgent = plan.notices.filter((notice) => notice.urgent);
  const others = plan.notices.filter((notice) => !notice.urgent);
  const names = namesOf(plan);
  const lines = [
    ...urgent.flatMap((notice) => oneNotice(page, notice).map((line) => paint(page, "red", line))),
    ...plan.holds.flatMap((hold) => oneHold(page, hold, names).map((line) => paint(page, "yellow", line))),
    ...others.flatMap((notice) => oneNotice(page, notice)),
  ];
  return section(page, phrase("report.notices", page.reader), lines);
}

/** Of accounts and of whatever a rule looked at, by key. */
function namesOf({ brandLine, verdicts }: Plan): ReadonlyMap<string, string> {
  return new Map([
    ...verdicts.map(({ subject }) => [subject.key, subject.name] as const),
    ...brandLine.accounts.map(({ account, name }) => [accountKey(account), name] as const),
  ]);
}

/** The notices alone, for a channel that they name. */
export function namedNoticeLines(page: Page, notices: readonly Notice[]): string[] {
  const lines = notices.flatMap((notice) => oneNotice(page, { ...notice, to: [] }));
  return section(page, phrase("report.notices", page.reader), lines);
}

export function missLines(page: Page, plan: Plan): string[] {
  const { reader } = page;
  const shown = shownMisses(plan);
  const title = phrase("report.misses", reader, { count: count(shown.length) });
  const lines = shown.flatMap((miss) => missParagraph(page, miss));
  if (isQuiet(plan) && lines.length === 0) {
    return section(page, title, paragraph(page, phrase("report.noMisses", reader)));
  }
  return section(page, title, lines);
}

/** What these sections name, as far as they show it. */
export function namedInMisses(plan: Plan): Linked[] {
  const subjects = [...plan.notices, ...shownMisses(plan), ...smallest(plan).slice(0, MOST_LISTED)];
  return [...subjects.map(({ subject }) => subject), ...plan.uncovered.slice(0, MOST_LISTED)];
}

function shownMisses(plan: Plan): NearMiss[] {
  return plan.nearMisses.slice(0, isQuiet(plan) ? MOST_MISSES_QUIET : MOST_MISSES);
}

function isQuiet(plan: Plan): boolean {
  return !plan.changes.some((change) => change.outcome === "proposed" || change.outcome === "auto");
}

export function tooSmallLines(page: Page, plan: Plan): string[] {
  const title = phrase("report.tooSmall", page.reader);
  return section(
    page,
    title,
    capped(page, smallest(plan), MOST_LISTED, (miss) => {
      const pace = miss.forecast === null ? nearestWords(page, miss) : neverWords(page, miss.forecast);
      return paragraph(page, labelled(page, missWords(page, miss), pace), 1, 1);
    }),
  );
}

/** Each holder once, and only where nothing else happens to it tonight. */
function smallest(plan: Plan): NearMiss[] {
  const changed = new Set(plan.changes.map((change) => change.holderKey));
  const first = Map.groupBy(plan.tooSmall, (miss) => miss.subject.key);
  return [...first].flatMap(([key, misses]) => (changed.has(key) ? [] : misses.slice(0, 1)));
}

/** Spend that no rule looks at, and figures that could not be had besides whole accounts. */
export function blindLines(page: Page, plan: Plan): string[] {
  const { reader } = page;
  const uncovered = capped(page, plan.uncovered, MOST_LISTED, (line) => {
    const spend =
      line.spend.value === null
        ? formatFigure(line.spend, reader)
        : formatMoney(Number(line.spend.value), reader) + windowWords(line.spend, reader);
    return paragraph(
      page,
      labelled(page, `${linkedName(page, line)} (${levelWord(page, line.ref)})`, spend),
      1,
      1,
    );
  });
  const missing = otherMissing(plan).flatMap((message) => paragraph(page, say(message, reader), 1, 1));
  return [
    ...section(page, phrase("report.uncovered", reader), uncovered),
    ...section(page, phrase("report.missing", reader), missing),
  ];
}

/** The nearest failing condition with its distance or forecast, and how many others failed. */
export function nearestWords(page: Page, miss: NearMiss): string {
  const [nearest, ...others] = miss.failing;
  if (nearest === undefined) return "";
  const words = failingWords(page, nearest, miss.forecast);
  return others.length === 0
    ? words
    : `${words} ${phrase("miss.others", page.reader, { count: count(others.length) })}`;
}

/** Who missed which rule, and by which conditions, nearest first. */
export function missParagraph(page: Page, miss: NearMiss): string[] {
  const told = miss.failing.slice(0, MOST_FAILING).map((leaf) => failingWords(page, leaf, miss.forecast));
  const rest = miss.failing.length - told.length;
  const others = rest > 0 ? ` ${phrase("miss.others", page.reader, { count: count(rest) })}` : "";
  const text = labelled(page, missWords(page, miss), `${joinWords(told, page.reader)}${others}`);
  return paragraph(page, text, 1, 1);
}

function missWords(page: Page, miss: NearMiss): string {
  return `${subjectWords(page, miss.subject)}, ${plainText(miss.ruleId)}`;
}

/** "11 of 15 conversions over 14 days, about Thu 12 Mar at 1.5 a day". */
function failingWords(page: Page, leaf: Evidence, forecast: Forecast | null): string {
  const { reader } = page;
  const words = describeEvidence(leaf, reader, page.factLabels);
  if (forecast !== null && forecast.fact === leaf.fact && forecast.day !== null) {
    return `${words}, ${forecastWords(page, forecast, forecast.day)}`;
  }
  if (leaf.distancePercent === null) return words;
  const distance = { value: leaf.distancePercent, unit: "percent" } as const;
  return `${words} (${phrase("miss.distance", reader, { distance })})`;
}

/** "about Thu 12 Mar at 1.5 a day". */
export function forecastWords(page: Page, forecast: Forecast, day: Day): string {
  const values = { day: { value: day, unit: "day" }, pace: pace(forecast) } as const;
  return phrase("miss.forecast", page.reader, values);
}

/** "0.2 conversions a day, 15 needed": at this pace the window never holds enough. */
function neverWords(page: Page, forecast: Forecast): string {
  const { unit } = forecast;
  return phrase("miss.never", page.reader, {
    have: { value: forecast.have, unit },
    need: { value: forecast.need, unit },
    label: factLabel(forecast.fact, page.reader, page.factLabels),
    pace: pace(forecast),
  });
}

function pace(forecast: Forecast): { value: number; unit: Forecast["unit"] } {
  return { value: forecast.perDay, unit: forecast.unit };
}

function oneNotice(page: Page, notice: Notice): string[] {
  const { reader } = page;
  const values = {
    subject: subjectWords(page, notice.subject),
    why: describeAllEvidence(notice.evidence, reader, page.factLabels),
    rule: plainText(notice.ruleId),
  };
  const key = notice.blind ? "notice.blind" : notice.urgent ? "notice.alarm" : "notice.note";
  const told = phrase(key, reader, values);
  const channels = notice.to.map((channel) => plainText(channel)).join(", ");
  return paragraph(
    page,
    channels === "" ? told : phrase("notice.to", reader, { notice: told, channels }),
    1,
    1,
  );
}

function oneHold(page: Page, hold: ActiveHold, names: ReadonlyMap<string, string>): string[] {
  const { reader } = page;
  const held = holdWords(page, hold, names);
  const leaves =
    hold.because === "noData" ? hold.evidence.filter((leaf) => leaf.result === "noData") : hold.evidence;
  const why = describeAllEvidence(leaves, reader, page.factLabels);
  const values = { held, why, rule: plainText(hold.ruleId) };
  return paragraph(page, phrase(why === "" ? "hold.line" : "hold.because", reader, values), 1, 1);
}
