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
    if (needed === null || draft.endsPause !== undefined) return ALLOW;
    const past = pastChangesOf(state, draft.holderKey, brand.zone, draft.id).filter(
      ({ ruleId }) => ruleId === draft.ruleId,
    );
    // Restores count too: what was just taken back is to rest. A rest may be longer than changes are kept; when a rule acted last is kept for ever.
    const ever = state.memory.acts[draft.ruleId]?.[draft.holderKey];
    const last = [...past, ...(ever === undefined ? [] : [ever])]
      .map((one) => one.day)
      .toSorted()
      .at(-1);
    if (last === undefined) return ALLOW;
    const nights = daysBetween(last, day);
    return nights >= needed ? ALLOW : { kind: "block", values: { nights, needed } };
  },
};
