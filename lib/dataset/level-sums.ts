/**
 * Spend of each level of an account, held against the level below it. Figures of an account are those of its highest level
 * with rows: where those lack days or entities that the level below has, they would be too small and look like none.
 */
import { addDays } from "../domain/day.ts";
import { accountKey } from "../domain/ids.ts";
import { majorFromMicros } from "../domain/money.ts";
import { type InsightLevel, insightLevelSchema } from "../domain/snapshot.ts";
import { numberOf } from "./cells.ts";
import type { Complaints } from "./complaints.ts";
import type { AccountSlot, EntitySlot } from "./register.ts";

/** What rounding may make of a row, and what platforms correct between two exports. */
const CENT_MICROS = 10_000;
const CORRECTED_SHARE = 0.01;
/** More than any row covers. */
const MAX_DAYS = 4096;

interface Sum {
  spend: number;
  rows: number;
}

interface Segment {
  from: number;
  to: number;
  above: Sum;
  below: Sum;
}

export interface LevelSums {
  add(
    row: { account: AccountSlot; level: InsightLevel; entity: EntitySlot },
    days: Days,
    spend: bigint,
  ): void;
  check(file: string, found: Complaints): void;
}

interface Days {
  date: string;
  days: number;
}

interface AccountSums {
  /** By level, and first day and number of days in one number. */
  days: Map<InsightLevel, Map<number, Sum>>;
  entities: Map<InsightLevel, Map<string, Sum>>;
}

export function levelSums(): LevelSums {
  const accounts = new Map<AccountSlot, AccountSums>();
  return {
    add({ account, level, entity }, { date, days }, spend) {
      const sums = slotOf(accounts, account, () => ({ days: new Map(), entities: new Map() }));
      const key = numberOf(date) * MAX_DAYS + days;
      plus(
        slotOf(sums.days, level, () => new Map<number, Sum>()),
        key,
        { spend: Number(spend), rows: 1 },
      );
      plus(
        slotOf(sums.entities, level, () => new Map<string, Sum>()),
        entity.id,
        { spend: Number(spend), rows: 1 },
      );
    },
    check(file, found) {
      for (const [account, sums] of accounts) {
        const levels = insightLevelSchema.options.filter((level) => sums.days.has(level));
        for (const [index, below] of levels.slice(1).entries()) {
          const pair = { account, sums, above: levels[index] ?? "account", below };
          const wrong = lackingDays(pair) ?? lackingEntity(pair);
          if (wrong === null) continue;
          found.add({
            ...{ code: "dataset.levels", file, line: null, path: "level", found: wrong },
            allowed: `at level ${pair.above} at least what level ${below} has spent: figures of the account are those of its highest level`,
            fix: "export both levels for the same days and without a filter, or keep one of them in a folder of its own",
          });
        }
      }
    },
  };
}

interface Pair {
  account: AccountSlot;
  sums: AccountSums;
  above: InsightLevel;
  below: InsightLevel;
}

function lackingDays({ account, sums, above, below }: Pair): string | null {
  const segments = segmentsOf(sums.days.get(above) ?? new Map(), sums.days.get(below) ?? new Map());
  const lacking = segments.filter((segment) => isLess(segment.above, segment.below));
  const [first] = lacking;
  if (first === undefined) return null;
  const [from, to] = [first.from, first.to].map((day) => addDays("1970-01-01", day));
  const more = lacking.length === 1 ? "" : `, and more on ${lacking.length - 1} other days`;
  const told = `spend of ${amount(first.below)} at level ${below} of ${accountKey(account)} and of ${amount(first.above)} at level ${above}`;
  return `${told} on ${from}${from === to ? "" : ` to ${to}`}${more}`;
}

/** An entity whose children have spent more than itself, in all of its days. */
function lackingEntity({ account, sums, above, below }: Pair): string | null {
  if (above === "account") return null;
  const parents = new Map<string, Sum>();
  for (const [id, sum] of sums.entities.get(below) ?? []) {
    const parent = parentAt(account, above, below, id);
    if (parent !== null) plus(parents, parent, sum);
  }
  for (const [id, sum] of parents) {
    const own = sums.entities.get(above)?.get(id) ?? { spend: 0, rows: 0 };
    if (!isLess(own, sum)) continue;
    return `spend of ${amount(sum)} at level ${below} under ${above} ${id} of ${accountKey(account)}, which itself has ${amount(own)}`;
  }
  return null;
}

function parentAt(account: AccountSlot, above: InsightLevel, below: InsightLevel, id: string): string | null {
  if (below === above) return id;
  if (below === "account" || below === "campaign") return null;
  const parent = account.entities[below].get(id)?.own?.entity.parentId ?? null;
  return parent === null ? null : parentAt(account, above, below === "ad" ? "adGroup" : "campaign", parent);
}

/** Days that no row of either level reaches out of. */
function segmentsOf(above: ReadonlyMap<number, Sum>, below: ReadonlyMap<number, Sum>): Segment[] {
  const rows = [
    ...[...above].map(([key, sum]) => ({ key, side: "above" as const, sum })),
    ...[...below].map(([key, sum]) => ({ key, side: "below" as const, sum })),
  ].sort((a, b) => a.key - b.key);
  const segments: Segment[] = [];
  for (const { key, side, sum } of rows) {
    const from = Math.floor(key / MAX_DAYS);
    const to = from + (key % MAX_DAYS) - 1;
    let last = segments.at(-1);
    if (last === undefined || from > last.to) {
      last = { from, to, above: { spend: 0, rows: 0 }, below: { spend: 0, rows: 0 } };
      segments.push(last);
    }
    last.to = Math.max(last.to, to);
    last[side].spend += sum.spend;
    last[side].rows += sum.rows;
  }
  return segments;
}

function isLess(above: Sum, below: Sum): boolean {
  const slack = (above.rows + below.rows) * CENT_MICROS + above.spend * CORRECTED_SHARE;
  return below.spend > above.spend + slack;
}

function plus<Key>(sums: Map<Key, Sum>, key: Key, { spend, rows }: Sum): void {
  const sum = slotOf(sums, key, () => ({ spend: 0, rows: 0 }));
  sum.spend += spend;
  sum.rows += rows;
}

function slotOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function amount({ spend }: Sum): string {
  return majorFromMicros(BigInt(spend));
}
