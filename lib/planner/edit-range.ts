/** What a person may make of a proposed amount. The guardrails are asked; no limit is known here. */
import type { EditRange } from "../domain/plan.ts";
import type { Draft } from "./draft.ts";
import { judgeAmong, type Round } from "./guardrails/apply.ts";

/** More than any budget may be, and exact as a number of micros. */
const MORE_THAN_ANYTHING = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Every whole unit between both ends passes unclamped while the `others` stand as proposed; null where nothing does, and for what
 * is no amount. The far end is what the guardrails leave of the wildest wish in the same direction. They never make a change
 * larger, so the near end has to be searched for: what lies nearer to today's budget than a passing amount passes down to one
 * point, and from there on is too small to be worth an edit.
 */
export function editRangeOf(draft: Draft, others: readonly Draft[], round: Round): EditRange | null {
  const { edit, direction, unitMicros } = draft;
  if (edit.kind !== "dailyBudget") return null;
  const after = (toMicros: bigint): bigint | null => {
    const judged = judgeAmong({ ...draft, edit: { ...edit, toMicros } }, others, round);
    if (judged.blocked || judged.mode !== draft.mode || judged.edit.kind !== "dailyBudget") return null;
    return judged.edit.toMicros;
  };
  const far = after(direction === "raise" ? MORE_THAN_ANYTHING : 0n);
  if (far === null) return null;
  let passing = far / unitMicros;
  let failing =
    edit.fromMicros / unitMicros + (direction === "raise" || edit.fromMicros % unitMicros === 0n ? 0n : 1n);
  while (passing - failing > 1n || failing - passing > 1n) {
    const middle = (passing + failing) / 2n;
    if (after(middle * unitMicros) === middle * unitMicros) passing = middle;
    else failing = middle;
  }
  const near = passing * unitMicros;
  return { leastMicros: near < far ? near : far, mostMicros: near < far ? far : near, unitMicros };
}
