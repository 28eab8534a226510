/** Meta Ads Manager's table as it is exported: in English or French, with the columns that a person chose. */
import type { ImportKind, ImportTable } from "../../kind.ts";
import { BREAKDOWNS, COLUMNS } from "./columns.ts";
import { exportedFigures } from "./figures.ts";
import { openReport } from "./report.ts";

const columns = Object.values(COLUMNS);

const report: ImportTable = {
  id: "report",
  columns,
  unlike: BREAKDOWNS,
  rows: "once",
  open: (file) => openReport(file, false),
  exported: exportedFigures,
};

/** Rows by age, placement and the like: each entity's are added up. */
const breakdown: ImportTable = {
  id: "breakdown",
  columns: [...columns, { names: BREAKDOWNS, required: true }],
  rows: "sum",
  open: (file) => openReport(file, true),
};

export const metaAdsManager: ImportKind = {
  id: "meta-ads-manager",
  label: "Meta Ads Manager export",
  where:
    "Ads Manager > Reports > Export table data, as CSV: break it down by day, and add the columns Campaign ID, Ad set ID, Ad ID, Purchases and Purchases conversion value.",
  tables: [report, breakdown],
};
