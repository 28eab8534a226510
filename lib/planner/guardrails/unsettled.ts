import type { Brand } from "../../domain/brand.ts";
import { daysBetween } from "../../domain/day.ts";
import type { Reading } from "../../domain/figure.ts";
import type { Facts, Params } from "../../metrics/port.ts";
import { countsConversions } from "../claimed-facts.ts";
import type { Draft } from "../draft.ts";
import { EVIDENCE_WINDOW, numberOf } from "../readings.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const unsettled: PlanningGuardrail = {
  id: "unsettled",
  doc: "A raise waits until most conversions of the days its rule looks at have arrived.",
  scope: "change",
  atSend: false,
  figures: { blocked: { from: "day", to: "day", settled: "percent", limit: "percent" } },
  check(draft, { brand, facts }) {
    if (draft.direction !== "raise") return ALLOW;
    const limit = brand.limits.settledPercent;
    const longest = longestWindows(draft, brand, facts).map((params) => {
      const settled = facts.read(draft.subject, "settledPercent", params);
      return { from: settled.from, to: settled.to, settled: numberOf(settled) };
    });
    const young = longest.find(({ settled }) => settled === null || settled < limit);
    return young === undefined ? ALLOW : { kind: "block", values: { ...young, limit } };
  },
};

/**
 * The longest windows, by the days that they really were, over which the rule, or what it steers by, counted conversions; the evidence
 * floor's own when it counted none.
 */
function longestWindows({ evidence, about, rule: { action } }: Draft, brand: Brand, facts: Facts): Params[] {
  const claims = countsConversions(brand);
  const aim = action.type === "setBudget" && action.aim.kind === "toward" ? [action.aim] : [];
  const counted = [
    ...evidence.map(({ fact, params, value }) => ({ fact, params, days: daysOf(value) })),
    ...aim.map(({ metric, params }) => ({
      ...{ fact: metric, params },
      days: daysOf(facts.read(about, metric, params)),
    })),
  ].filter(({ fact, params }) => claims(fact, params));
  const most = Math.max(...counted.map(({ days }) => days));
  const longest = counted.filter(({ days }) => days === most).map(({ params }) => overOf(params));
  return longest.length > 0 ? longest : [{ window: EVIDENCE_WINDOW }];
}

/** What of a figure's parameters says over which days it is. */
function overOf({ window, minSettledPercent }: Params): Params {
  return { window: String(window), ...(minSettledPercent === undefined ? {} : { minSettledPercent }) };
}

/** 0 where nobody knows which days those are. */
function daysOf({ from, to }: Reading): number {
  return from === null || to === null ? 0 : daysBetween(from, to) + 1;
}
