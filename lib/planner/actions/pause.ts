import { addDays, type Day, firstOfNextMonth } from "../../domain/day.ts";
import type { PauseEnd } from "../../rules/types.ts";
import { plannerMessage } from "../messages.ts";
import { defineAction, NO_BUDGET, pausing } from "./action.ts";

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
    return holder === null ? NO_BUDGET : pausing(holder, ends);
  },
});

function endOf(until: PauseEnd, day: Day): Day {
  switch (until.kind) {
    case "tomorrow":
      return addDays(day, 1);
    case "nextMonth":
      return firstOfNextMonth(day);
    case "day":
      return until.day;
  }
}
