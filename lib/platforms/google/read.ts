/** One account as a snapshot, and one holder as it stands right now. */
import { addDays } from "../../domain/day.ts";
import type { Entity } from "../../domain/entity.ts";
import type { TargetRef } from "../../domain/ids.ts";
import type { AccountSnapshot, EditHistory, Insight } from "../../domain/snapshot.ts";
import type { FetchRequest, LiveHolder } from "../port.ts";
import { BUDGET_FIELDS, budgetOf, isShared, sharedBudgetsOf } from "./budgets.ts";
import { readCounted } from "./conversions.ts";
import { adGroupEntities, campaignEntities, statusOf, withLastEdits, withSearchShares } from "./entities.ts";
import { failureOf, platformError } from "./errors.ts";
import { digitsOf, literal } from "./gaql.ts";
import { readHistory } from "./history.ts";
import { offeredOf, readInsights, refuseHalfTold } from "./insights.ts";
import { readLabels } from "./labels.ts";
import {
  adGroupSchema,
  type BudgetRow,
  type CampaignRow,
  campaignSchema,
  currencySchema,
  headSchema,
  liveBudgetSchema,
  liveCampaignSchema,
  malformed,
  parseRows,
  refuseDuplicates,
  refuseStrangers,
} from "./schemas.ts";
import { readSearchShares } from "./search-shares.ts";
import type { ReadSession } from "./session.ts";

const HEAD_FIELDS = [
  "customer.id",
  "customer.descriptive_name",
  "customer.currency_code",
  "customer.time_zone",
];

const CAMPAIGN_FIELDS = [
  ...HEAD_FIELDS,
  "campaign.id",
  "campaign.name",
  "campaign.status",
  "campaign.primary_status",
  "campaign.primary_status_reasons",
  "campaign.bidding_strategy_type",
  "campaign.bidding_strategy_system_status",
  "campaign.experiment_type",
  "campaign.advertising_channel_type",
  "campaign.start_date_time",
  "campaign.labels",
  ...BUDGET_FIELDS,
];

const AD_GROUP_FIELDS = [
  "customer.id",
  "campaign.id",
  "ad_group.id",
  "ad_group.name",
  "ad_group.status",
  "ad_group.primary_status",
  "ad_group.labels",
];

/** Complete days that the shares of searches are over. */
const SHARE_DAYS = 7;

const LIVE_FIELDS = ["customer.id", "customer.currency_code"];

interface Structure {
  head: { name: string; currency: string; zone: string };
  campaigns: CampaignRow[];
}

/** Structure, insights and the history of edits. @throws PlatformError */
export async function readAccount(session: ReadSession, request: FetchRequest): Promise<AccountSnapshot> {
  const { account, nowMs } = request;
  const accountId = digitsOf(account.accountId);
  const coveredFrom = addDays(request.today, -request.days);
  const coveredTo = addDays(request.today, -1);
  const levels = offeredOf(["account", ...request.levels]);

  const { head, campaigns } = await readStructure(session, accountId);
  const counted = await readCounted(session, accountId, account.conversions, request.claims);
  const unitMicros = await readBillableUnit(session, head.currency);
  const entities = await readEntities(session, campaigns, {
    ...{ accountId, zone: head.zone, withAdGroups: levels.includes("adGroup") },
  });
  const insights: Insight[] = [];
  for (const level of levels) {
    insights.push(
      ...(await readInsights(session, { accountId, counted, level, from: coveredFrom, to: coveredTo })),
    );
  }
  if (levels.includes("campaign")) refuseHalfTold(insights);
  const shares = request.searchShares
    ? await readSearchShares(session, accountId, { from: addDays(request.today, -SHARE_DAYS), to: coveredTo })
    : null;
  const period = { accountId, zone: head.zone, campaigns, fromMs: request.editsFromMs, nowMs };
  const history = await readHistory(session, period);
  const sharedBudgets = sharedBudgetsOf(campaigns);
  return {
    platform: account.platform,
    accountId,
    name: head.name,
    currency: head.currency,
    zone: head.zone,
    fetchedAtMs: nowMs,
    coveredFrom,
    coveredTo,
    levels,
    conversion: account.conversions.join(" + "),
    attribution: "asSet",
    countedOn: "click",
    ...(counted.claims.length > 0 && { claims: counted.claims.map(({ key }) => key) }),
    // Google publishes no minimum; where a campaign has one, its refusal names it.
    minDailyBudgetMicros: unitMicros,
    budgetUnitMicros: unitMicros,
    entities: withSearchShares(withLastEdits(entities, sharedBudgets, history), shares),
    sharedBudgets,
    insights,
    history,
  };
}

/** @throws PlatformError */
export async function readEdits(
  session: ReadSession,
  query: { accountId: string; fromMs: number; nowMs: number },
): Promise<EditHistory | null> {
  const { head, campaigns } = await readStructure(session, query.accountId);
  return await readHistory(session, { ...query, zone: head.zone, campaigns });
}

