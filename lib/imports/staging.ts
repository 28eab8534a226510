/** Where rows wait until every file was read, and come back in order: more of them than memory holds. */

/** One row of `insights.csv` on its way there; amounts in micros, days since 1970-01-01. */
export interface StagedInsight {
  /** Of the entity, by `insightKey`. */
  key: string;
  day: number;
  days: number;
  /** 0 for a row that the dataset has already; else the number of the table it comes from. */
  source: number;
  /** Where it stands: the number of the file, and the line in it. */
  file: number;
  line: number;
  spend: number | null;
  impressions: number | null;
  clicks: number | null;
  conversions: number | null;
  conversionValue: number | null;
  reach: number | null;
  videoViews: number | null;
  leads: number | null;
}

export const COUNTERS = [
  "spend",
  "impressions",
  "clicks",
  "conversions",
  "conversionValue",
  "reach",
  "videoViews",
  "leads",
] as const satisfies readonly (keyof StagedInsight)[];

export type Counter = (typeof COUNTERS)[number];

/** Groups of values by key: all of one key come back together. */
export type Bag = "attribute" | "order" | "refund" | "customer";

export interface Staging {
  insight(row: StagedInsight): void;
  /** By key, day, days, source, file and line. */
  insights(): Iterable<StagedInsight>;
  put(bag: Bag, key: string, value: unknown): void;
  /** By key; the values of one in the order in which they were put. */
  all(bag: Bag): Iterable<{ key: string; value: unknown }>;
}

/** The values of one key at a time. What is in a bag is what the caller put there. */
export function* groups<Value>(staging: Staging, bag: Bag): Iterable<{ key: string; values: Value[] }> {
  let group: { key: string; values: Value[] } | null = null;
  for (const { key, value } of staging.all(bag)) {
    if (group !== null && group.key !== key) yield group;
    if (group === null || group.key !== key) group = { key, values: [] };
    group.values.push(value as Value);
  }
  if (group !== null) yield group;
}
