/** A dataset folder, read whole and checked whole. */
import { ConfigError } from "../domain/problem.ts";
import { readAccounts, settleAccounts } from "./accounts.ts";
import { readEvents, readOtherSpend, readRevenue, readSources } from "./beside.ts";
import { complaints } from "./complaints.ts";
import { checkParents, entitiesOf, readEntities } from "./entities.ts";
import { readInsights, type WantedDays } from "./insights.ts";
import { register } from "./register.ts";
import { type DatasetFiles, openFolder } from "./source.ts";
import { SOURCES_FILE } from "./tables.ts";
import type { Dataset } from "./types.ts";

/**
 * What a folder says. With `wanted`, only insights that touch those days are kept; every row is checked all the same.
 * @throws ConfigError with every problem of every file, at most 50; FileError
 */
export async function readDataset(
  files: DatasetFiles,
  name: string,
  wanted: WantedDays | null = null,
): Promise<Dataset> {
  const folder = await openFolder(files, name);
  const found = complaints();
  if (!folder.has("insights.csv") && !folder.has("revenue.csv")) {
    found.add({
      code: "dataset.nothing",
      file: name,
      line: null,
      path: "",
      found: folder.files.length === 0 ? "no files" : folder.files.slice(0, 10).join(", "),
      allowed: "a folder with insights.csv or revenue.csv, or both",
      fix: "name the folder that has one of them; palier import makes it from exports",
    });
  }
  const known = register();
  if (folder.has("accounts.csv")) await readAccounts(folder, known, found);
  if (folder.has("entities.csv")) await readEntities(folder, known, found);
  const insights = folder.has("insights.csv") ? await readInsights(folder, known, found, wanted) : [];
  const slots = known.accounts();
  if (found.problems().length === 0) checkParents(folder, slots, found);
  const accounts = found.problems().length === 0 ? settleAccounts(folder, slots, found) : [];
  const revenue = folder.has("revenue.csv") ? await readRevenue(folder, found) : null;
  const otherSpend = folder.has("other_spend.csv") ? await readOtherSpend(folder, found) : [];
  const events = folder.has("events.csv") ? await readEvents(folder, found) : [];
  const sources = folder.has(SOURCES_FILE) ? await readSources(folder, found) : null;
  const problems = found.problems();
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    folder: name,
    accounts,
    entities: entitiesOf(slots),
    insights,
    levels: slots.flatMap(({ platform, accountId, levels }) =>
      [...levels].map((level) => ({ account: { platform, accountId }, level })),
    ),
    revenue,
    otherSpend,
    events,
    sources,
  };
}
