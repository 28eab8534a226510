/** Rows on disk until they are all there: SQLite sorts what memory does not hold. */
import { DatabaseSync } from "node:sqlite";
import type { Bag, StagedInsight, Staging } from "../../imports/staging.ts";

/** Memory for pages and for sorting, in KiB: what is beyond it goes to disk. */
const CACHE_KIB = 8_192;

type Figure = number | null;

/** In the order of `COLUMNS`. */
type StagedCells = readonly [
  ...[key: string, day: number, days: number, source: number, file: number, line: number],
  ...[spend: Figure, impressions: Figure, clicks: Figure, conversions: Figure],
  ...[conversionValue: Figure, reach: Figure, videoViews: Figure, leads: Figure],
];

/** Counters keep the type that they come with: conversions may be decimals. */
const COLUMNS = `key TEXT, day INTEGER, days INTEGER, source INTEGER, file INTEGER, line INTEGER,
  spend INTEGER, impressions INTEGER, clicks INTEGER, conversions REAL,
  conversionValue INTEGER, reach INTEGER, videoViews INTEGER, leads REAL`;

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
    CREATE TABLE insights (${COLUMNS});
    CREATE TABLE bags (bag TEXT, key TEXT, seq INTEGER PRIMARY KEY, value TEXT);`);
  const addRow = database.prepare(`INSERT INTO insights VALUES (${COLUMNS.replaceAll(/[^,]+/g, "?")})`);
  const addValue = database.prepare("INSERT INTO bags (bag, key, value) VALUES (?, ?, ?)");
  return {
    insight: (row) => void addRow.run(...cellsOf(row)),
    *insights() {
      const sorted = database.prepare("SELECT * FROM insights ORDER BY key, day, days, source, file, line");
      // Each row as an object by names of columns would take longer than the sorting.
      sorted.setReturnArrays(true);
      for (const cells of sorted.iterate()) yield stagedOf(cells as unknown as StagedCells);
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

function cellsOf(row: StagedInsight): StagedCells {
  const { key, day, days, source, file, line, spend, impressions, clicks } = row;
  const { conversions, conversionValue, reach, videoViews, leads } = row;
  const place = [key, day, days, source, file, line] as const;
  return [
    ...place,
    ...[spend, impressions, clicks, conversions, conversionValue, reach, videoViews, leads],
  ] as unknown as StagedCells;
}

function stagedOf(cells: StagedCells): StagedInsight {
  const [key, day, days, source, file, line, spend, impressions, clicks, conversions] = cells;
  const [conversionValue, reach, videoViews, leads] = [cells[10], cells[11], cells[12], cells[13]];
  const place = { key, day, days, source, file, line };
  return { ...place, spend, impressions, clicks, conversions, conversionValue, reach, videoViews, leads };
}
