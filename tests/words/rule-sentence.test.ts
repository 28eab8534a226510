import { describe, expect, it } from "vitest";
import { NO_CURRENCY } from "../../lib/domain/money.ts";
import { ruleSentence, type ToldRule } from "../../lib/words/rule-sentence.ts";

const LABELS = {
  spend: { en: "spend", fr: "dépense" },
  roas: { en: "ROAS", fr: "ROAS" },
  learning: { en: "learning phase", fr: "phase d'apprentissage" },
};

const SCOPE: ToldRule["appliesTo"] = {
  ...{ level: "budgetHolder", platforms: null, accounts: null, stages: null, status: ["active"] },
  ...{ budget: { owner: null, period: ["daily"] }, match: {}, except: null },
};

const RULE: ToldRule = {
  appliesTo: SCOPE,
  condition: {
    kind: "leaf",
    leaf: {
      ...{ fact: "spend", params: { window: "14d..8d" }, operator: "between" },
      right: { kind: "literal", value: [10_000_000, 20_500_000], unit: "money" },
    },
  },
  action: { type: "cutBudget", by: { kind: "amount", micros: 5_000_000n }, floorMicros: 20_000_000n },
  mode: "apply",
  cooldownNights: 2,
};

function said(given: Partial<ToldRule>, language: "en" | "fr" = "en", currency = "EUR"): string {
  const reader = { language, currency, zone: "Europe/Paris" };
  return ruleSentence(
    { ...RULE, ...given },
    { reader, labels: LABELS, units: { spend: "money" } },
  ).replaceAll(/[\u00a0\u202f]/g, " ");
}

describe("lib/words/rule-sentence", () => {
  it("tells a range, days long ago, an amount with its floor and a cool-down", () => {
    expect(said({})).toBe(
      "Each budget holder, active, daily budget: cut the budget by €5.00, never below €20.00, when spend from 14 to 8 days ago from €10.00 to €20.50 (applied without asking, at most every 2 nights).",
    );
    expect(said({}, "fr")).toBe(
      "Chaque porteur de budget, actif, budget quotidien : baisser le budget de 5,00 €, jamais en dessous de 20,00 €, quand dépense d'il y a 14 à 8 jours de 10,00 € à 20,50 € (appliqué sans demander, au plus toutes les 2 nuits).",
    );
  });

  it("leaves amounts bare where no brand says their currency", () => {
    expect(said({}, "en", NO_CURRENCY)).toContain("cut the budget by 5.00, never below 20.00,");
  });

  it("tells whom a rule is for and whom it leaves alone", () => {
    const match = { campaigns: ["PROS *", "RTG *"] };
    const appliesTo = { ...SCOPE, platforms: ["meta"], match, except: { names: ["*TEST*"] } };
    expect(said({ appliesTo })).toMatch(
      /^Each budget holder, active, daily budget, on meta, campaign like PROS \* or RTG \*, except named like \*TEST\*: /,
    );
  });

  it("tells alternatives in brackets, a factor with what is added, states and missing data", () => {
    const against = {
      kind: "fact",
      fact: "spend",
      params: { window: "7d" },
      timesPermille: 1500,
      plus: -2_000_000,
    } as const;
    const leaf = (fact: string, operator: string, right: object, window?: string) =>
      ({
        kind: "leaf",
        leaf: { fact, params: window === undefined ? {} : { window }, operator, right },
      }) as ToldRule["condition"];
    const condition: ToldRule["condition"] = {
      kind: "all",
      children: [
        leaf("spend", "greaterThan", against, "1d"),
        {
          kind: "any",
          children: [
            leaf("roas", "isKnown", { kind: "literal", value: false, unit: "flag" }, "7d"),
            leaf("learning", "in", { kind: "literal", value: ["learned", "limited"], unit: "state" }),
          ],
        },
      ],
    };
    expect(said({ condition, action: { type: "pause" }, cooldownNights: null, mode: "shadow" })).toBe(
      "Each budget holder, active, daily budget: pause it when spend over 1 day over 1.5 x spend over 7 days - €2.00 and (ROAS over 7 days not known or learning phase one of learned or learning limited) (only watched).",
    );
  });
});
