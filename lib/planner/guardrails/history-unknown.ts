import { accountKey } from "../../domain/ids.ts";
import { strictest } from "../../domain/verdict.ts";
import { addsMoney } from "../draft.ts";
import { unknownHistory } from "../foreign-edits.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

const FIGURES = { account: "text", why: "state" } as const;

export const historyUnknown: PlanningGuardrail = {
  id: "historyUnknown",
  doc: "Where nobody knows who changed what, nothing is raised or resumed, and nothing else is done without a person.",
  scope: "change",
  atSend: false,
  figures: { blocked: FIGURES, degraded: FIGURES },
  check(draft, round) {
    const account = accountKey(draft.target);
    const held = round.snapshot.accounts.find((one) => accountKey(one) === account);
    const why = held === undefined ? "historyNotPermitted" : unknownHistory(held, round);
    if (why === null) return ALLOW;
    const values = { account, why };
    if (addsMoney(draft)) return { kind: "block", values };
    const mode = strictest(draft.mode, "propose");
    return mode === draft.mode ? ALLOW : { kind: "degrade", mode, values };
  },
};
