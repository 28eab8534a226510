/** What `palier import` prints for people. */
import type { ImportColumn, ImportKind, ImportTable } from "../../lib/imports/kind.ts";
import type { ImportReport, ReadFile, WrittenTable } from "../../lib/imports/report.ts";

const DELIMITERS: Readonly<Record<string, string>> = { ",": "commas", ";": "semicolons", "\t": "tabs" };

/** `to` null: nothing was written. */
export function reportLines(report: ImportReport, to: string | null): string[] {
  const lines = [
    ...report.files.flatMap(fileLines),
    "",
    to === null ? "Nothing was written (--dry-run). The dataset would hold:" : `${to} holds now:`,
    ...report.tables.flatMap((table) => tableLines(table, to === null)),
    ...report.accounts.map(
      ({ account, level, rows, from, to: last, spend, currency }) =>
        `  ${account} ${level}: ${plural(rows, "row")}, ${from} to ${last}, spend ${spend}${currency === null ? "" : ` ${currency}`}`,
    ),
    ...(report.revenue === null ? [] : [`  revenue: ${report.revenue}`]),
    ...report.notes.map((note) => `Note: ${note}`),
  ];
  return to === null ? lines : [...lines, "", `Next: npm run palier -- facts --dataset ${to}`];
}

function fileLines(file: ReadFile): string[] {
  const { name, kind, table, rows, encoding, delimiter, ignored, notes, mark, order } = file;
  const dates = order === null ? "" : `, ${order === "dayFirst" ? "day first" : "month first"}`;
  return [
    `${name}: ${kind} (${table}), ${plural(rows, "row")}; ${encoding}, ${DELIMITERS[delimiter] ?? ""}, decimal ${mark}${dates}`,
    ...(ignored.length === 0 ? [] : [`  columns that are not used: ${ignored.join(", ")}`]),
    ...notes.map(
      ({ text, times }) => `  note: ${text}${times === 1 ? "" : ` (${times.toLocaleString("en")} times)`}`,
    ),
  ];
}

function tableLines({ table, rows, replaced, from, to, first }: WrittenTable, withRows: boolean): string[] {
  const days = from === null || to === null ? "" : `, ${from} to ${to}`;
  const others = replaced === 0 ? "" : `, ${replaced} in the place of others`;
  return [
    `  ${table}: ${plural(rows, "row")}${days}${others}`,
    ...(withRows ? first.map((row) => `    ${row}`) : []),
  ];
}

export function kindLines(kinds: readonly ImportKind[]): string[] {
  return kinds.flatMap(({ id, label, where, tables }) => [
    `${id}: ${label}`,
    `  ${where}`,
    ...tables.map((table) => `  ${table.id}: ${columnText(table)}`),
    "",
  ]);
}

/** A needed column that any of several others will do for has all their names: told as the ones that may take its place. */
function columnText({ columns }: ImportTable): string {
  const optional = columns.filter(({ required }) => !required);
  const needs = columns
    .filter(({ required }) => required)
    .map((column) =>
      [column, ...optional.filter((one) => column.names.includes(one.names[0] ?? ""))].map(ownName),
    );
  const told = new Set(needs.flat());
  const others = optional.map(ownName).filter((name) => !told.has(name));
  const needed = needs.map((names) => [...new Set(names)].join(" or ")).join(", ");
  return `needs ${needed}${others.length === 0 ? "" : `; may have ${others.join(", ")}`}`;
}

/** The first spelling; a `*` in it stands for anything. */
function ownName({ names }: ImportColumn): string {
  return (names[0] ?? "").replaceAll("*", "...");
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
