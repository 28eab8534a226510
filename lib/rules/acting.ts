/** What Palier does not act on yet, and in which nights it looks at a rule: planner and lint go by the same. */
import { type Day, weekdayOf } from "../domain/day.ts";
import { type Rule, WEEKDAYS, type Weekday } from "./types.ts";

export type NotActed = "ads" | "byDay" | "allocate" | "assign";

/** Why nothing is done by the rule, whatever it finds; null for all that Palier acts on. */
export function notActedYet({
  appliesTo,
  schedule,
  action: { type },
}: Pick<Rule, "appliesTo" | "schedule" | "action">): NotActed | null {
  if (appliesTo.level === "ad") return "ads";
  if (!isOfNights({ schedule })) return "byDay";
  return type === "allocate" || type === "assign" ? type : null;
}

/** False in nights of other weekdays, and for what waits for rounds by day. */
export function isNightOf(rule: Pick<Rule, "schedule">, day: Day): boolean {
  const weekday = WEEKDAYS[weekdayOf(day) - 1];
  return weekday !== undefined && isOnWeekday(rule, weekday);
}

export function isOnWeekday({ schedule }: Pick<Rule, "schedule">, weekday: Weekday): boolean {
  return schedule.some(
    ({ when, days }) => when.kind === "night" && (days === null || days.includes(weekday)),
  );
}

/** False for what waits for rounds by day alone. */
export function isOfNights({ schedule }: Pick<Rule, "schedule">): boolean {
  return schedule.some(({ when }) => when.kind === "night");
}
