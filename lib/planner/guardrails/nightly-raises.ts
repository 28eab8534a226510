import { raiseMicros } from "../../domain/change.ts";
import { percentOf } from "../../domain/money.ts";
import { reservedIn } from "../history.ts";
import { raiseAtMost, raiseOf } from "../money-edit.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const nightlyRaises: HardGuardrail = {
  id: "nightlyRaises",
  doc: "All raises of a night together, never netted against cuts, stay under a share of the budgets it began with.",
  scope: "change",
  atSend: true,
  figures: {
    clamped: { allowance: "money", used: "money", limit: "percent" },
    blocked: { allowance: "money", used: "money", limit: "percent" },
  },
  check(draft, { brand, state, roundId, startBudgetsMicros, before }) {
    const raise = raiseOf(draft);
    if (raise === null) return ALLOW;
    const limit = brand.limits.nightlyRaisePercent;
    const allowance = percentOf(startBudgetsMicros, limit);
    const edits = [
      ...reservedIn(state, roundId, draft.id).map((intent) => intent.change.edit),
      ...before.map((one) => one.edit),
    ];
    const used = edits.reduce((sum, edit) => sum + raiseMicros(edit), 0n);
    return raiseAtMost(raise, raise.fromMicros + allowance - used, { allowance, used, limit });
  },
};
