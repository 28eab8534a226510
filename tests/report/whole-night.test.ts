import { describe, expect, it } from "vitest";
import type { Plan } from "../../lib/domain/plan.ts";
import type { Subject } from "../../lib/domain/verdict.ts";
import { buildPlan } from "../../lib/planner/build-plan.ts";
import { comparePlans } from "../../lib/planner/explain/compare-plans.ts";
import { explainSubject } from "../../lib/planner/explain/explain.ts";
import { renderExplanation } from "../../lib/report/explain.ts";
import { type Page, pageFor } from "../../lib/report/page.ts";
import { renderDifference } from "../../lib/report/plan-difference.ts";
import { renderPlan } from "../../lib/report/plan-report.ts";
import { displayWidth } from "../../lib/report/width.ts";
import { renderPreview } from "../../lib/slack/why.ts";
import type { Language } from "../../lib/words/reader.ts";
import { partsOf } from "../support/plan.ts";
import { aPlan, reportOptions } from "../support/plan-view.ts";
import { slackOptions } from "../support/slack-view.ts";
import { aWholeNight } from "../support/whole-night.ts";

const flowing = (text: string): string => text.replaceAll(/\s+/g, " ");

const { input, facts, verdicts } = partsOf(aWholeNight());
const plan: Plan = buildPlan(input, facts, verdicts);
const { brand, ruleset } = input;

function pageIn(language: Language, width = 100): Page {
  return pageFor(reportOptions({ language, width }), { ...plan, platforms: ["meta"] });
}

function explained(id: string, ruleId: string): string {
  const key = `meta/1001/adGroup/${id}`;
  const ref = { platform: "meta", accountId: "1001", level: "adGroup", id } as const;
  const subject: Subject = { level: "budgetHolder", key, name: `Ad group ${id}`, ref, stage: "prospecting" };
  const explanation = explainSubject({ brand, ruleset, facts, plan }, [subject], ruleId);
  return flowing(renderExplanation(pageIn("en"), explanation));
}

