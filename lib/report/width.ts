/**
 * Text measured in terminal columns and cut by grapheme, so that accents, emoji and Asian scripts neither break in the middle
 * nor shift a table. Colours and hyperlinks that the report adds itself take no room, and none is cut or left open.
 */

/** Hyperlinks of terminals (OSC 8): the address, the text, the end. */
const LINK_START = "\u001b]8;;";
const STRING_END = "\u001b\\";
const LINK_END = `${LINK_START}${STRING_END}`;
/** Select Graphic Rendition and hyperlinks: the only escape sequences that the report writes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const SEQUENCES = /\u001b\[[0-9;]*m|\u001b\]8;;[\x21-\x7e]*?\u001b\\/g;
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

/** `text` as a hyperlink; `address` is printable ASCII without spaces. */
export function hyperlink(address: string, text: string): string {
  return `${LINK_START}${address}${STRING_END}${text}${LINK_END}`;
}

/** Columns that `text` takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of segmenter.segment(text.replace(SEQUENCES, ""))) width += graphemeWidth(segment);
  return width;
}

/**
 * `text` in at most `width` columns, cut at a grapheme and marked with an ellipsis. For names, never for numbers. What the
 * cut-off part would have ended still ends.
 */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const head = headOf(text, width - 1);
  const ends = text.slice(head.length).match(SEQUENCES) ?? [];
  return `${head.trimEnd()}${ELLIPSIS}${ends.join("")}`;
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

/**
 * Lines of at most `width` columns, broken at spaces; a word that is longer (a path) is broken where it must. A hyperlink that
 * goes on in the next line ends with its line and starts again, so that what stands before the next line is not part of it.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((part) => pieces(part, width))) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (line !== "" && displayWidth(joined) > width) {
      lines.push(withoutEnd(line));
      line = word;
    } else line = joined;
  }
  return wholeLinks([...lines, withoutEnd(line)]);
}

/** Lines are broken at plain spaces only; wider ones at an end are part of a name. */
function withoutEnd(line: string): string {
  return line.replace(/ +$/, "");
}

function wholeLinks(lines: readonly string[]): string[] {
  let open = "";
  return lines.map((line) => {
    const whole = open + line;
    const last = whole.match(SEQUENCES)?.findLast((sequence) => sequence.startsWith(LINK_START)) ?? LINK_END;
    open = last === LINK_END ? "" : last;
    return open === "" ? whole : whole + LINK_END;
  });
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

/** The longest start of `text` within `width` columns, at least one grapheme, with every sequence before the next one. */
function headOf(text: string, width: number): string {
  let end = 0;
  let used = 0;
  for (const part of partsOf(text)) {
    used += part.width;
    if (used > width && used > part.width) break;
    end += part.text.length;
  }
  return text.slice(0, end);
}

/** Graphemes and sequences in their order. */
function partsOf(text: string): { text: string; width: number }[] {
  const plain = text.split(SEQUENCES).map((part) =>
    Array.from(segmenter.segment(part), ({ segment }) => ({
      text: segment,
      width: graphemeWidth(segment),
    })),
  );
  const sequences = text.match(SEQUENCES) ?? [];
  return plain.flatMap((part, index) => {
    const sequence = sequences[index];
    return sequence === undefined ? part : [...part, { text: sequence, width: 0 }];
  });
}

function graphemeWidth(grapheme: string): number {
  const code = grapheme.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (ZERO_WIDTH.test(grapheme)) return 0;
  if (EMOJI.test(grapheme)) return 2;
  return WIDE_RANGES.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}
