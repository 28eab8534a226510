import { strictest } from "../../domain/verdict.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const scopeGrew: PlanningGuardrail = {
  id: "scopeGrew",
  doc: "A rule that looks at many more entities than the night before only asks: a renamed campaign or an edited pattern may have brought them in.",
  scope: "rule",
  atSend: false,
  figures: { degraded: { before: "count", size: "count" } },
  check({ rule, mode }, { scopes }) {
    const grown = scopes.find(({ ruleId, pack }) => ruleId === rule.id && pack === rule.pack);
    const allowed = strictest(mode, "propose");
    // Listed are scopes that grew, and empty ones.
    if (grown === undefined || grown.before === null || grown.size <= grown.before) return ALLOW;
    if (allowed === mode) return ALLOW;
    return { kind: "degrade", mode: allowed, values: { before: grown.before, size: grown.size } };
  },
};
