/** What an edit changes tonight, as a person reads it after a save. */
import type { PlanDifference, PlanItem } from "../domain/explanation.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase, say } from "../words/say.ts";
import { lookingWords, scopeWords } from "./changed-section.ts";
import { editWords, pauseEndWords, shortEdit } from "./edit-words.ts";
import { holdWords } from "./hold-words.ts";
import { changedName, subjectWords } from "./naming.ts";
import { capped, count, type Page, type Paint, paint, paragraph } from "./page.ts";

/** Whoever edits a rule reads keys. */
const NO_NAMES: ReadonlyMap<string, string> = new Map();
/** More is read in a whole preview. */
const MOST_ITEMS = 40;

export function renderDifference(page: Page, { added, gone, different, refused }: PlanDifference): string {
  const { reader } = page;
  const lines = [
    ...refusedLines(page, refused),
    ...itemLines(page, "added", "green", added, (item) => oneLine(page, item)),
    ...itemLines(page, "gone", "red", gone, (item) => oneLine(page, item)),
    ...itemLines(page, "different", "yellow", different, ({ before, after }) => [
      ...paragraph(page, headWords(page, after), 1, 1),
      ...paragraph(page, phrase("watch.was", reader, { change: itemWords(page, before) }), 2, 1),
      ...paragraph(page, phrase("watch.now", reader, { change: itemWords(page, after) }), 2, 1),
    ]),
  ];
  return lines.length === 0 ? phrase("watch.same", reader) : lines.join("\n");
}

function itemLines<T>(
  page: Page,
  group: "added" | "gone" | "different",
  style: Paint,
  items: readonly T[],
  lines: (item: T) => string[],
): string[] {
  if (items.length === 0) return [];
  const title = phrase(`watch.${group}`, page.reader, { count: count(items.length) });
  return [paint(page, style, title), ...capped(page, items, MOST_ITEMS, lines)];
}

function refusedLines(page: Page, refused: PlanDifference["refused"]): string[] {
  if (refused === null) return [];
  const { after } = refused;
  if (after === null) return [phrase("watch.unrefused", page.reader)];
  const words = phrase("report.refused", page.reader, { reason: say(after, page.reader) });
  return paragraph(page, words, 0).map((line) => paint(page, "red", line));
}

function oneLine(page: Page, item: PlanItem): string[] {
  const words = phrase("figure.labelled", page.reader, {
    label: headWords(page, item),
    text: itemWords(page, item),
  });
  return paragraph(page, words, 1, 1);
}

/** "UGC Clara [raise-proven]". */
function headWords(page: Page, item: PlanItem): string {
  if (item.kind === "newcomer") return subjectWords(page, item.subject);
  const rule = `[${plainText(item.ruleId)}]`;
  if (item.kind === "hold" || item.kind === "notActed" || item.kind === "scope") return rule;
  return `${item.kind === "change" ? changedName(page, item) : subjectWords(page, item.subject)} ${rule}`;
}

function itemWords(page: Page, item: PlanItem): string {
  const { reader } = page;
  switch (item.kind) {
    case "notice":
      return phrase(item.blind ? "watch.blind" : item.urgent ? "watch.alarm" : "watch.note", reader);
    case "hold":
      return holdWords(page, item, NO_NAMES);
    case "silent":
      return phrase("watch.silent", reader, { reason: say(item.reason, reader) });
    case "notActed":
      return phrase("watch.notActed", reader, {
        reason: say(item.reason, reader),
        subjects: count(item.subjects),
      });
    case "scope":
      return scopeWords(page, item);
    case "newcomer":
      return phrase("watch.newcomer", reader, { rules: lookingWords(page, item.rules) });
    case "change":
      return changeWords(page, item);
  }
}

function changeWords(page: Page, change: Extract<PlanItem, { kind: "change" }>): string {
  const { reader } = page;
  const { outcome, edit, until, wantedMicros, notes, endsPause } = change;
  const reasons = [
    ...(endsPause === undefined ? [] : [pauseEndWords(endsPause, reader)]),
    ...notes.map(({ reason }) => say(reason, reader)),
  ].join(phrase("figure.and", reader));
  if (outcome !== "blocked")
    return phrase(`watch.${outcome}`, reader, { edit: editWords(edit, reader, until) });
  const wanted =
    edit.kind === "dailyBudget" && wantedMicros !== null ? { ...edit, toMicros: wantedMicros } : edit;
  return phrase("watch.blocked", reader, { edit: shortEdit(wanted, reader), reasons });
}
