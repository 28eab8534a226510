import { addDays, type Day } from "../../domain/day.ts";
import type { BrandState } from "../../domain/state.ts";
import type { Subject } from "../../domain/verdict.ts";
import type { Rule } from "../../rules/types.ts";
import { nightsWith } from "../memory.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const nightsInARow: PlanningGuardrail = {
  id: "nightsInARow",
  doc: "A rule that counts nights acts only when it has matched on so many in a row; one without data neither counts nor breaks, two break.",
  scope: "rule",
  atSend: false,
  figures: { blocked: { nights: "nights", needed: "nights", free: "day" } },
  check({ rule, about, endsPause }, { state, day }) {
    const values = endsPause === undefined ? countingValues(rule, about, { state, day }) : null;
    return values === null ? ALLOW : { kind: "block", values };
  },
};

/** With the night in which the rule has counted enough; null once it has. */
export function countingValues(
  rule: Pick<Rule, "hash" | "nightsInARow">,
  subject: Pick<Subject, "level" | "key">,
  { state, day }: { state: BrandState; day: Day },
): { nights: number; needed: number; free: Day } | null {
  const needed = rule.nightsInARow;
  const nights = nightsWith(state.memory, rule, subject, day);
  return nights >= needed ? null : { nights, needed, free: addDays(day, needed - nights) };
}
