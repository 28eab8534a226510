/** The resources that queries select from, each with the fields that are simulated. */
import { localDay } from "../../domain/day.ts";
import type { Market } from "../market/delivery.ts";
import { centsAt, statusAt } from "../market/histories.ts";
import type {
  ConversionAction,
  GoogleAdGroup,
  GoogleBudget,
  GoogleCampaign,
  LedgerEntry,
  StatusStep,
} from "../model.ts";
import { CHANGE_FIELDS, visibleChanges } from "./change-events.ts";
import type { Value } from "./gaql/conditions.ts";
import { biddingStatus, primaryStatus } from "./learning.ts";

/** What one row is about: the entity itself and those it belongs to. */
export interface Subject {
  market: Market;
  campaign?: GoogleCampaign | undefined;
  budget?: GoogleBudget | undefined;
  adGroup?: GoogleAdGroup | undefined;
  action?: ConversionAction | undefined;
  change?: LedgerEntry | undefined;
}

type Field = (subject: Subject) => Value;

export interface Resource {
  fields: Readonly<Record<string, Field>>;
  /** Resources whose fields may be selected beside its own. */
  attributed: readonly string[];
  subjectsOf(market: Market): Subject[];
  /** Units whose figures are its metrics; null where Google has no metrics. */
  unitsOf: ((subject: Subject) => string[]) | null;
}

const MICROS_PER_CENT = 10_000;
/** Smallest amount that is billed in euros. Source: Google Ads API, Currency codes. */
export const BILLABLE_UNIT_MICROS = 10_000;

/** `customers/2000000002/campaigns/1`; null for what the row has not. */
function nameIn(collection: string, id: string | undefined, { world }: Market): string | undefined {
  return id === undefined ? undefined : `customers/${world.google.account.id}/${collection}/${id}`;
}

function onOff(statuses: readonly StatusStep[], { world }: Market): "ENABLED" | "PAUSED" {
  return statusAt(statuses, world.clockMs) === "ACTIVE" ? "ENABLED" : "PAUSED";
}

const CUSTOMER: Resource["fields"] = {
  resource_name: ({ market }) => `customers/${market.world.google.account.id}`,
  auto_tagging_enabled: () => true,
  currency_code: ({ market }) => market.world.currency,
  descriptive_name: ({ market }) => market.world.google.account.name,
  id: ({ market }) => market.world.google.account.id,
  manager: () => false,
  status: () => "ENABLED",
  test_account: () => false,
  time_zone: ({ market }) => market.world.zone,
};

/** A field of what the row may lack. */
function of<Part>(
  part: (subject: Subject) => Part | undefined,
  read: (part: Part, subject: Subject) => Value,
): Field {
  return (subject) => {
    const found = part(subject);
    return found === undefined ? undefined : read(found, subject);
  };
}
const ofCampaign = (read: (campaign: GoogleCampaign, subject: Subject) => Value) =>
  of(({ campaign }) => campaign, read);
const ofBudget = (read: (budget: GoogleBudget, subject: Subject) => Value) =>
  of(({ budget }) => budget, read);
const ofAdGroup = (read: (adGroup: GoogleAdGroup, subject: Subject) => Value) =>
  of(({ adGroup }) => adGroup, read);
const ofAction = (read: (action: ConversionAction, subject: Subject) => Value) =>
  of(({ action }) => action, read);

