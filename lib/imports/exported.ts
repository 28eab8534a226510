/** Figures as an export prints them, to be held against Palier's own for the same entity and days. */
import type { Day } from "../domain/day.ts";
import type { AccountRef } from "../domain/ids.ts";
import type { InsightLevel } from "../domain/snapshot.ts";
import type { Complain } from "./kind.ts";

export interface ExportedRow {
  /** With an empty id where the export does not say. */
  account: AccountRef;
  level: InsightLevel;
  /** As the import names it: where the export has no ids, the name. The account's id for rows of the account. */
  entityId: string;
  name: string;
  from: Day;
  to: Day;
  /** By metric id; only cells that carry a figure, ratios as the export computed them. */
  figures: Readonly<Record<string, ExportedFigure>>;
}

export interface ExportedFigure {
  /** In the metric's unit; micros for money. */
  value: number;
  /** Places after the decimal point that the export prints, of major units for money: as far as a figure can be compared. */
  decimals: number;
  /** Index in the header. */
  column: number;
}

/** Null for a row that has nothing to compare, such as a row of totals. */
export type ExportedReader = (cells: readonly string[], complain: Complain) => ExportedRow | null;
