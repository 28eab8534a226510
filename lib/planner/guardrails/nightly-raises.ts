import { raiseMicros } from "../../domain/change.ts";
import { reservedIn } from "../../domain/history.ts";
import { percentOf } from "../../domain/money.ts";
import { raiseAtMost, raiseOf } from "../money-edit.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const nightlyRaises: HardGuardrail = {
  id: "nightlyRaises",
  doc: "All raises of a night together, what is started again included and never netted against cuts, stay under a share of the budgets it began with.",
  scope: "change",
  atSend: true,
  bindsRestore: true,
  figures: {
    clamped: { allowance: "money", used: "money", limit: "percent" },
    blocked: { allowance: "money", used: "money", limit: "percent" },
  },
  check(draft, { brand, state, roundId, startBudgetsMicros, before }) {
    const asked = raiseMicros(draft.edit);
    if (asked === 0n) return ALLOW;
    const limit = brand.limits.nightlyRaisePercent;
    const allowance = percentOf(startBudgetsMicros, limit);
    const edits = [
      ...reservedIn(state, roundId, draft.id).map((intent) => intent.change.edit),
      ...before.map((one) => one.edit),
    ];
    const used = edits.reduce((sum, edit) => sum + raiseMicros(edit), 0n);
    const values = { allowance, used, limit };
    const raise = raiseOf(draft);
    if (raise !== null) return raiseAtMost(raise, raise.fromMicros + allowance - used, values);
    // A switch has no smaller step: what it starts again fits, or waits.
    return asked <= allowance - used ? ALLOW : { kind: "block", values };
  },
};
