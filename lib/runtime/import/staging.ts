/** Rows on disk until they are all there: SQLite sorts what memory does not hold. */
import { DatabaseSync } from "node:sqlite";
import type { Bag, StagedInsight, Staging } from "../../imports/staging.ts";

/** Memory for pages and for sorting, in KiB: what is beyond it goes to disk. */
const CACHE_KIB = 8_192;

/** The order of the statement's parameters. */
const COLUMNS = [
  "key",
  "day",
  "days",
  "source",
  "file",
  "line",
  "spend",
  "impressions",
  "clicks",
  "conversions",
  "conversionValue",
  "reach",
  "videoViews",
  "leads",
] as const satisfies readonly (keyof StagedInsight)[];

export interface OpenStaging extends Staging {
  close(): void;
}

/** Nothing of it outlives the import, so that it is never synced. */
export function openStaging(path: string): OpenStaging {
  return stagingOver(new DatabaseSync(path));
}

function stagingOver(database: DatabaseSync): OpenStaging {
  database.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    PRAGMA cache_size = -${CACHE_KIB}; PRAGMA temp_store = FILE; BEGIN;
    CREATE TABLE insights (${COLUMNS.map(declared).join(", ")});
    CREATE TABLE bags (bag TEXT, key TEXT, seq INTEGER PRIMARY KEY, value TEXT);`);
  const addRow = database.prepare(`INSERT INTO insights VALUES (${COLUMNS.map(() => "?").join(", ")})`);
  const addValue = database.prepare("INSERT INTO bags (bag, key, value) VALUES (?, ?, ?)");
  return {
    insight: (row) => void addRow.run(...COLUMNS.map((column) => row[column])),
    *insights() {
      const sorted = database.prepare("SELECT * FROM insights ORDER BY key, day, days, source, file, line");
      for (const row of sorted.iterate()) yield row as unknown as StagedInsight;
    },
    put: (bag, key, value) => void addValue.run(bag, key, JSON.stringify(value)),
    *all(bag: Bag) {
      const sorted = database.prepare("SELECT key, value FROM bags WHERE bag = ? ORDER BY key, seq");
      for (const { key, value } of sorted.iterate(bag)) {
        yield { key: String(key), value: JSON.parse(String(value)) as unknown };
      }
    },
    close: () => database.close(),
  };
}

/** Counters keep the type that they come with: conversions may be decimals. */
function declared(column: (typeof COLUMNS)[number]): string {
  if (column === "key") return "key TEXT";
  return `${column} ${column === "conversions" || column === "leads" ? "REAL" : "INTEGER"}`;
}
