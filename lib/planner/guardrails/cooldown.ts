import type { Limits } from "../../domain/brand.ts";
import { directionOf } from "../../domain/change.ts";
import { daysBetween } from "../../domain/day.ts";
import { type PastChange, pastChangesOf } from "../../domain/history.ts";
import type { Mode } from "../../domain/verdict.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const cooldown: HardGuardrail = {
  id: "cooldown",
  doc: "After a raise or a cut a budget rests for some nights, so that its effect can be seen; pauses neither wait nor start a rest.",
  scope: "change",
  atSend: true,
  bindsRestore: false,
  figures: { blocked: { nights: "nights", needed: "nights" } },
  check(draft, { brand, state, day }) {
    if (draft.edit.kind !== "dailyBudget") return ALLOW;
    const waits = pastChangesOf(state, draft.holderKey, brand.zone, draft.id).map((past) => ({
      nights: daysBetween(past.day, day),
      needed: nightsAfter(past, draft.mode, brand.limits),
    }));
    const unfinished = waits.filter(({ nights, needed }) => nights < needed).at(-1);
    return unfinished === undefined ? ALLOW : { kind: "block", values: unfinished };
  },
};

function nightsAfter(past: PastChange, mode: Mode, limits: Limits): number {
  switch (directionOf(past.edit)) {
    case "raise":
      return mode === "apply"
        ? limits.cooldownNightsAfterRaiseApplied
        : limits.cooldownNightsAfterRaiseProposed;
    case "cut":
      return limits.cooldownNightsAfterCut;
    default:
      return 0;
  }
}
