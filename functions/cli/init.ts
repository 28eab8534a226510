import path from "node:path";
import type { Command } from "commander";
import { parseBrand } from "../../lib/brand/parse.ts";
import { FileError } from "../../lib/domain/files.ts";
import { accountKey, slugSchema } from "../../lib/domain/ids.ts";
import { ConfigError } from "../../lib/domain/problem.ts";
import {
  brandFile,
  chosenAccounts,
  chosenConversions,
  type Findings,
  guessAccounts,
  guessConversions,
  guessId,
  ID_GUESS,
  SETTINGS,
  type Wishes,
} from "../../lib/init/index.ts";
import type { ReachableAccount } from "../../lib/platforms/port.ts";
import {
  countedAccounts,
  findingsOf,
  INIT_DAYS,
  type InitSource,
  openCredentials,
  openDatasetAccounts,
  openSandboxAccounts,
  reachableAccounts,
} from "../../lib/runtime/init.ts";
import { plainText } from "../../lib/words/plain-text.ts";
import { UsageError } from "./errors.ts";
import { type Asker, type Interview, interviewOf, terminalAsker } from "./interview.ts";
import { type CommonOptions, command, type Outcome, runCommand } from "./program.ts";
import { files, print, withHome } from "./session.ts";
import { progress } from "./terminal.ts";

interface InitOptions extends CommonOptions {
  home: string;
  rules: string;
  dataset?: string;
  sandbox?: boolean;
  account: readonly string[];
  id?: string;
  name?: string;
  margin?: string;
  profit?: string;
  to?: string;
  force?: boolean;
  yes?: boolean;
}

const HINTS = [
  "Nothing is changed by a brand in shadow mode: each night only says what it would do.",
  "Not asked here: slack and people (who answers, and where), bands (wanted shares of spend), limits. See rules/brands/README.md.",
];

/** `openAsker`: who answers the questions; null where nobody can. */
export function initCommand(openAsker: () => Asker | null = terminalAsker): Command {
  return withHome(
    command("init", {
      summary: "propose a brand file from the accounts as they are, each guess confirmed by yes or no",
      details:
        "Only reads. Finds accounts, conversions, budget owners, a stage for each campaign by its name, and a target CPA from " +
        "margin and the last 90 days; shows the figures behind each guess. Reads the accounts of the credentials in the " +
        "environment, or those of a dataset folder or of the sandbox. Where nobody can answer, it shows the proposal, writes " +
        "nothing and ends with 1, unless --yes takes every guess.",
      examples: [
        "palier init --margin 0.5 --profit 0.1",
        "palier init --dataset my-shop --yes",
        "palier init --sandbox --id my-brand",
        "palier init --account meta/1001 --json",
      ],
      json: true,
    }),
  )
    .option("--dataset <folder>", "read a folder of exports; the file becomes its brand.json")
    .option("--sandbox", "read the current world of the sandbox")
    .option("--account <platform/id>", "only this account; may be repeated", collect, [])
    .option("--id <id>", "the brand's id, for life")
    .option(
      "--name <name>",
      "the brand's name (default: that of its first account, else of the dataset's folder)",
    )
    .option("--margin <share>", "share of revenue that is left before marketing, such as 0.5")
    .option("--profit <share>", "share of revenue that is to be left after marketing (default: 0)")
    .option("--to <file>", "where the brand file goes (default: <rules>/brands/<id>.json)")
    .option("--force", "write over a file that is there")
    .option("--yes", "take every guess")
    .option("--rules <folder>", "where brands and packs are", "rules")
    .action(
      runCommand<InitOptions>(async (_args, options) => {
        const wishes = wishesOf(options);
        if (options.id !== undefined && !slugSchema.safeParse(options.id).success) {
          throw new UsageError(
            `--id is "${options.id}"; it takes small letters, digits and dashes, at most 64`,
          );
        }
        await refuseOverwriting(options.id ?? null, options);
        const asker = options.yes === true || options.json === true ? null : openAsker();
        try {
          return await onSource(options, async (source) => await propose(source, asker, wishes, options));
        } finally {
          asker?.close();
        }
      }),
    );
}

