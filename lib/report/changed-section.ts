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
    const looked = labelled(page, subjectWords(page, subject), lookingWords(page, rules));
    return paragraph(page, looked, 1, 1);
  });
  return section(page, phrase("report.newcomers", reader, { count: count(newcomers.length) }), lines);
}

/** The rules that look at it; their lack where there is none. */
export function lookingWords({ reader }: Page, rules: readonly string[]): string {
  if (rules.length === 0) return phrase("newcomer.noRule", reader);
  return joinWords(
    rules.map((rule) => plainText(rule)),
    reader,
  );
}

export function namedNew({ newcomers }: Plan): Linked[] {
  return newcomers.slice(0, MOST_LISTED).map(({ subject }) => subject);
}

/** Rules that look at nobody or at many more. */
export function scopeLines(page: Page, { scopes }: Plan): string[] {
  const changed = capped(page, scopes, MOST_LISTED, (scope) => {
    const text = labelled(page, plainText(scope.ruleId), scopeWords(page, scope));
    return paragraph(page, text, 1, 1);
  });
  return section(page, phrase("report.scopes", page.reader), changed);
}

export function scopeWords({ reader }: Page, { size, before }: Plan["scopes"][number]): string {
  if (size === 0 || before === null) return phrase("scope.empty", reader);
  return phrase("scope.grown", reader, { size: count(size), before: count(before) });
}

/** Rules that matched and neither told nor held. */
export function silentLines(page: Page, { silent }: Plan): string[] {
  const { reader } = page;
  const lines = capped(page, silent, MOST_LISTED, ({ ruleId, subject, reason }) => {
    const who = `${subjectWords(page, subject)}, ${plainText(ruleId)}`;
    return paragraph(page, labelled(page, who, say(reason, reader)), 1, 1);
  });
  return section(page, phrase("report.silent", reader), lines);
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
