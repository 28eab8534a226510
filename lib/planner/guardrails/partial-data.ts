import { addDays } from "../../domain/day.ts";
import { accountKey } from "../../domain/ids.ts";
import { addsMoney } from "../draft.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const partialData: PlanningGuardrail = {
  id: "partialData",
  doc: "Nothing is raised or resumed unless every account of the brand covers yesterday: old figures are no reason to spend more.",
  scope: "change",
  atSend: false,
  figures: { blocked: { account: "text", coveredTo: "day" } },
  check(draft, { snapshot, day }) {
    const yesterday = addDays(day, -1);
    const partial = snapshot.accounts.find((account) => account.coveredTo < yesterday);
    if (!addsMoney(draft) || partial === undefined) return ALLOW;
    return { kind: "block", values: { account: accountKey(partial), coveredTo: partial.coveredTo } };
  },
};
