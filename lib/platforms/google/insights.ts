/**
 * Daily insights: two queries per level, because Google tells neither cost nor clicks by conversion action.
 * Source: Google Ads API v25, Metrics and Segments.
 */
import type { Day } from "../../domain/day.ts";
import { microsFromMajor } from "../../domain/money.ts";
import type { Insight, InsightLevel } from "../../domain/snapshot.ts";
import type { Counted } from "./conversions.ts";
import { literal } from "./gaql.ts";
import { compareIds, compareText } from "./order.ts";
import {
  type ConversionMetrics,
  type ConversionsRow,
  conversionsSchema,
  type DeliveryRow,
  deliverySchema,
  malformed,
  parseRows,
  refuseDuplicates,
  refuseStrangers,
} from "./schemas.ts";
import type { ReadSession } from "./session.ts";

const MICROS_PER_CONVERSION = 1_000_000;

type InsightRow = DeliveryRow | ConversionsRow;

/** Google tells every figure: what it leaves out is zero. */
interface CountedInsight extends Insight {
  conversions: number;
  conversionValueMicros: bigint;
}

interface LevelWords {
  /** Google's resource of the level. */
  resource: string;
  idOf(row: InsightRow): string | undefined;
}

/** Not of single ads, whose rows outnumber all others. */
const LEVEL_WORDS: Readonly<Record<Exclude<InsightLevel, "ad">, LevelWords>> = {
  account: { resource: "customer", idOf: (row) => row.customer.id },
  campaign: { resource: "campaign", idOf: (row) => row.campaign?.id },
  adGroup: { resource: "ad_group", idOf: (row) => row.adGroup?.id },
};

type OfferedLevel = keyof typeof LEVEL_WORDS;

/** Those of the levels whose insights are read, each once. */
export function offeredOf(levels: readonly InsightLevel[]): OfferedLevel[] {
  return [...new Set(levels)].filter((level) => level !== "ad");
}

const PLAIN_COLUMNS = [
  "metrics.conversions",
  "metrics.conversions_value",
  "metrics.conversions_by_conversion_date",
  "metrics.conversions_value_by_conversion_date",
];
const ALL_COLUMNS = PLAIN_COLUMNS.map((column) => column.replace("metrics.", "metrics.all_"));

export interface InsightQuery {
  accountId: string;
  counted: Counted;
  level: OfferedLevel;
  from: Day;
  to: Day;
}

/**
 * All rows of one level, by entity and day.
 * @throws PlatformError `malformed` for rows of another account, day or action, and for two of one entity and day.
 */
export async function readInsights(session: ReadSession, query: InsightQuery): Promise<Insight[]> {
  const words = LEVEL_WORDS[query.level];
  const { columns, own, claims } = query.counted;
  const insights = new Map<string, CountedInsight>();
  for (const row of await readDelivery(session, query, words)) {
    const insight = insightOf(insights, query, words, row);
    insight.spendMicros = row.metrics.costMicros;
    insight.impressions = row.metrics.impressions;
    insight.clicks = row.metrics.clicks;
    // Every click of Google's leads somewhere: it knows no other kind.
    insight.linkClicks = row.metrics.clicks;
  }
  for (const row of await readConversions(session, query, words)) {
    const insight = insightOf(insights, query, words, row);
    const name = row.segments.conversionActionName;
    const figures = columns.get(name) === true ? plainFigures(row.metrics) : allFigures(row.metrics);
    if (own.includes(name)) addConversions(insight, figures);
    for (const { key, names } of claims) if (names.includes(name)) addClaim(insight, key, figures);
  }
  return [...insights.values()].sort(
    (a, b) => compareIds(a.entityId, b.entityId) || compareText(a.day, b.day),
  );
}

/**
 * The account's rows and its campaigns', removed ones included, are about the same money. On a day on which only one of the two
 * has any, the other's answer is not whole, and MER or a campaign's CPA would look better than it is.
 * @throws PlatformError `malformed`
 */
export function refuseHalfTold(insights: readonly Insight[]): void {
  const daysOf = (level: InsightLevel) =>
    new Set(insights.filter((row) => row.level === level && row.spendMicros > 0n).map(({ day }) => day));
  const ofAccount = daysOf("account");
  const ofCampaigns = daysOf("campaign");
  const day = [...ofAccount, ...ofCampaigns].find((one) => ofAccount.has(one) !== ofCampaigns.has(one));
  if (day === undefined) return;
  const [told, silent] = ofAccount.has(day) ? ["account", "campaigns"] : ["campaigns", "account"];
  throw malformed(`Google tells of spend on ${day} by ${told} and of none by ${silent}`);
}

async function readDelivery(
  session: ReadSession,
  query: InsightQuery,
  words: LevelWords,
): Promise<DeliveryRow[]> {
  const what = `delivery by ${words.resource}`;
  const metrics = ["metrics.cost_micros", "metrics.impressions", "metrics.clicks"];
  const rows = parseRows(deliverySchema, await session.query(gaqlOf(query, words, metrics)), what);
  check(rows, query, what);
  refuseDuplicates(
    rows.map((row) => `${words.idOf(row)} on ${row.segments.date}`),
    what,
  );
  return rows;
}

