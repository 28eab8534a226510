/** Rows of all files gathered: checked one by one, staged, and counted. */
import { day as dayCell, decimal, MAX_MICROS, numberOf, wholeNumber } from "../dataset/cells.ts";
import type { DatasetEvent } from "../dataset/types.ts";
import { addDays, type Day } from "../domain/day.ts";
import { accountKey } from "../domain/ids.ts";
import type { OtherSpend, ShopDay } from "../domain/snapshot.ts";
import { createAccountBook } from "./accounts.ts";
import { type Book, createBook } from "./book.ts";
import { type Complaints, type Place, shown } from "./complaints.ts";
import { createEntityBook } from "./entities.ts";
import { insightKey } from "./keys.ts";
import type { ImportOptions, InsightRow, RowSink } from "./kind.ts";
import { createShopBook } from "./shop-days.ts";
import { createSpans } from "./spans.ts";
import { COUNTERS, type StagedInsight, type Staging } from "./staging.ts";

/** The file being read. */
export interface Reading {
  /** As messages name it. */
  name: string;
  /** Number of the file, and of its table: the same table of two files is one source. */
  file: number;
  source: number;
  rows: "once" | "sum";
  line: number;
  /** The day on which the file was written: it was not over then, and its figures are not all there. */
  writtenOn: Day;
  notes: Map<string, number>;
}

export interface Gathered {
  accounts: ReturnType<typeof createAccountBook>;
  entities: ReturnType<typeof createEntityBook>;
  shop: ReturnType<typeof createShopBook>;
  revenue: Book<ShopDay>;
  otherSpend: Book<OtherSpend>;
  events: Book<DatasetEvent>;
  /** Days of rows that have spend. */
  spans: ReturnType<typeof createSpans>;
  forgotten: Set<string>;
  /** Columns of `insights.csv` that some row fills, by counter. */
  filled: Set<string>;
  insights: { isNew: boolean };
  sink(reading: Reading): RowSink;
  /** A row that the dataset has already. */
  keepInsight(row: InsightRow, file: number, line: number): void;
}

const WHOLE = ["impressions", "clicks", "reach", "videoViews"] as const;
const DECIMAL = ["conversions", "leads"] as const;
const MOST = 1e12;

export function createGathered(staging: Staging, complaints: Complaints, options: ImportOptions): Gathered {
  const gathered: Gathered = {
    accounts: createAccountBook(options, complaints),
    entities: createEntityBook(staging, complaints),
    shop: createShopBook(staging, complaints),
    revenue: createBook(
      ({ day }) => day,
      ({ day }) => `the shop on ${day}`,
      complaints,
      plusDays,
    ),
    otherSpend: createBook(
      ({ day, source }) => `${day} ${source}`,
      ({ day, source }) => `${source} on ${day}`,
      complaints,
      (one, other) => ({ ...one, spendMicros: one.spendMicros + other.spendMicros }),
    ),
    events: createBook(
      ({ from, to, name }) => `${from} ${to} ${name}`,
      ({ from, name }) => `${name} from ${from}`,
      complaints,
    ),
    spans: createSpans(),
    forgotten: new Set(),
    filled: new Set(),
    insights: { isNew: false },
    sink: (reading) => sinkOf(gathered, staging, complaints, reading),
    keepInsight: (row, file, line) => stage(gathered, staging, row, { file, line, source: 0 }),
  };
  return gathered;
}

function sinkOf(gathered: Gathered, staging: Staging, complaints: Complaints, reading: Reading): RowSink {
  const at = (): Place => ({ file: reading.name, line: reading.line });
  const named = new Set<string>();
  const note = (text: string) => void reading.notes.set(text, (reading.notes.get(text) ?? 0) + 1);
  const isOver = ({ day, days = 1 }: { day: Day; days?: number | undefined }) => {
    const { writtenOn } = reading;
    if (day > writtenOn || (days === 1 ? day : addDays(day, days - 1)) < writtenOn) return true;
    note(`${writtenOn} was not over when the file was written: rows that hold it are left out`);
    return false;
  };
  return {
    account: (row) => gathered.accounts.add(row, at()),
    entity: (row, version = "") => gathered.entities.add(row, version, at()),
    insight(row) {
      const key = accountKey(row);
      if (!named.has(key)) gathered.accounts.add({ platform: row.platform, accountId: row.accountId }, at());
      named.add(key);
      if (!isRight(row, at(), complaints) || !isOver(row)) return;
      gathered.insights.isNew = true;
      stage(gathered, staging, row, reading);
    },
    forgetConversions: (account) => void gathered.forgotten.add(accountKey(account)),
    revenue(row) {
      if (!isDay(row.day, at(), complaints) || !isOver(row)) return;
      gathered.revenue.add(row, at(), reading.source, reading.rows);
    },
    order(row) {
      if (isDay(row.day, at(), complaints) && isOver(row)) gathered.shop.order(row, at());
    },
    refund: (row) => gathered.shop.refund(row, at()),
    refundLine: (row) => gathered.shop.refundLine(row, at()),
    otherSpend(row) {
      if (!isDay(row.day, at(), complaints) || !isAmount(row.spendMicros, "spend", at(), complaints)) return;
      if (!isOver(row)) return;
      gathered.otherSpend.add(row, at(), reading.source, reading.rows);
    },
    event: (row) => gathered.events.add(row, at(), reading.source, reading.rows),
    note,
  };
}

