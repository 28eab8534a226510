/** insights.csv: every row is checked, and those of the wanted days are kept. */
import { addDays, type Day } from "../domain/day.ts";
import { type InsightLevel, insightLevelSchema } from "../domain/snapshot.ts";
import { coverRow } from "./accounts.ts";
import * as cells from "./cells.ts";
import { type Complaints, complaints } from "./complaints.ts";
import { levelSums } from "./level-sums.ts";
import { ascendingRows, MAX_ROWS, placedRows } from "./placed-rows.ts";
import type { Register } from "./register.ts";
import type { DatasetFolder } from "./source.ts";
import { type ColumnOf, type Row, readTable } from "./table.ts";
import type { DatasetInsight } from "./types.ts";

type InsightRow = Row<ColumnOf<"insights.csv">>;

/** Of rows whose days are all outside, nothing is kept but the checks, and who was there before. */
export interface WantedDays {
  from: Day;
  to: Day;
}

const FILE = "insights.csv";

const level = cells.oneOf(insightLevelSchema.options);

const AMOUNTS = ["spend", "conversion_value"] as const;
type Sums = Record<InsightLevel, Record<(typeof AMOUNTS)[number], bigint>>;

export async function readInsights(
  folder: DatasetFolder,
  register: Register,
  found: Complaints,
  wanted: WantedDays | null,
): Promise<DatasetInsight[]> {
  const kept: DatasetInsight[] = [];
  const placed = ascendingRows();
  const sums = noSums();
  const levels = levelSums();
  await readTable(folder, FILE, found, (row) => {
    const place = placeOf(row, register);
    const counters = countersOf(row);
    if (place === null || placed.size() >= MAX_ROWS) return;
    const { owner, date, days, spendMicros } = place;
    coverRow(row, owner.account, date, days);
    placed.add(owner.entity.index, date, days);
    owner.account.levels.add(owner.level);
    levels.add(owner, { date, days }, spendMicros);
    sums[owner.level].spend += spendMicros;
    sums[owner.level].conversion_value += counters.conversionValueMicros ?? 0n;
    if (wanted !== null && date > wanted.to) return;
    owner.entity.isSeen = true;
    if (wanted !== null && (days === 1 ? date : addDays(date, days - 1)) < wanted.from) return;
    const { platform, accountId } = owner.account;
    kept.push({
      ...{ platform, accountId, level: owner.level, entityId: owner.entity.id, day: date, spendMicros },
      ...counters,
      ...(days > 1 && { days }),
    });
  });
  if (!placed.isAscending()) await tellCollisions(folder, register, found);
  tellSums(folder, sums, found);
  if (found.problems().length === 0) levels.check(folder.pathOf(FILE), found);
  if (placed.size() >= MAX_ROWS) found.add(tooMany(folder));
  return kept;
}

/** Null when something of it was complained of. */
function placeOf(row: InsightRow, register: Register) {
  const owner = ownerOf(row, register);
  const date = row.must("date", cells.day);
  const days = row.read("days", cells.span) ?? 1;
  const spendMicros = row.must("spend", cells.money);
  return owner === null || date === null || spendMicros === null ? null : { owner, date, days, spendMicros };
}

function ownerOf(row: InsightRow, register: Register) {
  const account = register.accountOf(row);
  const known = row.must("level", level);
  const id = row.must("entity_id", cells.text);
  if (account === null || known === null || id === null) return null;
  if (known === "account" && id !== account.accountId) {
    const allowed = `the account's own id in rows of level account: ${account.accountId}`;
    const fix = "write the account's id, or the level that the entity is of";
    row.complain("entity_id", { code: "dataset.accountRow", allowed, fix });
    return null;
  }
  return { account, level: known, entity: register.entityOf(account, known, id) };
}

function countersOf(row: InsightRow) {
  const reach = row.read("reach", cells.wholeNumber);
  const videoViews = row.read("video_views", cells.wholeNumber);
  const leads = row.read("leads", cells.decimal);
  return {
    impressions: row.read("impressions", cells.wholeNumber),
    clicks: row.read("clicks", cells.wholeNumber),
    linkClicks: null,
    conversions: row.read("conversions", cells.decimal),
    conversionValueMicros: row.read("conversion_value", cells.money),
    ...(videoViews !== null && { videoViews }),
    ...(leads !== null && { leads }),
    ...(reach !== null && { reach }),
  };
}

/** Reads the file again: only where its rows are in no order is each of them kept until all are there. */
async function tellCollisions(folder: DatasetFolder, register: Register, found: Complaints): Promise<void> {
  const placed = placedRows();
  await readTable(folder, FILE, complaints(), (row) => {
    const place = placeOf(row, register);
    if (place === null || placed.size() >= MAX_ROWS) return;
    placed.add(place.owner.entity.index, place.date, place.days, row.line);
  });
  placed.collisions(({ line, earlierLine, same }) => {
    found.add({
      code: same ? "dataset.duplicateRow" : "dataset.overlap",
      file: folder.pathOf(FILE),
      line,
      path: "date",
      found: same
        ? "a second row for one entity and date"
        : "a row whose days overlap those of another row of its entity",
      allowed: `each day of an entity once; the other row stands in line ${earlierLine}`,
      fix: same
        ? "remove one of the two rows"
        : "let each row of several days begin after the one before has ended",
    });
  });
}

/** Figures are computed in numbers, which are exact to 2^53 micros: a sum that may leave them must not look like one. */
function tellSums(folder: DatasetFolder, sums: Sums, found: Complaints): void {
  for (const column of AMOUNTS) {
    const over = insightLevelSchema.options.find((one) => sums[one][column] > cells.MAX_MICROS);
    if (over === undefined) continue;
    found.add({
      code: "dataset.sumTooLarge",
      file: folder.pathOf(FILE),
      line: null,
      path: column,
      found: `rows of level ${over} that add up to more than 2^53 micros`,
      allowed: "sums under 9 billion in major units, which stay exact",
      fix: "check that the amounts are in major units (12.50, not 12500000), or keep fewer days",
    });
  }
}

function noSums(): Sums {
  const none = () => ({ spend: 0n, conversion_value: 0n });
  return { account: none(), campaign: none(), adGroup: none(), ad: none() };
}

function tooMany(folder: DatasetFolder) {
  return {
    code: "dataset.tooManyRows",
    file: folder.pathOf(FILE),
    line: null,
    path: "",
    found: `${MAX_ROWS} rows or more`,
    allowed: `less than ${MAX_ROWS} rows`,
    fix: "keep fewer days or levels",
  };
}
