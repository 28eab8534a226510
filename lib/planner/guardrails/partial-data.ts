import { addDays } from "../../domain/day.ts";
import { accountKey } from "../../domain/ids.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const partialData: PlanningGuardrail = {
  id: "partialData",
  doc: "Nothing is raised unless every account of the brand covers yesterday: old figures are no reason to spend more.",
  scope: "change",
  atSend: false,
  figures: { blocked: { account: "text", coveredTo: "day" } },
  check(draft, { snapshot, day }) {
    const yesterday = addDays(day, -1);
    const partial = snapshot.accounts.find((account) => account.coveredTo < yesterday);
    if (draft.direction !== "raise" || partial === undefined) return ALLOW;
    return { kind: "block", values: { account: accountKey(partial), coveredTo: partial.coveredTo } };
  },
};
