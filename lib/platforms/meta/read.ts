/** One account as a snapshot, and one holder as it stands right now. */
import type { BrandAccount } from "../../domain/brand.ts";
import { addDays } from "../../domain/day.ts";
import type { TargetRef } from "../../domain/ids.ts";
import type { AccountSnapshot, Insight } from "../../domain/snapshot.ts";
import type { FetchRequest, LiveHolder } from "../port.ts";
import { attributionOf, countableClaims } from "./attribution.ts";
import { budgetUnitMicros, microsFromMinor } from "./currency.ts";
import {
  AD_SET_FIELDS,
  adSetEntity,
  budgetOf,
  CAMPAIGN_FIELDS,
  campaignEntity,
  HOLDER_FIELDS,
} from "./entities.ts";
import { failureOf, platformError } from "./errors.ts";
import { readHistory } from "./history.ts";
import { offeredOf, readInsights } from "./insights.ts";
import { metaManifest } from "./manifest.ts";
import { readPeople } from "./people.ts";
import { accountSchema, adSetSchema, campaignSchema, holderSchema, parseAnswer } from "./schemas.ts";
import type { ReadSession } from "./session.ts";

const ACCOUNT_FIELDS = "account_id,name,currency,timezone_name,min_daily_budget";

const LIVE_STATUSES: ReadonlyMap<string, LiveHolder["status"]> = new Map([
  ["ACTIVE", "active"],
  ["PAUSED", "paused"],
]);

/** Account, census, insights, people where they are asked for, and history. @throws PlatformError */
export async function readAccount(session: ReadSession, request: FetchRequest): Promise<AccountSnapshot> {
  const { account, nowMs } = request;
  const attribution = attributionOf(account.attribution);
  const conversion = conversionOf(account);
  const coveredFrom = addDays(request.today, -request.days);
  const coveredTo = addDays(request.today, -1);
  const levels = offeredOf(request.levels);
  const claims = countableClaims(request.claims);

  const head = await readHead(session, account.accountId);
  const { currency } = head;
  const unitMicros = budgetUnitMicros(currency);
  const entities = await readEntities(session, account.accountId, currency);
  const insights: Insight[] = [];
  for (const level of levels) {
    const rows = await readInsights(session, {
      account,
      conversion,
      attribution,
      claims,
      level,
      from: coveredFrom,
      to: coveredTo,
    });
    insights.push(...rows.sort((a, b) => compareIds(a.entityId, b.entityId) || compareText(a.day, b.day)));
  }
  const people = await readPeople(session, request.people, {
    ...{ account, zone: head.timezone_name, today: request.today, entities },
  });
  const history = await readHistory(session, {
    accountId: account.accountId,
    currency,
    fromMs: request.editsFromMs,
    nowMs,
  });
  return {
    platform: account.platform,
    accountId: account.accountId,
    name: head.name,
    currency,
    zone: head.timezone_name,
    fetchedAtMs: nowMs,
    coveredFrom,
    coveredTo,
    levels,
    conversion,
    attribution: account.attribution,
    countedOn: metaManifest.countedOn,
    ...(claims.length > 0 && { claims: claims.map(({ key }) => key) }),
    ...(request.people.length > 0 && { people }),
    minDailyBudgetMicros: microsFromMinor(head.min_daily_budget, currency),
    budgetUnitMicros: unitMicros,
    entities,
    sharedBudgets: [],
    insights,
    history,
  };
}

/** @throws PlatformError, `notFound` also for an account that this token may not see */
export async function readCurrency(session: ReadSession, accountId: string): Promise<string> {
  return (await readHead(session, accountId)).currency;
}

/**
 * Status as configured, which is what a pause or a resume writes; how Meta delivers follows later.
 * @throws PlatformError
 */
export async function readHolder(
  session: ReadSession,
  target: TargetRef,
  currency: string,
): Promise<LiveHolder> {
  const body = await session.get([idSegment(target.id)], { fields: HOLDER_FIELDS });
  const row = parseAnswer(holderSchema, body, target.id);
  if (row.id !== target.id || row.account_id !== target.accountId) {
    throw platformError(failureOf("malformed", `Meta answered for another entity than ${target.id}`));
  }
  const budget = budgetOf(row, currency);
  return {
    status: LIVE_STATUSES.get(row.status) ?? "other",
    dailyBudgetMicros: budget?.period === "daily" ? budget.amountMicros : null,
    budgetName: row.id,
  };
}

/** Meta's budgets are those of campaigns and ad sets; an id of anything else must never reach it. @throws PlatformError */
export function refuseSharedBudget({ level, id }: TargetRef): void {
  if (level !== "sharedBudget") return;
  throw platformError(
    failureOf("invalid", `Meta has no shared budgets, so "${id}" cannot be one of its own`),
  );
}

/** One purchase stands under several action types, so a sum of them would count it more than once. */
function conversionOf({ conversions }: BrandAccount): string {
  const [conversion, ...others] = conversions;
  if (conversion !== undefined && others.length === 0) return conversion;
  throw platformError(
    failureOf("invalid", `Meta counts exactly one action type as the conversion, not ${conversions.length}`),
  );
}

/** Ids become part of an address, so nothing but digits may stand in them. @throws PlatformError `invalid` */
export function idSegment(id: string): string {
  if (/^\d{1,32}$/.test(id)) return id;
  throw platformError(failureOf("invalid", `"${id}" is not an id of Meta, which has digits only`));
}

async function readHead(session: ReadSession, accountId: string) {
  const path = `act_${idSegment(accountId)}`;
  const head = parseAnswer(accountSchema, await session.get([path], { fields: ACCOUNT_FIELDS }), path);
  if (head.account_id === accountId) return head;
  throw platformError(failureOf("malformed", `Meta answered for another account than ${accountId}`));
}

/** Campaigns, then ad sets, each by id, so that the same account always gives the same snapshot. */
async function readEntities(session: ReadSession, accountId: string, currency: string) {
  const path = `act_${accountId}`;
  const read = async (edge: string, fields: string) =>
    await session.list({ path: [path, edge], params: { fields }, range: null });
  const campaignRows = await read("campaigns", CAMPAIGN_FIELDS);
  const adSetRows = await read("adsets", AD_SET_FIELDS);
  const campaigns = campaignRows.map((row) => parseAnswer(campaignSchema, row, "a campaign"));
  const adSets = adSetRows.map((row) => parseAnswer(adSetSchema, row, "an ad set"));
  refuseStrangers([...campaigns, ...adSets], accountId);
  const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  return [
    ...campaigns.map((row) => campaignEntity(row, adSets, currency)).sort((a, b) => compareIds(a.id, b.id)),
    ...adSets
      .map((row) => adSetEntity(row, byId.get(row.campaign_id) ?? null, currency))
      .sort((a, b) => compareIds(a.id, b.id)),
  ];
}

function refuseStrangers(rows: readonly { id: string; account_id: string }[], accountId: string): void {
  const seen = new Set<string>();
  for (const { id, account_id: owner } of rows) {
    if (owner !== accountId)
      throw platformError(failureOf("malformed", `Meta lists ${id} of another account`));
    if (seen.has(id)) throw platformError(failureOf("malformed", `Meta lists ${id} twice`));
    seen.add(id);
  }
}

/** Ids are integers too long for numbers. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || compareText(a, b);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
