/** What was gathered to the tables of a dataset, line by line in order. */
import { numberOf } from "../dataset/cells.ts";
import type { TableName } from "../dataset/tables.ts";
import type { ShopDay } from "../domain/snapshot.ts";
import type { Complaints, Place } from "./complaints.ts";
import type { Gathered } from "./gather.ts";
import { type Merged, mergeInsights } from "./insights.ts";
import { dayText, type InsightKey, keyParts } from "./keys.ts";
import type { Counter, StagedInsight, Staging } from "./staging.ts";
import { type AccountTotals, createTally } from "./tally.ts";
import { type Cells, count, money } from "./write.ts";

export interface SettledTable {
  table: TableName;
  used: ReadonlySet<string>;
  rows: Iterable<Cells>;
  /** Known after the last row was taken. */
  replaced(): number;
}

export interface SettleContext {
  staging: Staging;
  complaints: Complaints;
  modes: ReadonlyMap<number, "once" | "sum">;
  /** By number of file. */
  nameOf(file: number): string;
  gapsAreZero: boolean;
}

export interface Totals {
  accounts: AccountTotals;
  notes: string[];
}

const COLUMN_OF: Readonly<Record<Counter, string>> = {
  spend: "spend",
  impressions: "impressions",
  clicks: "clicks",
  conversions: "conversions",
  conversionValue: "conversion_value",
  reach: "reach",
  videoViews: "video_views",
  leads: "leads",
};

/** Tables that the files say something of; the others stay as they are. Each table's rows are taken once, in turn. */
export function settledTables(gathered: Gathered, context: SettleContext, totals: Totals): SettledTable[] {
  const { entities, otherSpend, events } = gathered;
  const insights = gathered.insights.isNew ? [insightsTable(gathered, context, totals)] : [];
  const accounts = gathered.accounts.cells();
  entities.settle();
  stretchCoverage(accounts, gathered);
  return [
    ...insights,
    ...(accounts.size === 0 ? [] : [small("accounts.csv", [...accounts.values()], 0)]),
    ...(entities.isEmpty()
      ? []
      : [{ table: "entities.csv" as const, used: entities.used, rows: entities.rows(), replaced: () => 0 }]),
    ...revenueTable(gathered, context, totals),
    ...(otherSpend.isNew()
      ? [
          small(
            "other_spend.csv",
            otherSpend
              .rows()
              .map((row) => ({ date: row.day, source: row.source, spend: money(row.spendMicros) })),
            otherSpend.replaced(),
          ),
        ]
      : []),
    ...(events.isNew()
      ? [
          small(
            "events.csv",
            events.rows().map(({ kind, ...row }) => ({ ...row, kind: kind ?? "" })),
            events.replaced(),
          ),
        ]
      : []),
  ];
}

function insightsTable(gathered: Gathered, context: SettleContext, totals: Totals): SettledTable {
  const { complaints, modes, nameOf } = context;
  const merged: Merged = { replaced: 0, left: 0 };
  const placeOf = ({ file, line }: StagedInsight): Place => ({ file: nameOf(file), line });
  const used = new Set<string>([...gathered.filled].map((name) => COLUMN_OF[name as Counter] ?? name));
  if (!context.gapsAreZero) {
    gathered.spans.complainOfGaps((file) => ({ file: nameOf(file), line: null }), complaints);
  }
  const sources = { modes, placeOf, forgotten: gathered.forgotten, spentOn: gathered.spans.of };
  const tally = createTally(totals.accounts, (row, counter, level) =>
    complaints.add({ ...placeOf(row), line: null }, sumComplaint(counter, level)),
  );
  function* rows(): Iterable<Cells> {
    let key: string | null = null;
    let parts = keyParts("");
    for (const row of mergeInsights(context.staging.insights(), sources, complaints, merged)) {
      // Rows of one entity follow each other: what its key says is looked up once.
      if (row.key !== key) {
        key = row.key;
        parts = keyParts(key);
        tally.begin(parts);
      }
      tally.add(row);
      yield insightCells(row, parts);
    }
    if (merged.left > 0)
      totals.notes.push(`${merged.left} rows of days and accounts without any spend are left out`);
  }
  return { table: "insights.csv", used, rows: rows(), replaced: () => merged.replaced };
}

