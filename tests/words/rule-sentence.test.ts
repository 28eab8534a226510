import { describe, expect, it } from "vitest";
import { NO_CURRENCY } from "../../lib/domain/money.ts";
import { type Action, type Condition, EVERYBODY, PLAIN, type Rule } from "../../lib/rules/types.ts";
import { ruleSentence } from "../../lib/words/rule-sentence.ts";

const LABELS = {
  spend: { en: "spend", fr: "dépense" },
  roas: { en: "ROAS", fr: "ROAS" },
  learning: { en: "learning phase", fr: "phase d'apprentissage" },
};

const SCOPE: Rule["appliesTo"] = {
  ...EVERYBODY,
  ...{ level: "budgetHolder", status: ["active"], budget: { owner: null, period: ["daily"] }, except: null },
};

const RULE: Rule = {
  ...PLAIN,
  ...{ id: "cut-dear", pack: "roads", file: "cut-dear.json", hash: "a", description: "", owner: "lea" },
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

function said(given: Partial<Rule>, language: "en" | "fr" = "en", currency = "EUR"): string {
  const reader = { language, currency, zone: "Europe/Paris" };
  return ruleSentence(
    { ...RULE, ...given },
    { reader, labels: LABELS, units: { spend: "money", roas: "ratio" } },
  ).replaceAll(/[\u00a0\u202f]/g, " ");
}

const ACTIONS: [Action, string, string][] = [
  [
    {
      type: "setBudget",
      aim: {
        ...{ kind: "toward", metric: "roas", params: { window: "7d" } },
        ...{ target: 0.8, band: [0.76, 0.84], goodSide: "high" },
      },
      ...{ maxPercent: 10, floorMicros: 20_000_000n, ceilingMicros: 400_000_000n },
    },
    "move the budget towards ROAS over 7 days of 0.80, at rest from 0.76 to 0.84, by at most 10%, never above €400.00, never below €20.00, when",
    "mener le budget vers ROAS sur 7 jours de 0,80, au repos de 0,76 à 0,84, de 10 % au plus, jamais au-dessus de 400,00 €, jamais en dessous de 20,00 €, quand",
  ],
  [
    { type: "pause", until: { kind: "nextMonth" }, what: "campaigns" },
    "pause every campaign until the first of the next month when",
    "mettre en pause toutes les campagnes jusqu'au premier du mois suivant quand",
  ],
  [
    { type: "resume", pausedBy: { kind: "rules", ids: ["stop-loss", "stop-day"] } },
    "turn it on again if stop-loss or stop-day paused it when",
    "le relancer si stop-loss ou stop-day l'a mis en pause quand",
  ],
  [
    { type: "notify", urgency: "digest", to: ["#media"], repeat: "weekly" },
    "tell people in #media when",
    "prévenir dans #media quand",
  ],
  [
    { type: "hold", blocks: ["raise"], scope: { kind: "stage", stage: "cold" }, forAtLeastNights: 3 },
    "hold every raise in cold for at least 3 nights when",
    "retenir toute hausse dans cold pour au moins 3 nuits quand",
  ],
  [
    { type: "assign", group: "tier", move: "down", to: null },
    "move it down in tier when",
    "le descendre dans tier quand",
  ],
];

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
    const appliesTo = {
      ...SCOPE,
      platforms: ["meta"],
      match,
      except: { ...EVERYBODY, match: { names: ["*TEST*"] } },
    };
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
      }) as Condition;
    const condition: Condition = {
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
    expect(
      said({
        condition,
        action: { type: "pause", until: null, what: "self" },
        cooldownNights: null,
        mode: "shadow",
      }),
    ).toBe(
      "Each budget holder, active, daily budget: pause it when spend over 1 day over 1.5 x spend over 7 days - €2.00 and (ROAS over 7 days not known or learning phase one of learned or learning limited) (only watched).",
    );
  });

  const fact = (name: string, params: object): Condition => ({
    kind: "leaf",
    leaf: {
      ...{ fact: name, params: params as Record<string, string>, operator: "lessThan" },
      right: { kind: "literal", value: 3, unit: "ratio" },
    },
  });

  it.each([
    [{ window: "today" }, "ROAS today under 3.00", "ROAS aujourd'hui moins de 3,00"],
    [{ window: "7d+today" }, "ROAS over 7 days and today", "ROAS sur 7 jours et aujourd'hui"],
    [{ window: "thisMonth" }, "ROAS this month under", "ROAS ce mois-ci moins de"],
    [{ window: "event:black-friday" }, "ROAS during black-friday", "ROAS pendant black-friday"],
    [
      { window: "before:black-friday:14d" },
      "ROAS over the 14 days before black-friday",
      "ROAS sur les 14 jours avant black-friday",
    ],
    [{ window: "1d", daysInARow: 3 }, "ROAS on each of the last 3 days", "ROAS chaque jour pendant 3 jours"],
    [
      { window: "7d", daysInARow: 2 },
      "ROAS over 7 days, on each of the last 2 days",
      "ROAS sur 7 jours, chaque jour pendant 2 jours",
    ],
    [{ window: "7d", of: "campaign" }, "ROAS of its campaign over 7 days", "ROAS de sa campagne sur 7 jours"],
    [
      { window: "7d", conversion: "appInstall", attribution: "7dClick+1dView" },
      "ROAS (appInstall, 7dClick+1dView) over 7 days",
      "ROAS (appInstall, 7dClick+1dView) sur 7 jours",
    ],
    [
      { window: "7d", minSettledPercent: 90, customers: "new" },
      "ROAS (new customers, 90% settled) over 7 days",
      "ROAS (nouveaux clients, arrivé à 90 %) sur 7 jours",
    ],
    [
      { window: "7d", by: "spend", within: "campaign", order: "worstFirst" },
      "ROAS by spend within its campaign worst first over 7 days",
      "ROAS par dépense dans sa campagne le pire d'abord sur 7 jours",
    ],
  ])("tells what %j makes of a figure", (params, english, french) => {
    const condition = fact("roas", params);
    expect(said({ condition })).toContain(english);
    expect(said({ condition }, "fr")).toContain(french);
  });

  it.each(ACTIONS.map((one) => [one[0].type, ...one] as const))(
    "tells the action %s",
    (_, action, english, french) => {
      expect(said({ action })).toContain(english);
      expect(said({ action }, "fr")).toContain(french);
    },
  );

  it("tells how often, when and under whose eyes a rule acts", () => {
    const given: Partial<Rule> = {
      ...{ mode: "propose", nightsInARow: 3, notify: { to: ["#media"] }, onNoData: "notify" },
      ...{ mutes: { rules: ["wake-up"], nights: "always" }, rollout: { shadowNights: 7, proposeNights: 14 } },
      schedule: [{ when: { kind: "at", times: ["09:00"] }, days: ["mon"], zone: "America/Sao_Paulo" }],
      atMost: { perDay: 1, perWeek: 2, perLife: null },
    };
    expect(said(given)).toContain(
      "(proposed, after 7 nights watched and 14 nights proposed, at 09:00 on Monday America/Sao_Paulo, after 3 nights in a row, at most every 2 nights, at most once a day, at most 2 times a week, then wake-up leave it alone for good, telling people in #media, told when there is no data).",
    );
    const hourly: Partial<Rule> = {
      ...{ cooldownNights: null, cooldownHours: 6, atMost: { perDay: null, perWeek: null, perLife: 1 } },
      schedule: [
        { when: { kind: "every", minutes: 120, from: "08:00", to: "20:00" }, days: null, zone: null },
        { when: { kind: "every", minutes: 15, from: null, to: null }, days: ["sat"], zone: null },
      ],
    };
    expect(said(hourly)).toContain(
      "every 2 hours from 08:00 to 20:00, every 15 minutes on Saturday, at most every 6 hours, at most once ever)",
    );
    expect(said(hourly, "fr")).toContain("au plus toutes les 6 heures, une seule fois");
  });
});
