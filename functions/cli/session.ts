/** What the commands on one brand share: its options, an open workspace, and the look of what they print. */
import { userInfo } from "node:os";
import type { Command } from "commander";
import type { BrandConfig, Progress } from "../../lib/loop/ports.ts";
import type { PageOptions } from "../../lib/report/page.ts";
import type { BrandPageOptions } from "../../lib/report/proposals.ts";
import { brandIds } from "../../lib/runtime/config.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import { labels } from "../../lib/runtime/labels.ts";
import { openWorkspace, type Workspace } from "../../lib/runtime/workspace.ts";
import type { Language } from "../../lib/words/reader.ts";
import { UsageError } from "./errors.ts";
import type { CommonOptions, Outcome } from "./program.ts";
import { progress, terminal } from "./terminal.ts";

export interface BrandOptions extends CommonOptions {
  brand?: string;
  home: string;
  rules: string;
}

export const files = nodeFiles();

/** Adds what every command on a home folder takes. */
export function withHome(command: Command): Command {
  return command.option(
    "--home <folder>",
    "where worlds, logs and snapshots are kept",
    process.env.PALIER_HOME ?? ".palier",
  );
}

/** Adds what every command on a brand takes. */
export function withBrand(command: Command): Command {
  return withHome(command)
    .option("--brand <id>", "which brand; not needed while there is only one")
    .option("--rules <folder>", "where brands and packs are", "rules");
}

/**
 * Opens the brand, runs `use` and closes whatever happens, Ctrl-C included: a change under way is in the log and is settled
 * by the next command.
 */
export async function onBrand(
  options: BrandOptions,
  use: (workspace: Workspace) => Promise<Outcome>,
): Promise<Outcome> {
  const line = progress(process.stderr);
  const workspace = await openWorkspace({
    brand: await chosenBrand(options),
    home: options.home,
    rulesFolder: options.rules,
    env: process.env,
    files,
    onProgress: (step) => {
      if (options.json === true) return;
      line.step(progressWords(step));
      if (step.kind === "fetched" && options.verbose === true) line.keep();
    },
  });
  const onSignal = () => void workspace.close().finally(() => process.exit(130));
  process.once("SIGINT", onSignal).once("SIGTERM", onSignal);
  try {
    return await use(workspace);
  } finally {
    line.end();
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
    await workspace.close();
  }
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Who decides, as the log will name them: the person at this machine. */
export function personHere(): string {
  return userInfo().username;
}

export function pageOptions(language: Language, options: CommonOptions): PageOptions {
  const { width, colors, hyperlinks } = terminal(process.stdout);
  return {
    language,
    width,
    colors,
    hyperlinks,
    ...labels,
    verbose: options.verbose === true,
  };
}

export function brandPage(
  { config: { brand } }: { config: Pick<BrandConfig, "brand"> },
  options: CommonOptions,
): BrandPageOptions {
  const { language, currency, zone, accounts } = brand;
  return {
    ...pageOptions(language, options),
    ...{ currency, zone, platforms: accounts.map(({ platform }) => platform) },
  };
}

/** Parses a whole number of an option. @throws UsageError outside `least`..`most`. */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`${name} is "${text}"; it takes a whole number from ${least} to ${most}`);
}

/** The brand that is named, or the only one. @throws UsageError */
export async function chosenBrand({ brand, rules }: BrandOptions): Promise<string> {
  if (brand !== undefined) return brand;
  const known = await brandIds(files, rules);
  const [only] = known;
  if (known.length === 1 && only !== undefined) return only;
  throw new UsageError(
    known.length === 0
      ? `there is no brand file in ${rules}/brands`
      : `name one with --brand: ${known.join(", ")}`,
  );
}

const STEP_WORDS = {
  fetch: "Fetching",
  seal: "Reading the shop and sealing the snapshot of",
  decide: "Judging every budget of",
  send: "Changing",
  reconcile: "Looking what became of",
} as const;

function progressWords(step: Progress): string {
  if (step.kind === "step") return `${STEP_WORDS[step.step]} ${step.subject} ...`;
  const { account, days, entities, requests, further } = step;
  const parts = [`${entities} entities`, `${days} days`, ...further, `${requests} requests`];
  return `Fetched ${account.platform}/${account.accountId}: ${parts.join(", ")}`;
}
