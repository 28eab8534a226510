/** What an import read and what came of it: printed for people, and as JSON. */
import type { TableName } from "../dataset/tables.ts";
import type { Day } from "../domain/day.ts";
import type { DayOrder, DecimalMark } from "./cells.ts";

export interface ReadFile {
  name: string;
  kind: string;
  table: string;
  sha256: string;
  bytes: number;
  /** Rows below the header that are not blank. */
  rows: number;
  encoding: Encoding;
  delimiter: string;
  mark: DecimalMark;
  order: DayOrder | null;
  /** Columns that the kind does not know, as the header names them. */
  ignored: readonly string[];
  /** Each with how often it was said. */
  notes: readonly { text: string; times: number }[];
}

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

export interface WrittenTable {
  table: TableName;
  /** All rows that the table holds afterwards. */
  rows: number;
  /** Rows of the folder that this import put others in the place of. */
  replaced: number;
  from: Day | null;
  to: Day | null;
  /** The first rows as they are written, header first. */
  first: readonly string[];
}

export interface AccountTotal {
  account: string;
  level: string;
  currency: string | null;
  rows: number;
  from: Day;
  to: Day;
  spend: string;
}

export interface ImportReport {
  files: readonly ReadFile[];
  tables: readonly WrittenTable[];
  /** Of everything that the folder holds afterwards, by account and level. */
  accounts: readonly AccountTotal[];
  /** Of everything that the folder holds afterwards; null without revenue. */
  revenue: string | null;
  notes: readonly string[];
}
