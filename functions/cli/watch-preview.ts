/** `palier preview --watch`: after each save what the edit changes tonight, on what was fetched once. */
import { canonicalJson, hashOf } from "../../lib/domain/canonical.ts";
import type { Plan } from "../../lib/domain/plan.ts";
import { ConfigError } from "../../lib/domain/problem.ts";
import { configOn } from "../../lib/loop/config.ts";
import { needsOf } from "../../lib/loop/needs.ts";
import type { BrandConfig } from "../../lib/loop/ports.ts";
import { type PreviewGround, planOnGround } from "../../lib/loop/preview.ts";
import { comparePlans } from "../../lib/planner/explain/compare-plans.ts";
import { pageFor } from "../../lib/report/page.ts";
import { renderDifference } from "../../lib/report/plan-difference.ts";
import { readSource } from "../../lib/runtime/config.ts";
import { type OpenDataset, previewPorts, underFiles } from "../../lib/runtime/dataset.ts";
import type { Workspace } from "../../lib/runtime/workspace.ts";
import type { DatasetOptions } from "./dataset-options.ts";
import { failureJson, failureOf, failureText } from "./errors.ts";
import type { CommonOptions } from "./program.ts";
import { files, pageOptions, print } from "./session.ts";

export interface Watched {
  /** One entry or more for each save; more than needed do no harm. */
  changes: AsyncIterable<unknown>;
  /** The files as they are now. @throws ConfigError, FileError */
  read(): Promise<BrandConfig>;
  /** On what was fetched before the watch began. */
  plan(config: BrandConfig): Promise<Plan>;
}

/** A brand and its rules in their folder. */
export function watchedBrand(
  { ports, config }: Pick<Workspace, "ports" | "config">,
  rulesFolder: string,
  ground: PreviewGround,
  changes: Watched["changes"],
): Watched {
  return {
    changes,
    read: async () => configOn(await readSource(files, rulesFolder, config.brand.id), ground.snapshot.day),
    plan: async (edited) => await planOnGround(ports, edited, ground),
  };
}

/** A dataset under its brand file and the rules in their folder; its figures are not read again. */
export function watchedDataset(
  open: OpenDataset,
  { brand, rules: rulesFolder }: DatasetOptions,
  ground: PreviewGround,
  changes: Watched["changes"],
): Watched {
  const { dataset, asOf } = open;
  const from = { folder: dataset.folder, files, rulesFolder, brandFile: brand ?? null, asOf };
  return {
    changes,
    read: async () => (await underFiles(from, dataset, asOf)).config,
    plan: async (edited) => await planOnGround(previewPorts(open), edited, ground),
  };
}

/** Tells what each save changes against the last files that were right, until `changes` ends. Returns the last plan. */
export async function watchPreview(
  watched: Watched,
  first: { config: BrandConfig; plan: Plan },
  options: CommonOptions,
): Promise<Plan> {
  const changes = watched.changes[Symbol.asyncIterator]();
  // Begun before anybody is told that saves are seen.
  let next = changes.next();
  if (options.json !== true) print("\nWatching rules and brand file; Ctrl-C ends it.");
  let seen = hashOf(first.config.source);
  let { plan } = first;
  for (; !(await next).done; next = changes.next()) {
    const edit = await readEdit(watched, first.config);
    if (edit.seen === seen) continue;
    seen = edit.seen;
    if (edit.config === null) {
      tellFailure(edit.error, options);
      continue;
    }
    const after = await watched.plan(edit.config);
    tellDifference(plan, after, options);
    plan = after;
  }
  return plan;
}

type Edit = { seen: string; config: BrandConfig } | { seen: string; config: null; error: unknown };

/** A save may tell of itself several times, and whoever writes leaves files that are wrong for a while. */
async function readEdit(watched: Watched, first: BrandConfig): Promise<Edit> {
  try {
    const config = await watched.read();
    if (fetchedFor(config) !== fetchedFor(first)) throw new ConfigError([otherFetch(config)]);
    return { seen: hashOf(config.source), config };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.stack !== null) throw error;
    return { seen: failureJson(failure), config: null, error };
  }
}

/** What decides what is fetched: accounts with their conversions, the shop, and what rules look at. */
function fetchedFor({ brand, ruleset }: BrandConfig): string {
  const { accounts, shop, currency, zone } = brand;
  // A conversion that no rule names is not asked for.
  const asked = accounts.map((account) => [{ ...account, named: null }, needsOf(brand, ruleset, account)]);
  return canonicalJson([asked, shop, currency, zone]);
}

function otherFetch({ brand }: BrandConfig) {
  return {
    code: "preview.otherFetch",
    file: brand.file,
    line: null,
    path: "",
    found:
      "an edit that changes what is fetched (accounts, conversions, shop, currency, zone, or what rules look at)",
    allowed: "edits that can be judged on what was fetched when the watch began",
    fix: "end this with Ctrl-C and start it again",
  };
}

function tellFailure(error: unknown, { json }: CommonOptions): void {
  const failure = failureOf(error);
  if (json === true) process.stdout.write(failureJson(failure));
  else process.stderr.write(`\n${failureText(failure, false)}`);
}

function tellDifference(before: Plan, after: Plan, options: CommonOptions): void {
  const difference = comparePlans(before, after);
  const platforms = after.sources.map(({ account }) => account.split("/")[0] ?? "");
  const page = pageFor(pageOptions(after.language, options), { ...after, platforms });
  print(options.json === true ? canonicalJson(difference) : `\n${renderDifference(page, difference)}`);
}
