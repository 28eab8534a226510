import type { Command } from "commander";
import type { Brand } from "../../lib/domain/brand.ts";
import { factCatalogue } from "../../lib/metrics/index.ts";
import { wrap } from "../../lib/report/width.ts";
import type { Finding, Severity } from "../../lib/rules/lint/check.ts";
import type { Rule } from "../../lib/rules/types.ts";
import { labels } from "../../lib/runtime/labels.ts";
import { type History, matchesOn, openHistory } from "../../lib/runtime/lint/history.ts";
import { type LintReport, lintPlace } from "../../lib/runtime/lint/index.ts";
import { readPlace } from "../../lib/runtime/lint/place.ts";
import type { Language } from "../../lib/words/reader.ts";
import { ruleSentence } from "../../lib/words/rule-sentence.ts";
import { phrase } from "../../lib/words/say.ts";
import { UsageError } from "./errors.ts";
import { findingsText, githubText } from "./lint-text.ts";
import { type CommonOptions, command, type Outcome, runCommand } from "./program.ts";
import { files, print, withHome } from "./session.ts";
import { terminal } from "./terminal.ts";

interface LintOptions extends CommonOptions {
  home: string;
  strict?: boolean;
  say?: boolean;
  language?: string;
  format?: string;
}

/** Nights that a rule's matches are counted in. */
const NIGHTS_SAID = 14;

export function lintCommand(): Command {
  return withHome(
    command("lint [path]", {
      summary: "everything that is wrong or doubtful in rule, pack and brand files, all at once",
      details:
        "Looks at the folder rules, or at one pack, rule or brand file: first what a night would refuse, then rules that never " +
        "fire, raises without evidence, rules that pull one budget both ways, and more (rules/LINT.md has every code with " +
        "examples). Scopes are held against the latest snapshot of a home, where there is one. Ends with 1 on errors, with " +
        "--strict on warnings too. With --say each rule is told as one sentence, with its matches in the last nights.",
      examples: [
        "palier lint",
        "palier lint rules/packs/roads/raise-proven.json",
        "palier lint --strict --format github",
        "palier lint rules/packs/roads --say --language fr",
        "palier lint --json",
      ],
      json: true,
    }),
  )
    .option("--strict", "warnings fail too")
    .option("--format <format>", "text, or github for remarks beside the lines of a pull request")
    .option("--say", "each rule as one sentence instead of what is wrong")
    .option("--language <language>", "of the sentences: en or fr (default: the brand's)")
    .action(
      runCommand<LintOptions>(async ([path = "rules"], options) => {
        checkAsked(options);
        const place = await readPlace(files, path);
        const histories = new Map<string, History>();
        const most = options.say === true ? NIGHTS_SAID : 1;
        const given = { home: options.home, rulesFolder: place.rulesFolder, env: process.env, files };
        const report = await lintPlace(place, {
          nowMs: Date.now(),
          latestOf: async (brand) => {
            const history = await openHistory(given, brand, most);
            histories.set(brand.id, history);
            return history.nights.at(-1)?.facts ?? null;
          },
        });
        if (options.say === true) return await sayRules(report, histories, options);
        const lacking = report.brands.flatMap(({ brand: { id }, rules }) => {
          const why = rules.length === 0 ? null : (histories.get(id)?.lacking ?? null);
          return why === null ? [] : [`Scopes of ${id} not held against a snapshot: ${why}.`];
        });
        return show(report, lacking, options);
      }),
    );
}

/** @throws UsageError */
function checkAsked({ format, json, say, language }: LintOptions): void {
  if (format !== undefined && format !== "text" && format !== "github")
    throw new UsageError(`--format is "${format}"; it takes text or github (--json for machines)`);
  if (format === "github" && (json === true || say === true))
    throw new UsageError("--format github stands alone: leave out --json and --say");
  if (language !== undefined && say !== true) throw new UsageError("--language goes with --say");
  if (language !== undefined && language !== "en" && language !== "fr")
    throw new UsageError(`--language is "${language}"; it takes en or fr`);
}

function show({ findings, brands }: LintReport, lacking: readonly string[], options: LintOptions): Outcome {
  // Those that could not be read are known by what is wrong with them alone.
  const unreadable = findings.filter(({ code }) => code.startsWith("rule."));
  const read = brands.flatMap((one) => one.rules);
  const rules = new Set([...read, ...unreadable].map(({ file }) => file)).size;
  if (options.json === true) print(JSON.stringify({ rules, findings, notLookedAt: lacking }));
  else if (options.format === "github") process.stdout.write(githubText(findings));
  else print([findingsText(findings, rules, options.verbose === true), ...lacking].join("\n"));
  const failing: readonly Severity[] = options.strict === true ? ["error", "warning"] : ["error"];
  return findings.some(({ severity }) => failing.includes(severity)) ? "refused" : "ok";
}

interface SaidRule {
  brand: string | null;
  pack: string;
  rule: string;
  sentence: string;
  /** Matches on the last nights, oldest first; null where there were none. */
  matches: readonly number[] | null;
}

async function sayRules(
  { findings, brands }: LintReport,
  histories: ReadonlyMap<string, History>,
  options: LintOptions,
): Promise<Outcome> {
  const said: SaidRule[] = [];
  const lines: string[] = [];
  const { width } = terminal(process.stdout);
  for (const { brand, isNeutral, rules } of brands) {
    const nights = histories.get(brand.id)?.nights ?? [];
    const matches = matchesOn(nights, rules);
    for (const [index, rule] of rules.entries()) {
      const row = nights.length === 0 ? null : (matches[index] ?? null);
      const sentence = sentenceOf(rule, brand, options);
      said.push({
        brand: isNeutral ? null : brand.id,
        pack: rule.pack,
        rule: rule.id,
        sentence,
        matches: row,
      });
      const told = [sentence, rowWords(row, brand, options)].flatMap((text) => wrap(text, width - 2));
      lines.push(`${rule.pack}/${rule.id}`, ...told.map((line) => `  ${line}`), "");
    }
  }
  const errors = findings.filter(({ severity }) => severity === "error");
  if (options.json === true) print(JSON.stringify(said));
  else print([...lines, ...unread(errors)].join("\n").trimEnd());
  return errors.length > 0 ? "refused" : "ok";
}

/** Rules that could not be read are not said, and that is told. */
function unread(errors: readonly Finding[]): string[] {
  const count = errors.length === 1 ? "One error" : `${errors.length} errors`;
  return errors.length === 0 ? [] : [`${count} besides: palier lint tells more.`];
}

function sentenceOf(rule: Rule, brand: Brand, options: LintOptions): string {
  const own = Object.entries(brand.metrics).map(([id, { unit }]) => ({ id, unit }));
  const units = Object.fromEntries([...factCatalogue, ...own].map(({ id, unit }) => [id, unit]));
  return ruleSentence(rule, { reader: readerOf(brand, options), labels: labels.factLabels, units });
}

function rowWords(row: readonly number[] | null, brand: Brand, options: LintOptions): string {
  const reader = readerOf(brand, options);
  if (row === null) return phrase("rule.noNights", reader);
  const count = { value: row.length, unit: "count" } as const;
  return phrase("rule.matches", reader, { count, row: row.join(" ") });
}

function readerOf({ language, currency, zone }: Brand, options: LintOptions) {
  return { language: (options.language as Language | undefined) ?? language, currency, zone };
}
