/** Why each rule did, or did not, act on one thing in one night, as a person reads it. */
import type {
  BecameChange,
  Exclusion,
  ExplainedCondition,
  Explanation,
  Judgement,
  RuleExplanation,
} from "../domain/explanation.ts";
import type { Subject } from "../domain/verdict.ts";
import { formatDay, formatFigure } from "../words/format.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase, say } from "../words/say.ts";
import { editWords, pauseEndWords, shortEdit } from "./edit-words.ts";
import { leafWords, turnWords } from "./explain-leaf.ts";
import { holdWords } from "./hold-words.ts";
import { addressLines } from "./links.ts";
import { forecastWords } from "./miss-section.ts";
import { subjectWords } from "./naming.ts";
import { count, dim, labelled, type Page, paint, paragraph, section } from "./page.ts";
import { padEnd } from "./width.ts";

/** Columns of "> yes  ". */
const MARK_WIDTH = 5;

export function renderExplanation(page: Page, explanation: Explanation): string {
  const judged = explanation.rules.filter((rule) => rule.judged !== null);
  const outside = explanation.rules.filter((rule) => rule.judged === null);
  return [
    ...titleLines(page, explanation),
    ...judged.flatMap((rule) => judgedLines(page, rule)),
    ...(judged.length === 0
      ? []
      : ["", ...dim(page, paragraph(page, phrase("explain.decides", page.reader), 0))]),
    ...outside.flatMap((rule) => endLines(page, rule)),
    ...section(
      page,
      phrase("explain.outside", page.reader, { count: count(outside.length) }),
      outside.flatMap((rule) => paragraph(page, outsideWords(page, rule), 1, 1)),
    ),
  ].join("\n");
}

function titleLines(page: Page, { subjects, day, refused }: Explanation): string[] {
  const { reader } = page;
  const subject = subjects.find(({ ref }) => ref !== null) ?? subjects[0];
  if (subject === undefined) return [];
  const levels = subjects.map(({ level }) => stateWord(page, level)).join(", ");
  const known = { key: plainText(subject.key), levels, currency: reader.currency };
  const title = { thing: subjectWords(page, subject), day: formatDay(day, reader, true), zone: reader.zone };
  return [
    paint(page, "bold", phrase("explain.title", reader, title)),
    ...paragraph(page, phrase("explain.known", reader, known), 0),
    ...(subject.ref === null ? [] : addressLines(page, subject.ref, "")),
    ...(refused === null
      ? []
      : paragraph(page, phrase("report.refused", reader, { reason: say(refused, reader) }), 0).map((line) =>
          paint(page, "red", line),
        )),
  ];
}

const HEADS = {
  matched: "explain.fires",
  notMatched: "explain.doesNotFire",
  noData: "explain.cannotTell",
} as const;

function judgedLines(page: Page, rule: RuleExplanation): string[] {
  const { judged } = rule;
  if (judged === null) return [];
  const head = phrase(HEADS[judged.result], page.reader, {
    rule: plainText(rule.ruleId),
    pack: plainText(rule.pack),
  });
  return [
    "",
    paint(page, "bold", head),
    ...dim(page, paragraph(page, plainText(rule.description))),
    ...conditionLines(page, judged.condition, 1),
    ...turnLines(page, judged),
    ...becameLines(page, rule, judged).flatMap((line) => paragraph(page, line, 1, 1)),
  ];
}

const MARKS = { matched: "explain.yes", notMatched: "explain.no", noData: "explain.unknown" } as const;

/** Each condition under what it stands in; those that did not decide are dim. */
function conditionLines(page: Page, condition: ExplainedCondition, depth: number): string[] {
  const mark = padEnd(phrase(MARKS[condition.result], page.reader), MARK_WIDTH);
  const lead = `${condition.decides ? "> " : "  "}${mark}`;
  const text =
    condition.kind === "leaf"
      ? leafWords(page, condition)
      : phrase(condition.kind === "all" ? "explain.all" : "explain.any", page.reader);
  const lines = hanging(page, lead, text, depth);
  return [
    ...(condition.decides ? lines : dim(page, lines)),
    ...(condition.kind === "leaf"
      ? []
      : condition.children.flatMap((child) => conditionLines(page, child, depth + 1))),
  ];
}

