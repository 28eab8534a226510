/** An Ads Manager export's figures as it prints them, with those that it computed itself. */
import { plainNumber } from "../../cells.ts";
import type { ExportedFigure, ExportedReader } from "../../exported.ts";
import { amountAt, numberAt, type Row, textAt } from "../../row.ts";
import { COLUMNS } from "./columns.ts";
import { type ConversionColumns, countedColumns } from "./conversions.ts";
import { countersOf } from "./report.ts";
import { type Export, rowKeys } from "./rows.ts";

interface Source {
  column: number | null;
  isMoney: boolean;
}

/** @throws ConfigError */
export function exportedFigures(
  file: Export,
  countedOn: (platform: string) => string | null,
): ExportedReader {
  const keys = rowKeys(file, false);
  const counted = countedOn("meta");
  const conversions = countedColumns(file, counted);
  const figures = Object.entries({ ...sourcesOf(file), ...conversionSources(conversions) });
  const others = Object.entries(sourcesOf(file));
  const isCounted = (row: Row) =>
    conversions?.type == null || counted === null || textAt(row, conversions.type) === counted;
  return (cells, complain) => {
    const row: Row = { cells, complain, mark: file.mark, order: file.order };
    const subject = keys.isTotal(row) ? null : keys.subjectOf(row);
    if (subject === null) return null;
    const { account, level, entityId, name, from, to } = subject;
    const found = (isCounted(row) ? figures : others).flatMap(([metric, source]) => {
      const figure = figureAt(row, source);
      return figure === null ? [] : [[metric, figure] as const];
    });
    return { account, level, entityId, name, from, to, figures: Object.fromEntries(found) };
  };
}

/** By metric id. Clicks and what is derived from them are of the kind of clicks that the import takes. */
function sourcesOf(file: Export): Record<string, Source> {
  const counters = countersOf(file);
  const links = counters.linkClicks;
  return {
    spend: money(counters.spend),
    impressions: number(counters.impressions),
    clicks: number(counters.clicks),
    videoViews: number(counters.videoViews),
    reach: number(counters.reach),
    frequency: number(file.indexOf(COLUMNS.frequency)),
    cpm: money(file.indexOf(COLUMNS.cpm)),
    cpc: money(file.indexOf(links ? COLUMNS.linkCpc : COLUMNS.cpc)),
    ctrPercent: number(file.indexOf(links ? COLUMNS.linkCtr : COLUMNS.ctr)),
  };
}

function conversionSources(conversions: ConversionColumns | null): Record<string, Source> {
  return {
    conversions: number(conversions?.count ?? null),
    conversionValue: money(conversions?.value ?? null),
    cpa: money(conversions?.costPer ?? null),
    roas: number(conversions?.roas ?? null),
  };
}

function number(column: number | null): Source {
  return { column, isMoney: false };
}

function money(column: number | null): Source {
  return { column, isMoney: true };
}

function figureAt(row: Row, { column, isMoney }: Source): ExportedFigure | null {
  const text = textAt(row, column);
  if (column === null || text === "") return null;
  const plain = plainNumber(text, row.mark);
  const value = isMoney ? amountAt(row, column) : numberAt(row, column);
  if (plain === null || value === null) return null;
  return { value: Number(value), decimals: /\.(\d+)$/.exec(plain)?.[1]?.length ?? 0, column };
}
