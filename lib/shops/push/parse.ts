/** A pushed body to rows, with every problem in it. Rows have the columns that revenue files have, and the same checks. */
import { z } from "zod";
import { canonicalJson } from "../../domain/canonical.ts";
import type { Day } from "../../domain/day.ts";
import { type JsonFile, parseJson } from "../../domain/json-file.ts";
import type { ConfigProblem } from "../../domain/problem.ts";
import { checkShape, type Reporter, reporter, strictShape, unknownWord } from "../../domain/shape.ts";
import type { ShopDay } from "../../domain/snapshot.ts";
import {
  type Cells,
  COLUMN_NAMES,
  COLUMNS,
  type ColumnName,
  daysCell,
  isColumn,
  isSourceColumn,
  REQUIRED_COLUMNS,
} from "../columns.ts";
import { MAX_SOURCES, type RowProblem, readRow, shown, tooManySources } from "../rows.ts";

/** More than a year of restated days; more is another file. */
const MAX_DAYS = 400;

/** More would only repeat the same mistake. */
const MAX_PROBLEMS = 50;

/** Stands for the file in problems: a push has none. */
const BODY = "body";

const EXAMPLE = '{ "days": [ { "date": "2026-03-09", "revenue": 3999.90, "orders": 48 } ] }';

const bodySchema = strictShape(
  { days: z.array(z.record(z.string(), z.unknown())).min(1).max(MAX_DAYS) },
  { instead: { rows: "days", revenue: "days" }, example: EXAMPLE },
);

/** A checked row: its cells as text, which is what is kept. */
export interface PushRow {
  day: Day;
  body: string;
}

export type ParsedPush = { ok: true; rows: PushRow[] } | { ok: false; problems: ConfigProblem[] };

/** `lastDay` is the last day that has begun anywhere: figures of a later one cannot be true. */
export function parsePush(text: string, lastDay: Day): ParsedPush {
  const parsed = parseJson(text, BODY);
  if (!parsed.ok) return parsed;
  const checked = checkShape(bodySchema, parsed.json, [], "push");
  if (!checked.ok) return { ok: false, problems: checked.problems.slice(0, MAX_PROBLEMS) };
  return readRows(checked.value.days, parsed.json, lastDay);
}

/** The day that a kept row states. @throws Error for what `parsePush` never let in. */
export function dayOfBody(body: string): ShopDay {
  const cells = z.record(z.string(), z.string()).parse(JSON.parse(body)) as Cells;
  const read = readRow(cells, Object.keys(cells).filter(isColumn));
  if (read.kind !== "day") throw new Error("a pushed day cannot be read");
  return read.day;
}

function readRows(
  days: readonly Readonly<Record<string, unknown>>[],
  json: JsonFile,
  lastDay: Day,
): ParsedPush {
  const report = reporter(json, "shop");
  const seen = new Map<string, number>();
  const rows: PushRow[] = [];
  const problems: ConfigProblem[] = [];
  for (const [index, values] of days.entries()) {
    const cells = cellsOf(values);
    const found = checkRow(values, cells, index, report);
    const day = cells.date ?? "";
    const earlier = seen.get(day);
    seen.set(day, index);
    const inDays = (complaint: Parameters<Reporter>[1]) => report(["days", index, "date"], complaint);
    if (found.length === 0 && earlier !== undefined) {
      const allowed = `each day once; it already stands in days[${earlier}]`;
      found.push(inDays({ code: "duplicateDay", allowed, fix: "remove one of the two rows" }));
    } else if (found.length === 0 && day > lastDay) {
      const allowed = `days up to ${lastDay}`;
      found.push(inDays({ code: "futureDay", allowed, fix: "push a day when it is over" }));
    }
    problems.push(...found);
    if (found.length === 0) rows.push({ day, body: canonicalJson(cells) });
  }
  return problems.length === 0
    ? { ok: true, rows }
    : { ok: false, problems: problems.slice(0, MAX_PROBLEMS) };
}

function checkRow(
  values: Readonly<Record<string, unknown>>,
  cells: Cells,
  index: number,
  report: Reporter,
): ConfigProblem[] {
  const columns = Object.keys(values).filter(isColumn);
  const unknown = Object.keys(values)
    .filter((name) => !isColumn(name))
    .map((name) => {
      const complaint = unknownWord("unknownColumn", name, Object.keys(COLUMNS));
      const allowed = `the columns ${COLUMN_NAMES.join(", ")}`;
      return report(["days", index, name], { ...complaint, found: name, allowed });
    });
  const missing = REQUIRED_COLUMNS.filter((column) => (cells[column] ?? "") === "").map((column) =>
    report(["days", index, column], {
      code: "missingColumn",
      allowed: COLUMNS[column].allowed,
      fix: column === "date" ? 'add "date"' : "leave the whole day out if its revenue is unknown",
    }),
  );
  const sources = columns.filter(isSourceColumn).length;
  const read = missing.length > 0 ? null : readRow(cells, columns);
  const wrong = [
    ...(sources > MAX_SOURCES ? [tooManySources(sources)] : []),
    ...(read?.kind === "problems" ? read.problems : []),
    ...(read?.kind === "day" && daysCell(cells) > 1 ? [severalDays(cells)] : []),
  ];
  return [
    ...unknown,
    ...missing,
    ...wrong.map(({ code, column, ...rest }) =>
      report(["days", index, column], { code: code.replace(/^shop\./, ""), ...rest }),
    ),
  ];
}

/** A restated day replaces the day as it was stated before: with rows of several days that would be a question of which part. */
function severalDays(cells: Cells): RowProblem {
  return {
    code: "shop.severalDays",
    column: "days",
    found: shown(cells.days ?? ""),
    allowed: "1: each day is stated by itself",
    fix: "push one row per day",
  };
}

/** Texts as they are, numbers as decimals, null for what is unknown; anything else as JSON, which no column takes. */
function cellsOf(values: Readonly<Record<string, unknown>>): Cells {
  const entries = Object.entries(values).filter(([name]) => isColumn(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, textOf(value)])) as Partial<
    Record<ColumnName, string>
  >;
}

function textOf(value: unknown): string {
  if (value === null) return "";
  return typeof value === "string" ? value.trim() : JSON.stringify(value);
}
