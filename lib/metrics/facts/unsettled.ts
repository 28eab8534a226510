/** What speaks against deciding by conversions: those that are still to come, and counting that is to be doubted. */
import type { Node } from "../census.ts";
import { EVERY_LEVEL, type MetricFact, type StateFact } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData, type Outcome } from "../outcome.ts";
import type { Suspicion } from "../tracking.ts";
import { settledPercent } from "./settled-percent.ts";

export const dataUnsettled: MetricFact = {
  id: "dataUnsettled",
  label: { en: "conversions still to come", fr: "conversions encore à venir" },
  unit: "flag",
  kind: "metric",
  topic: "evidence",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "low",
  doc: "True where settledPercent is under the brand's limit settledPercent, below which no raise goes through; no data without spend.",
  source: "settledPercent and the brand's limits",
  read: (context) => {
    const readSettled = settledPercent.read(context);
    const needed = context.brand.limits.settledPercent;
    return (node) => {
      const settled = readSettled(node);
      return settled.kind === "noData" ? settled : { ...settled, value: Number(settled.value) < needed };
    };
  },
};

export const trackingSuspect: StateFact = {
  id: "trackingSuspect",
  label: { en: "tracking suspect", fr: "suivi douteux" },
  unit: "flag",
  kind: "state",
  topic: "evidence",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "low",
  doc: "True where yesterday's conversions per click of 40 % of its account's spend left what the four weeks before say is usual, all up or all down; of the brand where any account's did. No data where nobody can tell: too few conversions, or days that are not known.",
  source: "conversions and clicks by day of the account and its campaigns",
  read: ({ brand, tracking }) => {
    const ofBrand = outcomeOf(brand.accounts.map(({ platform, accountId }) => `${platform}/${accountId}`));
    return (node: Node) => {
      const looked = tracking();
      return node.accountKey === null ? ofBrand(looked) : outcomeOf([node.accountKey])(looked);
    };
  },
};

/** One that is suspect speaks for all, one that nobody can judge against all being well. */
function outcomeOf(accounts: readonly string[]): (looked: ReadonlyMap<string, Suspicion | null>) => Outcome {
  return (looked) => {
    const suspect = accounts.find((account) => (looked.get(account) ?? null) !== null);
    if (suspect !== undefined) return known(true, suspect);
    const unclear = accounts.find((account) => !looked.has(account));
    if (unclear === undefined) return known(false, accounts.join(" + "));
    return noData(metricMessage("noData.trackingUnclear", { account: unclear }));
  };
}
