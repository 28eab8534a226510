import { raiseMicros } from "../../domain/change.ts";
import { reservedIn } from "../../domain/history.ts";
import { percentOf } from "../../domain/money.ts";
import type { SendDraft } from "../draft.ts";
import { raiseAtMost, raiseOf } from "../money-edit.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const nightlyRaises: HardGuardrail = {
  id: "nightlyRaises",
  doc: "All raises of a night together, what is started again included and never netted against cuts, stay under a share of the budgets it began with. The end of a rule's own pause only gives back what people had set.",
  scope: "change",
  atSend: true,
  bindsRestore: true,
  figures: {
    clamped: { allowance: "money", used: "money", limit: "percent" },
    blocked: { allowance: "money", used: "money", limit: "percent" },
  },
  check(draft, { brand, state, roundId, startBudgetsMicros, before }) {
    const asked = addedBy(draft);
    if (asked === 0n) return ALLOW;
    const limit = brand.limits.nightlyRaisePercent;
    const allowance = percentOf(startBudgetsMicros, limit);
    const changes = [...reservedIn(state, roundId, draft.id).map(({ change }) => change), ...before];
    const used = changes.reduce((sum, one) => sum + addedBy(one), 0n);
    const values = { allowance, used, limit };
    const raise = raiseOf(draft);
    if (raise !== null) return raiseAtMost(raise, raise.fromMicros + allowance - used, values);
    // A switch has no smaller step: what it starts again fits, or waits.
    return asked <= allowance - used ? ALLOW : { kind: "block", values };
  },
};

function addedBy({ edit, endsPause }: Pick<SendDraft, "edit" | "endsPause">): bigint {
  return endsPause === undefined ? raiseMicros(edit) : 0n;
}
