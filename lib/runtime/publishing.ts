/** Publishing several brands as one: every file is right and every account free before the first is published. */

import type { Files } from "../domain/files.ts";
import { accountKey } from "../domain/ids.ts";
import { ConfigError, type ConfigProblem } from "../domain/problem.ts";
import { configOn } from "../loop/config.ts";
import type { BrandConfig } from "../loop/ports.ts";
import {
  claimAccounts,
  type Publication,
  type PublishPorts,
  planPublication,
  publish,
} from "../loop/publish.ts";
import { readSource } from "./config.ts";

/** One brand with the log, blobs and rows that it is published to. */
export interface PublishJob {
  config: BrandConfig;
  ports: PublishPorts;
}

/**
 * The brands as their files have them. @throws ConfigError with every problem of all of them; FileError.
 */
export async function readBrands(
  files: Files,
  rulesFolder: string,
  ids: readonly string[],
): Promise<BrandConfig[]> {
  const configs: BrandConfig[] = [];
  const problems: ConfigProblem[] = [];
  for (const id of ids) {
    try {
      // Any day finds the problems; which rules count is asked again when the clock is known.
      configs.push(configOn(await readSource(files, rulesFolder, id), "2000-01-01"));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems);
    }
  }
  problems.push(...sharedAccounts(configs));
  if (problems.length > 0) throw new ConfigError(withoutRepeats(problems));
  return configs;
}

/** What cannot run in a deployment, whatever is right about its files. */
export function problemsOfDeploying({ brand }: BrandConfig): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const common = { file: brand.file, line: null };
  if (brand.sandbox) {
    problems.push({
      ...common,
      code: "publish.sandboxBrand",
      path: "sandbox",
      found: "true",
      allowed: "a brand on real accounts: a sandbox lives on one machine",
      fix: 'publish it here, without --stage; or write "sandbox": false with real accounts',
    });
  }
  if (brand.shop?.source === "csv") {
    problems.push({
      ...common,
      code: "publish.csvShop",
      path: "shop.source",
      found: '"csv"',
      allowed: '"push", or no shop: a deployment reads no file of this machine',
      fix: 'write "shop": { "source": "push" } and let the shop send its figures; see lib/shops/push/README.md',
    });
  }
  return problems;
}

/** @throws AccountClaimedError, LogError, StoreError, BlobError */
export async function publishAll(jobs: readonly PublishJob[], by: string): Promise<Publication[]> {
  for (const { ports, config } of jobs) await claimAccounts(ports, config);
  const published: Publication[] = [];
  for (const { ports, config } of jobs) published.push(await publish(ports, config, by));
  return published;
}

/** The same with nothing stored and nothing claimed. */
export async function planAll(jobs: readonly PublishJob[]): Promise<Publication[]> {
  const planned: Publication[] = [];
  for (const { ports, config } of jobs) planned.push(await planPublication(ports, config));
  return planned;
}

/** The table would tell only the first, and only after half the accounts were claimed. Worlds and real accounts never meet. */
function sharedAccounts(configs: readonly BrandConfig[]): ConfigProblem[] {
  const owners = new Map<string, string>();
  return configs.flatMap(({ brand }) =>
    brand.accounts.flatMap((account, index): ConfigProblem[] => {
      const key = `${brand.sandbox ? "sandbox " : ""}${accountKey(account)}`;
      const owner = owners.get(key) ?? brand.id;
      owners.set(key, owner);
      if (owner === brand.id) return [];
      return [
        {
          code: "publish.sharedAccount",
          file: brand.file,
          line: null,
          path: `accounts[${index}]`,
          found: accountKey(account),
          allowed: "an account that no other brand has",
          fix: `${owner} has it already: take it out of one of the two files`,
        },
      ];
    }),
  );
}

/** Brands share packs, and with them every problem in one. */
function withoutRepeats(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
