/** A plan as a person reads it on a terminal: what needs an answer first, where it all comes from last. */
import type { Message } from "../domain/figure.ts";
import type { Plan } from "../domain/plan.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase, say } from "../words/say.ts";
import { brandLines, titleLines } from "./brand-section.ts";
import { blockedLines, changeLines, namedInBlocked } from "./change-section.ts";
import { namedNew, newcomerLines, notActedLines, scopeLines, silentLines } from "./changed-section.ts";
import { holderLines, namedInTable } from "./holder-section.ts";
import { addressList } from "./links.ts";
import { limitLines, madeLines } from "./made-section.ts";
import { blindLines, missLines, namedInMisses, noticeLines, tooSmallLines } from "./miss-section.ts";
import { dim, type Page, type PageOptions, pageFor, paragraph, section } from "./page.ts";
import { namedInProtected, protectedLines } from "./protected-section.ts";
import { unreadPlatforms } from "./unknown-section.ts";

export interface PlanReportOptions extends PageOptions {
  /** Where the brand's log is kept; null for a preview, which leaves no trace. */
  logFolder: string | null;
  /** Commands worth typing next, as they are typed. */
  next: readonly string[];
  /** What would make the plan a better one, told before all else. */
  advice?: readonly Message[];
  /** Of a plan on a dataset: what the files could not say. */
  dataset?: readonly Message[];
}

/**
 * The whole report, without a line break at its end. No line is longer than `width` columns (60 or more), lines that end with
 * an address aside: a broken address leads nowhere.
 */
export function renderPlan(plan: Plan, options: PlanReportOptions): string {
  const page = pageFor(options, { ...plan, platforms: platformsOf(plan) });
  const lines = [
    ...titleLines(page, plan, options.advice ?? []),
    ...noticeLines(page, plan),
    ...brandLines(page, plan),
    ...holderLines(page, plan),
    ...changeLines(page, plan),
    ...blockedLines(page, plan),
    ...protectedLines(page, plan),
    ...missLines(page, plan),
    ...tooSmallLines(page, plan),
    ...blindLines(page, plan),
    ...newcomerLines(page, plan),
    ...scopeLines(page, plan),
    ...silentLines(page, plan),
    ...notActedLines(page, plan),
    ...linkLines(page, plan),
    ...limitLines(page, plan),
    ...madeLines(page, plan),
    ...datasetLines(page, options),
    ...closingLines(page, options),
  ];
  return lines.join("\n");
}

/** Every platform that the plan has to do with, those that did not answer included. */
function platformsOf(plan: Plan): string[] {
  return [
    ...plan.sources.map(({ account }) => account.split("/")[0] ?? ""),
    ...plan.holders.flatMap(({ subject }) => subject.ref?.platform ?? []),
    ...unreadPlatforms(plan),
  ];
}

/** Addresses of everything that the report names, away from what has to be decided; nothing where names are links. */
function linkLines(page: Page, plan: Plan): string[] {
  if (page.hyperlinks) return [];
  const named = [
    ...namedInTable(page, plan),
    ...namedInBlocked(plan),
    ...namedInProtected(plan),
    ...namedInMisses(plan),
    ...namedNew(plan),
  ];
  return section(page, phrase("report.links", page.reader), dim(page, addressList(page, named)));
}

function datasetLines(page: Page, { dataset = [] }: PlanReportOptions): string[] {
  const notes = dataset.flatMap((note) => paragraph(page, say(note, page.reader), 1, 1));
  return section(page, phrase("dataset.title", page.reader), notes);
}

function closingLines(page: Page, { logFolder, next }: PlanReportOptions): string[] {
  const log = phrase("report.log", page.reader);
  const folder = logFolder === null ? phrase("report.noLog", page.reader) : plainText(logFolder);
  return [
    ...section(page, log, paragraph(page, folder)),
    ...section(
      page,
      phrase("report.next", page.reader),
      next.flatMap((command) => paragraph(page, command, 1, 1)),
    ),
  ];
}
