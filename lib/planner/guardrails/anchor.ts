import { anchorOf, pastChangesOf } from "../../domain/history.ts";
import { raiseAtMost, raiseOf, timesFloor } from "../money-edit.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const anchor: HardGuardrail = {
  id: "anchor",
  doc: "Steps do not compound without end: a raise stays under a multiple of what the budget was before the last nights' changes.",
  scope: "change",
  atSend: true,
  bindsRestore: true,
  figures: {
    clamped: { anchor: "money", multiple: "ratio", nights: "nights" },
    blocked: { anchor: "money", multiple: "ratio", nights: "nights" },
  },
  check(draft, { brand, state, day }) {
    const raise = raiseOf(draft);
    if (raise === null) return ALLOW;
    const { anchorMultiple: multiple, anchorNights: nights } = brand.limits;
    const past = pastChangesOf(state, draft.holderKey, brand.zone, draft.id);
    const anchorMicros = anchorOf(past, raise.fromMicros, day, brand.limits);
    return raiseAtMost(raise, timesFloor(anchorMicros, multiple), { anchor: anchorMicros, multiple, nights });
  },
};
