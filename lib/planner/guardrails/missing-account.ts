import { accountKey } from "../../domain/ids.ts";
import { addsMoney } from "../draft.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const missingAccount: PlanningGuardrail = {
  id: "missingAccount",
  doc: "Nothing is raised or resumed on any platform in a night in which an account of the brand could not be read: MER and shares are then unknown.",
  scope: "change",
  atSend: false,
  figures: { blocked: { account: "text" } },
  check(draft, { brand, snapshot }) {
    const read = new Set(snapshot.accounts.map(accountKey));
    const missing = snapshot.missing[0] ?? brand.accounts.find((account) => !read.has(accountKey(account)));
    if (!addsMoney(draft) || missing === undefined) return ALLOW;
    return { kind: "block", values: { account: accountKey(missing) } };
  },
};