const CAMPAIGN: Resource["fields"] = {
  resource_name: ofCampaign(({ id }, { market }) => nameIn("campaigns", id, market)),
  advertising_channel_sub_type: () => undefined,
  advertising_channel_type: ofCampaign(({ channelType }) => channelType),
  base_campaign: ofCampaign(({ id }, { market }) => nameIn("campaigns", id, market)),
  bidding_strategy_system_status: ofCampaign((campaign, { market }) => biddingStatus(market, campaign)),
  bidding_strategy_type: ofCampaign(({ manualBidding }) =>
    manualBidding ? "MANUAL_CPC" : "MAXIMIZE_CONVERSIONS",
  ),
  campaign_budget: ofCampaign(({ budgetId }, { market }) => nameIn("campaignBudgets", budgetId, market)),
  end_date_time: () => undefined,
  experiment_type: ofCampaign(() => "BASE"),
  id: ofCampaign(({ id }) => id),
  labels: ofCampaign(() => []),
  name: ofCampaign(({ name }) => name),
  primary_status: ofCampaign((campaign, { market }) => primaryStatus(market, campaign).status),
  primary_status_reasons: ofCampaign((campaign, { market }) => primaryStatus(market, campaign).reasons),
  serving_status: ofCampaign(({ removed }) => (removed ? "ENDED" : "SERVING")),
  start_date_time: ofCampaign(
    ({ createdAtMs }, { market }) => `${localDay(createdAtMs, market.world.zone)} 00:00:00`,
  ),
  status: ofCampaign(({ removed, statuses }, { market }) => (removed ? "REMOVED" : onOff(statuses, market))),
};

const BUDGET: Resource["fields"] = {
  resource_name: ofBudget(({ id }, { market }) => nameIn("campaignBudgets", id, market)),
  amount_micros: ofBudget(amountMicros),
  delivery_method: ofBudget(() => "STANDARD"),
  explicitly_shared: ofBudget(({ explicitlyShared }) => explicitlyShared),
  has_recommended_budget: ofBudget(() => false),
  id: ofBudget(({ id }) => id),
  name: ofBudget(({ name }) => name),
  period: ofBudget(({ period }) => period),
  // Where there is no recommendation, Google shows the budget itself.
  recommended_budget_amount_micros: ofBudget(amountMicros),
  reference_count: ofBudget(
    ({ id }, { market }) =>
      market.world.google.campaigns.filter(({ budgetId, removed }) => budgetId === id && !removed).length,
  ),
  status: ofBudget(({ status }) => status),
  total_amount_micros: ofBudget(({ totalCents }) =>
    totalCents === null ? undefined : totalCents * MICROS_PER_CENT,
  ),
  type: ofBudget(({ type }) => type),
};

function amountMicros({ budgets }: GoogleBudget, { market }: Subject): number | undefined {
  const cents = centsAt(budgets, market.world.clockMs);
  return cents === null ? undefined : cents * MICROS_PER_CENT;
}

const AD_GROUP: Resource["fields"] = {
  resource_name: ofAdGroup(({ id }, { market }) => nameIn("adGroups", id, market)),
  campaign: ofAdGroup(({ campaignId }, { market }) => nameIn("campaigns", campaignId, market)),
  id: ofAdGroup(({ id }) => id),
  labels: ofAdGroup(() => []),
  name: ofAdGroup(({ name }) => name),
  primary_status: ofAdGroup(({ statuses }, { market, campaign }) => {
    if (campaign?.removed === true || onOff(campaign?.statuses ?? [], market) === "PAUSED")
      return "NOT_ELIGIBLE";
    return onOff(statuses, market) === "PAUSED" ? "PAUSED" : "ELIGIBLE";
  }),
  status: ofAdGroup(({ statuses }, { market }) => onOff(statuses, market)),
};

const CONVERSION_ACTION: Resource["fields"] = {
  resource_name: ofAction(({ id }, { market }) => nameIn("conversionActions", id, market)),
  category: ofAction(({ primary }) => (primary ? "PURCHASE" : "SIGNUP")),
  counting_type: ofAction(({ primary }) => (primary ? "MANY_PER_CLICK" : "ONE_PER_CLICK")),
  id: ofAction(({ id }) => id),
  include_in_conversions_metric: ofAction(({ primary }) => primary),
  name: ofAction(({ name }) => name),
  primary_for_goal: ofAction(({ primary }) => primary),
  status: ofAction(({ status }) => status),
  type: ofAction(() => "WEBPAGE"),
};