/** Status as configured, which is what a pause or a resume writes. @throws PlatformError */
export async function readHolder(
  session: ReadSession,
  target: TargetRef,
): Promise<{ live: LiveHolder; currency: string }> {
  const id = digitsOf(target.id);
  if (target.level === "sharedBudget") return await readSharedBudget(session, target, id);
  if (target.level !== "campaign") {
    throw platformError(failureOf("invalid", "on Google only campaigns and shared budgets own money"));
  }
  const what = `campaign ${id}`;
  const fields = [
    ...LIVE_FIELDS,
    "campaign.id",
    "campaign.status",
    "campaign.experiment_type",
    ...BUDGET_FIELDS,
  ];
  const gaql = `SELECT ${fields.join(", ")} FROM campaign WHERE campaign.id = ${id}`;
  const { customer, campaign, campaignBudget } = theOne(
    parseRows(liveCampaignSchema, await session.query(gaql), what),
    what,
  );
  if (campaign.id !== id || customer.id !== target.accountId) {
    throw malformed(`Google answered for another campaign than ${id}`);
  }
  const budget = campaignBudget ?? null;
  const own = budget !== null && !isShared(budget) ? dailyMicros(budget, [campaign]) : null;
  const status = statusOf(campaign.status);
  return {
    currency: customer.currencyCode,
    live: {
      status: status === "removed" ? "other" : status,
      dailyBudgetMicros: own,
      budgetName: budget?.resourceName ?? "",
    },
  };
}

/** The smallest step of budgets in a currency. @throws PlatformError */
export async function readBillableUnit(session: ReadSession, currency: string): Promise<bigint> {
  const what = `the currency ${currency}`;
  const gaql = [
    "SELECT currency_constant.code, currency_constant.billable_unit_micros FROM currency_constant",
    `WHERE currency_constant.code = ${literal(currency)}`,
  ].join(" ");
  const { currencyConstant } = theOne(parseRows(currencySchema, await session.query(gaql), what), what);
  if (currencyConstant.code === currency) return currencyConstant.billableUnitMicros;
  throw malformed(`Google answered for another currency than ${currency}`);
}

async function readSharedBudget(session: ReadSession, target: TargetRef, id: string) {
  const what = `shared budget ${id}`;
  const fields = [...LIVE_FIELDS, ...BUDGET_FIELDS];
  const gaql = `SELECT ${fields.join(", ")} FROM campaign_budget WHERE campaign_budget.id = ${id}`;
  const rows = parseRows(liveBudgetSchema, await session.query(gaql), what);
  const { customer, campaignBudget } = theOne(rows, what);
  if (campaignBudget.id !== id || customer.id !== target.accountId) {
    throw malformed(`Google answered for another budget than ${id}`);
  }
  const status: LiveHolder["status"] = campaignBudget.status === "ENABLED" ? "active" : "other";
  return {
    currency: customer.currencyCode,
    live: {
      status,
      dailyBudgetMicros: isShared(campaignBudget) ? dailyMicros(campaignBudget, []) : null,
      budgetName: campaignBudget.resourceName,
    },
  };
}

/** Null for whatever is not an ordinary daily budget. */
function dailyMicros(row: BudgetRow, campaigns: readonly { experimentType: string }[]): bigint | null {
  const budget = budgetOf(row, campaigns);
  return budget?.period === "daily" && budget.special === undefined ? budget.amountMicros : null;
}

/** The account's facts stand in every campaign's row, so they cost a request only where there is no campaign. */
async function readStructure(session: ReadSession, accountId: string): Promise<Structure> {
  const what = "campaigns";
  const gaql = `SELECT ${CAMPAIGN_FIELDS.join(", ")} FROM campaign WHERE campaign.status != 'REMOVED'`;
  const campaigns = parseRows(campaignSchema, await session.query(gaql), what);
  refuseStrangers(campaigns, accountId, what);
  refuseDuplicates(
    campaigns.map(({ campaign }) => campaign.id),
    what,
  );
  const { customer } = campaigns[0] ?? (await readHead(session, accountId));
  return {
    head: {
      name: customer.descriptiveName ?? accountId,
      currency: customer.currencyCode,
      zone: customer.timeZone,
    },
    campaigns,
  };
}

async function readHead(session: ReadSession, accountId: string) {
  const what = "the account";
  const rows = parseRows(
    headSchema,
    await session.query(`SELECT ${HEAD_FIELDS.join(", ")} FROM customer`),
    what,
  );
  refuseStrangers(rows, accountId, what);
  return theOne(rows, what);
}

async function readEntities(
  session: ReadSession,
  campaigns: readonly CampaignRow[],
  { accountId, zone, withAdGroups }: { accountId: string; zone: string; withAdGroups: boolean },
): Promise<Entity[]> {
  const adGroups = withAdGroups ? await readAdGroups(session, accountId) : [];
  const labelled = [...campaigns.map(({ campaign }) => campaign), ...adGroups.map(({ adGroup }) => adGroup)];
  const namesOf = await readLabels(session, labelled);
  const entities = campaignEntities(campaigns, zone, namesOf);
  return [...entities, ...adGroupEntities(adGroups, entities, namesOf)];
}

async function readAdGroups(session: ReadSession, accountId: string) {
  const what = "ad groups";
  const gaql = [
    `SELECT ${AD_GROUP_FIELDS.join(", ")} FROM ad_group`,
    "WHERE ad_group.status != 'REMOVED' AND campaign.status != 'REMOVED'",
  ].join(" ");
  const rows = parseRows(adGroupSchema, await session.query(gaql), what);
  refuseStrangers(rows, accountId, what);
  refuseDuplicates(
    rows.map(({ adGroup }) => adGroup.id),
    what,
  );
  return rows;
}

function theOne<Row>(rows: readonly Row[], what: string): Row {
  const [row] = rows;
  if (row === undefined) {
    throw platformError(failureOf("notFound", `Google knows no ${what}, or this user may not see it`));
  }
  if (rows.length > 1) throw malformed(`Google answered ${what} with ${rows.length} rows`);
  return row;
}
