import { localDay } from "../../domain/day.ts";
import { heldOffNow } from "../../domain/state.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const heldOff: HardGuardrail = {
  id: "heldOff",
  doc: "What a person keeps hands off is left to people up to and including that day, whatever a rule asks; a person may still take a change of it back.",
  scope: "rule",
  atSend: true,
  bindsRestore: false,
  figures: { blocked: { by: "text", until: "day" } },
  check(draft, { brand, state, nowMs }) {
    const held = heldOffNow(state, draft.holderKey, localDay(nowMs, brand.zone));
    if (held === null) return ALLOW;
    return { kind: "block", values: { by: held.by, until: held.until } };
  },
};
