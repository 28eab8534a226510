/** What Palier does not act on yet, and in which nights it looks at a rule: what the planner goes by too. */
import type { Rule, Weekday } from "../types.ts";

/** Why nothing is done by the rule, as its planner says it; null for all that Palier acts on. */
export function notActedBecause({ appliesTo, schedule, action }: Rule): string | null {
  if (appliesTo.level === "ad") return "Palier does not change ads yet";
  if (schedule.every(({ when }) => when.kind !== "night")) {
    return "it waits for rounds by day, which Palier does not make yet";
  }
  if (action.type === "allocate") return "Palier does not divide money between budgets yet";
  return action.type === "assign" ? "Palier does not move entities between groups yet" : null;
}

export function isOfNight({ schedule }: Rule, day: Weekday): boolean {
  return schedule.some(({ when, days }) => when.kind === "night" && (days === null || days.includes(day)));
}
