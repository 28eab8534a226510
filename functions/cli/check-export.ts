/** `palier facts --check`: an export held against the figures of a dataset, or of a brand's last night. */
import { addDays, daysBetween } from "../../lib/domain/day.ts";
import type { Reading } from "../../lib/domain/figure.ts";
import { accountKey, entityKey } from "../../lib/domain/ids.ts";
import type { Subject } from "../../lib/domain/verdict.ts";
import { type Comparison, compareExport, type Difference } from "../../lib/imports/compare.ts";
import type { ExportedRow } from "../../lib/imports/exported.ts";
import { factCatalogue } from "../../lib/metrics/index.ts";
import { renderCheck } from "../../lib/report/check-report.ts";
import { pageFor } from "../../lib/report/page.ts";
import type { FactsSource } from "../../lib/runtime/facts-source.ts";
import { NO_SETTINGS } from "../../lib/runtime/import/index.ts";
import { readExport } from "../../lib/runtime/import/read-export.ts";
import { say } from "../../lib/words/say.ts";
import { UsageError } from "./errors.ts";
import { plainValue } from "./facts-view.ts";
import type { CommonOptions, Outcome } from "./program.ts";
import { pageOptions, print } from "./session.ts";

/** @throws ConfigError for a file that is no export, or one without figures to compare. */
export async function checkExport(
  source: FactsSource,
  file: string,
  options: CommonOptions,
): Promise<Outcome> {
  const { kind, rows } = await readExport(file, NO_SETTINGS);
  const last = rows.reduce((latest, { to }) => (to > latest ? to : latest), "");
  if (last >= source.snapshot.day) {
    const asOf = addDays(last, 1);
    throw new UsageError(
      `${file} goes to ${last}, and the figures end before ${source.snapshot.day}; give --as-of ${asOf}`,
    );
  }
  const found = compareExport(rows, readerOf(source));
  const differences = [...found.differences, ...leftOutOf(rows, source)];
  const { language, currency, zone, accounts } = source.brand;
  if (options.json === true) {
    const reader = { language, currency, zone };
    const json = differences.map((one) => differenceJson(one, (reading) => say(reading, reader)));
    print(JSON.stringify({ kind: kind.id, rows: found.rows, compared: found.compared, differences: json }));
  } else {
    const platforms = accounts.map(({ platform }) => platform);
    const page = pageFor(pageOptions(language, options), { currency, zone, platforms });
    print(renderCheck(page, viewOf(file, kind.label, { ...found, differences })));
  }
  return differences.length === 0 ? "ok" : "refused";
}

/** Subjects are found by id in the row's account; an export without account numbers is looked up in all of its platform. */
function readerOf(source: FactsSource): (row: ExportedRow, metric: string) => Reading | null {
  const { facts, snapshot } = source;
  const subjects = new Map<string, Subject>();
  for (const level of ["account", "campaign", "adGroup", "ad"] as const) {
    for (const subject of facts.everySubject(level)) {
      for (const key of keysOf(subject)) if (!subjects.has(key)) subjects.set(key, subject);
    }
  }
  return (row, metric) => {
    const { account, level, entityId, from, to } = row;
    const own = level === "account" ? accountKey(account) : entityKey({ ...account, level, id: entityId });
    const subject = subjects.get(own) ?? subjects.get(`${account.platform} ${level} ${entityId}`);
    if (subject === undefined) return null;
    const window = `${daysBetween(from, snapshot.day)}d..${daysBetween(to, snapshot.day)}d`;
    return facts.read(subject, metric, { window });
  };
}

function keysOf({ key, level, ref }: Subject): string[] {
  return ref === null ? [key] : [key, `${ref.platform} ${level} ${ref.id}`];
}

/** Entities with spend in the export's days that it has no row of: a filter in the export hides exactly those. */
function leftOutOf(rows: readonly ExportedRow[], { facts, snapshot }: FactsSource): Difference[] {
  const [first] = rows;
  if (first === undefined || first.level === "account") return [];
  const { level } = first;
  const from = rows.reduce((earliest, row) => (row.from < earliest ? row.from : earliest), first.from);
  const to = rows.reduce((latest, row) => (row.to > latest ? row.to : latest), first.to);
  const window = `${daysBetween(from, snapshot.day)}d..${daysBetween(to, snapshot.day)}d`;
  const platforms = new Set(rows.map(({ account }) => account.platform));
  const named = new Set(rows.map(({ account, entityId }) => `${account.platform} ${entityId}`));
  return facts.everySubject(level).flatMap((subject): Difference[] => {
    const { ref, name } = subject;
    if (ref === null || !platforms.has(ref.platform) || named.has(`${ref.platform} ${ref.id}`)) return [];
    const ours = facts.read(subject, "spend", { window });
    if (typeof ours.value !== "number" || ours.value === 0) return [];
    const row = { account: ref, level, entityId: ref.id, name, from, to, figures: {} };
    return [{ row, metric: "spend", exported: null, ours }];
  });
}

function viewOf(file: string, kind: string, { rows, compared, differences }: Comparison) {
  return {
    ...{ file, kind, rows, compared },
    differences: differences.map(({ row: { name, from, to }, metric, exported, ours }) => {
      const fact = factCatalogue.find(({ id }) => id === metric);
      const unit = fact?.unit ?? "count";
      const figure = exported === null ? null : { value: exported.value, unit };
      return { name, from, to, metric: fact?.label ?? { en: metric, fr: metric }, exported: figure, ours };
    }),
  };
}

function differenceJson(
  { row, metric, exported, ours }: Difference,
  words: (reason: NonNullable<Reading["reason"]>) => string,
): object {
  const { level, entityId, name, from, to } = row;
  const unit = factCatalogue.find(({ id }) => id === metric)?.unit ?? "count";
  return {
    ...{ level, entity: entityId, name, metric, from, to, unit },
    exported: exported === null ? null : plainValue({ value: exported.value, unit }),
    palier: ours === null ? null : plainValue(ours),
    reason: ours?.reason == null ? null : words(ours.reason),
  };
}
