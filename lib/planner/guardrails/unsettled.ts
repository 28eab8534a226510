import type { Brand } from "../../domain/brand.ts";
import { customDefinitions } from "../../metrics/custom.ts";
import { factCatalogue } from "../../metrics/index.ts";
import { parseWindow } from "../../metrics/window.ts";
import type { Draft } from "../draft.ts";
import { EVIDENCE_WINDOW, numberOf } from "../readings.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

/** What counts a platform's conversions: only its windows depend on what has arrived. The shop's figures do not. */
function conversionFacts(brand: Brand): ReadonlySet<string> {
  const all = [...factCatalogue, ...customDefinitions(brand, factCatalogue)];
  const claimed = all.filter(({ about, counts }) => counts === "conversions" && about === undefined);
  return new Set(claimed.map(({ id }) => id));
}

export const unsettled: PlanningGuardrail = {
  id: "unsettled",
  doc: "A raise waits until most conversions of the days its rule looks at have arrived.",
  scope: "change",
  atSend: false,
  figures: { blocked: { window: "text", settled: "percent", limit: "percent" } },
  check(draft, { brand, facts }) {
    if (draft.direction !== "raise") return ALLOW;
    const window = longestWindow(draft, brand);
    const settled = numberOf(facts.read(draft.subject, "settledPercent", { window }));
    const limit = brand.limits.settledPercent;
    return settled !== null && settled >= limit
      ? ALLOW
      : { kind: "block", values: { window, settled, limit } };
  },
};

/** The longest window over which the rule, or what it steers by, counted conversions; the evidence floor's own when it counted none. */
function longestWindow({ evidence, rule: { action } }: Draft, brand: Brand): string {
  const claimed = conversionFacts(brand);
  const aim = action.type === "setBudget" && action.aim.kind === "toward" ? [action.aim] : [];
  const read = [...evidence, ...aim.map(({ metric, params }) => ({ fact: metric, params }))];
  const windows = read
    .filter(({ fact, params }) => claimed.has(fact) || claimed.has(String(params.by)))
    .map((one) => String(one.params.window))
    .sort((a, b) => daysIn(b) - daysIn(a));
  return windows[0] ?? EVIDENCE_WINDOW;
}

function daysIn(window: string): number {
  const span = parseWindow(window);
  return span === null ? 0 : span.fromDaysAgo - span.toDaysAgo + 1;
}
