import { addDays, type Day } from "../../domain/day.ts";
import type { PauseEnd } from "../../rules/types.ts";
import { plannerMessage } from "../messages.ts";
import { defineAction, NO_BUDGET } from "./action.ts";

export const pause = defineAction({
  type: "pause",
  doc: "Pauses the entity that owns the budget, whose budget stays as it is, or everything that owns one in an account. What was paused until a day is turned on again then, if nobody else touched it.",
  money: true,
  effect({ until, what }, { holder, day }) {
    const ends = until === null ? null : endOf(until, day);
    if (ends !== null && ends <= day) {
      return { kind: "notActed", reason: plannerMessage("notActed.pauseOver", { until: ends }) };
    }
    if (what === "campaigns") return { kind: "stopAccount", until: ends };
    if (holder === null) return NO_BUDGET;
    return {
      kind: "change",
      direction: "pause",
      edit: { kind: "status", from: "active", to: "paused", budgetMicros: holder.budget.amountMicros },
      floorMicros: null,
      ceilingMicros: null,
      until: ends,
    };
  },
});

function endOf(until: PauseEnd, day: Day): Day {
  switch (until.kind) {
    case "tomorrow":
      return addDays(day, 1);
    // 31 days after the first of a month is always within the next.
    case "nextMonth":
      return `${addDays(`${day.slice(0, 7)}-01`, 31).slice(0, 7)}-01`;
    case "day":
      return until.day;
  }
}
