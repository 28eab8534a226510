import { accountKey } from "../../domain/ids.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const missingAccount: PlanningGuardrail = {
  id: "missingAccount",
  doc: "Nothing is raised in a night in which an account of the brand could not be read: its spend counts towards every ratio.",
  scope: "change",
  atSend: false,
  figures: { blocked: { account: "text" } },
  check(draft, { snapshot }) {
    const missing = snapshot.missing[0];
    if (draft.direction !== "raise" || missing === undefined) return ALLOW;
    return { kind: "block", values: { account: accountKey(missing) } };
  },
};
