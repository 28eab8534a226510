/** Rows of each level of an account: its own, or those of the level below put together by what they belong to. */
import type { DatasetEntity } from "../../dataset/types.ts";
import { daysBetween } from "../../domain/day.ts";
import type { Insight, InsightLevel } from "../../domain/snapshot.ts";
import { lastDayOf } from "./period.ts";

export interface AccountRows {
  accountId: string;
  /** Of the whole period, at the levels that have rows of their own. */
  rows: readonly Insight[];
  /** Levels with rows of their own, on whatever days. */
  levels: readonly InsightLevel[];
  entities: readonly DatasetEntity[];
}

const BELOW = { campaign: "adGroup", adGroup: "ad", ad: null } as const;
const TOP_DOWN = ["campaign", "adGroup", "ad"] as const;

/** Null where the account's rows do not say: at a level below all of them, or where one of them belongs to nobody knows whom. */
export function rowsAt(account: AccountRows, level: InsightLevel): readonly Insight[] | null {
  if (account.levels.includes(level)) return account.rows.filter((row) => row.level === level);
  if (level === "account") {
    const source = TOP_DOWN.find((one) => account.levels.includes(one));
    return source === undefined ? [] : rolledUp(account, source, "account", () => account.accountId);
  }
  // An account without a row has delivered nothing, at whatever level.
  if (account.levels.length === 0) return [];
  const below = BELOW[level];
  if (below === null) return null;
  const parents = new Map(
    account.entities.filter((entity) => entity.level === below).map(({ id, parentId }) => [id, parentId]),
  );
  return rolledUp(account, below, level, (id) => parents.get(id) ?? null);
}

function rolledUp(
  account: AccountRows,
  from: InsightLevel,
  level: InsightLevel,
  parentOf: (id: string) => string | null,
): readonly Insight[] | null {
  const rows = rowsAt(account, from);
  if (rows === null) return null;
  const sums = new Map<string, Insight>();
  for (const row of rows) {
    const entityId = parentOf(row.entityId);
    if (entityId === null) return null;
    const key = `${row.day} ${row.days ?? 1} ${entityId}`;
    const before = sums.get(key);
    sums.set(key, before === undefined ? asRowOf(row, level, entityId) : sumOf(before, row));
  }
  const summed = [...sums.values()];
  return overlap(summed) ? null : summed;
}

/** People reached by two ads may be the same ones, so reach goes no further up. */
function asRowOf({ reach: _, ...row }: Insight, level: InsightLevel, entityId: string): Insight {
  return { ...row, level, entityId };
}

function sumOf(a: Insight, b: Insight): Insight {
  const videoViews = plus(a.videoViews ?? null, b.videoViews ?? null);
  const leads = plus(a.leads ?? null, b.leads ?? null);
  const { videoViews: _, leads: __, ...rest } = a;
  const [valueA, valueB] = [a.conversionValueMicros, b.conversionValueMicros];
  return {
    ...rest,
    spendMicros: a.spendMicros + b.spendMicros,
    impressions: plus(a.impressions, b.impressions),
    clicks: plus(a.clicks, b.clicks),
    linkClicks: plus(a.linkClicks, b.linkClicks),
    conversions: plus(a.conversions, b.conversions),
    conversionValueMicros: valueA === null || valueB === null ? null : valueA + valueB,
    ...(videoViews !== null && { videoViews }),
    ...(leads !== null && { leads }),
  };
}

/** A sum with an unknown part is unknown. */
function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

/** Weeks of one ad beside days of another: put together, they would be neither. */
function overlap(rows: readonly Insight[]): boolean {
  if (rows.every(({ days }) => days === undefined)) return false;
  const ends = new Map<string, string>();
  return rows
    .toSorted((a, b) => daysBetween(b.day, a.day))
    .some((row) => {
      const end = ends.get(row.entityId);
      ends.set(row.entityId, lastDayOf(row));
      return end !== undefined && row.day <= end;
    });
}
