/** In which nights a rule is looked at. */
import { type Day, weekdayOf } from "../domain/day.ts";
import { type Rule, WEEKDAYS } from "../rules/types.ts";

/** False in nights of other weekdays, and for what waits for rounds by day. */
export function isNightOf({ schedule }: Pick<Rule, "schedule">, day: Day): boolean {
  const weekday = WEEKDAYS[weekdayOf(day) - 1];
  return schedule.some(
    ({ when, days }) =>
      when.kind === "night" && (days === null || (weekday !== undefined && days.includes(weekday))),
  );
}

/** False for what waits for rounds by day alone. */
export function isOfNights({ schedule }: Pick<Rule, "schedule">): boolean {
  return schedule.some(({ when }) => when.kind === "night");
}
