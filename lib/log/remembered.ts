/**
 * How what rules remember is written into one entry. A streak costs a hundred bytes as it is read, and a large brand has a hundred
 * thousand of them: so subjects are named once, each table says of every value which subjects have it, and the whole is deflated.
 */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";
import { canonicalJson } from "../domain/canonical.ts";
import { daySchema } from "../domain/day.ts";
import type { Remembered } from "../domain/state.ts";

export type RememberedTables = Pick<Remembered, "streaks" | "told" | "holds">;

/** Far more than an entry can hold; what unpacks to more was not written by this. */
const MAX_BYTES = 64_000_000;

/** Subjects by their places in the list, each as the distance from the one before. */
const columnSchema = z.object({ value: z.unknown(), gaps: z.array(z.number().int().min(0)) });
const packedTableSchema = z.record(z.string(), z.array(columnSchema));
type PackedTable = z.infer<typeof packedTableSchema>;

const packedSchema = z.object({
  subjects: z.array(z.string()),
  streaks: packedTableSchema,
  told: packedTableSchema,
  holds: packedTableSchema,
});

const byRule = <T extends z.ZodType>(item: T) => z.record(z.string(), z.record(z.string(), item));

export const streaksSchema = byRule(z.object({ nights: z.number(), blind: z.number(), day: daySchema }));
export const toldSchema = byRule(z.object({ since: daySchema, on: daySchema }));
export const holdsSchema = byRule(z.object({ until: daySchema }));

const tablesSchema = z.object({ streaks: streaksSchema, told: toldSchema, holds: holdsSchema });

/** Base64. The same tables always unpack to the same; the text may differ between versions of zlib. */
export function packTables({ streaks, told, holds }: RememberedTables): string {
  const names = [streaks, told, holds].flatMap((table) => Object.values(table).flatMap(Object.keys));
  const subjects = [...new Set(names)].sort();
  const places = new Map(subjects.map((subject, place) => [subject, place]));
  const packed = {
    subjects,
    streaks: packTable(streaks, places),
    told: packTable(told, places),
    holds: packTable(holds, places),
  };
  return deflateRawSync(canonicalJson(packed), { level: 9 }).toString("base64");
}

/** Null for what `packTables` did not write. */
export function unpackTables(text: string): RememberedTables | null {
  let json: unknown;
  try {
    json = JSON.parse(inflateRawSync(Buffer.from(text, "base64"), { maxOutputLength: MAX_BYTES }).toString());
  } catch {
    return null;
  }
  const packed = packedSchema.safeParse(json);
  if (!packed.success) return null;
  const { subjects, ...tables } = packed.data;
  const read = tablesSchema.safeParse({
    streaks: unpackTable(tables.streaks, subjects),
    told: unpackTable(tables.told, subjects),
    holds: unpackTable(tables.holds, subjects),
  });
  return read.success ? read.data : null;
}

function packTable(
  table: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  places: ReadonlyMap<string, number>,
): PackedTable {
  const packed = Object.entries(table).map(([rule, rows]): [string, PackedTable[string]] => {
    const columns = Map.groupBy(Object.entries(rows), ([, value]) => canonicalJson(value));
    const sorted = [...columns].sort(([a], [b]) => (a < b ? -1 : 1));
    return [rule, sorted.map(([, row]) => ({ value: row[0]?.[1], gaps: gapsOf(row, places) }))];
  });
  return Object.fromEntries(packed);
}

function gapsOf(rows: readonly [string, unknown][], places: ReadonlyMap<string, number>): number[] {
  const at = rows.map(([subject]) => places.get(subject) ?? 0).sort((a, b) => a - b);
  return at.map((place, index) => place - (at[index - 1] ?? 0));
}

function unpackTable(packed: PackedTable, subjects: readonly string[]): Record<string, unknown> {
  const rows = Object.entries(packed).map(([rule, columns]): [string, Record<string, unknown>] => [
    rule,
    Object.fromEntries(
      columns.flatMap(({ value, gaps }) => {
        let place = 0;
        return gaps.map((gap): [string, unknown] => {
          place += gap;
          return [subjects[place] ?? "", value];
        });
      }),
    ),
  ]);
  return Object.fromEntries(rows);
}
