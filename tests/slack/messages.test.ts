import { describe, expect, it } from "vitest";
import type { Content } from "../../lib/domain/content.ts";
import type { Digest, Judgement, Review } from "../../lib/domain/digest.ts";
import type { Alert } from "../../lib/domain/state.ts";
import type { Verdict } from "../../lib/domain/verdict.ts";
import { messageProblems, textsTooLong, textTraps } from "../../lib/sandbox/slack/index.ts";
import { render } from "../../lib/slack/render.ts";
import { aBusyPlan } from "../support/busy-plan.ts";
import { NIGHT_MS } from "../support/log.ts";
import { aPlan, aReading, tooFewConversions } from "../support/plan-view.ts";
import { aProtection } from "../support/protections.ts";
import { slackOptions } from "../support/slack-view.ts";

const WORST = "<!channel> *x* ".repeat(40);
const ref = { platform: "meta", accountId: "1001", level: "adGroup", id: "11" } as const;
const raise = { kind: "dailyBudget", fromMicros: 100_000_000n, toMicros: 120_000_000n } as const;
const day = { value: "2026-03-18", unit: "day" } as const;

const ALERT: Alert = {
  id: "merAlarm/2026-03-11",
  kind: "merAlarm",
  subject: "2026-03-11",
  reason: { key: "missing.shop", values: {} },
  raisedAtMs: NIGHT_MS,
  takenBy: null,
  takenAtMs: null,
  escalatedAtMs: null,
  clearedAtMs: null,
};

function aJudgement(given: Partial<Judgement> = {}): Judgement {
  const conversions = aReading(10, "count");
  return {
    ...{ changeId: "atelier-lune-20260301-1", name: "Broad", ref, ruleId: "raise-proven", pack: "roads" },
    ...{ edit: raise, day: "2026-03-01", days: 7, verdict: "tooEarly" },
    ...{ spendBefore: aReading(1, "money"), spendAfter: aReading(1, "money") },
    ...{ conversionsBefore: conversions, conversionsAfter: conversions },
    ...{ marginalCpa: aReading(1, "money"), targetCpa: aReading(1, "money") },
    reason: { key: "judged.daysNotOver", values: { until: day } },
    ...given,
  };
}

function aDigest(given: Partial<Digest> = {}): Digest {
  return {
    brand: "atelier-lune",
    brandName: "Atelier Lune",
    day: "2026-03-11",
    plan: aPlan(),
    yesterday: {
      spend: aReading(3_000_000_000, "money"),
      revenue: aReading(12_000_000_000, "money"),
      mer: aReading(4, "ratio"),
    },
    ...{ changes: [], expired: 0, blocked: [], judged: [], quality: [], alerts: [], protections: [] },
    ...given,
  };
}

function aReview(given: Partial<Review> = {}): Review {
  return {
    ...{ brand: "atelier-lune", brandName: "Atelier Lune", from: "2026-03-02", to: "2026-03-08" },
    ...{ brandLine: aPlan().brandLine, cac: aReading(24_000_000, "money") },
    rules: [
      {
        ...{ ruleId: "raise-proven", pack: "roads", owner: "lea", proposed: 9, approved: 5, edited: 1 },
        ...{ rejected: 2, expired: 1, applied: 5, restored: 1, reasons: ["stock is out"], paid: 2, cost: 1 },
      },
    ],
    ...{ judged: [aJudgement()], nightsMissed: 1, nightsPlanned: 6 },
    ...given,
  };
}

function told(body: Content["body"], language: "en" | "fr" = "en"): string {
  const message = render({ key: "k", body }, slackOptions(language));
  expect(messageProblems(message.blocks)).toEqual([]);
  expect(textsTooLong(message.blocks)).toBe(false);
  expect(textTraps(message, ["meta.example"])).toEqual([]);
  return JSON.stringify(message).replaceAll("\u00a0", " ");
}