async function readConversions(
  session: ReadSession,
  query: InsightQuery,
  words: LevelWords,
): Promise<ConversionsRow[]> {
  const what = `conversions by ${words.resource}`;
  const { columns } = query.counted;
  const wanted = [...columns.values()];
  const fields = [
    "segments.conversion_action_name",
    ...(wanted.includes(true) ? PLAIN_COLUMNS : []),
    ...(wanted.includes(false) ? ALL_COLUMNS : []),
  ];
  const names = [...columns.keys()].map(literal).join(", ");
  const gaql = `${gaqlOf(query, words, fields)} AND segments.conversion_action_name IN (${names})`;
  const rows = parseRows(conversionsSchema, await session.query(gaql), what);
  check(rows, query, what);
  const other = rows.find((row) => !columns.has(row.segments.conversionActionName));
  if (other !== undefined) throw malformed(`Google answered ${what} for an action that was not asked for`);
  refuseDuplicates(
    rows.map((row) => `${words.idOf(row)} on ${row.segments.date} (${row.segments.conversionActionName})`),
    what,
  );
  return rows;
}

function gaqlOf(query: InsightQuery, { resource }: LevelWords, fields: readonly string[]): string {
  const ids = resource === "customer" ? ["customer.id"] : ["customer.id", `${resource}.id`];
  const select = [...ids, "segments.date", ...fields].join(", ");
  return `SELECT ${select} FROM ${resource} WHERE segments.date BETWEEN '${query.from}' AND '${query.to}'`;
}

function check(rows: readonly InsightRow[], { accountId, from, to }: InsightQuery, what: string): void {
  refuseStrangers(rows, accountId, what);
  const outside = rows.find(({ segments }) => segments.date < from || segments.date > to);
  if (outside === undefined) return;
  throw malformed(`Google answered ${what} for ${outside.segments.date} where ${from} to ${to} was asked`);
}

/** Conversions stand on days without any delivery too, so either query may be the first to name a day. */
function insightOf(
  insights: Map<string, CountedInsight>,
  { level }: InsightQuery,
  words: LevelWords,
  row: InsightRow,
): CountedInsight {
  const entityId = words.idOf(row);
  if (entityId === undefined)
    throw malformed(`Google answered insights by ${words.resource} with a row of none`);
  const day = row.segments.date;
  const key = `${entityId} ${day}`;
  const insight = insights.get(key) ?? emptyInsight(level, entityId, day);
  insights.set(key, insight);
  return insight;
}

function emptyInsight(level: InsightLevel, entityId: string, day: Day): CountedInsight {
  return {
    level,
    entityId,
    day,
    spendMicros: 0n,
    impressions: 0,
    clicks: 0,
    linkClicks: 0,
    conversions: 0,
    conversionValueMicros: 0n,
    onConversionDay: { conversions: 0, conversionValueMicros: 0n },
  };
}

interface Figures {
  conversions: number;
  value: number;
  conversionsOnDay: number;
  valueOnDay: number;
}

function plainFigures(metrics: ConversionMetrics): Figures {
  return {
    conversions: metrics.conversions,
    value: metrics.conversionsValue,
    conversionsOnDay: metrics.conversionsByConversionDate,
    valueOnDay: metrics.conversionsValueByConversionDate,
  };
}

function allFigures(metrics: ConversionMetrics): Figures {
  return {
    conversions: metrics.allConversions,
    value: metrics.allConversionsValue,
    conversionsOnDay: metrics.allConversionsByConversionDate,
    valueOnDay: metrics.allConversionsValueByConversionDate,
  };
}

function addConversions(insight: CountedInsight, figures: Figures): void {
  const onDay = insight.onConversionDay ?? { conversions: 0, conversionValueMicros: 0n };
  insight.conversions = sumOf(insight.conversions, figures.conversions);
  insight.conversionValueMicros += microsFromMajor(figures.value);
  insight.onConversionDay = {
    conversions: sumOf(onDay.conversions, figures.conversionsOnDay),
    conversionValueMicros: onDay.conversionValueMicros + microsFromMajor(figures.valueOnDay),
  };
}

/** By the day of the click, as the plain columns. */
function addClaim(insight: CountedInsight, key: string, { conversions, value }: Figures): void {
  const before = insight.claims?.[key] ?? { conversions: 0, conversionValueMicros: 0n };
  const after = {
    conversions: sumOf(before.conversions, conversions),
    conversionValueMicros: before.conversionValueMicros + microsFromMajor(value),
  };
  insight.claims = { ...insight.claims, [key]: after };
}

/** Added as whole millionths, so that 0.1 and 0.2 are 0.3. */
function sumOf(a: number, b: number): number {
  return Number(microsFromMajor(a) + microsFromMajor(b)) / MICROS_PER_CONVERSION;
}
