/** A report's own figures, as printed, to hold Palier's against. */
import { microsFromMajor } from "../../../domain/money.ts";
import { plainNumber } from "../../cells.ts";
import type { ExportedFigure, ExportedReader } from "../../exported.ts";
import { type Row, textAt } from "../../row.ts";
import type { ExportFile } from "../google-ads-cells.ts";
import { countedConversions } from "../google-ads-conversions.ts";
import { columnsOf, conversionColumns, costInMicros } from "./columns.ts";
import { isTotal, rowsOf } from "./rows.ts";

type Unit = "money" | "micros" | "number";

/** Decimals of an amount that is printed in micros. */
const MICROS_DECIMALS = 6;

export function exportedBy(file: ExportFile, countedOn: (platform: string) => string | null): ExportedReader {
  const at = columnsOf(file);
  const read = rowsOf(file, at, false);
  const counted = countedConversions(file, conversionColumns(at), countedOn("google"));
  const isPlain = counted.count !== null && counted.count === at.conversions;
  const compared: readonly (readonly [metric: string, column: number | null, unit: Unit])[] = [
    ["spend", at.cost, costInMicros(file, at) ? "micros" : "money"],
    ["impressions", at.impressions, "number"],
    ["clicks", at.clicks, "number"],
    ["videoViews", at.views, "number"],
    ["conversions", counted.count, "number"],
    ["conversionValue", counted.value, "money"],
    ["cpm", at.cpm, "money"],
    ["cpc", at.cpc, "money"],
    ["ctrPercent", at.ctrPercent, "number"],
    // These two are of the column Conversions, whichever of them counts.
    ...(isPlain
      ? ([
          ["cpa", at.cpa, "money"],
          ["roas", at.roas, "number"],
        ] as const)
      : []),
  ];
  return (cells, complain) => {
    if (isTotal(cells, at)) return null;
    const row: Row = { cells, complain, mark: file.mark, order: file.order };
    const about = read(row);
    if (about === null) return null;
    const figures = compared.flatMap(([metric, column, unit]) => {
      const figure = figureAt(row, column, unit);
      return figure === null ? [] : [[metric, figure] as const];
    });
    const entityId = about[about.level];
    return {
      ...{ account: about.account, level: about.level, entityId },
      name:
        textAt(row, { campaign: at.campaign, adGroup: at.adGroup, ad: at.adName }[about.level]) || entityId,
      ...about.period,
      figures: Object.fromEntries(figures),
    };
  };
}

function figureAt(row: Row, column: number | null, unit: Unit): ExportedFigure | null {
  const text = textAt(row, column);
  if (column === null || text === "") return null;
  const plain = plainNumber(text, row.mark);
  if (plain === null) {
    row.complain(column, {
      allowed: "a number",
      fix: "correct the cell, or export the report again without opening it in a spreadsheet",
      code: "import.number",
    });
    return null;
  }
  const value = unit === "money" ? Number(microsFromMajor(plain)) : Number(plain);
  const decimals = unit === "micros" ? MICROS_DECIMALS : (plain.split(".")[1]?.length ?? 0);
  return { value, decimals, column };
}
