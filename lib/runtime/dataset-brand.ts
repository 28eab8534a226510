/** The brand whose figures a dataset has: its brand file's, or, without one, as much as the folder itself says. */
import path from "node:path";
import { BRAND_FILE } from "../dataset/tables.ts";
import type { Dataset, DatasetAccount } from "../dataset/types.ts";
import type { Brand } from "../domain/brand.ts";
import { accountKey } from "../domain/ids.ts";
import { NO_CURRENCY } from "../domain/money.ts";
import { ConfigError, type ConfigProblem } from "../domain/problem.ts";
import { PLATFORM_WORDS } from "../platforms/index.ts";

/** Days are as they stand in the files, so this zone says only when in its night a day is looked back at. */
const ANY_ZONE = "UTC";

const IMPLIED_ID = "dataset";
const MAX_NAME = 80;

interface Said {
  currency: string | null;
  zone: string | null;
}

/** A brand file's text for a folder that has none: all accounts, nothing but watched. @throws ConfigError */
export function impliedBrand(dataset: Dataset, said: Said, packs: readonly string[]): string {
  return JSON.stringify({
    id: IMPLIED_ID,
    name: path.basename(path.resolve(dataset.folder)).slice(0, MAX_NAME) || IMPLIED_ID,
    currency: said.currency ?? NO_CURRENCY,
    zone: said.zone ?? ANY_ZONE,
    mode: "shadow",
    accounts: dataset.accounts.map(({ platform, accountId }) => ({ platform, id: accountId })),
    packs: Object.fromEntries(packs.map((pack) => [pack, {}])),
  });
}

/**
 * The one currency and the one zone of all accounts; null where no file says any.
 * @throws ConfigError where there are two, or where only some accounts have one.
 */
export function commonPlace(dataset: Dataset): Said {
  const problems = (["currency", "zone"] as const).flatMap((key) => mixed(dataset, key));
  if (problems.length > 0) throw new ConfigError(problems);
  const [first] = dataset.accounts;
  return { currency: first?.currency ?? null, zone: first?.zone ?? null };
}

function mixed({ folder, accounts }: Dataset, key: "currency" | "zone"): ConfigProblem[] {
  const values = [...new Set(accounts.map((account) => account[key]))];
  if (values.length < 2) return [];
  const known = values.filter((value) => value !== null);
  const brandFile = path.join(folder, BRAND_FILE);
  return [
    {
      code: key === "zone" ? "dataset.twoZones" : "dataset.twoCurrencies",
      file: path.join(folder, "accounts.csv"),
      line: null,
      path: key === "zone" ? "time_zone" : "currency",
      found: values.map((value) => `${value ?? "not said"} (${example(accounts, key, value)})`).join(", "),
      allowed: `one ${key} for all accounts of a brand`,
      fix:
        known.length < 2
          ? "add the other accounts to accounts.csv"
          : `name the accounts of one ${key} in a brand file, ${brandFile} or any other with --brand`,
    },
  ];
}

function example(
  accounts: readonly DatasetAccount[],
  key: "currency" | "zone",
  value: string | null,
): string {
  const all = accounts.filter((account) => account[key] === value).map(accountKey);
  return all.length < 3 ? all.join(", ") : `${all.slice(0, 2).join(", ")} and ${all.length - 2} more`;
}

/** What keeps the brand's figures from being added up: an account in another currency or zone, or under another name. */
export function checkAccounts(dataset: Dataset, brand: Brand): void {
  const problems = brand.accounts.flatMap((account): ConfigProblem[] => {
    const key = accountKey(account);
    const known = dataset.accounts.find((one) => accountKey(one) === key);
    const place = { file: brand.file, line: null, path: "accounts" };
    const instead = PLATFORM_WORDS.instead?.[account.platform];
    if (instead !== undefined) {
      const fix = `write ${instead} in every file of the dataset: only by that name are its limits known`;
      return [{ ...place, code: "dataset.platformName", found: account.platform, allowed: instead, fix }];
    }
    return (["currency", "zone"] as const).flatMap((one): ConfigProblem[] => {
      const own = known?.[one] ?? null;
      if (own === null || own === brand[one]) return [];
      const found = `${key}, which has ${own}`;
      const fix = `leave the account out, or correct the ${one} of the brand or in accounts.csv`;
      return [
        { ...place, code: "dataset.accountElsewhere", found, allowed: `accounts with ${brand[one]}`, fix },
      ];
    });
  });
  if (problems.length > 0) throw new ConfigError(problems);
}
