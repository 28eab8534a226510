/**
 * Tables as text: rows of cells, cells in quotation marks where they hold a delimiter or a line's end. One row at a time and none
 * of them kept, so that a file's size does not matter. Strict: a quotation mark stands around all of a cell, or is doubled in one.
 */

export interface CsvOptions {
  /** One character of ASCII. */
  delimiter: string;
  /**
   * Lines count from 1, and a row stands in the line in which it begins. Blank lines are left out, and so are blanks around
   * cells and around their quotation marks. True when no more rows are wanted.
   */
  onRow(cells: string[], line: number): boolean;
}

export interface CsvReader {
  /** Pieces of UTF-8, cut anywhere. False when no more of them are wanted. @throws CsvFault */
  push(piece: Uint8Array): boolean;
  /** The end of the text, which may be the end of a row. @throws CsvFault */
  end(): void;
}

export class CsvFault extends Error {
  override name = "CsvFault";
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** A quotation mark that stays open would take the rest of the file for one cell. */
const MAX_ROW_BYTES = 1_000_000;

const [TAB, LF, CR, BLANK, QUOTE] = [9, 10, 13, 32, 34];
const MARK = [0xef, 0xbb, 0xbf];

export function csvReader({ delimiter, onRow }: CsvOptions): CsvReader {
  const scan = rowScan(delimiter.charCodeAt(0));
  let rest: Buffer = Buffer.alloc(0);
  let line = 1;
  let begun = false;
  let enough = false;
  const take = (bytes: Buffer, isLast: boolean): void => {
    let start = begun ? 0 : markLength(bytes);
    begun = true;
    while (!enough && scan.find(bytes, start, isLast, line)) {
      if (!scan.isBlank) {
        // Each row by itself: a cell that somebody keeps must not keep a piece of the file.
        const text = bytes.toString("utf8", start, scan.end);
        enough = onRow(cellsOf(text, delimiter, scan, line), line);
      }
      line += scan.lines;
      start = scan.next;
    }
    rest = enough ? Buffer.alloc(0) : Buffer.from(bytes.subarray(start));
    if (rest.length > MAX_ROW_BYTES) throw tooLong(line);
  };
  return {
    push(piece) {
      const bytes = rest.length === 0 ? asBuffer(piece) : Buffer.concat([rest, piece]);
      if (begun || bytes.length >= MARK.length) take(bytes, false);
      else rest = bytes;
      return !enough;
    },
    end() {
      if (!enough) take(rest, true);
    },
  };
}

/** @throws CsvFault */
export async function readCsv(pieces: AsyncIterable<Uint8Array>, options: CsvOptions): Promise<void> {
  const reader = csvReader(options);
  for await (const piece of pieces) if (!reader.push(piece)) return;
  reader.end();
}

/** Where a row ends and what its cells are to be looked for; one object for all rows, which are many. */
interface RowScan {
  /** Behind the last byte of the row. */
  end: number;
  /** Where the next one begins. */
  next: number;
  /** How many ends of lines it takes. */
  lines: number;
  isBlank: boolean;
  hasQuotes: boolean;
  hasBlanks: boolean;
  /** False when the row goes on behind these bytes, or when there is none. @throws CsvFault */
  find(bytes: Buffer, start: number, isLast: boolean, line: number): boolean;
}

function rowScan(delimiter: number): RowScan {
  const scan = {
    ...{ end: 0, next: 0, lines: 1, isBlank: true, hasQuotes: false, hasBlanks: false },
    find(bytes: Buffer, start: number, isLast: boolean, line: number): boolean {
      const { length } = bytes;
      let isOpen = false;
      let openedIn = line;
      let lines = 0;
      let blanks = 0;
      scan.hasQuotes = false;
      for (let at = start; at < length; at += 1) {
        const byte = bytes[at] as number;
        if (byte > QUOTE) continue;
        if (byte === QUOTE) {
          if (!isOpen && !mayOpen(bytes, start, at, delimiter)) throw strayQuote(line + lines);
          isOpen = !isOpen;
          openedIn = line + lines;
          scan.hasQuotes = true;
        } else if (byte === LF || byte === CR) {
          const isPair = byte === CR && bytes[at + 1] === LF;
          // What follows the last byte may belong to it.
          if (byte === CR && at + 1 === length && !isLast) return false;
          lines += 1;
          if (!isOpen) return found(scan, start, at, { next: at + (isPair ? 2 : 1), lines, blanks, line });
          if (isPair) at += 1;
        } else if (byte === BLANK || (byte === TAB && delimiter !== TAB)) {
          blanks += 1;
        }
      }
      if (!isLast) return false;
      if (isOpen) throw new CsvFault("a quotation mark that is never closed", openedIn);
      return start < length && found(scan, start, length, { next: length, lines, blanks, line });
    },
  };
  return scan;
}

function found(
  scan: Omit<RowScan, "find">,
  start: number,
  end: number,
  { next, lines, blanks, line }: { next: number; lines: number; blanks: number; line: number },
): true {
  if (end - start > MAX_ROW_BYTES) throw tooLong(line);
  scan.end = end;
  scan.next = next;
  scan.lines = lines;
  scan.hasBlanks = blanks > 0;
  scan.isBlank = blanks === end - start;
  return true;
}

/** At the beginning of a cell, or right behind the quotation mark with which it is doubled. */
function mayOpen(bytes: Buffer, start: number, at: number, delimiter: number): boolean {
  if (at > start && bytes[at - 1] === QUOTE) return true;
  for (let before = at - 1; before >= start; before -= 1) {
    const byte = bytes[before];
    if (byte === delimiter) return true;
    if (byte !== BLANK && byte !== TAB) return false;
  }
  return true;
}

function cellsOf(
  text: string,
  delimiter: string,
  { hasQuotes, hasBlanks }: { hasQuotes: boolean; hasBlanks: boolean },
  line: number,
): string[] {
  if (hasQuotes) return quotedCells(text, delimiter, line);
  const cells = text.split(delimiter);
  if (hasBlanks) for (const [index, cell] of cells.entries()) cells[index] = trimmed(cell);
  return cells;
}

/** Quotation marks are known to open at the beginning of cells, and each to be closed. */
function quotedCells(text: string, delimiter: string, line: number): string[] {
  const cells: string[] = [];
  for (let start = 0; start <= text.length; ) {
    let from = start;
    while (isBlank(text, from, delimiter)) from += 1;
    let end = text.indexOf(delimiter, from);
    if (end < 0) end = text.length;
    if (text[from] !== '"') {
      cells.push(trimmed(text.slice(start, end)));
    } else {
      const close = closingQuote(text, from + 1);
      end = close + 1;
      while (isBlank(text, end, delimiter)) end += 1;
      if (end < text.length && text[end] !== delimiter) throw strayQuote(line);
      const cell = text.slice(from + 1, close);
      cells.push(cell.includes('"') ? cell.replaceAll('""', '"') : cell);
    }
    start = end + 1;
  }
  return cells;
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

function isBlank(text: string, at: number, delimiter: string): boolean {
  return (text[at] === " " || text[at] === "\t") && text[at] !== delimiter;
}

/** Blanks and tabs alone: other spaces are somebody's text. */
function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && (text[start] === " " || text[start] === "\t")) start += 1;
  while (end > start && (text[end - 1] === " " || text[end - 1] === "\t")) end -= 1;
  return text.slice(start, end);
}

function markLength(bytes: Uint8Array): number {
  return MARK.every((byte, index) => bytes[index] === byte) ? MARK.length : 0;
}

function asBuffer(piece: Uint8Array): Buffer {
  return Buffer.isBuffer(piece) ? piece : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
}

function strayQuote(line: number): CsvFault {
  return new CsvFault("a quotation mark inside a cell", line);
}

function tooLong(line: number): CsvFault {
  return new CsvFault(`a row of more than ${MAX_ROW_BYTES} bytes`, line);
}
