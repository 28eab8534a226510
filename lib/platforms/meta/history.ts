/**
 * Who changed which budget and which status, as the account's own list of activities tells it.
 * Source: Meta Marketing API, Ad Account Activities.
 */
import type { EntityStatus } from "../../domain/entity.ts";
import type { EntityLevel } from "../../domain/ids.ts";
import type { EditHistory, PastEdit } from "../../domain/snapshot.ts";
import { PlatformError } from "../errors.ts";
import { microsFromMinor } from "./currency.ts";
import { instantOrNull } from "./entities.ts";
import { failureOf, isMissingPermission, platformError } from "./errors.ts";
import { type ActivityRow, activityKindSchema, activitySchema, parseAnswer } from "./schemas.ts";
import type { ReadSession } from "./session.ts";

const ACTIVITY_FIELDS = "event_type,event_time,object_id,actor_id,actor_name,application_name,extra_data";

const MS_PER_SECOND = 1000;

interface EventWords {
  level: EntityLevel;
  kind: PastEdit["edit"]["kind"];
}

const EVENTS: ReadonlyMap<string, EventWords> = new Map([
  ["update_campaign_budget", { level: "campaign", kind: "dailyBudget" }],
  ["update_ad_set_budget", { level: "adGroup", kind: "dailyBudget" }],
  ["update_campaign_run_status", { level: "campaign", kind: "status" }],
  ["update_ad_set_run_status", { level: "adGroup", kind: "status" }],
]);

/** Activities spell states as Ads Manager shows them, edits as the API takes them. */
const STATUSES: ReadonlyMap<string, EntityStatus> = new Map([
  ["active", "active"],
  ["inactive", "paused"],
  ["paused", "paused"],
  ["deleted", "removed"],
]);

export interface HistoryQuery {
  accountId: string;
  currency: string;
  fromMs: number;
  nowMs: number;
}

/**
 * Edits of campaigns and ad sets since `fromMs`, oldest first; null where this token may not read the list.
 * @throws PlatformError
 */
export async function readHistory(
  session: ReadSession,
  { accountId, currency, fromMs, nowMs }: HistoryQuery,
): Promise<EditHistory | null> {
  // One list of everything: filtered by category it would be asked for twice. Without dates Meta answers for a week.
  const params = {
    fields: ACTIVITY_FIELDS,
    since: Math.floor(fromMs / MS_PER_SECOND),
    until: Math.floor(nowMs / MS_PER_SECOND) + 1,
  };
  const rows = await session
    .list({ path: [`act_${accountId}`, "activities"], params, range: null })
    .catch((error: unknown) => {
      if (error instanceof PlatformError && isMissingPermission(error.details)) return null;
      throw error;
    });
  if (rows === null) return null;
  const edits = rows.flatMap((row) => {
    const words = EVENTS.get(parseAnswer(activityKindSchema, row, "an activity").event_type);
    if (words === undefined) return [];
    const activity = parseAnswer(activitySchema, row, "an activity");
    return pastEdit(activity, words, { accountId, currency });
  });
  // Meta lists the newest first, so edits of one second are in order once the list is turned around.
  const oldestFirst = edits.reverse().sort((a, b) => a.atMs - b.atMs);
  return { fromMs, edits: oldestFirst.filter(({ atMs }) => atMs >= fromMs) };
}

function pastEdit(
  row: ActivityRow,
  { level, kind }: EventWords,
  { accountId, currency }: { accountId: string; currency: string },
): PastEdit {
  const atMs = instantOrNull(row.event_time);
  if (atMs === null) {
    throw platformError(failureOf("malformed", `Meta tells a change of ${row.object_id} without its time`));
  }
  return {
    target: { platform: "meta", accountId, level, id: row.object_id },
    atMs,
    by: row.actor_name ?? row.actor_id ?? "?",
    via: row.application_name ?? null,
    edit: kind === "status" ? { kind, to: statusIn(row.extra_data) } : budgetsIn(row.extra_data, currency),
  };
}

/** What an activity changed is a text whose format Meta does not publish: what cannot be read is unknown, still a change. */
function budgetsIn(text: string | null | undefined, currency: string): PastEdit["edit"] {
  const data = parsedOrNull(text);
  const micros = (key: string) => {
    const minorUnits = amountIn(fieldOf(data, key), key);
    return minorUnits === null ? null : microsFromMinor(minorUnits, currency);
  };
  return { kind: "dailyBudget", fromMicros: micros("old_value"), toMicros: micros("new_value") };
}

function statusIn(text: string | null | undefined): EntityStatus {
  const to = fieldOf(parsedOrNull(text), "new_value");
  return STATUSES.get(typeof to === "string" ? to.toLowerCase() : "") ?? "other";
}

/** The integer in a number, in a text, under the same key again, or the only one in an object; else null. */
function amountIn(value: unknown, key: string): bigint | null {
  if (typeof value !== "object" || value === null) return integerOf(value);
  const same = fieldOf(value, key);
  if (same !== undefined) return integerOf(same);
  const [amount = null, ...others] = Object.values(value)
    .map(integerOf)
    .filter((found) => found !== null);
  return others.length === 0 ? amount : null;
}

function integerOf(value: unknown): bigint | null {
  if (typeof value === "string" && /^\d{1,15}$/.test(value)) return BigInt(value);
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? BigInt(value) : null;
}

function parsedOrNull(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
