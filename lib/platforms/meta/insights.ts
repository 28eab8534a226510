/** Daily insights: one series of requests per level, never one per entity. Source: Meta Marketing API, Insights. */
import type { Day } from "../../domain/day.ts";
import type { AccountRef } from "../../domain/ids.ts";
import type { Insight, InsightLevel } from "../../domain/snapshot.ts";
import { type Attribution, actionMicros } from "./attribution.ts";
import { failureOf, platformError } from "./errors.ts";
import { type InsightRow, insightSchema, parseAnswer } from "./schemas.ts";
import type { ReadSession } from "./session.ts";

const COUNTER_FIELDS =
  "spend,impressions,clicks,inline_link_clicks,actions,action_values,date_start,date_stop,account_id";

const MICROS_PER_CONVERSION = 1_000_000;

interface LevelWords {
  /** Meta's word for the level. */
  level: string;
  /** The row's field that names the entity. */
  idField: "account_id" | "campaign_id" | "adset_id";
}

const LEVEL_WORDS: Readonly<Record<InsightLevel, LevelWords | null>> = {
  account: { level: "account", idField: "account_id" },
  campaign: { level: "campaign", idField: "campaign_id" },
  adGroup: { level: "adset", idField: "adset_id" },
  // No rule can look at single ads yet, and their rows outnumber all others.
  ad: null,
};

interface RowQuery {
  account: AccountRef;
  attribution: Attribution;
  level: InsightLevel;
  from: Day;
  to: Day;
}

export interface InsightQuery extends RowQuery {
  /** The one action type that counts. */
  conversion: string;
}

/**
 * All rows of one level, by entity and day.
 * @throws PlatformError `malformed` for rows of another account or day, and for two of one entity and day.
 */
export async function readInsights(session: ReadSession, query: InsightQuery): Promise<Insight[]> {
  return (await readRows(session, query)).map(({ row, entityId }) => insightFrom(row, entityId, query));
}

export interface ActionSums {
  countMicros: bigint;
  valueMicros: bigint;
}

/** What each action type of the account adds up to over the days. @throws PlatformError, `malformed` as above. */
export async function readActionSums(
  session: ReadSession,
  query: Omit<RowQuery, "level">,
): Promise<Map<string, ActionSums>> {
  const sums = new Map<string, ActionSums>();
  const { keys } = query.attribution;
  for (const { row } of await readRows(session, { ...query, level: "account" })) {
    const [actions, values] = [row.actions ?? [], row.action_values ?? []];
    for (const type of new Set([...actions, ...values].map(({ action_type }) => action_type))) {
      const before = sums.get(type) ?? { countMicros: 0n, valueMicros: 0n };
      sums.set(type, {
        countMicros: before.countMicros + actionMicros(actions, type, keys),
        valueMicros: before.valueMicros + actionMicros(values, type, keys),
      });
    }
  }
  return sums;
}

/** Rows of the account, level and days asked for, each once. */
async function readRows(
  session: ReadSession,
  query: RowQuery,
): Promise<{ row: InsightRow; entityId: string }[]> {
  const words = LEVEL_WORDS[query.level];
  if (words === null) {
    throw platformError(failureOf("invalid", `insights of level "${query.level}" are not read from Meta`));
  }
  const rows = await session.list({
    path: [`act_${query.account.accountId}`, "insights"],
    params: {
      level: words.level,
      time_increment: 1,
      fields: words.idField === "account_id" ? COUNTER_FIELDS : `${COUNTER_FIELDS},${words.idField}`,
      ...query.attribution.params,
    },
    range: { from: query.from, to: query.to },
  });
  const what = `insights by ${words.level}`;
  const checked = rows.map((row) => checkedRow(parseAnswer(insightSchema, row, what), words, query, what));
  refuseDuplicates(checked, what);
  return checked;
}

function checkedRow(row: InsightRow, words: LevelWords, query: RowQuery, what: string) {
  const entityId = row[words.idField];
  if (row.account_id !== query.account.accountId || entityId === undefined) {
    throw platformError(
      failureOf("malformed", `Meta answered ${what} with a row of another account or of no entity`),
    );
  }
  if (row.date_start !== row.date_stop || row.date_start < query.from || row.date_start > query.to) {
    const found = `${row.date_start} to ${row.date_stop}`;
    const asked = `${query.from} to ${query.to}`;
    throw platformError(
      failureOf("malformed", `Meta answered ${what} for ${found} where single days of ${asked} were asked`),
    );
  }
  return { row, entityId };
}

function insightFrom(
  row: InsightRow,
  entityId: string,
  { level, conversion, attribution: { keys } }: InsightQuery,
): Insight {
  return {
    level,
    entityId,
    day: row.date_start,
    spendMicros: row.spend,
    impressions: row.impressions,
    clicks: row.clicks ?? 0,
    linkClicks: row.inline_link_clicks ?? 0,
    conversions: Number(actionMicros(row.actions ?? [], conversion, keys)) / MICROS_PER_CONVERSION,
    conversionValueMicros: actionMicros(row.action_values ?? [], conversion, keys),
  };
}

function refuseDuplicates(rows: readonly { row: InsightRow; entityId: string }[], what: string): void {
  const seen = new Set<string>();
  for (const { row, entityId } of rows) {
    const day = row.date_start;
    const key = `${entityId} ${day}`;
    if (seen.has(key))
      throw platformError(failureOf("malformed", `Meta answered ${what} twice for ${entityId} on ${day}`));
    seen.add(key);
  }
}
