import { parseWindow } from "../../metrics/window.ts";
import type { Draft } from "../draft.ts";
import { EVIDENCE_WINDOW, numberOf } from "../readings.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

/** Facts that count a platform's conversions: only their windows depend on what has arrived. The shop's figures do not. */
export const CONVERSION_FACTS: ReadonlySet<string> = new Set([
  "conversions",
  "conversionValue",
  "conversionRatePercent",
  "cpa",
  "cpaAtLeast",
  "cpaOkProbability",
  "roas",
  "roiPercent",
  "stable",
]);

export const unsettled: PlanningGuardrail = {
  id: "unsettled",
  doc: "A raise waits until most conversions of the days its rule looks at have arrived.",
  scope: "change",
  atSend: false,
  figures: { blocked: { window: "text", settled: "percent", limit: "percent" } },
  check(draft, { brand, facts }) {
    if (draft.direction !== "raise") return ALLOW;
    const window = longestWindow(draft);
    const settled = numberOf(facts.read(draft.subject, "settledPercent", { window }));
    const limit = brand.limits.settledPercent;
    return settled !== null && settled >= limit
      ? ALLOW
      : { kind: "block", values: { window, settled, limit } };
  },
};

/** The longest window over which the rule, or what it steers by, counted conversions; the evidence floor's own when it counted none. */
function longestWindow({ evidence, rule: { action } }: Draft): string {
  const aim = action.type === "setBudget" && action.aim.kind === "toward" ? [action.aim] : [];
  const read = [...evidence, ...aim.map(({ metric, params }) => ({ fact: metric, params }))];
  const windows = read
    .filter((one) => CONVERSION_FACTS.has(one.fact))
    .map((one) => String(one.params.window))
    .sort((a, b) => daysIn(b) - daysIn(a));
  return windows[0] ?? EVIDENCE_WINDOW;
}

function daysIn(window: string): number {
  const span = parseWindow(window);
  return span === null ? 0 : span.fromDaysAgo - span.toDaysAgo + 1;
}