function insightCells(row: StagedInsight, { platform, accountId, level, entityId }: InsightKey): Cells {
  return {
    ...{ platform, account_id: accountId, level, entity_id: entityId, date: dayText(row.day) },
    ...{ days: row.days === 1 ? "" : String(row.days), spend: money(row.spend) },
    ...{ impressions: count(row.impressions), clicks: count(row.clicks) },
    ...{ conversions: count(row.conversions), conversion_value: money(row.conversionValue) },
    ...{ reach: count(row.reach), video_views: count(row.videoViews), leads: count(row.leads) },
  };
}

function sumComplaint(counter: Counter, level: string) {
  return {
    code: "import.tooLarge",
    path: COLUMN_OF[counter],
    found: `rows of level ${level} that add up to more than 9 billion`,
    allowed: "sums below 2^53 micros (about 9 billion)",
    fix: "check the unit of the column: micros and major units differ by a million",
  };
}

/** Coverage that the dataset names reaches over the new days too; where it names none, it follows from the rows. */
function stretchCoverage(accounts: Map<string, Record<string, string>>, gathered: Gathered): void {
  for (const [key, cells] of accounts) {
    const span = gathered.spans.of(key);
    if (span === null) continue;
    const { covered_from: from, covered_to: to } = cells;
    if (from) cells.covered_from = dayText(Math.min(numberOf(from), span.from));
    if (to) cells.covered_to = dayText(Math.max(numberOf(to), span.to));
  }
}

function revenueTable(gathered: Gathered, context: SettleContext, totals: Totals): SettledTable[] {
  const { revenue } = gathered;
  const { days, notes } = gathered.shop.settle();
  totals.notes.push(...notes);
  for (const day of days) revenue.add(day, { file: "orders", line: null }, -1, "once");
  if (!revenue.isNew()) return [];
  const rows = revenue.rows();
  let end = 0;
  for (const row of rows) {
    if (numberOf(row.day) < end) complainOfShopOverlap(row, revenue.placeOf(row), context.complaints);
    end = numberOf(row.day) + (row.days ?? 1);
  }
  return [small("revenue.csv", rows.map(shopCells), revenue.replaced())];
}

function complainOfShopOverlap(row: ShopDay, at: Place | null, complaints: Complaints): void {
  complaints.add(at ?? { file: "revenue.csv", line: null }, {
    code: "import.overlap",
    path: "date",
    found: `a row of ${row.days ?? 1} days from ${row.day} on`,
    allowed: "rows that share no day with the one before",
    fix: "export one period length for all days, or import into another folder",
  });
}

function shopCells(row: ShopDay): Cells {
  return {
    ...{
      date: row.day,
      revenue: money(row.revenueMicros),
      days: row.days === undefined ? "" : String(row.days),
    },
    ...{ orders: count(row.orders), new_customers: count(row.newCustomers), sessions: count(row.sessions) },
    ...{
      new_customer_revenue: money(row.newCustomerRevenueMicros),
      product_cost: money(row.productCostMicros),
    },
    ...{ fees: money(row.feesMicros), refunds: money(row.refundsMicros) },
    ...{ leads: count(row.leads), qualified_leads: count(row.qualifiedLeads) },
  };
}

function small(table: TableName, rows: readonly Cells[], replaced: number): SettledTable {
  const used = rows.flatMap((row) =>
    Object.entries(row).flatMap(([name, cell]) => (cell === "" ? [] : [name])),
  );
  return { table, used: new Set(used), rows, replaced: () => replaced };
}
