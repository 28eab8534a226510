/** Keys that sort as the rows of a dataset do: platform, account, level, entity. */
import { addDays, type Day } from "../domain/day.ts";
import type { AccountRef } from "../domain/ids.ts";
import type { InsightLevel } from "../domain/snapshot.ts";

/** Sorts before everything that an id may hold. */
const BETWEEN = "\u001f";
const LEVELS = ["account", "campaign", "adGroup", "ad"] as const satisfies readonly InsightLevel[];
const texts = new Map<number, Day>();

export interface InsightKey extends AccountRef {
  level: InsightLevel;
  entityId: string;
}

export function insightKey({ platform, accountId, level, entityId }: InsightKey): string {
  return `${platform}${BETWEEN}${accountId}${BETWEEN}${LEVELS.indexOf(level)}${BETWEEN}${entityId}`;
}

export function keyParts(key: string): InsightKey {
  const [platform = "", accountId = "", level = "0", entityId = ""] = key.split(BETWEEN);
  return { platform, accountId, level: LEVELS[Number(level)] ?? "account", entityId };
}

/** From days since 1970-01-01. */
export function dayText(number: number): Day {
  const known = texts.get(number) ?? addDays("1970-01-01", number);
  texts.set(number, known);
  return known;
}
