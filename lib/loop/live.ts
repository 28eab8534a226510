/** Comparing what a change expects with what the platform holds. */
import type { Edit } from "../domain/change.ts";
import { figure, type Message } from "../domain/figure.ts";
import type { LiveHolder } from "../platforms/port.ts";

export type Side = "from" | "to";

/** True when the platform holds exactly the edit's `from` or `to`: to the micro, and still as a daily budget. */
export function holds(live: LiveHolder, edit: Edit, side: Side): boolean {
  if (edit.kind === "status") return live.status === edit[side];
  return live.dailyBudgetMicros === (side === "from" ? edit.fromMicros : edit.toMicros);
}

/** The edit as it would read with the platform's present value as its result; null when that cannot be said. */
export function actualEdit(live: LiveHolder, edit: Edit): Edit | null {
  if (edit.kind === "status") return live.status === "other" ? null : { ...edit, to: live.status };
  return live.dailyBudgetMicros === null ? null : { ...edit, toMicros: live.dailyBudgetMicros };
}

/** The live values as figures of a message. */
export function liveFigures(live: LiveHolder): Message["values"] {
  return {
    status: figure(live.status, "state"),
    budget: figure(live.dailyBudgetMicros === null ? null : Number(live.dailyBudgetMicros), "money"),
  };
}