/** An account seen from the manager it hangs under; here from itself, since no manager is above it. */
const CUSTOMER_CLIENT: Resource["fields"] = {
  resource_name: ({ market }) => nameIn("customerClients", market.world.google.account.id, market),
  client_customer: ({ market }) => `customers/${market.world.google.account.id}`,
  currency_code: ({ market }) => market.world.currency,
  descriptive_name: ({ market }) => market.world.google.account.name,
  hidden: () => false,
  id: ({ market }) => market.world.google.account.id,
  level: () => 0,
  manager: () => false,
  status: () => "ENABLED",
  test_account: () => false,
  time_zone: ({ market }) => market.world.zone,
};

const CURRENCY: Resource["fields"] = {
  resource_name: ({ market }) => `currencyConstants/${market.world.currency}`,
  billable_unit_micros: () => BILLABLE_UNIT_MICROS,
  code: ({ market }) => market.world.currency,
  name: () => "Euro",
  symbol: () => "€",
};

const CHANGE_EVENT: Resource["fields"] = Object.fromEntries(
  Object.entries(CHANGE_FIELDS).map(([name, read]): [string, Field] => [
    name,
    ({ change, market }) => (change === undefined ? undefined : read(change, market.world)),
  ]),
);

function campaignSubject(market: Market, campaign: GoogleCampaign | undefined): Subject {
  const budget = market.world.google.budgets.find(({ id }) => id === campaign?.budgetId);
  return { market, campaign, budget };
}

function unitIds({ unitsOfCampaign }: Market, campaignIds: readonly string[]): string[] {
  return campaignIds.flatMap((id) => (unitsOfCampaign.get(id) ?? []).map((unit) => unit.id));
}

export const RESOURCES: Readonly<Record<string, Resource>> = {
  customer: {
    fields: CUSTOMER,
    attributed: [],
    subjectsOf: (market) => [{ market }],
    unitsOf: ({ market }) => market.world.google.adGroups.map(({ id }) => id),
  },
  campaign: {
    fields: CAMPAIGN,
    attributed: ["campaign_budget", "customer"],
    subjectsOf: (market) => market.world.google.campaigns.map((one) => campaignSubject(market, one)),
    unitsOf: ({ market, campaign }) => (campaign === undefined ? [] : unitIds(market, [campaign.id])),
  },
  campaign_budget: {
    fields: BUDGET,
    attributed: ["customer"],
    subjectsOf: (market) => market.world.google.budgets.map((budget) => ({ market, budget })),
    unitsOf: ({ market, budget }) => {
      const users = market.world.google.campaigns.filter(({ budgetId }) => budgetId === budget?.id);
      return unitIds(
        market,
        users.map(({ id }) => id),
      );
    },
  },
  ad_group: {
    fields: AD_GROUP,
    attributed: ["campaign", "customer"],
    // Asset groups of Performance Max are no ad groups: what they cost is in no row here.
    subjectsOf: (market) =>
      market.world.google.adGroups
        .filter(({ kind }) => kind === "adGroup")
        .map((adGroup) => ({
          ...campaignSubject(
            market,
            market.world.google.campaigns.find(({ id }) => id === adGroup.campaignId),
          ),
          adGroup,
        })),
    unitsOf: ({ adGroup }) => (adGroup === undefined ? [] : [adGroup.id]),
  },
  conversion_action: {
    fields: CONVERSION_ACTION,
    attributed: ["customer"],
    subjectsOf: (market) => market.world.google.conversionActions.map((action) => ({ market, action })),
    unitsOf: null,
  },
  currency_constant: {
    fields: CURRENCY,
    attributed: [],
    subjectsOf: (market) => [{ market }],
    unitsOf: null,
  },
  customer_client: {
    fields: CUSTOMER_CLIENT,
    attributed: ["customer"],
    subjectsOf: (market) => [{ market }],
    unitsOf: null,
  },
  change_event: {
    fields: CHANGE_EVENT,
    attributed: ["campaign", "customer"],
    subjectsOf: (market) => visibleChanges(market.world).map((change) => ({ market, change })),
    unitsOf: null,
  },
};
