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
    "Ads Manager, tab Ad sets, no filter; Breakdown > By time > Day; Columns > Customise: Campaign ID, Ad set ID, Account ID, Amount spent, Impressions, Reach, Clicks (all), Purchases, Purchases conversion value, Campaign delivery, Ad set delivery, Campaign budget and Ad set budget with their types, Objective, Attribution setting; then Reports > Export table data > CSV. Delivery tells who is active and past learning (Active; Learning while it lasts); without it, and without budgets, figures work and a preview raises nothing. One level per folder is enough: campaigns are summed from ad sets.",
  tables: [report, breakdown],
};
