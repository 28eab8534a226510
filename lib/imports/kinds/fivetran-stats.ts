/** Fivetran's tables of an ad platform's figures: a row for each entity, day, device and network, of which the day is the sum. */
import type { AccountRef, EntityLevel } from "../../domain/ids.ts";
import { may, must } from "../header.ts";
import type { ImportColumn, ImportTable, OpenFile, RowReader } from "../kind.ts";
import { amountAt, knownDayAt, missingAt, type Row, textAt } from "../row.ts";
import { conversionsAt, countAt, customerIdAt, resourceIdAt, spendAt } from "./google-ads-cells.ts";
import { type ConversionColumns, type CountedConversions, conversionsOf } from "./google-ads-conversions.ts";

export interface StatsTable {
  id: string;
  platform: string;
  account: ImportColumn;
  spend: { column: ImportColumn; inMicros: boolean };
  currency?: ImportColumn;
  /** The first counts unless a person names another. */
  conversions: readonly { count: ImportColumn; value: ImportColumn; name: string }[];
  /** An entity and those above it, from its own up. The first of a level's columns that a row fills names it. */
  lineage: readonly { level: EntityLevel; columns: readonly ImportColumn[] }[];
  /** Columns by which the file is known, and that are not read. */
  marks?: readonly ImportColumn[];
  unlike?: readonly string[];
}

const DATE = must("date");
const IMPRESSIONS = may("impressions");
const CLICKS = may("clicks");

export function statsTable(table: StatsTable): ImportTable {
  const { id, account, spend, currency, conversions, lineage, marks = [], unlike = [] } = table;
  const columns = [
    ...[account, DATE, spend.column, IMPRESSIONS, CLICKS, ...marks],
    ...(currency === undefined ? [] : [currency]),
    ...conversions.flatMap(({ count, value }) => [count, value]),
    ...lineage.flatMap((one) => one.columns),
  ];
  return { id, columns, unlike, rows: "sum", open: (file) => openStats(file, table) };
}

/** A required column: the file was found by it. */
export function placeOf(file: OpenFile, column: ImportColumn): number {
  return file.indexOf(column) ?? 0;
}

export function accountAt(row: Row, platform: string, column: number): AccountRef | null {
  const accountId = customerIdAt(row, column) || missingAt(row, column, "an account id such as 1234567890");
  return accountId === null ? null : { platform, accountId };
}

function openStats(file: OpenFile, table: StatsTable): RowReader {
  const counted = conversionsOf(file, conversionColumns(file, table));
  const figuresOf = figuresIn(file, table, counted);
  const places = table.lineage.map(({ level, columns }) => ({ level, at: columns.map(file.indexOf) }));
  const [account, date] = [placeOf(file, table.account), placeOf(file, DATE)];
  const currency = table.currency === undefined ? null : file.indexOf(table.currency);
  return {
    row(cells, complain) {
      const row: Row = { cells, complain, mark: file.mark, order: file.order };
      const ref = accountAt(row, table.platform, account);
      const day = knownDayAt(row, date);
      const [own, ...above] = places.map(({ level, at }) => ({ level, id: firstIdAt(row, at), at: at[0] }));
      const figures = figuresOf(row);
      if (own !== undefined && own.id === "") missingAt(row, own.at ?? null, "an id in digits");
      if (own === undefined || own.id === "" || ref === null || day === null || figures === null) return;
      const code = textAt(row, currency);
      file.sink.account({
        ...ref,
        ...(code === "" ? {} : { currency: code }),
        ...(counted.name === null ? {} : { conversion: counted.name }),
      });
      nameLineage(file, ref, [own, ...above]);
      file.sink.insight({ ...ref, level: own.level, entityId: own.id, day, ...figures });
    },
  };
}

function nameLineage(
  { sink }: OpenFile,
  account: AccountRef,
  lineage: readonly { level: EntityLevel; id: string }[],
): void {
  for (const [index, { level, id }] of lineage.entries()) {
    const parentId = lineage[index + 1]?.id ?? "";
    if (id !== "") sink.entity({ ...account, level, id, ...(parentId === "" ? {} : { parentId }) });
  }
}

function conversionColumns(file: OpenFile, { conversions }: StatsTable): ConversionColumns[] {
  return conversions.map(({ count, value, name }) => ({
    count: file.indexOf(count),
    value: file.indexOf(value),
    name,
  }));
}

function figuresIn(file: OpenFile, { spend }: StatsTable, counted: CountedConversions) {
  const cost = placeOf(file, spend.column);
  const [impressions, clicks] = [file.indexOf(IMPRESSIONS), file.indexOf(CLICKS)];
  return (row: Row) => {
    const spendMicros = spendAt(row, cost, spend.inMicros);
    const figures = {
      impressions: countAt(row, impressions),
      clicks: countAt(row, clicks),
      conversions: conversionsAt(row, counted.count),
      conversionValueMicros: amountAt(row, counted.value),
    };
    return spendMicros === null ? null : { spendMicros, ...figures };
  };
}

function firstIdAt(row: Row, columns: readonly (number | null)[]): string {
  return resourceIdAt(row, columns.find((column) => textAt(row, column) !== "") ?? null);
}
