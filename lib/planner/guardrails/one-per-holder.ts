import { pastChangesOf, reservedIn } from "../../domain/history.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const onePerHolder: HardGuardrail = {
  id: "onePerHolder",
  doc: "One change of a budget holder a night, whoever asks; one under way counts.",
  scope: "change",
  atSend: true,
  bindsRestore: false,
  figures: { blocked: { rule: "text" } },
  check(draft, { brand, state, roundId, day }) {
    const tonight = pastChangesOf(state, draft.holderKey, brand.zone, draft.id).find(
      (past) => past.day === day,
    );
    const ofRound = reservedIn(state, roundId, draft.id).find(
      (intent) => intent.change.holderKey === draft.holderKey,
    );
    const rule = tonight?.ruleId ?? ofRound?.change.ruleId;
    return rule === undefined ? ALLOW : { kind: "block", values: { rule } };
  },
};