describe("lib/slack/render", () => {
  it("tells the morning: yesterday, what changed and who allowed it, what was judged, what is left alone", () => {
    const digest = aDigest({
      changes: [
        {
          ...{ changeId: "atelier-lune-20260311-1", name: "Broad", ref, edit: raise, ruleId: "raise-proven" },
          ...{ by: "lea", status: "confirmed", reason: null },
        },
      ],
      expired: 2,
      blocked: [{ guardrail: "learning", count: 3 }],
      judged: [aJudgement()],
      protections: [aProtection()],
    });
    const text = told({ kind: "digest", digest });
    expect(text).toContain("Spend €3,000.00 · Revenue €12,000.00 · MER 4.00");
    expect(text).toContain("Broad, €100.00 -&gt; €120.00 a day (+20%, +€20.00): done (<@U0LEA>)");
    expect(text).toContain("2 proposals expired without an answer");
    expect(text).toContain("3 changes: in the learning phase");
    expect(text).toContain("Broad, raise +20%, 7 days: too early: its days run until Wed 18 Mar");
    expect(text).toContain("Broad: hands off, by lea (sale), until Mon 16 Mar, 00:00");
  });

  it("says of a quiet morning that nothing was changed, and that the figures are whole", () => {
    const text = told({ kind: "digest", digest: aDigest({ plan: null }) });
    expect(text).toContain("Nothing was changed, and nothing waits.");
    expect(text).toContain("Every account is in, and nothing is suspect.");
  });

  it("tells how each rule fared, and why people said no to it", () => {
    const text = told({ kind: "review", review: aReview() });
    expect(text).toContain("6 nights decided, 1 missed.");
    expect(text).toContain(
      "9 proposed, 5 approved, 1 edited, 2 rejected, 1 expired, 5 applied, 1 taken back",
    );
    expect(text).toContain("rejected because: stock is out");
    expect(text).toContain("Cost of a new customer €24.00");
  });

  it.each<[string, Partial<Alert>, string, boolean]>([
    ["nobody's", {}, "Nobody is on it yet.", true],
    ["taken", { takenBy: "lea", takenAtMs: NIGHT_MS }, "<@U0LEA> is on it since Wed 11 Mar, 04:10.", false],
    ["escalated", { escalatedAtMs: NIGHT_MS }, "automatic changes are off", true],
    ["over", { clearedAtMs: NIGHT_MS }, "Over since Wed 11 Mar, 04:10.", false],
  ])("shows an alert that is %s", (_, given, words, takeable) => {
    const text = told({ kind: "alert", alert: { ...ALERT, ...given }, figures: [] });
    expect(text).toContain(words);
    expect(text.includes("palier_take_alert")).toBe(takeable);
  });

  it("names the figures that an alert is about", () => {
    const label = { key: "loop.alert.spend", values: {} };
    const figures = [{ label, figure: { value: 21_000_000_000, unit: "money" } as const }];
    expect(told({ kind: "alert", alert: ALERT, figures })).toContain("Spend of the last 7 days: €21,000.00");
  });

  it("answers why with each rule's conditions, and with what is left alone", () => {
    const subject = { level: "budgetHolder", key: "k", name: "Broad", ref, stage: null } as const;
    const verdicts: Verdict[] = [
      {
        ruleId: "raise-proven",
        pack: "roads",
        subject,
        result: "notMatched",
        evidence: [tooFewConversions()],
      },
    ];
    const found = [{ name: "Broad", verdicts, changes: [], protections: [aProtection()] }];
    const text = told({ kind: "why", asked: "broad", plan: aPlan(), found });
    expect(text).toContain("*raise-proven*: does not apply. 11 of 15 conversions over 14 days");
    expect(text).toContain("Broad: hands off, by lea (sale)");
    expect(told({ kind: "why", asked: WORST, plan: aPlan(), found: [] })).toContain(
      "Nothing in the last plan",
    );
    expect(told({ kind: "why", asked: "x", plan: null, found: [] })).toContain("No night has been planned");
  });

  it("shows a preview without anything to click", () => {
    const text = told({ kind: "preview", plan: aBusyPlan() });
    expect(text).toContain("Nothing was logged, nothing is asked, nothing is changed.");
    expect(text).toContain("Broad women 25-44: €100.00 -&gt; €120.00 a day (+20%, +€20.00) (proposed; ");
    expect(text).not.toContain("action_id");
  });

  it("tells a channel the notices that name it, and nothing else of the night", () => {
    const subject = { level: "brand", key: "b", name: "Atelier Lune", ref: null, stage: null } as const;
    const notice = {
      ruleId: "mer-alarm",
      pack: "roads",
      urgent: true,
      to: ["#media"],
      blind: false,
      subject,
    };
    const plan = aBusyPlan();
    const text = told({
      kind: "told",
      plan,
      notices: [{ ...notice, evidence: plan.changes[0]?.evidence ?? [] }],
    });
    expect(text).toContain("ALARM Atelier Lune");
    expect(text).not.toContain("#media");
    expect(text).not.toContain("Broad women");
  });

  it("announces a night in which budgets may change, and how to prevent it", () => {
    const notice = { brandName: "Atelier Lune", day: "2026-03-11", nightFrom: "04:05", nightTo: "06:00" };
    expect(told({ kind: "notice", ...notice })).toContain(
      "Tonight from 04:05 to 06:00 Palier may change budgets of Atelier Lune without asking",
    );
  });

  it("keeps within what Slack takes however much there is to tell, in both languages", () => {
    const many = Array.from({ length: 60 }, (_, index) => index);
    const judged = many.map(() => aJudgement({ name: WORST }));
    const digest = aDigest({
      judged,
      changes: many.map((index) => ({
        ...{ changeId: String(index), name: WORST, ref, edit: raise, ruleId: "r" },
        ...{ by: WORST, status: "notApplied" as const, reason: { key: "missing.shop", values: {} } },
      })),
      quality: many.map(() => ({ key: "missing.shop", values: {} })),
      protections: many.map(() => aProtection({ name: WORST, reason: WORST })),
      alerts: many.map(() => ALERT),
    });
    const [rule] = aReview().rules;
    if (rule === undefined) throw new Error("the review has a rule");
    const rules = many.map(() => ({ ...rule, ruleId: WORST, reasons: [WORST, WORST, WORST] }));
    for (const language of ["en", "fr"] as const) {
      told({ kind: "digest", digest }, language);
      told({ kind: "review", review: aReview({ rules, judged }) }, language);
    }
  });
});
