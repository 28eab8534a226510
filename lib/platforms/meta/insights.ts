/** Daily insights: one series of requests per level, never one per entity. Source: Meta Marketing API, Insights. */
import type { Day } from "../../domain/day.ts";
import type { AccountRef } from "../../domain/ids.ts";
import type { Insight, InsightLevel } from "../../domain/snapshot.ts";
import { type AskedClaim, type Attribution, actionMicros, attributionParams } from "./attribution.ts";
import { failureOf, platformError } from "./errors.ts";
import { type InsightRow, insightSchema, parseAnswer } from "./schemas.ts";
import type { ReadSession } from "./session.ts";

const COUNTER_FIELDS =
  "spend,impressions,clicks,inline_link_clicks,actions,action_values,date_start,date_stop,account_id";

const MICROS_PER_CONVERSION = 1_000_000;

export interface LevelWords {
  /** Meta's word for the level. */
  level: string;
  /** The row's field that names the entity. */
  idField: "account_id" | "campaign_id" | "adset_id";
}

/** Not of single ads, whose rows outnumber all others. */
const LEVEL_WORDS: Readonly<Record<Exclude<InsightLevel, "ad">, LevelWords>> = {
  account: { level: "account", idField: "account_id" },
  campaign: { level: "campaign", idField: "campaign_id" },
  adGroup: { level: "adset", idField: "adset_id" },
};

type OfferedLevel = keyof typeof LEVEL_WORDS;

export function wordsOf(level: OfferedLevel): LevelWords {
  return LEVEL_WORDS[level];
}

/** Those of the levels whose insights are read, each once. */
export function offeredOf(levels: readonly InsightLevel[]): OfferedLevel[] {
  return [...new Set(levels)].filter((level) => level !== "ad");
}

interface RowQuery {
  account: AccountRef;
  level: OfferedLevel;
  from: Day;
  to: Day;
}

export interface InsightQuery extends RowQuery {
  attribution: Attribution;
  /** The one action type that counts. */
  conversion: string;
  claims: readonly AskedClaim[];
}

/**
 * All rows of one level, by entity and day.
 * @throws PlatformError `malformed` for rows of another account or day, and for two of one entity and day.
 */
export async function readInsights(session: ReadSession, query: InsightQuery): Promise<Insight[]> {
  const attributions = [query.attribution, ...query.claims.map(({ attribution }) => attribution)];
  const rows = await readRows(session, query, attributions);
  return rows.map(({ row, entityId }) => insightFrom(row, entityId, query));
}

export interface ActionSums {
  countMicros: bigint;
  valueMicros: bigint;
}

/** What each action type of the account adds up to over the days. @throws PlatformError, `malformed` as above. */
export async function readActionSums(
  session: ReadSession,
  query: Omit<RowQuery, "level"> & { attribution: Attribution },
): Promise<Map<string, ActionSums>> {
  const sums = new Map<string, ActionSums>();
  const { attribution } = query;
  const { keys } = attribution;
  for (const { row } of await readRows(session, { ...query, level: "account" }, [attribution])) {
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
  attributions: readonly Attribution[],
): Promise<{ row: InsightRow; entityId: string }[]> {
  const words = wordsOf(query.level);
  const rows = await session.list({
    path: [`act_${query.account.accountId}`, "insights"],
    params: {
      level: words.level,
      time_increment: 1,
      fields: words.idField === "account_id" ? COUNTER_FIELDS : `${COUNTER_FIELDS},${words.idField}`,
      ...attributionParams(attributions),
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
  { level, conversion, attribution: { keys }, claims }: InsightQuery,
): Insight {
  const counted = claimsIn(row, claims);
  return {
    level,
    entityId,
    day: row.date_start,
    spendMicros: row.spend,
    impressions: row.impressions,
    clicks: row.clicks ?? 0,
    linkClicks: row.inline_link_clicks ?? 0,
    ...countedIn(row, conversion, keys),
    ...(counted.length > 0 && { claims: Object.fromEntries(counted) }),
  };
}

function countedIn(row: InsightRow, type: string, keys: readonly string[]) {
  return {
    conversions: Number(actionMicros(row.actions ?? [], type, keys)) / MICROS_PER_CONVERSION,
    conversionValueMicros: actionMicros(row.action_values ?? [], type, keys),
  };
}

/** By key; none of a kind that has neither a count nor a value, for absent is 0. */
function claimsIn(row: InsightRow, claims: readonly AskedClaim[]) {
  return claims
    .map(({ key, type, attribution }) => [key, countedIn(row, type, attribution.keys)] as const)
    .filter(
      ([, { conversions, conversionValueMicros }]) => conversions !== 0 || conversionValueMicros !== 0n,
    );
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
