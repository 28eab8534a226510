/**
 * Who changed which budget and which campaign's status, as the account's own history tells it.
 * Source: Google Ads API v25, ChangeEvent: the last 30 days, up to 3 minutes late, at most 10 000 rows.
 */
import type { EditHistory, PastEdit } from "../../domain/snapshot.ts";
import { PlatformError } from "../errors.ts";
import { feedsOf } from "./budgets.ts";
import { statusOf } from "./entities.ts";
import { isMissingPermission } from "./errors.ts";
import {
  type CampaignRow,
  type ChangeEvent,
  changeEventSchema,
  malformed,
  parseRows,
  refuseStrangers,
} from "./schemas.ts";
import type { ReadSession } from "./session.ts";
import { clockFace, instantOf } from "./time.ts";

/** Google refuses a query without a limit, and one above this. */
const MAX_ROWS = 10_000;
/** A day short of Google's 30, whose end depends on its clock and zone. */
const MAX_AGE_MS = 29 * 86_400_000;
/** Clock faces repeat an hour once a year, so more is asked for and the rest left out by instant. */
const MARGIN_MS = 2 * 3_600_000;

const FIELDS = [
  "customer.id",
  ...[
    "change_date_time",
    "change_resource_type",
    "change_resource_name",
    "resource_change_operation",
    "client_type",
    "user_email",
    "old_resource",
    "new_resource",
  ].map((field) => `change_event.${field}`),
];

export interface HistoryQuery {
  accountId: string;
  zone: string;
  /** All campaigns that are not removed: they tell whose a budget is. */
  campaigns: readonly CampaignRow[];
  fromMs: number;
  nowMs: number;
}

/**
 * Edits since `fromMs` or as far back as Google tells, oldest first; null where this user may not read them.
 * @throws PlatformError
 */
export async function readHistory(session: ReadSession, query: HistoryQuery): Promise<EditHistory | null> {
  const { accountId, zone, nowMs } = query;
  const fromMs = Math.max(query.fromMs, nowMs - MAX_AGE_MS);
  const gaql = [
    `SELECT ${FIELDS.join(", ")} FROM change_event`,
    `WHERE change_event.change_date_time >= '${clockFace(fromMs - MARGIN_MS, zone)}'`,
    `AND change_event.change_date_time <= '${clockFace(nowMs + MARGIN_MS, zone)}'`,
    "AND change_event.change_resource_type IN ('CAMPAIGN', 'CAMPAIGN_BUDGET')",
    `ORDER BY change_event.change_date_time LIMIT ${MAX_ROWS}`,
  ].join(" ");
  const found = await session.query(gaql).catch((error: unknown) => {
    if (error instanceof PlatformError && isMissingPermission(error.details)) return null;
    throw error;
  });
  if (found === null) return null;
  const what = "the history of changes";
  if (found.length >= MAX_ROWS)
    throw malformed(`Google tells only ${MAX_ROWS} changes, and there may be more`);
  const rows = parseRows(changeEventSchema, found, what);
  refuseStrangers(rows, accountId, what);
  const owners = ownersOf(query.campaigns);
  const edits = rows
    .flatMap(({ changeEvent }) => [
      ...editsIn(changeEvent, query, owners),
      ...editsOfFeeds(changeEvent, query, owners),
    ])
    .filter(({ atMs }) => atMs >= fromMs)
    .sort((a, b) => a.atMs - b.atMs);
  return { fromMs, edits };
}

/** Moved to another budget: the money changed, by how much the event does not say. */
const MOVED: PastEdit["edit"] = { kind: "dailyBudget", fromMicros: null, toMicros: null };

type Owner = Pick<PastEdit["target"], "level" | "id">;

/** By resource name of the budget: the one campaign whose own it is, or the shared budget itself. */
function ownersOf(campaigns: readonly CampaignRow[]): ReadonlyMap<string, Owner> {
  return new Map(
    feedsOf(campaigns).flatMap(({ row, feeds, shared }): [string, Owner][] => {
      if (shared) return [[row.resourceName, { level: "sharedBudget", id: row.id }]];
      return feeds.map(({ campaign }) => [row.resourceName, { level: "campaign", id: campaign.id }]);
    }),
  );
}

function editsIn(event: ChangeEvent, query: HistoryQuery, owners: ReadonlyMap<string, Owner>): PastEdit[] {
  // What nobody draws on any more is nothing that Palier could move.
  const owner = ownerOf(event, query.accountId, owners);
  return owner === null ? [] : changesIn(event).map((edit) => pastEdit(event, query, owner, edit));
}

/** A campaign that joins a shared budget or leaves it changes what that money is for, as much as a new amount does. */
function editsOfFeeds(
  event: ChangeEvent,
  query: HistoryQuery,
  owners: ReadonlyMap<string, Owner>,
): PastEdit[] {
  const names = [event.oldResource, event.newResource].map((one) => one?.campaign?.campaignBudget ?? "");
  return [...new Set(names)].flatMap((name) => {
    const owner = owners.get(name);
    return owner?.level === "sharedBudget" ? [pastEdit(event, query, owner, MOVED)] : [];
  });
}

function pastEdit(
  event: ChangeEvent,
  { accountId, zone, nowMs }: HistoryQuery,
  owner: Owner,
  edit: PastEdit["edit"],
): PastEdit {
  const at = instantOf(event.changeDateTime, zone);
  if (at === null) throw malformed(`Google tells a change of ${event.changeResourceName} without its time`);
  const via = event.clientType ?? null;
  return {
    target: { platform: "google", accountId, ...owner },
    atMs: Math.min(at, nowMs),
    // Google's own automation has no address.
    by: event.userEmail || via || "?",
    via,
    edit,
  };
}

function ownerOf(event: ChangeEvent, accountId: string, owners: ReadonlyMap<string, Owner>): Owner | null {
  const name = event.changeResourceName;
  if (event.changeResourceType === "CAMPAIGN_BUDGET") return owners.get(name) ?? null;
  const id = new RegExp(`^customers/${accountId}/campaigns/(\\d+)$`).exec(name)?.[1];
  return id === undefined ? null : { level: "campaign", id };
}

/** Creating something changes nothing that was there before. Only what changed stands in the old and the new resource. */
function changesIn(event: ChangeEvent): PastEdit["edit"][] {
  const { oldResource, newResource, changeResourceType, resourceChangeOperation } = event;
  if (resourceChangeOperation === "CREATE") return [];
  if (resourceChangeOperation === "REMOVE" && changeResourceType === "CAMPAIGN") {
    return [{ kind: "status", to: "removed" }];
  }
  const edits: PastEdit["edit"][] = [];
  const fromMicros = oldResource?.campaignBudget?.amountMicros ?? null;
  const toMicros = newResource?.campaignBudget?.amountMicros ?? null;
  if (fromMicros !== null || toMicros !== null) edits.push({ kind: "dailyBudget", fromMicros, toMicros });
  const moved = newResource?.campaign?.campaignBudget ?? oldResource?.campaign?.campaignBudget ?? null;
  if (moved !== null) edits.push(MOVED);
  const status = newResource?.campaign?.status ?? null;
  if (status !== null) edits.push({ kind: "status", to: statusOf(status) });
  return edits;
}
