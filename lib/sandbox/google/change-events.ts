/** The history of changes as `change_event` tells it, from the ledger. Source: Google Ads API, Change event. */
import { addDays, localDay } from "../../domain/day.ts";
import type { LedgerEntry, World } from "../model.ts";
import { relativeSpan } from "./gaql/conditions.ts";
import type { Condition, Query } from "./gaql/parse.ts";
import { queryError, refused } from "./google-error.ts";
import { enumValues } from "./names.ts";
import { googleTime } from "./time.ts";

/** A change can be seen so long after it was made. */
const LAG_MS = 180_000;
const KEPT_DAYS = 30;
const MOST_ROWS = 10_000;
export const TIME_FIELD = "change_event.change_date_time";
const MICROS_PER_CENT = 10_000;

/** Made and old enough to be shown, newest first as the API gives them. Setting what already stood is no change. */
export function visibleChanges({ ledger, clockMs }: World): LedgerEntry[] {
  return ledger
    .filter(
      ({ platform, applied, from, stored, atMs }) =>
        platform === "google" && applied && from !== stored && atMs <= clockMs - LAG_MS,
    )
    .toReversed();
}

/**
 * The conditions on the time of a change, written out as comparisons with full times.
 * @throws GoogleError where the API wants a finite span of the last 30 days and a limit.
 */
export function changeConditions({ where, limit }: Query, world: World): Condition[] {
  const today = localDay(world.clockMs, world.zone);
  const timed = where
    .filter(({ field }) => field === TIME_FIELD)
    .flatMap((condition) => comparisons(condition, today));
  const starts = timed.filter(({ operator }) => operator.startsWith(">") || operator === "=");
  const ends = timed.filter(({ operator }) => operator.startsWith("<") || operator === "=");
  if (starts.length === 0 || ends.length === 0) {
    throw changeError("CHANGE_DATE_RANGE_INFINITE", "The change event search range must be finite.");
  }
  const start = latestValue(starts);
  if (start > earliestValue(ends)) {
    throw changeError("CHANGE_DATE_RANGE_NEGATIVE", "The change event search range is negative.");
  }
  if (start.slice(0, 10) < addDays(today, -KEPT_DAYS)) {
    const message = "The requested start date is too old. It cannot be older than 30 days.";
    throw changeError("START_DATE_TOO_OLD", message);
  }
  if (limit === null) throw changeError("LIMIT_NOT_SPECIFIED", "A limit clause is required.");
  if (limit > MOST_ROWS) {
    throw changeError("INVALID_LIMIT_CLAUSE", `The limit must not be above ${MOST_ROWS}.`);
  }
  return timed;
}

function changeError(code: string, message: string): Error {
  return refused("change_event_error", code, message);
}

function comparisons(condition: Condition, today: string): Condition[] {
  const { field, operator } = condition;
  const [first = "", second = ""] = condition.values;
  switch (operator) {
    case "DURING": {
      const { from, to } = relativeSpan(first, today);
      return [
        { field, operator: ">=", values: [fullTime(from)] },
        { field, operator: "<", values: [fullTime(addDays(to, 1))] },
      ];
    }
    case "BETWEEN":
      return [
        { field, operator: ">=", values: [fullTime(first)] },
        { field, operator: "<=", values: [fullTime(second)] },
      ];
    case "=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return [{ field, operator, values: [fullTime(first)] }];
    default:
      throw queryError("OPERATOR_FIELD_MISMATCH", `'${operator}' cannot be used with the field '${field}'.`);
  }
}

/** A day alone is its first moment. */
function fullTime(text: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?)?$/.exec(text);
  if (match === null) {
    throw queryError("INVALID_DATE_FORMAT", `'${text}' is no time; expected 'YYYY-MM-DD HH:MM:SS'.`);
  }
  return `${match[1]} ${match[2] ?? "00:00:00"}.${(match[3] ?? "").padEnd(6, "0")}`;
}

function latestValue(conditions: readonly Condition[]): string {
  return conditions.flatMap(({ values }) => values).reduce((a, b) => (a > b ? a : b));
}

function earliestValue(conditions: readonly Condition[]): string {
  return conditions.flatMap(({ values }) => values).reduce((a, b) => (a < b ? a : b));
}

type Field = (change: LedgerEntry, world: World) => string | object | undefined;

export const CHANGE_FIELDS: Readonly<Record<string, Field>> = {
  resource_name: ({ atMs, seq }, { google }) =>
    `customers/${google.account.id}/changeEvents/${atMs * 1000}~${seq}~0`,
  change_date_time: ({ atMs }, { zone }) => googleTime(atMs, zone),
  change_resource_type: ({ level }) => (level === "budget" ? "CAMPAIGN_BUDGET" : "CAMPAIGN"),
  change_resource_name: ({ level, entityId }, { google }) =>
    `customers/${google.account.id}/${level === "budget" ? "campaignBudgets" : "campaigns"}/${entityId}`,
  resource_change_operation: () => "UPDATE",
  changed_fields: ({ field }) => (field === "daily_budget" ? "amountMicros" : "status"),
  client_type: ({ via }) => (enumValues("enum ChangeClientType")?.includes(via) === true ? via : "OTHER"),
  user_email: ({ by }) =>
    by.includes("@") ? by : `${by.toLowerCase().replaceAll(" ", ".")}@atelier-lune.example`,
  old_resource: (change) => resourceOf(change, change.from),
  new_resource: (change) => resourceOf(change, change.stored),
  campaign: campaignOf,
  ad_group: () => undefined,
  asset: () => undefined,
};

/** The changed fields alone, in the resource that was changed. */
function resourceOf({ field }: LedgerEntry, value: LedgerEntry["from"]): object {
  return field === "daily_budget"
    ? { campaign_budget: { amount_micros: String(Number(value) * MICROS_PER_CENT) } }
    : { campaign: { status: value === "ACTIVE" ? "ENABLED" : value } };
}

/** A shared budget belongs to no single campaign. */
function campaignOf({ level, entityId }: LedgerEntry, { google }: World): string | undefined {
  const shared = google.budgets.some(({ id, explicitlyShared }) => id === entityId && explicitlyShared);
  const campaign =
    level === "campaign" ? entityId : google.campaigns.find(({ budgetId }) => budgetId === entityId)?.id;
  return shared || campaign === undefined
    ? undefined
    : `customers/${google.account.id}/campaigns/${campaign}`;
}
