import { daysBetween } from "../../domain/day.ts";
import { pastChangesOf } from "../../domain/history.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const ruleCooldown: HardGuardrail = {
  id: "ruleCooldown",
  doc: "A rule with a cool-down leaves a holder alone for that many nights after its own last change of it, pauses included; the end of such a pause does not wait.",
  scope: "change",
  atSend: true,
  bindsRestore: false,
  figures: { blocked: { nights: "nights", needed: "nights" } },
  check(draft, { brand, state, day }) {
    const needed = draft.bounds.cooldownNights;
    const last = pastChangesOf(state, draft.holderKey, brand.zone, draft.id)
      .filter((past) => past.ruleId === draft.ruleId)
      .at(-1);
    if (needed === null || last === undefined || draft.endsPause !== undefined) return ALLOW;
    const nights = daysBetween(last.day, day);
    return nights >= needed ? ALLOW : { kind: "block", values: { nights, needed } };
  },
};