describe("lib/report, a night on which every kind of rule speaks", () => {
  it.each([
    ["en", "Resumes of Ad group 208 on hold, up to and including Fri 13 Mar: 20 conversions"],
    ["en", "active -> paused until Sat 14 Mar, which stops €50.00 a day"],
    ["en", "spend 600.00 this month (Sun 1 Mar to Tue 10 Mar), at least 500.00"],
    ["en", "the rule's own pause, since Tue 3 Mar, 04:10, is over on Wed 11 Mar"],
    ["en", "matched for 2 nights in a row, 3 nights needed: on Thu 12 Mar at the soonest"],
    ["en", "rule stop-loss acted on it on Sun 1 Mar and keeps this rule away; free again: Sun 29 Mar"],
    ["en", "CPA 64.00 on Mon 9 Mar, needs over 80.00 on each of the last 3 days (20% away)"],
    ["en", "Ad group 209 (ad set): no rule looks at it"],
    ["en", "raise-nobody: looks at nobody"],
    ["en", "raise-rank: looks at 2, 0 the night before: it only asks tonight"],
    ["en", "told-before: told on Mon 9 Mar already; told again: once it has not matched for a night"],
    ["en", "by-day: it waits for rounds by day, which Palier does not make yet (1)"],
    ["fr", "Reprises de Ad group 208 suspendues, jusqu'au ven. 13 mars inclus : 20 conversions"],
    ["fr", "la pause de la règle, depuis le mar. 3 mars, 04:10, se termine le mer. 11 mars"],
    ["fr", "remplie 2 nuits d'affilée, il en faut 3 nuits : au plus tôt le jeu. 12 mars"],
    ["fr", "CPA 64,00 le lun. 9 mars, il faut plus de 80,00 chaque jour pendant 3 jours"],
    ["fr", "déjà dit le lun. 9 mars ; redit : après une nuit où elle ne s'applique pas"],
  ] as const)("tells in %s: %s", (language, said) => {
    const report = renderPlan(plan, reportOptions({ language, width: 160 }));
    expect(flowing(report)).toContain(said);
  });

  it("keeps to the page's width, and prints no key of a message, a state or a parameter", () => {
    for (const language of ["en", "fr"] as const) {
      for (const width of [60, 80, 132]) {
        const report = renderPlan(plan, reportOptions({ language, width, verbose: false }));
        const lines = report.split("\n").filter((line) => !/https:\/\/\S+$/.test(line));
        expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
        expect(flowing(report)).not.toMatch(
          /guardrail\.|notActed|silent\.|state\.|daysInARow|thisMonth|budgetHolder|forEver|onceGone|\bnotMatched/,
        );
      }
    }
  });

  it("lists the dates of windows only where no condition says them", () => {
    const title = flowing(renderPlan(plan, reportOptions())).split("changes proposed")[0];
    expect(title).toContain("7 days: Wed 4 Mar to Tue 10 Mar. 14 days: Wed 25 Feb to Tue 10 Mar.");
    expect(title).not.toContain("10 days");
  });

  it.each([
    [
      "202",
      "raise-slow",
      "Plan: blocked, raise +20% nightsInARow: matched for 2 nights in a row, 3 nights needed",
    ],
    ["203", "raise-muted", "Plan: blocked, raise +20% muted: rule stop-loss acted on it on Sun 1 Mar"],
    ["204", "pause-weekend", "active -> paused until Sat 14 Mar"],
    ["205", "told-before", "Plan: nothing yet, told on Mon 9 Mar already"],
    ["206", "by-day", "Plan: nothing yet, it waits for rounds by day"],
    ["208", "hold-account", "Plan: Resumes of Ad group 208 on hold, up to and including Fri 13 Mar"],
    [
      "207",
      "pause-loss",
      "pause-loss (roads): ends its own pause Plan: proposed as atelier-lune-20260311-2, paused -> active",
    ],
    ["201", "raise-rank", "by day: Tue 10 Mar 91.00, Mon 9 Mar 64.00 (no), Sun 8 Mar 85.00"],
    [
      "201",
      "raise-rank",
      "Would fire if CPA were over 80.00 on each of the last 3 days (now 64.00 (Mon 9 Mar)).",
    ],
    ["200", "raise-rank", "rank by roas within its campaign over 7 days: 2 of 14, needs at most 3"],
  ])("explains of ad group %s and %s: %s", (id, rule, said) => {
    expect(explained(id, rule)).toContain(said);
  });

  it("tells after an edit what rules say besides changes", () => {
    const before = aPlan();
    const told = flowing(renderDifference(pageIn("en", 160), comparePlans(before, plan)));
    expect(told).toContain("Ad group 205 (ad set) [told-before]: matches, and nothing is told or held:");
    expect(told).toContain(
      "[by-day]: matches, and Palier does not act on it yet: it waits for rounds by day",
    );
    expect(told).toContain("[raise-nobody]: looks at nobody");
    expect(told).toContain("Ad group 209 (ad set): new; rules that look at it: no rule looks at it");
    expect(told).toContain("on hold, up to and including Fri 13 Mar");
    expect(told).toContain("active -> paused until Sat 14 Mar, which stops €50.00 a day, proposed");
    expect(comparePlans(plan, plan)).toMatchObject({ added: [], gone: [], different: [] });
  });

  it("sees that a hold lasts longer and a match waits no more", () => {
    const longer = {
      ...plan,
      holds: plan.holds.map((hold) => ({ ...hold, until: "2026-03-20" })),
      silent: [],
    };
    const { different, gone, added } = comparePlans(plan, longer);
    expect([different, gone, added].map((items) => items.length)).toEqual([1, 1, 0]);
    expect(gone).toMatchObject([{ kind: "silent", ruleId: "told-before" }]);
  });

  it("tells people in Slack what lasts, ends, is new or does nothing", () => {
    const blocks = flowing(JSON.stringify(renderPreview(plan, slackOptions()).blocks));
    for (const said of [
      "up to and including Fri 13 Mar",
      "paused until Sat 14 Mar",
      "is over on Wed 11 Mar",
      "no rule looks at it",
      "looks at nobody",
      "it waits for rounds by day",
    ])
      expect(blocks).toContain(said);
  });
});