function stage(
  gathered: Gathered,
  staging: Staging,
  row: InsightRow,
  { file, line, source }: Pick<Reading, "file" | "line" | "source">,
): void {
  const day = numberOf(row.day);
  const days = row.days ?? 1;
  const staged: StagedInsight = {
    ...{ key: insightKey(row), day, days, source, file, line },
    spend: row.spendMicros === null ? null : Number(row.spendMicros),
    conversionValue: row.conversionValueMicros === null ? null : Number(row.conversionValueMicros),
    impressions: row.impressions,
    clicks: row.clicks,
    conversions: row.conversions,
    reach: row.reach ?? null,
    videoViews: row.videoViews ?? null,
    leads: row.leads ?? null,
  };
  if (days > 1) gathered.filled.add("days");
  for (const counter of COUNTERS) if (staged[counter] !== null) gathered.filled.add(counter);
  if (staged.spend !== null) gathered.spans.add(accountKey(row), file, day, day + days - 1);
  staging.insight(staged);
}

function isRight(row: InsightRow, at: Place, complaints: Complaints): boolean {
  let right = isDay(row.day, at, complaints);
  const { spendMicros, conversionValueMicros } = row;
  if (spendMicros !== null && !isAmount(spendMicros, "spend", at, complaints)) right = false;
  if (
    conversionValueMicros !== null &&
    !isAmount(conversionValueMicros, "conversion_value", at, complaints)
  ) {
    right = false;
  }
  for (const counter of WHOLE) if (!isCounter(row, counter, wholeNumber, at, complaints)) right = false;
  for (const counter of DECIMAL) if (!isCounter(row, counter, decimal, at, complaints)) right = false;
  return right;
}

function isCounter(
  row: InsightRow,
  counter: (typeof WHOLE | typeof DECIMAL)[number],
  kind: typeof wholeNumber,
  at: Place,
  complaints: Complaints,
): boolean {
  const value = row[counter];
  if (value === null || value === undefined) return true;
  if (value >= 0 && value < MOST && (kind !== wholeNumber || Number.isInteger(value))) return true;
  complaints.add(at, {
    ...{ code: value < 0 ? "import.negative" : "import.badCounter", path: counter, found: String(value) },
    ...{ allowed: kind.allowed, fix: "correct the cell, or leave it blank if it is unknown" },
  });
  return false;
}

function isDay(day: string, at: Place, complaints: Complaints): boolean {
  if (dayCell.parse(day) !== null) return true;
  complaints.add(at, {
    ...{ code: "import.badDay", path: "date", found: shown(day), allowed: dayCell.allowed },
    fix: "correct the date",
  });
  return false;
}

function isAmount(micros: bigint, path: string, at: Place, complaints: Complaints): boolean {
  if (micros >= 0n && micros <= MAX_MICROS) return true;
  const negative = micros < 0n;
  complaints.add(at, {
    code: negative ? "import.negative" : "import.tooLarge",
    path,
    found: `${Number(micros) / 1e6}`,
    allowed: negative ? "0 or more" : "amounts below 2^53 micros (about 9 billion)",
    fix: negative
      ? "leave corrections and credits out: they belong to the day that they correct"
      : "check the unit of the column: micros and major units differ by a million",
  });
  return false;
}

function plusDays(one: ShopDay, other: ShopDay): ShopDay {
  const sum: Record<string, unknown> = { day: one.day, days: one.days };
  const names = new Set([...Object.keys(one), ...Object.keys(other)] as (keyof ShopDay)[]);
  for (const name of names) {
    if (name === "day" || name === "days" || name === "revenueBySource") continue;
    const [a, b] = [one[name], other[name]];
    if (typeof a === "bigint" && typeof b === "bigint") sum[name] = a + b;
    else if (typeof a === "number" && typeof b === "number") sum[name] = a + b;
    else if (name === "orders" || name === "newCustomers" || name === "sessions") sum[name] = null;
  }
  return sum as unknown as ShopDay;
}
