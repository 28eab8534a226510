/** What every part of a report shares: the reader, the page's width, colours, and the few shapes that text takes on it. */
import type { Figure } from "../domain/figure.ts";
import type { EntityLevel, TargetRef } from "../domain/ids.ts";
import type { FactLabels } from "../words/fact-words.ts";
import { plainText } from "../words/plain-text.ts";
import type { Language, Reader } from "../words/reader.ts";
import { phrase } from "../words/say.ts";
import { padEnd, wrap } from "./width.ts";

/** Address of a target in its platform's own interface; null where the platform has no page for it. */
export type EntityUrl = (target: TargetRef) => string | null;

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
  /** What people call each platform, by its id. */
  platformLabels: Readonly<Record<string, string>>;
  entityUrl: EntityUrl;
  /** Names are hyperlinks (OSC 8); elsewhere addresses are printed. */
  hyperlinks: boolean;
  /** Also every condition with its source, every limit in force and hashes in full. */
  verbose: boolean;
}

export interface Page extends PageOptions {
  reader: Reader;
  /** The brand is on more than one platform, so that each level's word needs its platform's name. */
  manyPlatforms: boolean;
}

export type Paint = "bold" | "dim" | "red" | "green" | "yellow";

/** Start and end codes of Select Graphic Rendition. */
const CODES = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;
const INDENT = 2;

/** `platforms` are the ids of all that the brand is on, repeated or not. */
export function pageFor(
  options: PageOptions,
  { currency, zone, platforms }: { currency: string; zone: string; platforms: readonly string[] },
): Page {
  const reader = { language: options.language, currency, zone };
  return { ...options, reader, manyPlatforms: new Set(platforms).size > 1 };
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
