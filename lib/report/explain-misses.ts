/** The near misses of a night over all its rules, as a person reads them. */
import type { AllNearMisses } from "../domain/explanation.ts";
import { formatDay } from "../words/format.ts";
import { phrase } from "../words/say.ts";
import { missParagraph } from "./miss-section.ts";
import { capped, type Page, paint, paragraph, section } from "./page.ts";

/** More is a list for machines. */
const MOST_MISSES = 40;
const MOST_SMALL = 10;

export function renderNearMisses(page: Page, { day, nearMisses, tooSmall }: AllNearMisses): string {
  const { reader } = page;
  const title = phrase("explain.nearMisses", reader, {
    day: formatDay(day, reader, true),
    zone: reader.zone,
  });
  return [
    paint(page, "bold", title),
    ...(nearMisses.length === 0
      ? paragraph(page, phrase("report.noMisses", reader))
      : capped(page, nearMisses, MOST_MISSES, (miss) => missParagraph(page, miss))),
    ...section(
      page,
      phrase("report.tooSmall", reader),
      capped(page, tooSmall, MOST_SMALL, (miss) => missParagraph(page, miss)),
    ),
  ].join("\n");
}
