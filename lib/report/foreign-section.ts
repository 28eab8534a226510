/** Budgets that a person or another tool changed: who, through what, when, and until when they are left alone. */
import type { Plan } from "../domain/plan.ts";
import { describeForeignEdit } from "../words/foreign-edits.ts";
import { phrase } from "../words/say.ts";
import type { Linked } from "./links.ts";
import { subjectWords } from "./naming.ts";
import { capped, count, type Page, paragraph, section } from "./page.ts";

const MOST_LISTED = 10;

export function foreignLines(page: Page, { foreignEdits }: Plan): string[] {
  const title = phrase("report.foreignEdits", page.reader, { count: count(foreignEdits.length) });
  return section(
    page,
    title,
    capped(page, foreignEdits, MOST_LISTED, (edit) =>
      paragraph(page, describeForeignEdit(edit, subjectWords(page, edit.subject), page.reader), 1, 1),
    ),
  );
}

export function namedInForeign({ foreignEdits }: Plan): Linked[] {
  return foreignEdits.slice(0, MOST_LISTED).map(({ subject }) => subject);
}
