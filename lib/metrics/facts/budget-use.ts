/** What a budget leaves room for: how much of it is used, whether it holds delivery back, and where its last steps began. */
import { addDays } from "../../domain/day.ts";
import { anchorOf, pastChangesOf } from "../../domain/history.ts";
import { safeMicros } from "../../domain/money.ts";
import { decimalRatio } from "../arithmetic.ts";
import type { Node } from "../census.ts";
import type { Delivery } from "../delivery/delivery.ts";
import { sumReader } from "../delivery/sums.ts";
import { ENTITY_LEVELS, type StateContext, type StateFact } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, type NoData, noData } from "../outcome.ts";
import { startsOf } from "../windows/since.ts";
import { ownBudget } from "./budget.ts";

const NO_BUDGET = noData(metricMessage("noData.noBudget", {}));
const NO_DAILY_BUDGET = noData(metricMessage("noData.noDailyBudget", {}));
const NO_COMPLETE_DAY = noData(metricMessage("noData.noCompleteDay", {}));
const NOT_REPORTED = noData(metricMessage("noData.notReported", { fact: "budgetLimited" }));

export const budgetUsedPercent: StateFact = {
  id: "budgetUsedPercent",
  label: { en: "budget used", fr: "budget consommé" },
  unit: "percent",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  range: [0, 100_000],
  doc: "Of a daily budget 100 x spend of yesterday / the budget as it is now; of a lifetime budget 100 x all that was spent before today / the budget, no data when its days are not all known. No data where another entity owns the money.",
  source: "spend and the platform's budget",
  read: (context) => {
    const readSpend = sumReader("spendMicros");
    return (node) => {
      const budget = ownBudget(node);
      if (budget === null || budget.amountMicros <= 0n) return NO_BUDGET;
      const delivery = budget.period === "daily" ? yesterdayOf(context, node) : lifetimeOf(context, node);
      if (delivery.kind === "noData") return delivery;
      const spent = readSpend(delivery);
      if (typeof spent !== "number") return spent;
      const { from, to } = delivery.window;
      const days = from === to ? from : `${from} to ${to}`;
      return known(decimalRatio(spent, safeMicros(budget.amountMicros), 100), `${delivery.source}, ${days}`);
    };
  },
};

export const budgetLimited: StateFact = {
  id: "budgetLimited",
  label: { en: "held back by its budget", fr: "limité par le budget" },
  unit: "flag",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  doc: "True where the platform says that the budget keeps it, its campaign, or any campaign on its shared budget from delivering more; no data where it does not say.",
  source: "Google Ads API, campaign.primary_status_reasons",
  read: () => (node) => {
    const { campaign, entity, holder } = node;
    const parts = entity === null ? (holder?.feeds ?? []) : [entity];
    const stated = parts.map((part) => part.budgetLimited ?? campaign?.budgetLimited);
    if (stated.includes(true)) return known(true);
    const isWhole = stated.length > 0 && (holder?.unclearFeeds.length ?? 0) === 0;
    return isWhole && stated.every((one) => one === false) ? known(false) : NOT_REPORTED;
  },
};

export const anchorBudget: StateFact = {
  id: "anchorBudget",
  label: { en: "budget before the last changes", fr: "budget avant les derniers changements" },
  unit: "money",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  doc: "The daily budget before Palier's first change within the brand's limit anchorNights, else the budget as it is: raises stay under anchorMultiple times it. No data without an own daily budget.",
  source: "the brand's log and the platform's budget",
  read:
    ({ brand, day, state }) =>
    (node) => {
      const budget = ownBudget(node);
      if (budget === null || budget.period !== "daily") return NO_DAILY_BUDGET;
      const past = pastChangesOf(state, node.subject.key, brand.zone, null);
      return known(safeMicros(anchorOf(past, budget.amountMicros, day, brand.limits)));
    },
};

function yesterdayOf({ day, deliveryOver }: StateContext, node: Node): Delivery | NoData {
  const yesterday = addDays(day, -1);
  return deliveryOver({ from: yesterday, to: yesterday })(node);
}

/** From the day of its creation on, all of them covered. */
function lifetimeOf(
  { brand, day, deliveryOver, lastAppliedAtMs }: StateContext,
  node: Node,
): Delivery | NoData {
  const from = startsOf(node, brand.zone, lastAppliedAtMs)("lifetime");
  if (typeof from !== "string") return from;
  const to = addDays(day, -1);
  return from <= to ? deliveryOver({ from, to })(node) : NO_COMPLETE_DAY;
}
