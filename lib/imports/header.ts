/** Which kind of file it is, from its header: the names of columns, and nothing else. */
import type { ImportColumn, ImportKind, ImportTable } from "./kind.ts";

export interface Candidate {
  kind: ImportKind;
  table: ImportTable;
}

export interface Judged extends Candidate {
  /** How many of its columns the header has. */
  matched: number;
  /** Required columns that the header lacks, by their first spelling. */
  missing: readonly string[];
  /** A column that tells the table from this file; null where there is none. */
  unlike: string | null;
  /** The table is one that a file of this name is not. */
  misnamed: boolean;
}

const patterns = new Map<string, RegExp>();

export function must(...names: string[]): ImportColumn {
  return { names, required: true };
}

export function may(...names: string[]): ImportColumn {
  return { names, required: false };
}

/** Index of the column under any of its names, the first name that is there; null where the header lacks it. */
export function indexIn(header: readonly string[], { names }: ImportColumn): number | null {
  const plain = header.map(plainName);
  for (const name of names) {
    const index = plain.findIndex((one) => isNamed(one, name));
    if (index >= 0) return index;
  }
  return null;
}

/** Indexes of the cells that the table understands. */
export function knownIndexes(header: readonly string[], { columns }: ImportTable): number[] {
  return header.flatMap((cell, index) => {
    const plain = plainName(cell);
    return columns.some(({ names }) => names.some((name) => isNamed(plain, name))) ? [index] : [];
  });
}

export function candidatesOf(kinds: readonly ImportKind[]): Candidate[] {
  return kinds.flatMap((kind) => kind.tables.map((table) => ({ kind, table })));
}

export function judge(file: string, header: readonly string[], { kind, table }: Candidate): Judged {
  const plain = header.map(plainName);
  const there = ({ names }: ImportColumn) => names.some((name) => plain.some((one) => isNamed(one, name)));
  const missing = table.columns.filter((column) => column.required && !there(column));
  const unlike = (table.unlike ?? []).find((name) => plain.some((one) => isNamed(one, name)));
  return {
    ...{ kind, table, unlike: unlike ?? null },
    misnamed: !(table.fileName?.like.test(file.replace(/^.*[\\/]/, "")) ?? true),
    matched: table.columns.filter(there).length,
    missing: missing.map(({ names }) => names[0] ?? ""),
  };
}

export function isFit({ missing, unlike, misnamed }: Judged): boolean {
  return missing.length === 0 && unlike === null && !misnamed;
}

/** Names in the header that stand there twice, of those that the table understands. */
export function repeatedNames(header: readonly string[], table: ImportTable): string[] {
  const known = knownIndexes(header, table).map((index) => header[index] ?? "");
  return known.filter((name, index) => known.map(plainName).indexOf(plainName(name)) !== index);
}

/** A header as names are compared: one case, one kind of space, one apostrophe. */
export function plainName(text: string): string {
  return text.normalize("NFC").replace(/[‘’]/g, "'").replace(/\s+/g, " ").trim().toLowerCase();
}

function isNamed(plain: string, name: string): boolean {
  const known = patterns.get(name) ?? patternOf(name);
  patterns.set(name, known);
  return known.test(plain);
}

function patternOf(name: string): RegExp {
  const parts = plainName(name)
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`, "u");
}
