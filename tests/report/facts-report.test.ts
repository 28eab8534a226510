import { describe, expect, it } from "vitest";
import { pageOptions } from "../../functions/cli/session.ts";
import { message } from "../../lib/domain/figure.ts";
import { type FactsView, type FigureView, renderFacts } from "../../lib/report/facts-report.ts";
import { pageFor } from "../../lib/report/page.ts";

const LABEL = "claimed conversions per order of new customers";

function aFigure(window: string, value: number | null, key = "noData.noOrders"): FigureView {
  const days = { from: "2026-03-02", to: "2026-03-08" };
  const reason = value === null ? message(key, {}) : null;
  return {
    ...{ subject: "brand", name: "Lune", metric: { en: LABEL, fr: LABEL }, params: [], window },
    reading: { ...days, value, unit: "count", reason, source: null },
    corrected: null,
  };
}

function lines(width: number, figures: readonly FigureView[]): string[] {
  const reader = { currency: "EUR", zone: "Europe/Paris", platforms: ["meta"] };
  const page = pageFor({ ...pageOptions("en", {}), width }, reader);
  const view: FactsView = {
    ...{ name: "Lune", asOf: "2026-03-09", currency: "EUR", zone: "Europe/Paris", figures },
    ...{ unasked: { metrics: true, windows: false }, accounts: [], events: [], notes: [] },
  };
  return renderFacts(page, view).split("\n");
}

describe("lib/report/facts-report", () => {
  it("keeps the longest window beside long names on a narrow page, and says which others are left out", () => {
    const told = lines(60, [aFigure("28d", 12_345_678), aFigure("7d", 123), aFigure("today", 12)]);
    expect(told).toContain(`  ${LABEL}  12,345,678`);
    expect(told).toContain("  Not shown at this width: today, 7d");
  });

  it("tells why a metric has no figure by its longest window, today being the shortest", () => {
    const figures = [aFigure("28d", null), aFigure("today", null, "noData.noSpend")];
    expect(lines(100, figures)).toContain(`  ${LABEL}: no order in these days`);
  });

  it("shows today before longer windows, and no name where the title has it", () => {
    const told = lines(100, [aFigure("28d", 3), aFigure("today", 1), aFigure("7d", 2)]);
    expect(told.some((line) => /^ {2}Metric +today +7d +28d$/.test(line))).toBe(true);
  });
});