/** The text beside its mark, following lines under its first word. */
function hanging(page: Page, lead: string, text: string, depth: number): string[] {
  const own = { ...page, width: page.width - lead.length };
  return paragraph(own, text, depth).map((line, index) => {
    const indent = " ".repeat(line.length - line.trimStart().length);
    return `${indent}${index === 0 ? lead : " ".repeat(lead.length)}${line.trimStart()}`;
  });
}

function turnLines(page: Page, { result, turns, forecast, never }: Judgement): string[] {
  const { reader } = page;
  if (turns.length === 0) return [];
  const figures = turns
    .map((leaf) => turnWords(page, leaf, result !== "matched"))
    .join(phrase("explain.and", reader));
  const words = phrase(result === "matched" ? "explain.wouldStop" : "explain.wouldFire", reader, { figures });
  return [
    ...paragraph(page, words, 1, 1).map((line) => paint(page, "yellow", line)),
    ...(never ? paragraph(page, phrase("explain.never", reader)) : []),
    ...(never || forecast === null || forecast.day === null
      ? []
      : paragraph(
          page,
          phrase("explain.forecast", reader, { forecast: forecastWords(page, forecast, forecast.day) }),
        )),
  ];
}

function becameLines(page: Page, rule: RuleExplanation, { subject, result, became }: Judgement): string[] {
  const { reader } = page;
  const names = new Map([[subject.key, subject.name]]);
  const { changes, notice, hold, silent, notActed } = became;
  const told = [
    ...[...changes, ...(rule.ends === null ? [] : [rule.ends])].flatMap((change) =>
      changeWords(page, change),
    ),
    ...(notice === null ? [] : [phrase(`explain.${notice}`, reader)]),
    ...(hold === null ? [] : [phrase("explain.hold", reader, { hold: holdWords(page, hold, names) })]),
    ...[silent, notActed].flatMap((reason) =>
      reason === null ? [] : [phrase("explain.waits", reader, { reason: say(reason, reader) })],
    ),
  ];
  if (told.length > 0 || result !== "matched") return told;
  return [phrase(rule.mode === "shadow" ? "explain.silent" : "explain.nothing", reader)];
}

/** A rule does not look at what it has paused, and still turns it on again. */
function endLines(page: Page, { ruleId, pack, ends }: RuleExplanation): string[] {
  if (ends === null) return [];
  const rule = { rule: plainText(ruleId), pack: plainText(pack) };
  return [
    "",
    paint(page, "bold", phrase("explain.endsPause", page.reader, rule)),
    ...changeWords(page, ends).flatMap((line) => paragraph(page, line, 1, 1)),
  ];
}

function changeWords(page: Page, change: BecameChange): string[] {
  const { reader } = page;
  const { outcome, edit, id, notes, wantedMicros, until, endsPause } = change;
  const isBlockedBudget = outcome === "blocked" && edit.kind === "dailyBudget" && wantedMicros !== null;
  const asked = isBlockedBudget
    ? shortEdit({ ...edit, toMicros: wantedMicros }, reader)
    : editWords(edit, reader, until);
  return [
    phrase(`explain.${outcome}`, reader, { id, edit: asked }),
    ...(endsPause === undefined ? [] : [pauseEndWords(endsPause, reader)]),
    ...notes.map(({ guardrail, reason }) =>
      phrase("explain.limit", reader, { guardrail: plainText(guardrail), reason: say(reason, reader) }),
    ),
  ];
}

function outsideWords(page: Page, { ruleId, pack, exclusions }: RuleExplanation): string {
  const why = exclusions.map((one) => exclusionWords(page, one)).join(phrase("figure.and", page.reader));
  return labelled(page, `${plainText(ruleId)} (${plainText(pack)})`, why);
}

function exclusionWords(page: Page, { key, wanted, found }: Exclusion): string {
  const words = (list: readonly string[]) => list.map((one) => stateWord(page, one)).join(", ");
  const values = { key, wanted: words(wanted), found: words(found) };
  if (key === "handsOff" || key === "except") return phrase(`explain.scope.${key}`, page.reader, values);
  if (key === "noBudget")
    return phrase(
      found.length === 0 ? "explain.scope.noBudget" : "explain.scope.ownedBy",
      page.reader,
      values,
    );
  return phrase(found.length === 0 ? "explain.scope.nothing" : "explain.scope.other", page.reader, values);
}

function stateWord(page: Page, word: Subject["level"] | string): string {
  return formatFigure({ value: word, unit: "state" }, page.reader);
}
