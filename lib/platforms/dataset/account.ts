/** One account of a dataset as it was at the start of a day. */
import type { Dataset, DatasetAccount } from "../../dataset/types.ts";
import { addDays, type Day } from "../../domain/day.ts";
import { type AccountRef, accountKey } from "../../domain/ids.ts";
import {
  type AccountSnapshot,
  type Insight,
  type InsightLevel,
  insightLevelSchema,
} from "../../domain/snapshot.ts";
import { PlatformError, type PlatformErrorKind } from "../errors.ts";
import { manifestOf } from "../index.ts";
import { entitiesOn } from "./entities.ts";
import { rowsAt } from "./levels.ts";
import { lastDayOf, type Period, wholePeriod } from "./period.ts";

/** What accounts.csv does not say of an account, said by the brand file; null where nobody says. */
export interface Place {
  currency: string | null;
  zone: string | null;
}

export interface AccountRequest {
  account: AccountRef;
  levels: readonly InsightLevel[];
  today: Day;
  nowMs: number;
}

/** Conversions and attribution are what the export counted; the columns themselves do not say. */
const AS_EXPORTED = "as in the dataset";

/** As a night sees it: the last `days` complete days before `today`, as far as they are covered. @throws PlatformError */
export function accountBefore(
  dataset: Dataset,
  elsewhere: Place,
  request: AccountRequest & { days: number },
): AccountSnapshot {
  const { account, today, days } = request;
  const known = accountIn(dataset, account);
  const asked = { from: addDays(today, -days), to: addDays(today, -1) };
  const rows = insightsOf(dataset, account, asked);
  const period = wholePeriod(rows, {
    from: known.coveredFrom > asked.from ? known.coveredFrom : asked.from,
    to: known.coveredTo < asked.to ? known.coveredTo : asked.to,
  });
  return snapshotOf(dataset, elsewhere, request, period, rows);
}

/**
 * As somebody sees it who looks back at `today`: every covered day up to that day, itself included. A week that began by then
 * is there whole, so that a window which cuts it is no data for that reason. @throws PlatformError
 */
export function accountThrough(dataset: Dataset, elsewhere: Place, request: AccountRequest): AccountSnapshot {
  const known = accountIn(dataset, request.account);
  const rows = insightsOf(dataset, request.account, { from: known.coveredFrom, to: request.today });
  const last = rows.map(lastDayOf).reduce((a, b) => (a > b ? a : b), request.today);
  const to = known.coveredTo < last ? known.coveredTo : last;
  return snapshotOf(dataset, elsewhere, request, { from: known.coveredFrom, to }, rows);
}

function snapshotOf(
  dataset: Dataset,
  elsewhere: Place,
  { account, levels: asked, today, nowMs }: AccountRequest,
  { from, to }: Period,
  own: readonly Insight[],
): AccountSnapshot {
  const { platform, accountId } = account;
  const known = accountIn(dataset, account);
  if (from > to) {
    const covered = `it covers ${known.coveredFrom} to ${known.coveredTo}`;
    const message = `${dataset.folder} has no whole days of account ${accountKey(account)} that count on ${today}; ${covered}`;
    throw failure(account, "notFound", "dataset.noDays", message);
  }
  const { currency, zone } = placeOf(known, elsewhere);
  const entities = dataset.entities.filter((one) => accountKey(one) === accountKey(account));
  const held = dataset.levels.filter((one) => accountKey(one.account) === accountKey(account));
  const rows = own.filter((row) => row.day >= from && lastDayOf(row) <= to);
  const source = { accountId, rows, levels: held.map(({ level }) => level), entities };
  const insights = insightLevelSchema.options
    .filter((level) => level === "account" || asked.includes(level))
    .map((level) => ({ level, rows: rowsAt(source, level) }));
  const said = dataset.sources?.accounts.find((one) => accountKey(one) === accountKey(account));
  const unitMicros = unitOf(currency);
  return {
    ...{ platform, accountId, name: known.name ?? accountKey(account), currency, zone, fetchedAtMs: nowMs },
    coveredFrom: from,
    coveredTo: to,
    levels: insights.flatMap((one) => (one.rows === null ? [] : [one.level])),
    conversion: said?.conversion ?? AS_EXPORTED,
    attribution: said?.attribution ?? AS_EXPORTED,
    countedOn: manifestOf(platform).countedOn,
    // Nobody says what the platform's own minimum is; its smallest coin is the least that it can be.
    minDailyBudgetMicros: unitMicros,
    budgetUnitMicros: unitMicros,
    entities: entitiesOn(entities, today, zone),
    sharedBudgets: [],
    insights: insights.flatMap((one) => one.rows ?? []),
    history: null,
  };
}

/** @throws PlatformError for an account that the folder does not name. */
export function accountIn(dataset: Dataset, account: AccountRef): DatasetAccount {
  const found = dataset.accounts.find((one) => accountKey(one) === accountKey(account));
  if (found !== undefined) return found;
  const known = dataset.accounts.map(accountKey).join(", ");
  const message = `${dataset.folder} has no account ${accountKey(account)}; it has ${known === "" ? "none" : known}`;
  throw failure(account, "notFound", "dataset.noAccount", message);
}

/** @throws PlatformError where neither accounts.csv nor the brand file says. */
export function placeOf(account: DatasetAccount, elsewhere: Place): { currency: string; zone: string } {
  const currency = account.currency ?? elsewhere.currency;
  const zone = account.zone ?? elsewhere.zone;
  if (currency !== null && zone !== null) return { currency, zone };
  const message = `nobody says which currency and zone account ${accountKey(account)} has: name it in accounts.csv`;
  throw failure(account, "invalid", "dataset.noPlace", message);
}

/** The account's rows that touch a period, as a platform would report them. */
function insightsOf(dataset: Dataset, account: AccountRef, { from, to }: Period): Insight[] {
  return dataset.insights
    .filter((row) => row.accountId === account.accountId && row.platform === account.platform)
    .filter((row) => row.day <= to && lastDayOf(row) >= from)
    .map(({ platform, accountId: _, ...row }) => {
      // Every click of Google's leads somewhere: it knows no other kind.
      return platform === "google" ? { ...row, linkClicks: row.clicks } : row;
    });
}

/** The currency's smallest coin in micros: a cent, or a whole yen. */
function unitOf(currency: string): bigint {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
  }).resolvedOptions();
  return 10n ** BigInt(6 - digits);
}

export function failure(
  { platform }: Pick<AccountRef, "platform">,
  kind: PlatformErrorKind,
  code: string,
  message: string,
): PlatformError {
  return new PlatformError(message, {
    platform,
    kind,
    code,
    subcode: null,
    traceId: null,
    retryAfterMs: null,
  });
}
