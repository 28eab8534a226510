/** What is not as it was the night before: budget holders that are new, rules whose scope is empty or grew, and what nobody acts on yet. */
import type { Plan } from "../domain/plan.ts";
import { joinWords } from "../words/evidence.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase, say } from "../words/say.ts";
import type { Linked } from "./links.ts";
import { subjectWords } from "./naming.ts";
import { capped, count, labelled, type Page, paragraph, section } from "./page.ts";

const MOST_LISTED = 10;

/** Who is new, and which money rules look at it now. */
export function newcomerLines(page: Page, { newcomers }: Plan): string[] {
  const { reader } = page;
  const lines = capped(page, newcomers, MOST_LISTED, ({ subject, rules }) => {
    const looked =
      rules.length === 0
        ? phrase("newcomer.noRule", reader)
        : joinWords(
            rules.map((rule) => plainText(rule)),
            reader,
          );
    return paragraph(page, labelled(page, subjectWords(page, subject), looked), 1, 1);
  });
  return section(page, phrase("report.newcomers", reader, { count: count(newcomers.length) }), lines);
}

export function namedNew({ newcomers }: Plan): Linked[] {
  return newcomers.slice(0, MOST_LISTED).map(({ subject }) => subject);
}

/** Rules that look at nobody or at many more. */
export function scopeLines(page: Page, { scopes }: Plan): string[] {
  const { reader } = page;
  const changed = capped(page, scopes, MOST_LISTED, ({ ruleId, size, before }) => {
    const rule = plainText(ruleId);
    const text =
      size === 0 || before === null
        ? phrase("scope.empty", reader, { rule })
        : phrase("scope.grown", reader, { rule, size: count(size), before: count(before) });
    return paragraph(page, text, 1, 1);
  });
  return section(page, phrase("report.scopes", reader), changed);
}

/** Rules that matched without Palier acting on them. */
export function notActedLines(page: Page, { notActed }: Plan): string[] {
  const { reader } = page;
  const lines = capped(page, notActed, MOST_LISTED, ({ ruleId, reason, subjects }) => {
    const values = { rule: plainText(ruleId), reason: say(reason, reader), subjects: count(subjects) };
    return paragraph(page, phrase("notActed.rule", reader, values), 1, 1);
  });
  return section(page, phrase("report.notActed", reader), lines);
}
