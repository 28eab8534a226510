/** What every part of a report shares: the reader, the page's width, colours, and the few shapes that text takes on it. */
import type { Figure } from "../domain/figure.ts";
import type { EntityLevel, TargetRef } from "../domain/ids.ts";
import type { Subject } from "../domain/verdict.ts";
import type { FactLabels } from "../words/evidence.ts";
import { plainText } from "../words/plain-text.ts";
import type { Language, Reader } from "../words/reader.ts";
import { phrase } from "../words/say.ts";
import { padEnd, wrap } from "./width.ts";

/** Each platform's own words for its levels, by platform and language; for shared budgets only where it has them. */
export type LevelWords = Readonly<
  Record<
    string,
    Readonly<Record<Language, Readonly<Record<EntityLevel, string>> & Readonly<{ sharedBudget?: string }>>>
  >
>;

export interface PageOptions {
  language: Language;
  /** Terminal columns; no line is longer. */
  width: number;
  colors: boolean;
  factLabels: FactLabels;
  levelWords: LevelWords;
  /** Also every condition with its source, every limit in force and hashes in full. */
  verbose: boolean;
}

export interface Page extends PageOptions {
  reader: Reader;
}

export type Paint = "bold" | "dim" | "red" | "green" | "yellow";

/** Start and end codes of Select Graphic Rendition. */
const CODES = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;
const INDENT = 2;

export function pageFor(options: PageOptions, currency: string, zone: string): Page {
  return { ...options, reader: { language: options.language, currency, zone } };
}

export function paint(page: Page, style: Paint, text: string): string {
  if (!page.colors || text === "") return text;
  const [start, end] = CODES[style];
  return `\u001b[${start}m${text}\u001b[${end}m`;
}

/** A section: its title and its lines, or nothing where there is nothing to say. */
export function section(page: Page, title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", paint(page, "bold", title), ...lines];
}

/** Text wrapped to the page at a depth of indents; following lines hang one deeper where asked. */
export function paragraph(page: Page, text: string, depth = 1, hang = 0): string[] {
  const indent = INDENT * depth;
  const lines = wrap(text, page.width - indent - INDENT * hang);
  return lines.map((line, index) => " ".repeat(index === 0 ? indent : indent + INDENT * hang) + line);
}

/** A label and its text, aligned under one another: "Why     spent ...". */
export function field(page: Page, label: string, labelWidth: number, text: string, depth = 2): string[] {
  const indent = INDENT * depth;
  const lines = wrap(text, page.width - indent - labelWidth);
  return lines.map(
    (line, index) =>
      " ".repeat(indent) + (index === 0 ? padEnd(label, labelWidth) : " ".repeat(labelWidth)) + line,
  );
}

/** The platform's own word for what a target is; ours where the platform gave none. */
export function levelWord(page: Page, ref: Pick<TargetRef, "platform" | "level">): string {
  const words = Object.hasOwn(page.levelWords, ref.platform) ? page.levelWords[ref.platform] : undefined;
  return words?.[page.language][ref.level] ?? phrase(`state.${ref.level}`, page.reader);
}

/** A subject with what it is, in the platform's word where it is on one. */
export function subjectWords(page: Page, subject: Pick<Subject, "name" | "ref" | "level">): string {
  const word =
    subject.ref === null ? phrase(`state.${subject.level}`, page.reader) : levelWord(page, subject.ref);
  return `${nameOf(subject)} (${word})`;
}

/** "label: text", with the space that the language wants. */
export function labelled(page: Page, label: string, text: string): string {
  return phrase("figure.labelled", page.reader, { label, text });
}

/** A number of things, for sentences that count. */
export function count(value: number): Figure {
  return { value, unit: "count" };
}

/** Shows the first `most` items and says how many more there are. */
export function capped<T>(
  page: Page,
  items: readonly T[],
  most: number,
  lines: (item: T) => string[],
): string[] {
  const shown = items.slice(0, most).flatMap(lines);
  const rest = items.length - most;
  return rest <= 0 ? shown : [...shown, ...more(page, rest)];
}

/** "and 260 more (see --json)". */
export function more(page: Page, rest: number): string[] {
  return dim(page, paragraph(page, phrase("report.more", page.reader, { count: count(rest) })));
}

/** Lines that matter to fewer readers. */
export function dim(page: Page, lines: readonly string[]): string[] {
  return lines.map((line) => paint(page, "dim", line));
}

/** A name as the platform has it, made safe for a terminal. */
export function nameOf(named: { name: string }): string {
  const name = plainText(named.name).trim();
  return name === "" ? "?" : name;
}
