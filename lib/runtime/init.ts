/** Where a new brand file is written from: the accounts of credentials, of the sandbox or of a dataset. Everything here only reads. */
import path from "node:path";
import { readDataset } from "../dataset/index.ts";
import { addDays, type Day, localDay } from "../domain/day.ts";
import type { Files, StreamingFiles } from "../domain/files.ts";
import { accountKey } from "../domain/ids.ts";
import type { ShopDay } from "../domain/snapshot.ts";
import type { CountedAccount, Findings, FoundAccount } from "../init/index.ts";
import { openDatasetPlatform } from "../platforms/dataset/index.ts";
import { CredentialsError } from "../platforms/errors.ts";
import { platformIds } from "../platforms/index.ts";
import {
  type Environment,
  NOTHING_FURTHER,
  type OpenPlatform,
  type ReachableAccount,
} from "../platforms/port.ts";
import { createCsvShop } from "../shops/csv/index.ts";
import type { Shop } from "../shops/port.ts";
import { dayAfter, shopOf } from "./dataset.ts";
import { RuntimeError } from "./errors.ts";
import { currentSeed, worldFolder } from "./home.ts";
import { platformLoader } from "./platforms.ts";
import { openSandbox } from "./sandbox-session.ts";

/** What platforms keep at least: one quarter, whole weeks of it at both ends. */
export const INIT_DAYS = 92;

export interface InitSource {
  kind: "platforms" | "sandbox" | "dataset";
  platforms: readonly { id: string; platform: OpenPlatform }[];
  /** Why a platform is not among them. */
  closed: readonly string[];
  nowMs: number;
  today(zone: string): Day;
  shop: Shop | null;
  close(): Promise<void>;
}

/** @throws RuntimeError `init.noCredentials` where no platform's are in the environment; PlatformError */
export async function openCredentials(env: Environment, nowMs: number): Promise<InitSource> {
  const load = platformLoader(env, null);
  const platforms: InitSource["platforms"][number][] = [];
  const closed: string[] = [];
  for (const id of platformIds) {
    try {
      platforms.push({ id, platform: await load(id) });
    } catch (error) {
      if (!(error instanceof CredentialsError)) throw error;
      closed.push(error.message);
    }
  }
  if (platforms.length === 0) {
    const text = `${closed.join("; ")}. Without any, --dataset reads exports and --sandbox the market that Palier brings along`;
    throw new RuntimeError("init.noCredentials", text);
  }
  const today = (zone: string) => localDay(nowMs, zone);
  return { kind: "platforms", platforms, closed, nowMs, today, shop: null, close: async () => {} };
}

/** The current world with its shop. @throws RuntimeError, SandboxError, OwnerError, FileError */
export async function openSandboxAccounts(files: Files, home: string): Promise<InitSource> {
  const folder = worldFolder(home, await currentSeed(files, home));
  const session = await openSandbox(files, folder);
  try {
    const nowMs = await session.clockMs();
    const load = platformLoader({}, session.address);
    const platforms = await Promise.all(platformIds.map(async (id) => ({ id, platform: await load(id) })));
    const shop = createCsvShop({ file: path.join(folder, "revenue.csv"), readText: files.readText });
    const today = (zone: string) => localDay(nowMs, zone);
    return { kind: "sandbox", platforms, closed: [], nowMs, today, shop, close: session.close };
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** The folder as it was on the day after its last. @throws ConfigError with everything that is wrong with it; FileError */
export async function openDatasetAccounts(files: StreamingFiles, folder: string): Promise<InitSource> {
  const dataset = await readDataset(files, folder);
  const today = dayAfter(dataset);
  const ids = [...new Set(dataset.accounts.map(({ platform }) => platform))];
  return {
    kind: "dataset",
    platforms: ids.map((id) => ({ id, platform: openDatasetPlatform(dataset, id, NOWHERE) })),
    closed: [],
    nowMs: Date.parse(today),
    today: () => today,
    shop: shopOf(dataset),
    close: async () => {},
  };
}

/** No brand file says yet what accounts.csv does not. */
const NOWHERE = { currency: null, zone: null };

/** What is going on, for people who wait. */
export type OnStep = (text: string) => void;

/** @throws PlatformError */
export async function reachableAccounts(source: InitSource, onStep: OnStep): Promise<ReachableAccount[]> {
  const found: ReachableAccount[] = [];
  for (const { id, platform } of source.platforms) {
    onStep(`Listing the accounts on ${id} ...`);
    found.push(...(await platform.listAccounts()));
  }
  return found;
}

/** @throws PlatformError */
export async function countedAccounts(
  source: InitSource,
  accounts: readonly ReachableAccount[],
  onStep: OnStep,
): Promise<CountedAccount[]> {
  const counted: CountedAccount[] = [];
  for (const account of accounts) {
    onStep(`Counting the conversions of ${accountKey(account)} ...`);
    const today = source.today(account.zone);
    counted.push({
      account,
      counted: await platformOf(source, account).listConversions(account, INIT_DAYS, today),
    });
  }
  return counted;
}

/** Reads each account with its conversion, and the shop over the same days. @throws PlatformError, ShopError */
export async function findingsOf(
  source: InitSource,
  accounts: readonly { account: ReachableAccount; conversion: string | null }[],
  onStep: OnStep,
): Promise<Findings> {
  const found: FoundAccount[] = [];
  for (const { account, conversion } of accounts) {
    onStep(`Reading ${INIT_DAYS} days of ${accountKey(account)} ...`);
    const { platform, accountId } = account;
    const conversions = conversion === null ? [] : [conversion];
    const { snapshot } = await platformOf(source, account).fetchAccount({
      account: { platform, accountId, conversions, attribution: "asSet" },
      levels: ["account", "campaign"],
      days: INIT_DAYS,
      today: source.today(account.zone),
      editsFromMs: source.nowMs,
      nowMs: source.nowMs,
      ...NOTHING_FURTHER,
    });
    found.push({ account, conversion: conversion ?? snapshot.conversion, snapshot });
  }
  const today = source.today(accounts[0]?.account.zone ?? "UTC");
  return { accounts: found, shop: await shopDays(source, today), today };
}

async function shopDays({ shop }: InitSource, today: Day): Promise<readonly ShopDay[] | null> {
  if (shop === null) return null;
  return (await shop.fetchDays(addDays(today, -INIT_DAYS), addDays(today, -1))).days;
}

function platformOf({ platforms }: InitSource, { platform: id }: ReachableAccount): OpenPlatform {
  const found = platforms.find((one) => one.id === id);
  if (found === undefined) throw new RuntimeError("platform.unknown", `there is no platform "${id}"`);
  return found.platform;
}
