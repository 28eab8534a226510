/** Reports of Google Ads: tables of its interface, its report editor and its scripts, in English and French. */
import { daysBetween } from "../../../domain/day.ts";
import type { Complain, ImportKind, ImportTable, OpenFile, RowReader } from "../../kind.ts";
import { amountAt, type Row, textAt } from "../../row.ts";
import { conversionsAt, countAt, type ExportFile, problemOf, spendAt } from "../google-ads-cells.ts";
import { type CountedConversions, conversionsOf } from "../google-ads-conversions.ts";
import { COLUMNS, columnsOf, conversionColumns, costInMicros, SEGMENT, UNSUMMABLE } from "./columns.ts";
import { nameAccount, nameEntities } from "./entities.ts";
import { exportedBy } from "./figures.ts";
import { isTotal, type ReportRow, rowsOf } from "./rows.ts";
import { createTotals } from "./totals.ts";

const columns: ImportTable["columns"] = [
  // What a campaign is known by: either of the two.
  { names: [...COLUMNS.campaignId.names, ...COLUMNS.campaign.names], required: true },
  ...Object.values(COLUMNS),
];

const report: ImportTable = {
  id: "report",
  columns,
  unlike: SEGMENT.names,
  rows: "once",
  open: openReport,
  exported: (file, counted) => exportedBy(refuseUnsummable(file), counted),
};

const bySegment: ImportTable = {
  id: "report by segment",
  columns: [...columns, SEGMENT],
  rows: "sum",
  open: openReport,
};

export const googleAdsReport: ImportKind = {
  id: "google-ads-report",
  label: "Google Ads report",
  where:
    "Google Ads, Campaigns, no filter (All, removed ones too); Segment > Time > Day; Columns: Customer ID, Currency code, Campaign ID, Campaign status, Campaign type, Status, Budget, Budget type, Budget name, Cost, Impr., Clicks, Conversions, Conv. value; then Download > .csv or Excel .csv, or the same as a report of the report editor. Status tells whose bid strategy still learns, Budget name which budgets are shared (they are of no campaign alone); without Status, figures work and a preview raises nothing.",
  tables: [report, bySegment],
};

function openReport(file: OpenFile): RowReader {
  refuseUnsummable(file);
  const at = columnsOf(file);
  const read = rowsOf(file, at, true);
  const counted = conversionsOf(file, conversionColumns(at));
  const figuresOf = figuresIn(file, counted);
  const segment = file.indexOf(SEGMENT);
  const totals = createTotals();
  return {
    row(cells: readonly string[], complain: Complain): void {
      const row: Row = { cells, complain, mark: file.mark, order: file.order };
      if (isTotal(cells, at)) {
        // Below a report by segment there are totals of each segment, too.
        if (textAt(row, segment) === "") totals.total(cells[0] ?? "", figuresOf.total(row));
        return;
      }
      const about = read(row);
      const figures = figuresOf.row(row);
      if (about === null || figures === null) return;
      nameAccount(file, at, row, about, counted);
      nameEntities(file, at, row, about);
      totals.add(figures);
      file.sink.insight({ ...about.account, ...whereOf(about), ...figures });
    },
    end(): void {
      for (const difference of totals.differences()) file.sink.note(difference);
    },
  };
}

/** @throws ConfigError naming the column that splits rows in a way in which they cannot be added up */
function refuseUnsummable<File extends ExportFile>(file: File): File {
  for (const column of UNSUMMABLE) {
    const index = file.indexOf(column);
    if (index === null) continue;
    throw problemOf(file, {
      code: "import.unsummable",
      path: file.header[index] ?? "",
      found: "rows split by this column",
      allowed: "rows by campaign, ad group or ad, by day, and by device, network or time",
      fix: `export again without it: ${column.why}`,
    });
  }
  return file;
}

function whereOf({ level, campaign, adGroup, ad, period }: ReportRow) {
  const days = daysBetween(period.from, period.to) + 1;
  return {
    level,
    entityId: { campaign, adGroup, ad }[level],
    day: period.from,
    ...(days === 1 ? {} : { days }),
  };
}

function figuresIn(file: OpenFile, counted: CountedConversions) {
  const at = columnsOf(file);
  const inMicros = costInMicros(file, at);
  const counters = (row: Row) => ({
    impressions: countAt(row, at.impressions),
    clicks: countAt(row, at.clicks),
    conversions: conversionsAt(row, counted.count),
  });
  return {
    row: (row: Row) => {
      const spendMicros = at.cost === null ? null : spendAt(row, at.cost, inMicros);
      const figures = { ...counters(row), conversionValueMicros: amountAt(row, counted.value) };
      const views = countAt(row, at.views);
      // Everything is read before the row is given up, so that all that is wrong with it is told.
      return spendMicros === null
        ? null
        : { spendMicros, ...figures, ...(views === null ? {} : { videoViews: views }) };
    },
    total: (row: Row) => {
      const blank = at.cost === null || textAt(row, at.cost) === "";
      return { spendMicros: blank ? null : spendAt(row, at.cost ?? 0, inMicros), ...counters(row) };
    },
  };
}
