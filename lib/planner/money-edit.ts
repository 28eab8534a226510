/** Budget edits as guardrails see them: a raise may only be made smaller, a cut only weaker, neither ever turned round. */
import { floorToUnit } from "../domain/money.ts";
import type { SendDraft } from "./draft.ts";
import type { MessageValues } from "./guardrails/guardrail.ts";
import { ALLOW, type Decision } from "./guardrails/guardrail.ts";

export interface BudgetEdit {
  fromMicros: bigint;
  toMicros: bigint;
}

/** The daily-budget edit of a raise; null for everything else. */
export function raiseOf(draft: SendDraft): BudgetEdit | null {
  return draft.direction === "raise" && draft.edit.kind === "dailyBudget" ? draft.edit : null;
}

/** The daily-budget edit of a cut; null for everything else. */
export function cutOf(draft: SendDraft): BudgetEdit | null {
  return draft.direction === "cut" && draft.edit.kind === "dailyBudget" ? draft.edit : null;
}

/** Keeps a raise at or under `limitMicros`; blocks it when that leaves nothing of it. */
export function raiseAtMost(edit: BudgetEdit, limitMicros: bigint, values: MessageValues): Decision {
  if (edit.toMicros <= limitMicros) return ALLOW;
  if (limitMicros <= edit.fromMicros) return { kind: "block", values };
  return { kind: "clamp", toMicros: limitMicros, values };
}

/** Keeps a cut at or above `limitMicros`; blocks it when that leaves nothing of it. */
export function cutAtLeast(edit: BudgetEdit, limitMicros: bigint, values: MessageValues): Decision {
  if (edit.toMicros >= limitMicros) return ALLOW;
  if (limitMicros >= edit.fromMicros) return { kind: "block", values };
  return { kind: "clamp", toMicros: limitMicros, values };
}

/** Smallest multiple of `unitMicros` not under `micros`. */
export function ceilToUnit(micros: bigint, unitMicros: bigint): bigint {
  const floored = floorToUnit(micros, unitMicros);
  return floored === micros ? micros : floored + unitMicros;
}

/** `micros` times `factor`, floored; `factor` is taken to three decimals. */
export function timesFloor(micros: bigint, factor: number): bigint {
  return floorToUnit(micros * BigInt(Math.round(factor * 1000)), 1000n) / 1000n;
}
