/** What would change on each platform, what each spent and claims, and that together they may claim more than the shop earned. */
import { differenceMicros } from "../domain/change.ts";
import type { Reading } from "../domain/figure.ts";
import type { AccountLine, Plan } from "../domain/plan.ts";
import { formatAmount, formatMoney } from "../words/format.ts";
import { phrase } from "../words/say.ts";
import { signedMoney } from "./edit-words.ts";
import { platformLabel } from "./naming.ts";
import { type Page, paint, paragraph } from "./page.ts";
import { type Column, renderTable } from "./table.ts";

/** Of a brand on several platforms a line for each, the largest first, and one where together they claim more than there was. */
export function platformLines(page: Page, { brandLine }: Plan): string[] {
  if (!page.manyPlatforms) return [];
  const { accounts, claimedValue, revenue } = brandLine;
  return [...platformTable(page, accounts), ...overclaimLines(page, claimedValue, revenue)];
}

/** " Budgets a day, if all are made: Meta +€32.00, Google Ads -€12.00." for a brand on several platforms. */
export function effectWords(page: Page, { changes }: Plan): string {
  const made = changes.filter(({ outcome }) => outcome === "proposed" || outcome === "auto");
  if (!page.manyPlatforms || made.length === 0) return "";
  const effects = [...Map.groupBy(made, ({ target }) => target.platform)].map(([platform, ofIt]) => {
    const micros = ofIt.reduce((sum, { edit }) => sum + differenceMicros(edit), 0n);
    return `${platformLabel(page, platform)}\u00a0${signedMoney(micros, page.reader)}`;
  });
  return ` ${phrase("report.effects", page.reader, { effects: effects.join(", ") })}`;
}

function platformTable(page: Page, accounts: readonly AccountLine[]): string[] {
  const { reader } = page;
  const right = { align: "right", shrinkTo: null, leaves: null } as const;
  const columns: Column[] = [
    { header: phrase("report.platform", reader), align: "left", shrinkTo: 8, leaves: null },
    { header: phrase("report.spend", reader), ...right },
    { header: phrase("report.claimed", reader), ...right },
  ];
  const rows = [...Map.groupBy(accounts, ({ account }) => account.platform)]
    .map(([platform, lines]) => ({
      label: platformLabel(page, platform),
      spend: sumOf(lines.map(({ spend }) => spend)),
      claimed: sumOf(lines.map(({ conversionValue }) => conversionValue)),
    }))
    .toSorted((a, b) => (b.spend ?? -1) - (a.spend ?? -1) || a.label.localeCompare(b.label))
    .map(({ label, spend, claimed }) => [label, amount(page, spend), amount(page, claimed)]);
  const table = renderTable(columns, rows, page.width - 2, (cell, row) =>
    row === null ? paint(page, "dim", cell) : cell,
  );
  return rows.length === 0 ? [] : [table.header, ...table.rows].flat().map((line) => `  ${line}`);
}

/** A platform is known only when all its accounts are. */
function sumOf(readings: readonly Reading[]): number | null {
  const values = readings.map(({ value }) => value);
  return values.every((value) => typeof value === "number")
    ? values.reduce((sum, one) => sum + one, 0)
    : null;
}

function amount(page: Page, micros: number | null): string {
  return micros === null ? phrase("figure.unknown", page.reader) : formatAmount(micros, page.reader);
}

function overclaimLines(page: Page, claimed: Reading, revenue: Reading): string[] {
  if (typeof claimed.value !== "number" || typeof revenue.value !== "number") return [];
  if (claimed.value <= revenue.value) return [];
  const words = phrase("report.overclaim", page.reader, {
    claimed: formatMoney(claimed.value, page.reader),
    revenue: formatMoney(revenue.value, page.reader),
  });
  return paragraph(page, words).map((line) => paint(page, "yellow", line));
}
