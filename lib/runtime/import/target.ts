/** What a dataset has already: checked whole, then taken over row by row. */
import * as cells from "../../dataset/cells.ts";
import { complaints } from "../../dataset/complaints.ts";
import { readDataset } from "../../dataset/index.ts";
import { type DatasetFiles, type DatasetFolder, openFolder } from "../../dataset/source.ts";
import { readTable } from "../../dataset/table.ts";
import { SOURCES_FILE, TABLES, type TableName } from "../../dataset/tables.ts";
import type { DatasetSources } from "../../dataset/types.ts";
import { insightLevelSchema } from "../../domain/snapshot.ts";
import type { Place } from "../../imports/complaints.ts";
import type { Gathered } from "../../imports/gather.ts";
import type { Cells } from "../../imports/write.ts";

/** No day: every row is checked, and none is kept. */
const NO_DAYS = { from: "1970-01-01", to: "1970-01-01" };

const level = cells.oneOf(insightLevelSchema.options);

/** What an import knew before; null for a folder that none has written to. @throws ConfigError when the dataset is not right */
export async function keepTarget(
  files: DatasetFiles,
  to: string,
  gathered: Gathered,
): Promise<DatasetSources | null> {
  const folder = await openFolder(files, to);
  const at = (file: string): Place => ({ file: folder.pathOf(file), line: null });
  if (folder.has("accounts.csv")) {
    await eachRow(folder, "accounts.csv", (row) => gathered.accounts.keep(row, at("accounts.csv")));
  }
  if (folder.has("entities.csv")) await eachRow(folder, "entities.csv", gathered.entities.keep);
  const dataset = await checkDataset(files, to);
  for (const one of dataset?.sources?.accounts ?? []) gathered.accounts.keepImported(one, at(SOURCES_FILE));
  for (const row of dataset?.revenue ?? []) gathered.revenue.keep(row, at("revenue.csv"));
  for (const row of dataset?.otherSpend ?? []) gathered.otherSpend.keep(row, at("other_spend.csv"));
  for (const row of dataset?.events ?? []) gathered.events.keep(row, at("events.csv"));
  if (folder.has("insights.csv") && gathered.insights.isNew) await keepInsights(folder, gathered);
  return dataset?.sources ?? null;
}

/** Null for a folder without figures. @throws ConfigError with everything that is wrong with the dataset */
export async function checkDataset(files: DatasetFiles, to: string) {
  const folder = await openFolder(files, to);
  if (!folder.has("insights.csv") && !folder.has("revenue.csv")) return null;
  return await readDataset(files, to, NO_DAYS);
}

async function eachRow<Name extends TableName>(
  folder: DatasetFolder,
  name: Name,
  onRow: (row: Cells) => void,
): Promise<void> {
  const columns = Object.keys(TABLES[name]) as (keyof (typeof TABLES)[Name] & string)[];
  await readTable(folder, name, complaints(), (row) => {
    const known = columns.flatMap((column) => {
      const value = row.read(column, cells.text);
      return value === null ? [] : [[column, value]];
    });
    onRow(Object.fromEntries(known) as Cells);
  });
}

async function keepInsights(folder: DatasetFolder, gathered: Gathered): Promise<void> {
  await readTable(folder, "insights.csv", complaints(), (row) => {
    const days = row.read("days", cells.span) ?? 1;
    gathered.keepInsight(
      {
        ...{
          platform: row.read("platform", cells.platform) ?? "",
          accountId: row.read("account_id", cells.text) ?? "",
        },
        ...{
          level: row.read("level", level) ?? "account",
          entityId: row.read("entity_id", cells.text) ?? "",
        },
        day: row.read("date", cells.day) ?? "",
        ...(days > 1 && { days }),
        spendMicros: row.read("spend", cells.money),
        impressions: row.read("impressions", cells.wholeNumber),
        clicks: row.read("clicks", cells.wholeNumber),
        conversions: row.read("conversions", cells.decimal),
        conversionValueMicros: row.read("conversion_value", cells.money),
        reach: row.read("reach", cells.wholeNumber) ?? undefined,
        videoViews: row.read("video_views", cells.wholeNumber) ?? undefined,
        leads: row.read("leads", cells.decimal) ?? undefined,
      },
      0,
      row.line,
    );
  });
}
