import type { Command } from "commander";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import { ConfigError } from "../../lib/domain/problem.ts";
import type { BrandConfig } from "../../lib/loop/ports.ts";
import type { Publication } from "../../lib/loop/publish.ts";
import { brandIds } from "../../lib/runtime/config.ts";
import {
  type PublishJob,
  planAll,
  problemsOfDeploying,
  publishAll,
  readBrands,
} from "../../lib/runtime/publishing.ts";
import { requirePassingTests } from "../../lib/runtime/rule-tests/index.ts";
import { openWorkspace, type Workspace } from "../../lib/runtime/workspace.ts";
import { UsageError } from "./errors.ts";
import { command, type Outcome, runCommand } from "./program.ts";
import { publicationText } from "./publications.ts";
import { type BrandOptions, chosenBrand, files, personHere, print, withBrand } from "./session.ts";
import { onStage, type StageOptions, withStage } from "./stage.ts";

interface PublishOptions extends BrandOptions, StageOptions {
  all?: boolean;
  dryRun?: boolean;
  by: string;
}

export function publishCommand(): Command {
  return withStage(
    withBrand(
      command("publish", {
        summary: "publish brand files and rules: from then on a deployment runs on them",
        details:
          "Checks every file and runs the packs' rule tests first, claims the brand's accounts, stores the files by their hash and records it in the brand's log. " +
          "New and edited rules that move money are only watched at first. Without --stage it publishes into the home folder of " +
          "this machine, where nights go on reading the files from the disk.",
        examples: [
          "palier publish --dry-run",
          "palier publish --stage dev --brand maison-sel",
          "palier publish --stage prod --all --by lea",
        ],
        json: true,
      }),
    ),
  )
    .option("--all", "every brand in the rules folder; with --stage sandbox brands are left out")
    .option("--dry-run", "say what would change, and change nothing")
    .option("--by <person>", "who publishes, as the log will name them", personHere())
    .action(
      runCommand<PublishOptions>(async (_args, options) => {
        const configs = await readBrands(files, options.rules, await chosenBrands(options));
        const packs = [...new Set(configs.flatMap(({ brand }) => Object.keys(brand.packs)))].sort();
        await requirePassingTests(files, options.rules, packs);
        return options.stage === undefined
          ? await publishHere(configs, options)
          : await publishToStage(configs, options);
      }),
    );
}

async function chosenBrands(options: PublishOptions): Promise<string[]> {
  if (options.all !== true) return [await chosenBrand(options)];
  if (options.brand !== undefined) throw new UsageError("give --brand or --all, not both");
  const known = await brandIds(files, options.rules);
  if (known.length === 0) throw new UsageError(`there is no brand file in ${options.rules}/brands`);
  return known;
}

/** All are open before the first is published, so that one which cannot be opened stops all. */
async function publishHere(configs: readonly BrandConfig[], options: PublishOptions): Promise<Outcome> {
  const workspaces: Workspace[] = [];
  try {
    for (const { brand } of configs) {
      const { home, rules: rulesFolder } = options;
      const given = { brand: brand.id, home, rulesFolder, env: process.env, files, onProgress: () => {} };
      workspaces.push(await openWorkspace(given));
    }
    return await publishJobs(
      workspaces.map(({ config, ports, store }) => ({
        config,
        ports: { ...ports, claim: async (key, brand) => await store.claim(key, brand) },
      })),
      options,
    );
  } finally {
    // The first serves the table to the others.
    for (const workspace of workspaces.reverse()) await workspace.close();
  }
}

async function publishToStage(configs: readonly BrandConfig[], options: PublishOptions): Promise<Outcome> {
  const wanted = options.all === true ? configs.filter(({ brand }) => !brand.sandbox) : configs;
  const problems = wanted.flatMap(problemsOfDeploying);
  if (problems.length > 0) throw new ConfigError(problems);
  return await onStage(options, async ({ log, blobs, clock, store }) => {
    const ports: PublishJob["ports"] = {
      log,
      blobs,
      clock,
      claim: async (key, brand) => await store.claim(key, brand),
      putSummary: async (summary) => await store.putSummary(summary),
    };
    return await publishJobs(
      wanted.map((config) => ({ config, ports })),
      options,
    );
  });
}

async function publishJobs(jobs: readonly PublishJob[], options: PublishOptions): Promise<Outcome> {
  const dryRun = options.dryRun === true;
  const publications: Publication[] = dryRun ? await planAll(jobs) : await publishAll(jobs, options.by);
  if (options.json === true) print(canonicalJson({ dryRun, publications }));
  else if (publications.length === 0)
    print("There is no brand to publish: sandbox brands stay on this machine.");
  else
    print(
      publications
        .map((one) => publicationText(one, { dryRun, here: options.stage === undefined }))
        .join("\n\n"),
    );
  return "ok";
}
