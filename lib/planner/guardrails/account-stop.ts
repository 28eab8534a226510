import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const accountStop: HardGuardrail = {
  id: "accountStop",
  doc: "Only a rule that the brand file names in accountStop may stop a whole account; limits on the width of a night then count it as one change.",
  scope: "rule",
  atSend: true,
  bindsRestore: false,
  figures: { blocked: { rule: "text" } },
  check({ accountStop: stops, ruleId }, { brand }) {
    if (stops !== true || brand.accountStop.includes(ruleId)) return ALLOW;
    return { kind: "block", values: { rule: ruleId } };
  },
};
