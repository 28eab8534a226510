import { afterAll, describe, expect, it } from "vitest";
import { palier } from "../support/command.ts";
import { aFolder, removeHomes } from "../support/home.ts";

const WILD = "tests/fixtures/wild";

/** What each rule says of itself, from what was loaded. */
const SENTENCES: Readonly<Record<string, string>> = {
  "app-install":
    "Each budget holder, active, daily budget: raise the budget by 10% when spend today at least €20.00 and conversions (appInstall) today at least 5 and (CPA (appInstall) today under €3.00 or CPA today under €20.00 or conversion value today at least 3 x spend today) (proposed, every hour).",
  "blended-cpa":
    "Each budget holder, active, daily budget, on meta: raise the budget by 5% when cost per order over 7 days under 0.9 x targetOrderCost (proposed, on Monday, Wednesday, Friday).",
  "dear-three-days":
    "Each budget holder, active, daily budget: pause it when CPA on each of the last 3 days over 2 x target CPA and conversions over 3 days over 10 (proposed, telling people in #media).",
  "dearer-reach":
    "Each budget holder, active, daily budget: cut the budget by 20%, never below €20.00, when CPA today over €20.00 and CPM today over CPM over 1 day + €10.00 (proposed, every hour).",
  "funnel-shares":
    "The brand: divide the money over funnel (top 60% to 80%, middle 15% to 30%, bottom 5% to 15%) when share of spend (top) over 28 days outside 60% to 80% or share of spend (middle) over 28 days outside 15% to 30% or share of spend (bottom) over 28 days outside 5% to 15% (proposed).",
  "late-conversions":
    "Each budget holder, paused, daily budget: turn it on again, whoever paused it, when conversions over 7 days and today over 0 and CPA over 7 days and today under payout - €0.01 (proposed, at 00:00).",
  "marginal-floor":
    "The brand: hold every raise of the brand when incremental MER over 28 days against 56 to 29 days ago under floorOfMer or MER over 28 days under floorOfMer (proposed).",
  "month-80":
    "Each account: raise the alarm when spend this month and today at least 0.8 x accountMonthBudget (proposed, at 09:00 America/Sao_Paulo).",
  "month-stop":
    "Each account: pause every campaign until the first of the next month when spend this month at least 1.1 x accountMonthBudget (proposed).",
  "raise-to-500":
    "Each budget holder, active, daily budget: raise the budget by 15%, never above €500.00, when ROAS over 7 days over 3.00 and spend over 7 days over €100.00 (proposed, at most once a day).",
  "settled-roas":
    "Each budget holder, active, daily budget, on meta, with id 201 or 202: raise the budget by 20% when ROAS (7dClick) from 14 to 8 days ago over 0.50 and age over 192 hours (proposed, at most once a day).",
  "spend-today":
    "Each budget holder, active, daily budget: pause it until the next night when spend today over 0.8 x daily budget and spend today at least €25.00 (proposed, every hour).",
  "two-good-days":
    "Each budget holder, active, daily budget: raise the budget by 20% when ROAS on each of the last 2 days over 3.00 and conversions over 2 days at least 10 (proposed).",
  "weak-ctr":
    "Each ad, active: pause it when CTR over 7 days under 0.7 x CTR of its campaign over 7 days (proposed, on Monday).",
  "weak-roas-today":
    "Each budget holder, active, daily budget: pause it until the next night when ROAS today under 3.00 and spend today over 0.5 x daily budget (proposed, every hour).",
};

const FRENCH: Readonly<Record<string, string>> = {
  "app-install":
    "Chaque porteur de budget, actif, budget quotidien : augmenter le budget de 10 % quand dépense aujourd'hui au moins 20,00 € et conversions (appInstall) aujourd'hui au moins 5 et (CPA (appInstall) aujourd'hui moins de 3,00 € ou CPA aujourd'hui moins de 20,00 € ou valeur de conversion aujourd'hui au moins 3 x dépense aujourd'hui) (proposé, toutes les heures).",
  "dear-three-days":
    "Chaque porteur de budget, actif, budget quotidien : le mettre en pause quand CPA chaque jour pendant 3 jours plus de 2 x CPA cible et conversions sur 3 jours plus de 10 (proposé, en prévenant dans #media).",
  "late-conversions":
    "Chaque porteur de budget, en pause, budget quotidien : le relancer, qui que ce soit qui l'ait mis en pause, quand conversions sur 7 jours et aujourd'hui plus de 0 et CPA sur 7 jours et aujourd'hui moins de payout - 0,01 € (proposé, à 00:00).",
};

async function said(...args: string[]): Promise<Record<string, string>> {
  const { stdout } = await palier(["lint", WILD, "--say", "--json", "--home", aFolder(), ...args]);
  const rules: { rule: string; sentence: string }[] = JSON.parse(stdout);
  return Object.fromEntries(
    rules.map(({ rule, sentence }) => [rule, sentence.replaceAll(/[\u00a0\u202f]/g, " ")]),
  );
}

describe("rules that users, vendors and platforms publish", () => {
  afterAll(removeHomes);

  it("are all said in JSON alone, and loaded without an error", async () => {
    const { code, stdout } = await palier(["lint", WILD, "--json", "--home", aFolder()]);
    const { rules, findings }: { rules: number; findings: { severity: string }[] } = JSON.parse(stdout);
    expect(rules).toBe(15);
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(code).toBe(0);
  });

  it("do at their published numbers what their pages say, each condition seen true and false", async () => {
    const { code, stdout } = await palier(["test", WILD, "--json"]);
    const { summary } = JSON.parse(stdout);
    expect(summary).toEqual({ files: 15, cases: 67, failed: 0, conditions: 30, covered: 30 });
    expect(code).toBe(0);
  });

  it("are told back in one sentence each", async () => {
    expect(await said()).toEqual(SENTENCES);
    expect(await said("--language", "fr")).toMatchObject(FRENCH);
  });
});
