/**
 * Text measured in terminal columns and cut by grapheme, so that accents, emoji and Asian scripts neither break in the middle
 * nor shift a table. Colour codes that the report adds itself take no room.
 */

/** Select graphic rendition, the only escape sequence that the report writes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const COLOR_CODES = /\u001b\[[0-9;]*m/g;
const EMOJI = /\p{Emoji_Presentation}|\ufe0f|\u20e3/u;
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
/** East Asian wide and full-width blocks. Source: Unicode 16, EastAsianWidth.txt, ranges W and F without unassigned gaps. */
const WIDE_RANGES: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1b000, 0x1b2ff],
  [0x20000, 0x3fffd],
];

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
const ELLIPSIS = "…";

/** Columns that `text` takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of segmenter.segment(text.replace(COLOR_CODES, ""))) width += graphemeWidth(segment);
  return width;
}

/** `text` in at most `width` columns, cut at a grapheme and marked with an ellipsis. For names, never for numbers. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return `${headOf(text, width - 1).trimEnd()}${ELLIPSIS}`;
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

/** Lines of at most `width` columns, broken at spaces; a word that is longer (a path) is broken where it must. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((part) => pieces(part, width))) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (line !== "" && displayWidth(joined) > width) {
      lines.push(line.trimEnd());
      line = word;
    } else line = joined;
  }
  return [...lines, line.trimEnd()];
}

function pieces(word: string, width: number): string[] {
  const parts: string[] = [];
  let rest = word;
  while (displayWidth(rest) > width) {
    const head = headOf(rest, width);
    parts.push(head);
    rest = rest.slice(head.length);
  }
  return [...parts, rest];
}

/** The longest start of `text` within `width` columns, at least one grapheme. */
function headOf(text: string, width: number): string {
  let head = "";
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    used += graphemeWidth(segment);
    if (head !== "" && used > width) break;
    head += segment;
  }
  return head;
}

function graphemeWidth(grapheme: string): number {
  const code = grapheme.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (ZERO_WIDTH.test(grapheme)) return 0;
  if (EMOJI.test(grapheme)) return 2;
  return WIDE_RANGES.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}
