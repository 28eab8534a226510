/** What is left alone: by whom, until when and why, whoever or whatever asks for it. */
import type { Plan, Protection } from "../domain/plan.ts";
import { describeForeignEdit } from "../words/foreign-edits.ts";
import { describeProtection } from "../words/protections.ts";
import { phrase } from "../words/say.ts";
import { type Linked, linkedName } from "./links.ts";
import { levelWord } from "./naming.ts";
import { capped, count, type Page, paragraph, section } from "./page.ts";

const MOST_LISTED = 15;

/** `foreignEdits` are those of the plan that the protections are told with. */
export function protectedLines(
  page: Page,
  { protections, foreignEdits }: { protections: readonly Protection[]; foreignEdits: Plan["foreignEdits"] },
): string[] {
  const title = phrase("report.protected", page.reader, { count: count(protections.length) });
  return section(
    page,
    title,
    capped(page, protections, MOST_LISTED, (one) => paragraph(page, words(page, foreignEdits, one), 1, 1)),
  );
}

export function namedInProtected({ protections }: { protections: readonly Protection[] }): Linked[] {
  return protections.slice(0, MOST_LISTED);
}

/** Of a foreign edit the platform tells more than that somebody made it: through what, what, and when. */
function words(page: Page, foreignEdits: Plan["foreignEdits"], one: Protection): string {
  const name = `${linkedName(page, one)} (${levelWord(page, one.ref)})`;
  const edit =
    one.because === "foreignEdit" ? foreignEdits.find(({ subject }) => isSame(subject.ref, one.ref)) : null;
  return edit ? describeForeignEdit(edit, name, page.reader) : describeProtection(one, name, page.reader);
}

function isSame(a: Protection["ref"] | null, b: Protection["ref"]): boolean {
  return (
    a !== null &&
    a.platform === b.platform &&
    a.accountId === b.accountId &&
    a.level === b.level &&
    a.id === b.id
  );
}
