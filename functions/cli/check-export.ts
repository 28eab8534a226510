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

interface CheckOptions extends CommonOptions {
  /** The export's column of conversions, where its name is not what Palier has. */
  conversion?: string;
}

/** @throws ConfigError for a file that is no export, or one without figures to compare. */
export async function checkExport(
  source: FactsSource,
  file: string,
  options: CheckOptions,
): Promise<Outcome> {
  const conversion = options.conversion ?? null;
  const counted = (platform: string) => countedOn(source, platform);
  const { kind, rows } = await readExport(file, { ...NO_SETTINGS, conversion }, counted);
  const last = rows.reduce((latest, { to }) => (to > latest ? to : latest), "");
  if (last >= source.snapshot.day) {
    const asOf = addDays(last, 1);
    throw new UsageError(
      `${file} goes to ${last}, and the figures end before ${source.snapshot.day}; give --as-of ${asOf}`,
    );
  }
  const subjectOf = subjectsOf(source);
  const found = compareExport(rows, (row, metric) => read(source, subjectOf(row), row, metric));
  const differences = [...found.differences, ...leftOutOf(rows, source, subjectOf)];
  const uncompared = conversion === null ? uncomparedConversions(rows, source) : [];
  const { language, currency, zone, accounts } = source.brand;
  if (options.json === true) {
    const reader = { language, currency, zone };
    const json = differences.map((one) => differenceJson(one, (reading) => say(reading, reader)));
    const { rows: count, compared } = found;
    print(JSON.stringify({ kind: kind.id, rows: count, compared, uncompared, differences: json }));
  } else {
    const platforms = accounts.map(({ platform }) => platform);
    const page = pageFor(pageOptions(language, options), { currency, zone, platforms });
    print(renderCheck(page, { ...viewOf(file, kind.label, { ...found, differences }), uncompared }));
  }
  return differences.length === 0 ? "ok" : "refused";
}

/** Null where nobody says, or accounts count different things. */
function countedOn({ counted }: FactsSource, platform: string): string | null {
  const [one, ...others] = new Set(
    counted.filter((account) => account.platform === platform).map(({ conversion }) => conversion),
  );
  return one === undefined || others.length > 0 ? null : one;
}

/** Conversions that Palier counts and the export has no column of. */
function uncomparedConversions(rows: readonly ExportedRow[], source: FactsSource): string[] {
  if (rows.some(({ figures }) => figures.conversions !== undefined)) return [];
  const counted = countedOn(source, rows[0]?.account.platform ?? "");
  return counted === null ? [] : [counted];
}

/**
 * Subjects are found by id in the row's account; where the export names no account, in all of its platform, and where it has no
 * ids by name. What could be two of them is none.
 */
function subjectsOf({ facts }: FactsSource): (row: ExportedRow) => Subject | null {
  const subjects = new Map<string, Subject | null>();
  for (const level of ["account", "campaign", "adGroup", "ad"] as const) {
    for (const subject of facts.everySubject(level)) {
      for (const key of keysOf(subject)) subjects.set(key, subjects.has(key) ? null : subject);
    }
  }
  return ({ account, level, entityId }) => {
    const own = level === "account" ? accountKey(account) : entityKey({ ...account, level, id: entityId });
    const found = subjects.get(own);
    if (found !== undefined) return found;
    const loose = `${account.accountId === "" ? account.platform : accountKey(account)} ${level}`;
    return subjects.get(`${loose} ${entityId}`) ?? subjects.get(`${loose} named ${entityId}`) ?? null;
  };
}

function keysOf({ key, level, ref, name }: Subject): string[] {
  if (ref === null) return [key];
  const places = [ref.platform, accountKey(ref)].map((place) => `${place} ${level}`);
  return [key, ...places.flatMap((place) => [`${place} ${ref.id}`, `${place} named ${name}`])];
}

function read(
  { facts, snapshot }: FactsSource,
  subject: Subject | null,
  { from, to }: Pick<ExportedRow, "from" | "to">,
  metric: string,
): Reading | null {
  if (subject === null) return null;
  const window = `${daysBetween(from, snapshot.day)}d..${daysBetween(to, snapshot.day)}d`;
  return facts.read(subject, metric, { window });
}

/** Entities with spend in the export's days that it has no row of: a filter in the export hides exactly those. */
function leftOutOf(
  rows: readonly ExportedRow[],
  source: FactsSource,
  subjectOf: (row: ExportedRow) => Subject | null,
): Difference[] {
  const [first] = rows;
  if (first === undefined || first.level === "account") return [];
  const { level } = first;
  const from = rows.reduce((earliest, row) => (row.from < earliest ? row.from : earliest), first.from);
  const to = rows.reduce((latest, row) => (row.to > latest ? row.to : latest), first.to);
  const named = new Set(rows.map((row) => subjectOf(row)?.key));
  const accounts = new Set(rows.map(({ account }) => accountKey(account)));
  const platforms = new Set(
    rows.flatMap(({ account }) => (account.accountId === "" ? [account.platform] : [])),
  );
  return source.facts.everySubject(level).flatMap((subject): Difference[] => {
    const { ref, name, key } = subject;
    if (ref === null || named.has(key)) return [];
    if (!accounts.has(accountKey(ref)) && !platforms.has(ref.platform)) return [];
    const ours = read(source, subject, { from, to }, "spend");
    if (typeof ours?.value !== "number" || ours.value === 0) return [];
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
