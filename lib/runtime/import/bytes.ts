/** A file before anything is known of it: what it is by its bytes, and its text as they are read. */
import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { ConfigError } from "../../domain/problem.ts";
import { fileProblem } from "../../imports/complaints.ts";
import type { Encoding } from "../../imports/report.ts";

/** Large enough that reading costs little, small enough to count for nothing. */
const PIECE_BYTES = 1 << 16;
/** Of a header and the lines above it. */
const HEAD_BYTES = 1 << 16;
/** The longest sequence of UTF-8, less one. */
const MAX_UNFINISHED = 3;

export interface Inspected {
  path: string;
  bytes: number;
  modifiedMs: number;
  encoding: Encoding;
  /** The beginning as text, up to the end of a line. */
  head: string;
}

/** Reads all of the file once. @throws ConfigError when it is no text file that can be imported */
export async function inspect(path: string, signal: AbortSignal): Promise<Inspected> {
  const { bytes, modifiedMs } = await sizeOf(path);
  let head = Buffer.alloc(0);
  let rest = Buffer.alloc(0);
  let isUnicode = true;
  let hasNul = false;
  for await (const piece of passingPieces(path, signal)) {
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, piece]).subarray(0, HEAD_BYTES);
    const whole = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const end = isUnicode ? finished(whole) : whole.length;
    if (isUnicode && !isUtf8(whole.subarray(0, end))) isUnicode = false;
    rest = isUnicode ? Buffer.from(whole.subarray(end)) : Buffer.alloc(0);
    hasNul ||= piece.includes(0);
  }
  const wrong = signatureOf(head);
  if (wrong !== null) throw notCsv(path, wrong);
  const marked = markedEncoding(head);
  if (marked === null && hasNul) throw notCsv(path, BINARY);
  const encoding = marked ?? (isUnicode && rest.length === 0 ? "utf-8" : "windows-1252");
  return { path, bytes, modifiedMs, encoding, head: headText(head, encoding, bytes > HEAD_BYTES) };
}

/** @throws ConfigError when the file is not what was inspected any more */
export async function checkUnchanged({ path, bytes, modifiedMs }: Inspected): Promise<void> {
  const now = await sizeOf(path);
  if (now.bytes === bytes && now.modifiedMs === modifiedMs) return;
  throw fileProblem(path, {
    ...{ code: "import.changed", path: "", found: "a file that was written to while it was read" },
    ...{ allowed: "a file that stays as it is", fix: "wait until the export is finished, then import it" },
  });
}

/** The file's bytes in UTF-8, whatever it is written in. */
export async function* utf8Pieces(
  { path, encoding }: Pick<Inspected, "path" | "encoding">,
  signal: AbortSignal,
  onPiece: (piece: Buffer) => void,
): AsyncIterable<Buffer> {
  const decoder = encoding === "utf-8" ? null : new TextDecoder(encoding);
  for await (const piece of pieces(path, signal)) {
    onPiece(piece);
    yield decoder === null ? piece : Buffer.from(decoder.decode(piece, { stream: true }));
  }
  if (decoder !== null) yield Buffer.from(decoder.decode());
}

/** Each takes the place of the one before: nothing is left behind of a file that is only looked at. */
async function* passingPieces(path: string, signal: AbortSignal): AsyncIterable<Buffer> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(PIECE_BYTES);
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(buffer);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function* pieces(path: string, signal: AbortSignal): AsyncIterable<Buffer> {
  const stream = createReadStream(path, { highWaterMark: PIECE_BYTES, signal });
  for await (const piece of stream) yield piece as Buffer;
}

async function sizeOf(path: string): Promise<{ bytes: number; modifiedMs: number }> {
  try {
    const { size, mtimeMs, isFile, isDirectory } = await statOf(path);
    if (isFile) return { bytes: size, modifiedMs: mtimeMs };
    throw fileProblem(path, {
      ...{ code: "import.notFile", path: "", found: isDirectory ? "a folder" : "no ordinary file" },
      ...{ allowed: "the path of a CSV file", fix: "name the files themselves: palier import FOLDER/*.csv" },
    });
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    throw fileProblem(path, {
      code: "import.missingFile",
      path: "",
      found: error.code === "ENOENT" ? "no such file" : `a file that cannot be read (${String(error.code)})`,
      allowed: "the path of a CSV file",
      fix: "correct the path, or make the file readable",
    });
  }
}

async function statOf(path: string) {
  const found = await stat(path);
  const { size, mtimeMs } = found;
  return { size, mtimeMs, isFile: found.isFile(), isDirectory: found.isDirectory() };
}

/** Where the last sequence that may go on in the next piece begins. */
function finished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(MAX_UNFINISHED, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return bytes.length - back;
  }
  return bytes.length;
}

interface Wrong {
  code: string;
  found: string;
  fix: string;
}

const BINARY: Wrong = {
  code: "import.binary",
  found: "bytes that are no text, or UTF-16 without its mark",
  fix: "export as CSV; in a spreadsheet, save as CSV UTF-8",
};

function signatureOf(head: Buffer): Wrong | null {
  const begins = (hex: string) => head.subarray(0, hex.length / 2).equals(Buffer.from(hex, "hex"));
  const fix = "unpack it first; open a workbook in a spreadsheet and save it as CSV UTF-8";
  if (begins("504b0304") || begins("504b0506")) {
    return {
      code: "import.zip",
      found: "a ZIP archive or an Excel workbook (XLSX), whatever its name says",
      fix,
    };
  }
  if (begins("d0cf11e0")) return { code: "import.zip", found: "an old Excel workbook (XLS)", fix };
  if (begins("1f8b")) {
    return { code: "import.gzip", found: "a gzip archive", fix: "unpack it first: gunzip FILE.gz" };
  }
  const first = head
    .toString("latin1")
    .replace(/^\u00ef\u00bb\u00bf/, "")
    .trimStart();
  const again = "download it again as CSV: this may be a page that says why there is no file";
  if (/^<[!?a-z]/i.test(first)) return { code: "import.html", found: "HTML or XML", fix: again };
  if (/^(?:\{\s*["}]|\[\s*[{["\]])/.test(first)) {
    return { code: "import.json", found: "JSON", fix: "export as CSV, not as JSON" };
  }
  return begins("25504446") ? { code: "import.binary", found: "a PDF document", fix: BINARY.fix } : null;
}

function markedEncoding(head: Buffer): Encoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  return head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : null;
}

function headText(head: Buffer, encoding: Encoding, isCut: boolean): string {
  const text = new TextDecoder(encoding).decode(head);
  return isCut ? text.slice(0, text.lastIndexOf("\n") + 1) : text;
}

function notCsv(path: string, { code, found, fix }: Wrong): ConfigError {
  return fileProblem(path, { code, path: "", found, allowed: "a CSV file: text with , ; or tabs", fix });
}