/** Opens the accounts, and closes them whatever happens, Ctrl-C included: what is written is written whole, at the end. */
async function onSource(
  options: InitOptions,
  use: (source: InitSource) => Promise<Outcome>,
): Promise<Outcome> {
  const source = await openSource(options);
  const onSignal = () => void source.close().finally(() => process.exit(130));
  process.once("SIGINT", onSignal).once("SIGTERM", onSignal);
  try {
    return await use(source);
  } finally {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
    await source.close();
  }
}

async function openSource({ dataset, sandbox, home }: InitOptions): Promise<InitSource> {
  if (dataset !== undefined && sandbox === true)
    throw new UsageError("give --dataset or --sandbox, not both");
  if (dataset !== undefined) return await openDatasetAccounts(files, dataset);
  return sandbox === true
    ? await openSandboxAccounts(files, home)
    : await openCredentials(process.env, Date.now());
}

async function propose(
  source: InitSource,
  asker: Asker | null,
  wishes: Wishes,
  options: InitOptions,
): Promise<Outcome> {
  const say = options.json === true ? () => {} : print;
  say("Reading only: nothing is changed on any account.");
  for (const reason of source.closed) say(`\n! ${plainText(reason)}`);
  const interview = interviewOf(asker, say);
  const findings = await found(source, interview, options);
  const name = options.name ?? usualName(options, findings);
  if (options.id === undefined) await interview.put(guessId(name));
  for (const step of SETTINGS) await interview.put(step(findings, wishes, interview.answers));
  const id = options.id ?? String(interview.answers[ID_GUESS]);
  const file = fileOf(id, options);
  const { file: content, notes } = brandFile(findings, wishes, interview.answers, {
    id,
    name,
    sandbox: source.kind === "sandbox",
    dataset: source.kind === "dataset",
    schema: isUsual(options) ? "../schema/brand.schema.json" : null,
  });
  const text = `${JSON.stringify(content, null, 2)}\n`;
  const parsed = parseBrand(text, file, { accounts: source.kind === "dataset" ? "dataset" : "live" });
  if (!parsed.ok) throw new ConfigError(parsed.problems);
  for (const note of notes) say(`\n! ${plainText(note)}`);
  const isWritten = asker !== null || options.yes === true;
  if (isWritten) {
    await refuseOverwriting(id, options);
    await files.writeAtomic(file, text);
  }
  if (options.json === true) {
    const written = isWritten ? file : null;
    print(JSON.stringify({ findings: told(findings), guesses: interview.asked, file: content, written }));
  } else print(ending(text, file, isWritten, id, options));
  return isWritten ? "ok" : "refused";
}

/** That of its first account that has one, which in a dataset may be none: somebody named the folder. */
function usualName({ dataset }: InitOptions, { accounts }: Findings): string {
  const names = accounts.flatMap(({ account }) =>
    account.name === accountKey(account) ? [] : [account.name],
  );
  return names[0] ?? (dataset === undefined ? "Brand" : path.basename(path.resolve(dataset)));
}

/** The accounts of the brand with their figures. @throws UsageError where nothing is left of them */
async function found(source: InitSource, interview: Interview, options: InitOptions): Promise<Findings> {
  const line = progress(process.stderr);
  const onStep = (text: string) => {
    if (options.json !== true) line.step(text);
  };
  const during = async <T>(work: Promise<T>): Promise<T> => await work.finally(() => line.end());
  const reachable = named(await during(reachableAccounts(source, onStep)), options.account);
  await interview.put(guessAccounts(reachable));
  const chosen = chosenAccounts(reachable, interview.answers);
  if (chosen.length === 0) throw new UsageError("no account is left to make a brand of; nothing was written");
  if (source.kind === "dataset") {
    const asCounted = chosen.map((account) => ({ account, conversion: null }));
    return await during(findingsOf(source, asCounted, onStep));
  }
  const counted = await during(countedAccounts(source, chosen, onStep));
  await interview.put(guessConversions(counted, INIT_DAYS));
  const conversions = chosenConversions(counted, interview.answers);
  const kept = chosen.flatMap((account) => {
    const conversion = conversions.get(accountKey(account));
    return conversion === undefined ? [] : [{ account, conversion }];
  });
  if (kept.length === 0) throw new UsageError("no account counts a conversion; nothing was written");
  return await during(findingsOf(source, kept, onStep));
}

