/** Daily insights: one series of requests per level, never one per entity. Source: Meta Marketing API, Insights. */
import type { BrandAccount } from "../../domain/brand.ts";
import type { Day } from "../../domain/day.ts";
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

export interface InsightQuery {
  account: BrandAccount;
  /** The one action type that counts. */
  conversion: string;
  attribution: Attribution;
  level: InsightLevel;
  from: Day;
  to: Day;
}

/**
 * All rows of one level, by entity and day.
 * @throws PlatformError `malformed` for rows of another account or day, and for two of one entity and day.
 */
export async function readInsights(session: ReadSession, query: InsightQuery): Promise<Insight[]> {
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
  const insights = rows.map((row) => insightFrom(parseAnswer(insightSchema, row, what), words, query, what));
  refuseDuplicates(insights, what);
  return insights;
}

function insightFrom(row: InsightRow, words: LevelWords, query: InsightQuery, what: string): Insight {
  const entityId = row[words.idField];
  const { account, conversion, attribution, level } = query;
  if (row.account_id !== account.accountId || entityId === undefined) {
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
  const { keys } = attribution;
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

function refuseDuplicates(insights: readonly Insight[], what: string): void {
  const seen = new Set<string>();
  for (const { entityId, day } of insights) {
    const key = `${entityId} ${day}`;
    if (seen.has(key))
      throw platformError(failureOf("malformed", `Meta answered ${what} twice for ${entityId} on ${day}`));
    seen.add(key);
  }
}
