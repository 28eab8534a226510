/** Rows in order to rows of a dataset: added up, completed, checked against their neighbours. */
import { MAX_MICROS } from "../dataset/cells.ts";
import { accountKey } from "../domain/ids.ts";
import { type Complaints, type Place, placeText } from "./complaints.ts";
import { dayText, keyParts } from "./keys.ts";
import { COUNTERS, type Counter, type StagedInsight } from "./staging.ts";

export interface InsightSources {
  /** How rows of a source are taken; by its number. */
  modes: ReadonlyMap<number, "once" | "sum">;
  placeOf(row: StagedInsight): Place;
  /** Accounts (by key) whose new conversions are no one thing. */
  forgotten: ReadonlySet<string>;
  /** First and last day (inclusive) with spend of an account, of everything staged. */
  spentOn(account: string): { from: number; to: number } | null;
}

export interface Merged {
  /** Rows of the dataset that others took the place of. */
  replaced: number;
  /** Rows without spend outside the days for which the import has spend. */
  left: number;
}

/** Yields the rows of the dataset in order. What is wrong is complained of, and the next row follows. */
export function* mergeInsights(
  rows: Iterable<StagedInsight>,
  sources: InsightSources,
  complaints: Complaints,
  merged: Merged,
): Iterable<StagedInsight> {
  let before: StagedInsight | null = null;
  for (const group of sameDay(rows)) {
    const row = settleGroup(group, sources, complaints, merged);
    if (row === null) continue;
    if (before !== null && before.key === row.key && before.day + before.days > row.day) {
      complainOfOverlap(before, row, sources, complaints);
    }
    before = row;
    yield row;
  }
}

function* sameDay(rows: Iterable<StagedInsight>): Iterable<StagedInsight[]> {
  let group: StagedInsight[] = [];
  for (const row of rows) {
    const [first] = group;
    if (first !== undefined && (first.key !== row.key || first.day !== row.day || first.days !== row.days)) {
      yield group;
      group = [];
    }
    group.push(row);
  }
  if (group.length > 0) yield group;
}

function settleGroup(
  group: readonly StagedInsight[],
  sources: InsightSources,
  complaints: Complaints,
  merged: Merged,
): StagedInsight | null {
  const [first] = group;
  if (first === undefined) return null;
  if (group.length === 1 && first.spend !== null) return forget(first, sources);
  const fresh = group.filter(({ source }) => source !== 0);
  merged.replaced += fresh.length === 0 ? 0 : group.length - fresh.length;
  const bySource = Map.groupBy(fresh.length === 0 ? group : fresh, ({ source }) => source);
  const added = [...bySource].map(([source, rows]) => addUp(rows, source, sources, complaints));
  const row = added.reduce((one, other) => complete(one, other, sources, complaints));
  if (row.spend !== null) return forget(row, sources);
  // A table without spend completes what the dataset has: it says nothing of it, least of all that it is 0.
  const kept = group.find(({ source }) => source === 0);
  if (kept !== undefined) return filled(forget(row, sources), kept);
  const spent = sources.spentOn(accountKey(keyParts(row.key)));
  if (spent === null || row.day < spent.from || row.day > spent.to) {
    merged.left += 1;
    return null;
  }
  // Its account's spend is known for that day, and the entity has none: an absent row is 0.
  return forget({ ...row, spend: 0 }, sources);
}

function addUp(
  rows: readonly StagedInsight[],
  source: number,
  sources: InsightSources,
  complaints: Complaints,
): StagedInsight {
  const [first, ...others] = rows as [StagedInsight, ...StagedInsight[]];
  if (others.length === 0) return first;
  const sum = { ...first };
  for (const row of others) {
    // Rows of two files are no parts of one day: files that overlap would count it twice.
    const isPart = sources.modes.get(source) === "sum" && row.file === first.file;
    if (!isPart) complainOfSecond(first, row, sources, complaints);
    for (const counter of COUNTERS) sum[counter] = plus(sum[counter], row[counter]);
  }
  // People are no sum of people.
  sum.reach = null;
  for (const counter of ["spend", "conversionValue"] as const) {
    if ((sum[counter] ?? 0) > Number(MAX_MICROS)) complainOfSum(first, counter, sources, complaints);
  }
  return sum;
}

/** Unknown and something is unknown. */
function plus(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}

function complete(
  one: StagedInsight,
  other: StagedInsight,
  sources: InsightSources,
  complaints: Complaints,
): StagedInsight {
  for (const counter of COUNTERS) {
    if (one[counter] === null || other[counter] === null || one[counter] === other[counter]) continue;
    complaints.add(sources.placeOf(other), {
      code: "import.saidTwice",
      path: counter,
      found: `${counter} of ${nameOf(other)} that differs from ${placeText(sources.placeOf(one))}`,
      allowed: "each figure once, or the same in every file",
      fix: "import the file that is right",
    });
  }
  return filled(one, other);
}

/** What `row` does not say, as `other` says it. */
function filled(row: StagedInsight, other: StagedInsight): StagedInsight {
  const whole = { ...row };
  for (const counter of COUNTERS) whole[counter] = row[counter] ?? other[counter];
  return whole;
}

function forget(row: StagedInsight, { forgotten }: InsightSources): StagedInsight {
  if (forgotten.size === 0 || row.source === 0 || !forgotten.has(accountKey(keyParts(row.key)))) return row;
  return { ...row, conversions: null, conversionValue: null };
}

function nameOf({ key, day }: StagedInsight): string {
  const { level, entityId } = keyParts(key);
  return `${level} ${entityId} on ${dayText(day)}`;
}

function complainOfSecond(
  first: StagedInsight,
  row: StagedInsight,
  sources: InsightSources,
  complaints: Complaints,
): void {
  complaints.add(sources.placeOf(row), {
    code: "import.duplicateRow",
    path: "",
    found: `a second row for ${nameOf(row)}`,
    allowed: `one row per entity and date; the first stands in ${placeText(sources.placeOf(first))}`,
    fix: "export each day once: no breakdown, no overlapping files, with the column of ids where two have one name",
  });
}

function complainOfOverlap(
  before: StagedInsight,
  row: StagedInsight,
  sources: InsightSources,
  complaints: Complaints,
): void {
  complaints.add(sources.placeOf(row), {
    code: "import.overlap",
    path: "",
    found: `a row of ${row.days} days for ${nameOf(row)}`,
    allowed: `rows that share no day; ${placeText(sources.placeOf(before))} covers ${dayText(before.day)} to ${dayText(before.day + before.days - 1)}`,
    fix: "export one period length for all days, or import into another folder",
  });
}

function complainOfSum(
  row: StagedInsight,
  counter: Counter,
  sources: InsightSources,
  complaints: Complaints,
): void {
  complaints.add(sources.placeOf(row), {
    code: "import.tooLarge",
    path: counter,
    found: `rows of ${nameOf(row)} that add up to more than 9 billion`,
    allowed: "sums below 2^53 micros (about 9 billion)",
    fix: "check the unit of the column: micros and major units differ by a million",
  });
}
