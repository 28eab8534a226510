/** `palier import`: exports that people have, into a dataset folder. */
import { existsSync } from "node:fs";
import type { Command } from "commander";
import { closest } from "../../lib/domain/closest.ts";
import { isZone } from "../../lib/domain/day.ts";
import type { ImportKind } from "../../lib/imports/kind.ts";
import { KINDS } from "../../lib/imports/kinds/index.ts";
import { type ImportProgress, type ImportSettings, importFiles } from "../../lib/runtime/import/index.ts";
import { UsageError } from "./errors.ts";
import { kindLines, reportLines } from "./import-text.ts";
import { type CommonOptions, command, type Outcome, runCommand } from "./program.ts";
import { print } from "./session.ts";
import { progress } from "./terminal.ts";

interface ImportFlags extends CommonOptions {
  to?: string;
  dryRun?: boolean;
  list?: boolean;
  account?: string;
  currency?: string;
  zone?: string;
  conversion?: string;
  series?: string;
  decimal?: string;
  dates?: string;
  gapsAreZero?: boolean;
}

const MS_BETWEEN_LINES = 200;

export function importCommand(): Command {
  return command("import [kind-and-files...]", {
    summary: "read exports (Ads Manager, Google Ads, Shopify, Fivetran ...) into a dataset folder",
    details:
      "Reads exports into a folder that palier facts and palier preview understand. The kind of file is found from its columns " +
      "unless it is named first. Rows of the same entity and day take the place of those in the folder; with any problem, " +
      "nothing is written.",
    json: true,
    examples: [
      "palier import report.csv --to data/mine",
      "palier import meta-ads-manager report.csv --to data/mine --zone Europe/Paris",
      "palier import report.csv orders.csv --dry-run",
      "palier import --list",
    ],
  })
    .option("--to <folder>", "the dataset folder, made if it is not there")
    .option("--dry-run", "read everything, show what would be written, keep nothing")
    .option("--list", "every kind: where to get the file, and its columns")
    .option("--account <id>", "the ad account, for exports that do not carry it")
    .option("--currency <code>", "the account's currency, where the files do not say it or have several")
    .option("--zone <zone>", "the account's time zone, such as Europe/Paris")
    .option("--conversion <column>", "the column of conversions that counts, where there are several")
    .option("--series <name>", "the one of several series in a file")
    .option("--decimal <mark>", "how decimals are written, where the file does not show it: point or comma")
    .option(
      "--dates <order>",
      "how days are written, where the file does not show it: day-first or month-first",
    )
    .option("--gaps-are-zero", "days that no file has, between those that have some, had no delivery")
    .action(runCommand<ImportFlags>(runImport));
}

async function runImport(args: readonly string[], options: ImportFlags): Promise<Outcome> {
  if (options.list === true) {
    print(options.json === true ? JSON.stringify(KINDS.map(listed), null, 2) : kindLines(KINDS).join("\n"));
    return "ok";
  }
  const { kinds, paths } = kindAndPaths(args);
  if (options.to === undefined && options.dryRun !== true) {
    throw new UsageError("name the dataset folder with --to FOLDER, or look first with --dry-run");
  }
  const to = options.dryRun === true ? null : (options.to ?? null);
  const settings = settingsOf(options);
  const line = progress(process.stderr);
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  try {
    const onProgress = options.json === true ? () => {} : teller(line.step);
    const report = await importFiles({ kinds, paths, to, settings, onProgress, signal: stop.signal });
    line.end();
    print(options.json === true ? JSON.stringify(report, null, 2) : reportLines(report, to).join("\n"));
    return "ok";
  } catch (error) {
    line.end();
    if (!stop.signal.aborted) throw error;
    process.stderr.write("Stopped; nothing was imported.\n");
    process.exit(130);
  } finally {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  }
}

function kindAndPaths(args: readonly string[]): { kinds: readonly ImportKind[]; paths: readonly string[] } {
  const [first, ...others] = args;
  const named = KINDS.filter(({ id }) => id === first);
  const paths = named.length > 0 ? others : args;
  if (named.length === 0 && first !== undefined) refuseMisspelt(first);
  if (paths.length > 0) return { kinds: named.length > 0 ? named : KINDS, paths };
  throw new UsageError("name the files to import; palier import --list says which there are");
}

/** @throws UsageError for a bare word that is no file: it was meant as a kind. */
function refuseMisspelt(first: string): void {
  if (!/^[\w-]+$/.test(first) || existsSync(first)) return;
  const ids = KINDS.map(({ id }) => id);
  const close = closest(first, ids);
  const meant = close === null ? "" : ` (did you mean ${close}?)`;
  throw new UsageError(`"${first}" is neither a file nor a kind${meant}; the kinds are ${ids.join(", ")}`);
}

function settingsOf(options: ImportFlags): ImportSettings {
  const { account, currency, zone, conversion, series, decimal, dates, gapsAreZero } = options;
  return {
    account: account ?? null,
    currency: checked("--currency", currency, isCurrency, "an ISO 4217 code such as EUR"),
    zone: checked("--zone", zone, isZone, "an IANA zone such as Europe/Paris"),
    ...{ conversion: conversion ?? null, series: series ?? null },
    decimal: word("--decimal", decimal, { point: "point", comma: "comma" }),
    dates: word("--dates", dates, { "day-first": "dayFirst", "month-first": "monthFirst" }),
    gapsAreZero: gapsAreZero === true,
  };
}

function isCurrency(text: string): boolean {
  return Intl.supportedValuesOf("currency").includes(text);
}

function checked(
  name: string,
  text: string | undefined,
  fits: (text: string) => boolean,
  allowed: string,
): string | null {
  if (text === undefined) return null;
  if (fits(text)) return text;
  throw new UsageError(`${name} is "${text}"; it takes ${allowed}`);
}

function word<Value extends string>(
  name: string,
  text: string | undefined,
  words: Readonly<Record<string, Value>>,
): Value | null {
  if (text === undefined) return null;
  const value = Object.hasOwn(words, text) ? words[text] : undefined;
  if (value !== undefined) return value;
  throw new UsageError(`${name} is "${text}"; it takes ${Object.keys(words).join(" or ")}`);
}

/** A few lines a second: what writes more would cost more than the import. */
function teller(step: (text: string) => void): (progress: ImportProgress) => void {
  const begun = performance.now();
  let told = begun - MS_BETWEEN_LINES;
  return (progress) => {
    const now = performance.now();
    if (now - told < MS_BETWEEN_LINES) return;
    told = now;
    step(progressWords(progress, now - begun));
  };
}

function progressWords(progress: ImportProgress, ms: number): string {
  if (progress.step === "check") return "Checking the dataset as it will be ...";
  const rows = progress.rows.toLocaleString("en");
  if (progress.step === "write") return `Writing: ${rows} rows ...`;
  const percent = Math.floor((100 * progress.bytes) / Math.max(1, progress.totalBytes));
  const rate = Math.round((1000 * progress.rows) / Math.max(1, ms)).toLocaleString("en");
  return `Reading: ${percent} %, ${rows} rows, ${rate} rows/s ...`;
}

function listed({ id, label, where, tables }: ImportKind) {
  return { id, label, where, tables: tables.map((table) => ({ id: table.id, columns: table.columns })) };
}
