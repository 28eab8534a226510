import { lastForeignEdit } from "../foreign-edits.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const foreignEdit: PlanningGuardrail = {
  id: "foreignEdit",
  doc: "What a person or another tool changed is left alone for some hours, in every direction: two hands on one budget fight.",
  scope: "change",
  atSend: false,
  figures: { blocked: { by: "state", via: "state", at: "instant", hours: "hours", until: "instant" } },
  check(draft, round) {
    const edit = lastForeignEdit(draft.holder, round);
    if (edit === null) return ALLOW;
    const { by, via, atMs: at, untilMs: until } = edit;
    const hours = round.brand.limits.foreignEditHours;
    return { kind: "block", values: { by, via: via ?? "toolNotNamed", at, hours, until } };
  },
};
