import { describe, expect, it } from "vitest";
import type { TargetRef } from "../../lib/domain/ids.ts";
import type { Plan } from "../../lib/domain/plan.ts";
import { renderPlan } from "../../lib/report/plan-report.ts";
import type { Language } from "../../lib/words/reader.ts";
import {
  aHolderLine,
  aPlan,
  aPlannedChange,
  aWeek,
  levelWords,
  reportOptions,
} from "../support/plan-view.ts";

const REF: TargetRef = { platform: "meta", accountId: "1001", level: "sharedBudget", id: "900" };
const KEY = "meta/1001/sharedBudget/900";

/** A raise of a budget that two campaigns share, and another one that no rule looks at. */
function aSharedPlan(): Plan {
  const line = aHolderLine("900", "Search budget", {
    owner: "shared",
    campaignName: "PROS Broad FR, PROS Narrow FR",
  });
  return aPlan({
    holders: [{ ...line, subject: { ...line.subject, key: KEY, ref: REF } }],
    changes: [aPlannedChange("900", "Search budget", { holderKey: KEY, target: REF })],
    uncovered: [
      {
        name: "Brand budget",
        level: "sharedBudget",
        ref: { ...REF, id: "901" },
        spend: aWeek(50_000_000, "money"),
      },
    ],
  });
}

function told(language: Language, words: typeof levelWords | object = levelWords): string {
  const text = renderPlan(aSharedPlan(), reportOptions({ language, width: 160, levelWords: { ...words } }));
  return text.replaceAll(/\s+/g, " ");
}

describe("lib/report, shared budgets", () => {
  it.each([
    ["en", "Search budget (shared budget)", "Brand budget (shared budget)"],
    ["fr", "Search budget (budget partagé)", "Brand budget (budget partagé)"],
  ] as const)(
    "calls one by its own word in %s, with the campaigns it feeds in the table",
    (language, change, rest) => {
      const text = told(language);
      expect(text).toContain(change);
      expect(text).toContain(rest);
      expect(text).toContain("PROS Broad FR, PROS Narrow FR");
    },
  );

  it("prefers the platform's word where it has one", () => {
    const meta = { en: { ...levelWords.meta.en, sharedBudget: "portfolio budget" }, fr: levelWords.meta.fr };
    expect(told("en", { meta })).toContain("Search budget (portfolio budget)");
  });
});
