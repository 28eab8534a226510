/** An Ads Manager export's figures as it prints them, with those that it computed itself. */
import { plainNumber } from "../../cells.ts";
import type { ExportedFigure, ExportedReader } from "../../exported.ts";
import { amountAt, numberAt, type Row, textAt } from "../../row.ts";
import { COLUMNS } from "./columns.ts";
import { countersOf } from "./report.ts";
import { type Export, rowKeys } from "./rows.ts";

interface Source {
  column: number | null;
  isMoney: boolean;
}

/** @throws ConfigError */
export function exportedFigures(file: Export): ExportedReader {
  const keys = rowKeys(file, false);
  const sources = Object.entries(sourcesOf(file));
  return (cells, complain) => {
    const row: Row = { cells, complain, mark: file.mark, order: file.order };
    const subject = keys.isTotal(row) ? null : keys.subjectOf(row);
    if (subject === null) return null;
    const { account, level, entityId, name, from, to } = subject;
    const figures = sources.flatMap(([metric, source]) => {
      const figure = figureAt(row, source);
      return figure === null ? [] : [[metric, figure] as const];
    });
    return { account, level, entityId, name, from, to, figures: Object.fromEntries(figures) };
  };
}

/** By metric id. Clicks and what is derived from them are of the kind of clicks that the import takes. */
function sourcesOf(file: Export): Record<string, Source> {
  const { conversions, ...counters } = countersOf(file);
  const links = counters.linkClicks;
  const number = (column: number | null): Source => ({ column, isMoney: false });
  const money = (column: number | null): Source => ({ column, isMoney: true });
  return {
    spend: money(counters.spend),
    impressions: number(counters.impressions),
    clicks: number(counters.clicks),
    conversions: number(conversions?.count ?? null),
    conversionValue: money(conversions?.value ?? null),
    videoViews: number(counters.videoViews),
    reach: number(counters.reach),
    frequency: number(file.indexOf(COLUMNS.frequency)),
    cpm: money(file.indexOf(COLUMNS.cpm)),
    cpc: money(file.indexOf(links ? COLUMNS.linkCpc : COLUMNS.cpc)),
    ctrPercent: number(file.indexOf(links ? COLUMNS.linkCtr : COLUMNS.ctr)),
    cpa: money(conversions?.costPer ?? null),
    roas: number(conversions?.roas ?? null),
  };
}

function figureAt(row: Row, { column, isMoney }: Source): ExportedFigure | null {
  const text = textAt(row, column);
  if (column === null || text === "") return null;
  const plain = plainNumber(text, row.mark);
  const value = isMoney ? amountAt(row, column) : numberAt(row, column);
  if (plain === null || value === null) return null;
  return { value: Number(value), decimals: /\.(\d+)$/.exec(plain)?.[1]?.length ?? 0, column };
}
