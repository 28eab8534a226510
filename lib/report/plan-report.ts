/** A plan as a person reads it on a terminal: what needs an answer first, where it all comes from last. */
import type { Plan } from "../domain/plan.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase } from "../words/say.ts";
import { brandLines, titleLines } from "./brand-section.ts";
import { blockedLines, changeLines } from "./change-section.ts";
import { holderLines } from "./holder-section.ts";
import { limitLines, madeLines } from "./made-section.ts";
import { blindLines, missLines, noticeLines, tooSmallLines } from "./miss-section.ts";
import { type Page, type PageOptions, pageFor, paragraph, section } from "./page.ts";

export interface PlanReportOptions extends PageOptions {
  /** Where the brand's log is kept; null for a preview, which leaves no trace. */
  logFolder: string | null;
  /** Commands worth typing next, as they are typed. */
  next: readonly string[];
}

/** The whole report, without a line break at its end. No line is longer than `width` columns (60 or more). */
export function renderPlan(plan: Plan, options: PlanReportOptions): string {
  const page = pageFor(options, plan.currency, plan.zone);
  const lines = [
    ...titleLines(page, plan),
    ...noticeLines(page, plan),
    ...brandLines(page, plan),
    ...holderLines(page, plan),
    ...changeLines(page, plan),
    ...blockedLines(page, plan),
    ...missLines(page, plan),
    ...tooSmallLines(page, plan),
    ...blindLines(page, plan),
    ...limitLines(page, plan),
    ...madeLines(page, plan),
    ...closingLines(page, options),
  ];
  return lines.join("\n");
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