function named(reachable: readonly ReachableAccount[], keys: readonly string[]): readonly ReachableAccount[] {
  const known = reachable.map(accountKey);
  const unknown = keys.find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new UsageError(`--account is "${unknown}"; there are ${known.join(", ") || "none"}`);
  }
  return keys.length === 0 ? reachable : reachable.filter((account) => keys.includes(accountKey(account)));
}

/** What `--json` says of the accounts: their figures are in the guesses. */
function told({ accounts, shop, today }: Findings): object {
  return {
    today,
    accounts: accounts.map(({ account, conversion, snapshot }) => ({
      ...account,
      conversion,
      coveredFrom: snapshot.coveredFrom,
      coveredTo: snapshot.coveredTo,
      campaigns: snapshot.entities.filter(({ level }) => level === "campaign").length,
    })),
    shopDays: shop?.length ?? null,
  };
}

function ending(text: string, file: string, isWritten: boolean, id: string, options: InitOptions): string {
  if (!isWritten) {
    return `\n${text}\nNothing was written: run it at a terminal to answer, or add --yes to take every guess.`;
  }
  const next = nextCommand(file, id, options);
  return ["", `Written: ${file}`, "", ...HINTS, "", `What to type next: ${next}`].map(plainText).join("\n");
}

function nextCommand(file: string, id: string, options: InitOptions): string {
  if (options.dataset !== undefined) {
    const brand = options.to === undefined ? "" : ` --brand ${file}`;
    return `npm run palier -- preview --dataset ${options.dataset}${brand}`;
  }
  if (options.to === undefined) return `npm run palier -- preview --brand ${id}`;
  return `put it under ${path.join(options.rules, "brands", `${id}.json`)}, then npm run palier -- preview --brand ${id}`;
}

function fileOf(id: string, { to, dataset, rules }: InitOptions): string {
  if (to !== undefined) return to;
  return dataset === undefined ? path.join(rules, "brands", `${id}.json`) : path.join(dataset, "brand.json");
}

/** Beside the schema, where editors find it. */
function isUsual({ to, dataset }: InitOptions): boolean {
  return to === undefined && dataset === undefined;
}

/** @throws UsageError; what is not known yet is looked at again before it is written */
async function refuseOverwriting(id: string | null, options: InitOptions): Promise<void> {
  if (options.force === true || (id === null && isUsual(options))) return;
  const file = fileOf(id ?? "", options);
  try {
    await files.readText(file);
  } catch (error) {
    if (error instanceof FileError && error.code === "files.missing") return;
    throw error;
  }
  throw new UsageError(`${file} is there already; name another with --id or --to, or add --force`);
}

function wishesOf({ margin, profit }: InitOptions): Wishes {
  if (margin === undefined && profit !== undefined) throw new UsageError("--profit needs --margin");
  const contributionMargin = margin === undefined ? null : share("--margin", margin);
  const wantedProfit = profit === undefined ? 0 : share("--profit", profit);
  if (contributionMargin !== null && wantedProfit >= contributionMargin) {
    throw new UsageError(
      `--profit is ${wantedProfit}; it has to be below the margin of ${contributionMargin}`,
    );
  }
  return { contributionMargin, wantedProfit };
}

function share(name: string, text: string): number {
  const number = /^(0|1|0?\.\d{1,4}|1\.0+)$/.test(text) ? Number(text) : Number.NaN;
  if (number >= 0 && number <= 1) return number;
  throw new UsageError(`${name} is "${text}"; it takes a share from 0 to 1, such as 0.5 for 50 %`);
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
