import { addsMoney } from "../draft.ts";
import { takenBefore } from "../layers.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const firstMatch: PlanningGuardrail = {
  id: "firstMatch",
  doc: "In a group of rules the first match takes the entity; where an earlier rule could not see, a later one neither raises nor resumes.",
  scope: "rule",
  atSend: false,
  figures: { blocked: { rule: "text", why: "state" } },
  check(draft, { layers }) {
    const watched = draft.mode === "shadow";
    const taken = takenBefore(layers, draft.rule, draft.about, { watched, opening: addsMoney(draft) });
    if (taken === null) return ALLOW;
    const why = taken.kind === "matched" ? "earlierMatched" : "earlierUnsure";
    return { kind: "block", values: { rule: taken.rule.id, why } };
  },
};
