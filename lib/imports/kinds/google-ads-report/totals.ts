/** Rows of totals below a report: never imported, but held against what the rows add up to. */
import { majorFromMicros } from "../../../domain/money.ts";

export interface ReportFigures {
  spendMicros: bigint | null;
  impressions: number | null;
  clicks: number | null;
  conversions: number | null;
}

export interface Totals {
  add(row: ReportFigures): void;
  /** `label` as the report has it, such as "Total: Account". */
  total(label: string, figures: ReportFigures): void;
  /** A sentence for each figure in which a total differs from the rows. */
  differences(): string[];
}

/** Totals of the whole; those of a part, such as "Total: Search", are of rows that the report does not tell apart. */
const OF_ALL =
  /^total\s*(?:$|:\s*(?:account|compte|filtered|filtr\u00e9|.*\b(?:campaigns|campagnes|ad groups|groupes d.annonces|ads|annonces)\b))/i;

/** Every row is printed with two decimals, so that their sum may be half of the last one off for each. */
const HALF_CENT_MICROS = 5000n;
const HALF_CONVERSION = 0.005;

export function createTotals(): Totals {
  let rows = 0;
  let sum: ReportFigures = { spendMicros: 0n, impressions: 0, clicks: 0, conversions: 0 };
  const totals: { label: string; figures: ReportFigures }[] = [];
  return {
    add(row) {
      rows += 1;
      sum = {
        spendMicros:
          sum.spendMicros === null || row.spendMicros === null ? null : sum.spendMicros + row.spendMicros,
        impressions: plus(sum.impressions, row.impressions),
        clicks: plus(sum.clicks, row.clicks),
        conversions: plus(sum.conversions, row.conversions),
      };
    },
    total(label, figures) {
      if (OF_ALL.test(label)) totals.push({ label, figures });
    },
    differences: () =>
      totals.flatMap(({ label, figures }) =>
        [...costs(rows, figures, sum), ...counts(rows, figures, sum)].map(
          ([what, told, added]) => `"${label}" says ${what} ${told}, the rows add up to ${added}`,
        ),
      ),
  };
}

type Difference = [what: string, told: string, added: string];

function costs(rows: number, told: ReportFigures, sum: ReportFigures): Difference[] {
  if (told.spendMicros === null || sum.spendMicros === null) return [];
  const off = told.spendMicros - sum.spendMicros;
  if ((off < 0n ? -off : off) <= HALF_CENT_MICROS * BigInt(rows + 1)) return [];
  return [["cost", majorFromMicros(told.spendMicros), majorFromMicros(sum.spendMicros)]];
}

function counts(rows: number, told: ReportFigures, sum: ReportFigures): Difference[] {
  return (["impressions", "clicks", "conversions"] as const).flatMap((what): Difference[] => {
    const [total, added] = [told[what], sum[what]];
    const most = what === "conversions" ? HALF_CONVERSION * (rows + 1) : 0;
    if (total === null || added === null || Math.abs(total - added) <= most) return [];
    return [[what, String(total), String(Math.round(added * 100) / 100)]];
  });
}

function plus(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}
