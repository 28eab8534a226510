/** Reads the rows of an Ads Manager export into a dataset's rows. */
import { daysBetween } from "../../../domain/day.ts";
import type { ImportColumn, InsightRow, OpenFile, RowReader } from "../../kind.ts";
import { amountAt, numberAt, type Row, textAt } from "../../row.ts";
import { createAccounts } from "./accounts.ts";
import { COLUMNS } from "./columns.ts";
import { type ConversionColumns, conversionColumns } from "./conversions.ts";
import { createEntities } from "./entities.ts";
import { type RowSubject, rowKeys } from "./rows.ts";
import { createTotals } from "./totals.ts";

/** What a row of `insights.csv` is read from; null is a column that the file lacks. */
export interface Counters {
  spend: number | null;
  impressions: number | null;
  clicks: number | null;
  /** `clicks` are link clicks, for want of all of them. */
  linkClicks: boolean;
  videoViews: number | null;
  leads: number | null;
  reach: number | null;
}

interface ReadCounters extends Counters {
  conversions: ConversionColumns | null;
}

/** `parts`: a breakdown splits each entity into several rows. @throws ConfigError */
export function openReport(file: OpenFile, parts: boolean): RowReader {
  const keys = rowKeys(file, true);
  const counters = { ...countersOf(file), conversions: conversionColumns(file) };
  // People are not the sum of the people of an entity's parts.
  const reach = parts ? null : counters.reach;
  noteMeanings(file, counters);
  const entities = createEntities(file, keys);
  const accounts = createAccounts(file, counters.conversions);
  const totals = createTotals(counters.spend);
  return {
    row(cells, complain) {
      const row: Row = { cells, complain, mark: file.mark, order: file.order };
      if (keys.isTotal(row)) {
        totals.total(row);
        return;
      }
      const subject = keys.subjectOf(row);
      if (subject === null) {
        totals.add(null);
        return;
      }
      entities.see(row, subject);
      accounts.see(row, subject);
      const insight = insightOf(file, row, subject, { ...counters, reach });
      totals.add(insight.spendMicros);
      file.sink.insight(insight);
    },
    end() {
      entities.tell();
      accounts.tell();
      totals.tell();
    },
  };
}

export function countersOf(file: Omit<OpenFile, "sink">): Counters {
  const at = (column: ImportColumn) => file.indexOf(column);
  const clicks = at(COLUMNS.clicks);
  return {
    spend: at(COLUMNS.spend),
    impressions: at(COLUMNS.impressions),
    clicks: clicks ?? at(COLUMNS.linkClicks),
    linkClicks: clicks === null,
    videoViews: at(COLUMNS.videoPlays) ?? at(COLUMNS.thruPlays),
    leads: at(COLUMNS.leads),
    reach: at(COLUMNS.reach),
  };
}

function noteMeanings(file: OpenFile, counters: ReadCounters): void {
  const { sink } = file;
  if (counters.clicks !== null && counters.linkClicks) {
    sink.note("clicks are link clicks: the export has no column of all clicks");
  }
  if (counters.videoViews !== null && file.indexOf(COLUMNS.videoPlays) === null) {
    sink.note("video views are ThruPlays");
  }
  if (counters.conversions === null && file.indexOf(COLUMNS.results) !== null) {
    sink.note("results do not say what they count: conversions are unknown");
  }
}

function insightOf(file: OpenFile, row: Row, subject: RowSubject, counters: ReadCounters): InsightRow {
  const { account, level, entityId, from, to } = subject;
  const days = from === to ? 1 : daysBetween(from, to) + 1;
  const count = (column: number | null) => (isZero(file, row, column) ? 0 : numberAt(row, column));
  const amount = (column: number | null) => (isZero(file, row, column) ? 0n : amountAt(row, column));
  const { conversions, videoViews, leads, reach } = counters;
  return {
    ...account,
    ...{ level, entityId, day: from, ...(days > 1 ? { days } : {}) },
    spendMicros: amount(counters.spend),
    impressions: count(counters.impressions),
    clicks: count(counters.clicks),
    conversions: count(conversions?.count ?? null),
    conversionValueMicros: amount(conversions?.value ?? null),
    ...(videoViews === null ? {} : { videoViews: count(videoViews) ?? 0 }),
    ...(leads === null ? {} : { leads: count(leads) ?? 0 }),
    ...(reach === null ? {} : { reach: count(reach) ?? 0 }),
  };
}

/** Meta leaves out what is zero. Not so a cell that cannot be read, which was complained of. */
function isZero(file: OpenFile, row: Row, column: number | null): boolean {
  if (column === null || textAt(row, column) !== "") return false;
  file.sink.note(`blank cells of "${file.header[column]}" read as 0`);
  return true;
}
