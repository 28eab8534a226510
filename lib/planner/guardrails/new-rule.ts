import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const newRule: PlanningGuardrail = {
  id: "newRule",
  doc: "A new or edited rule is watched for some nights before it may ask for anything.",
  scope: "rule",
  atSend: false,
  figures: { degraded: { nights: "nights", needed: "nights" } },
  check(draft, { brand, state }) {
    const nights = state.ruleNights[draft.rule.hash] ?? 0;
    const needed = brand.limits.shadowNights;
    if (nights >= needed || draft.mode === "shadow") return ALLOW;
    return { kind: "degrade", mode: "shadow", values: { nights, needed } };
  },
};
