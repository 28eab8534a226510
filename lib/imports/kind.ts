/** What an import kind is: the files that people have, row by row, as rows of a dataset. Adding one: a file in `kinds/`, a line in its index. */
import type { DatasetEvent } from "../dataset/types.ts";
import type { Day } from "../domain/day.ts";
import type { EntityStatus, Learning } from "../domain/entity.ts";
import type { AccountRef, EntityRef } from "../domain/ids.ts";
import type { Insight, OtherSpend, ShopDay } from "../domain/snapshot.ts";
import type { DayOrder, DecimalMark } from "./cells.ts";
import type { ExportedReader } from "./exported.ts";

export interface ImportKind {
  /** As typed: `meta-ads-manager`. */
  id: string;
  label: string;
  /** One sentence: where the file comes from, and what must be chosen when it is exported. */
  where: string;
  /** The tables that its files are; one file is one of them. */
  tables: readonly ImportTable[];
}

export interface ImportTable {
  /** For messages: `report`, `ad_daily`. */
  id: string;
  /** What it understands: a header is found by these, and told in documents and errors. */
  columns: readonly ImportColumn[];
  /** Other columns that tell this table from a similar one: with any of them it is not this table. */
  unlike?: readonly string[];
  /** What the file's name has in it, for tables of the same columns. */
  fileName?: { like: RegExp; example: string };
  /** True where it comes with the others and holds nothing that a dataset has: it may come along, and its rows are not looked at. */
  unread?: boolean;
  /** How rows of one entity and date are taken: `once` refuses a second one, `sum` adds them (rows by device). */
  rows: "once" | "sum";
  /** Begins a file. @throws ConfigError when the header, or what a person said, does not do. */
  open(file: OpenFile): RowReader;
  /**
   * The same file as figures to compare, where its rows are entities whole. `counted` is the conversion that Palier counts on a
   * platform, null where it does not say: conversions of another kind are not compared. @throws ConfigError as `open`
   */
  exported?(file: Omit<OpenFile, "sink">, counted: (platform: string) => string | null): ExportedReader;
}

/** `names` are spellings of one column, any of which serves, compared in lower case with single spaces; a `*` stands for anything (`amount spent (*)`). */
export interface ImportColumn {
  names: readonly string[];
  required: boolean;
}

export interface OpenFile {
  name: string;
  /** As in the file, without blanks around. */
  header: readonly string[];
  headerLine: number;
  /** Lines above the header, split into cells: titles and date ranges. */
  preamble: readonly (readonly string[])[];
  mark: DecimalMark;
  /** Null when the file's dates are all written year first. */
  order: DayOrder | null;
  options: ImportOptions;
  sink: RowSink;
  /** Index of the column under any of its names; null where the file lacks it. */
  indexOf(column: ImportColumn): number | null;
}

/** What a file does not say, said by a person; every value null when it was not. */
export interface ImportOptions {
  /** Account id, for exports that do not carry it. */
  account: string | null;
  currency: string | null;
  zone: string | null;
  /** The column of conversions that counts, by its header, where there are several. */
  conversion: string | null;
  /** The one of several series in a file. */
  series: string | null;
}

export interface RowReader {
  /**
   * One row; `cells` are trimmed. What is wrong with it is complained of, and the file goes on being read. `complain` may be
   * kept: until `end` has returned it names this row, so that a gap found later can say where.
   */
  row(cells: readonly string[], complain: Complain): void;
  /** After the last row. */
  end?(): void;
}

/** `column` is the index in the header, or null for the row itself. */
export type Complain = (
  column: number | null,
  complaint: { allowed: string; fix: string; code: string },
) => void;

/** Rows of the dataset. Nothing is written before every file was read without a problem. */
export interface RowSink {
  /** Named any number of times; what is named differently twice is a problem. */
  account(row: AccountRow): void;
  /** Attributes of the same entity are merged, the newest `version` (any text that sorts) winning; undefined says nothing. */
  entity(row: EntityRow, version?: string): void;
  insight(row: InsightRow): void;
  /** What counted as conversions turned out to be no one thing: unknown in every row of the account, earlier and later ones. */
  forgetConversions(account: AccountRef): void;
  revenue(row: ShopDay): void;
  /** Orders become `revenue.csv` by day; a customer's first order within the files makes a new customer unless `first` says. */
  order(row: OrderRow): void;
  /** Lines of a refund and what it is a refund of, in any order, from any file: it reduces the revenue of its order's day. One whose order is not there is noted. */
  refund(row: RefundRow): void;
  refundLine(row: RefundLineRow): void;
  otherSpend(row: OtherSpend): void;
  event(row: DatasetEvent): void;
  /** Told after the import, each once with how often: "blank cells of inline_link_clicks read as 0". */
  note(text: string): void;
}

export interface AccountRow extends AccountRef {
  currency?: string;
  zone?: string;
  name?: string;
  conversion?: string;
  attribution?: string;
}

export interface EntityRow extends EntityRef {
  parentId?: string;
  name?: string;
  status?: EntityStatus;
  objective?: string;
  createdOn?: Day;
  labels?: readonly string[];
  dailyBudgetMicros?: bigint;
  lifetimeBudgetMicros?: bigint;
  /** The file says that another entity owns the money; without it, no budget is one that the file does not tell. */
  hasNoBudget?: true;
  bidStrategy?: string;
  learning?: Learning;
}

/** Counters that the file does not report are null or absent: unknown, not 0. */
export interface InsightRow
  extends AccountRef,
    Omit<Insight, "onConversionDay" | "linkClicks" | "spendMicros"> {
  /** Null where another file of the same import tells it: rows of different tables complete each other. */
  spendMicros: bigint | null;
}

export interface OrderRow {
  id: string;
  /** In the shop's zone. */
  day: Day;
  /** Net of VAT, discounts and refunds. */
  revenueMicros: bigint;
  /** Any text that stays the same for a customer; null where the export does not say. It is hashed before it is kept. */
  customer: string | null;
  /** True for a customer's first order, where the export says so. */
  first?: boolean;
  refundsMicros?: bigint;
  /** Orders in two currencies are a problem, in whatever files they stand; absent where the export does not say. */
  currency?: string;
}

export interface RefundRow {
  id: string;
  orderId: string;
}

export interface RefundLineRow {
  id: string;
  refundId: string;
  /** Net of VAT, as revenue is. */
  amountMicros: bigint;
}
