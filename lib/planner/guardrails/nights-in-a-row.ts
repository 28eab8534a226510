import { addDays } from "../../domain/day.ts";
import { nightsWith } from "../memory.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const nightsInARow: PlanningGuardrail = {
  id: "nightsInARow",
  doc: "A rule that counts nights acts only when it has matched on so many in a row; one without data neither counts nor breaks, two break.",
  scope: "rule",
  atSend: false,
  figures: { blocked: { nights: "nights", needed: "nights", free: "day" } },
  check({ rule, about, endsPause }, { state, day }) {
    const needed = rule.nightsInARow;
    if (needed <= 1 || endsPause !== undefined) return ALLOW;
    const nights = nightsWith(state.memory, rule, about, day);
    if (nights >= needed) return ALLOW;
    return { kind: "block", values: { nights, needed, free: addDays(day, needed - nights) } };
  },
};
