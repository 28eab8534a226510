import type { Brand } from "../../../domain/brand.ts";
import { addDays, type Day, daysBetween } from "../../../domain/day.ts";
import { changesAnything } from "../../files/keys.ts";
import type { Rule } from "../../types.ts";
import { type Check, eachRule } from "../check.ts";

export const tooShortToAct: Check = {
  code: "tooShortToAct",
  severity: "error",
  doc: "Between its first and its last day the rule has no more nights than it is only watched for, or than it has to match on, so it never acts: an earlier first day costs nothing where a condition names the days.",
  bad: [
    {
      validFrom: "2026-11-27",
      validUntil: "2026-11-30",
      mode: "propose",
      rollout: { shadow: "4d" },
    },
  ],
  good: [
    {
      validFrom: "2026-11-20",
      validUntil: "2026-11-30",
      mode: "propose",
      rollout: { shadow: "4d" },
    },
  ],
  find: eachRule((linted, { brand }) => {
    const { rule, dates } = linted;
    const { validFrom, validUntil } = dates;
    if (rule.mode === "shadow" || validFrom === undefined || validUntil === undefined) return [];
    const needed = nightsNeeded(rule, brand);
    const nights = daysBetween(validFrom, validUntil) + 1;
    if (nights >= needed) return [];
    const latest: Day = addDays(validUntil, 1 - needed);
    const fix = `write "validFrom": "${latest}" or earlier`;
    return [{ rule: linted, path: ["validFrom"], allowed: `${needed} nights up to its last day`, fix }];
  }),
};

/** Up to and including the first in which it may act. Only changes wait for the brand's own nights of watching. */
function nightsNeeded({ action, nightsInARow, rollout }: Rule, { limits }: Brand): number {
  const watched = changesAnything(action.type) ? limits.shadowNights : 0;
  return Math.max(watched + 1, (rollout?.shadowNights ?? 0) + 1, nightsInARow);
}
