/**
 * What a new brand file is written from: the accounts that the user reaches, and what each of them counts.
 * Source: Google Ads API v25, CustomerService, CustomerClient, ConversionAction, Metrics.
 */
import { addDays, type Day } from "../../domain/day.ts";
import { microsFromMajor } from "../../domain/money.ts";
import { PlatformError } from "../errors.ts";
import type { CountedConversion, ReachableAccount } from "../port.ts";
import { recordingActions } from "./conversions.ts";
import { failureOf, platformError } from "./errors.ts";
import { googleManifest } from "./manifest.ts";
import { compareIds, compareText } from "./order.ts";
import {
  countedSchema,
  customerClientSchema,
  parseRows,
  refuseDuplicates,
  refuseStrangers,
} from "./schemas.ts";
import type { ReadSession } from "./session.ts";

/** Each account that is reached directly costs a query; who reaches more works through a manager account. */
const MOST_DIRECT = 100;

const CLIENTS = [
  "SELECT customer_client.id, customer_client.descriptive_name, customer_client.currency_code,",
  "customer_client.time_zone, customer_client.status, customer_client.manager, customer_client.hidden",
  "FROM customer_client",
].join(" ");

/** Closed or never finished: nobody can read anything of it, its name included. */
const NOT_ENABLED = "authorization_error.CUSTOMER_NOT_ENABLED";

type Client = ReturnType<typeof clientsIn>[number];

export interface DirectoryOptions {
  /** The manager account through which everything is reached; null where each account is reached by itself. */
  loginCustomerId: string | null;
  /** Ids of what the user reaches directly. @throws PlatformError */
  direct(): Promise<string[]>;
  sessionFor(accountId: string): ReadSession;
}

/**
 * Everything under the manager account; without one, what the user reaches directly. Managers themselves have no campaigns.
 * @throws PlatformError, `invalid` where there are manager accounts only and none of them is set.
 */
export async function listAccounts(options: DirectoryOptions): Promise<ReachableAccount[]> {
  const { loginCustomerId, direct, sessionFor } = options;
  if (loginCustomerId !== null) {
    const clients = clientsIn(await sessionFor(loginCustomerId).query(CLIENTS));
    return clients
      .filter(({ manager }) => !manager)
      .map(accountOf)
      .sort(byId);
  }
  const ids = await direct();
  if (ids.length > MOST_DIRECT) {
    const text = `this user reaches ${ids.length} accounts directly, more than ${MOST_DIRECT}: ${HOW_TO}`;
    throw platformError(failureOf("invalid", text, "tooManyAccounts"));
  }
  const found: Client[] = [];
  for (const id of ids) found.push(...(await itself(sessionFor(id), id)));
  const accounts = found.filter(({ manager }) => !manager);
  const [manager] = found;
  if (accounts.length === 0 && manager !== undefined) {
    const text = `this user reaches manager accounts only (${found.map(({ id }) => id).join(", ")}): ${HOW_TO}`;
    throw platformError(failureOf("invalid", text, "managersOnly"));
  }
  return accounts.map(accountOf).sort(byId);
}

const HOW_TO =
  "set PALIER_GOOGLE_LOGIN_CUSTOMER_ID to the manager account that the brand's accounts hang under";

/** The account as it sees itself; what hangs under it is out of reach without being set as the manager. */
async function itself(session: ReadSession, id: string): Promise<Client[]> {
  try {
    const clients = clientsIn(await session.query(`${CLIENTS} WHERE customer_client.level = 0`));
    const [own] = clients;
    if (clients.length === 1 && own?.id === id) return [own];
    throw platformError(failureOf("malformed", `Google answered for another account than ${id}`));
  } catch (error) {
    if (error instanceof PlatformError && error.details.code === NOT_ENABLED) return [];
    throw error;
  }
}

function clientsIn(rows: readonly unknown[]) {
  const what = "the accounts below";
  const clients = parseRows(customerClientSchema, rows, what).map(({ customerClient }) => customerClient);
  // One account under two managers is one account.
  const seen = new Map(clients.map((client) => [client.id, client]));
  return [...seen.values()];
}

function accountOf({
  id,
  descriptiveName,
  currencyCode,
  timeZone,
  status,
  hidden,
}: Client): ReachableAccount {
  const enabled = status === "ENABLED" && !hidden;
  if (enabled && (!currencyCode || !timeZone)) {
    throw platformError(failureOf("malformed", `Google names no currency or zone of account ${id}`));
  }
  return {
    platform: googleManifest.id,
    accountId: id,
    name: descriptiveName ?? id,
    currency: currencyCode ?? "",
    zone: timeZone ?? "",
    status: enabled ? "active" : "other",
  };
}

/**
 * By the names of actions, as the brand file's `conversions` write them: a name that several have, or that records no more,
 * cannot stand there. Days are those of the clicks. @throws PlatformError
 */
export async function listConversions(
  session: ReadSession,
  accountId: string,
  days: number,
  today: Day,
): Promise<CountedConversion[]> {
  const actions = await recordingActions(session, accountId);
  const what = "conversions by action";
  const gaql = [
    "SELECT customer.id, segments.conversion_action_name, metrics.conversions, metrics.conversions_value,",
    "metrics.all_conversions, metrics.all_conversions_value FROM customer",
    `WHERE segments.date BETWEEN '${addDays(today, -days)}' AND '${addDays(today, -1)}'`,
  ].join(" ");
  const rows = parseRows(countedSchema, await session.query(gaql), what);
  refuseStrangers(rows, accountId, what);
  refuseDuplicates(
    rows.map(({ segments }) => segments.conversionActionName),
    what,
  );
  return rows
    .flatMap(({ segments, metrics }): CountedConversion[] => {
      const name = segments.conversionActionName;
      const [action, ...others] = actions.filter((one) => one.name === name);
      if (action === undefined || others.length > 0) return [];
      const primary = action.includeInConversionsMetric ?? false;
      const { conversions, conversionsValue, allConversions, allConversionsValue } = metrics;
      return [
        {
          name,
          conversions: primary ? conversions : allConversions,
          conversionValueMicros: microsFromMajor(primary ? conversionsValue : allConversionsValue),
          primary,
        },
      ];
    })
    .filter(({ conversions }) => conversions > 0)
    .sort((a, b) => b.conversions - a.conversions || compareText(a.name, b.name));
}

function byId(a: ReachableAccount, b: ReachableAccount): number {
  return compareIds(a.accountId, b.accountId);
}
