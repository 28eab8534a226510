/** What an edit changes tonight, as a person reads it after a save. */
import type { PlanDifference, PlanItem } from "../domain/explanation.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase, say } from "../words/say.ts";
import { editWords, shortEdit } from "./edit-words.ts";
import { changedName, subjectWords } from "./naming.ts";
import { capped, count, type Page, type Paint, paint, paragraph } from "./page.ts";

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
  const rule = `[${plainText(item.ruleId)}]`;
  if (item.kind === "hold") return rule;
  return `${item.kind === "change" ? changedName(page, item) : subjectWords(page, item.subject)} ${rule}`;
}

function itemWords(page: Page, item: PlanItem): string {
  const { reader } = page;
  if (item.kind === "notice") return phrase(item.urgent ? "watch.alarm" : "watch.note", reader);
  if (item.kind === "hold") {
    const blocks = item.blocks.map((one) => phrase(`hold.${one}`, reader)).join(", ");
    return phrase("watch.hold", reader, { blocks });
  }
  const { outcome, edit, wantedMicros, notes } = item;
  const reasons = notes.map(({ reason }) => say(reason, reader)).join(phrase("figure.and", reader));
  if (outcome !== "blocked") return phrase(`watch.${outcome}`, reader, { edit: editWords(edit, reader) });
  const wanted =
    edit.kind === "dailyBudget" && wantedMicros !== null ? { ...edit, toMicros: wantedMicros } : edit;
  return phrase("watch.blocked", reader, { edit: shortEdit(wanted, reader), reasons });
}
