/** What a change may cost before it can be put right. */
import { directionOf, type Edit } from "../domain/change.ts";
import { timesFloor } from "./money-edit.ts";

/**
 * Most that the platform may spend under a raised daily budget on the one day before the next night can correct it, in
 * micros: `worstDayMultiple` (taken to three decimals) x the new budget. 0 for cuts and pauses, which spend less.
 */
export function worstCaseMicros(change: { edit: Edit }, worstDayMultiple: number): bigint {
  const { edit } = change;
  if (edit.kind === "dailyBudget" && directionOf(edit) === "raise")
    return timesFloor(edit.toMicros, worstDayMultiple);
  return edit.kind === "status" && edit.to === "active"
    ? timesFloor(edit.budgetMicros, worstDayMultiple)
    : 0n;
}
