/** Where the month stands: how much of its money and of its days is gone. */
import { daysBetween, firstOfMonth, firstOfNextMonth } from "../../domain/day.ts";
import { decimalRatio } from "../arithmetic.ts";
import { brandSpend, EVERY_LEVEL, type StateContext, type StateFact } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData, type Outcome } from "../outcome.ts";

export const monthSpentPercent: StateFact = {
  id: "monthSpentPercent",
  label: { en: "month's budget spent", fr: "budget du mois dépensé" },
  unit: "percent",
  kind: "state",
  topic: "time",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: null,
  range: [0, 100_000],
  doc: "100 x all the brand spent on the complete days of this month / its parameter monthBudget; no data without that, and on the first of a month.",
  source: "spend of all accounts and outside them, and the brand file, parameters.monthBudget",
  read: (context) => {
    const outcome = spentOf(context);
    return () => outcome;
  },
};

export const monthElapsedPercent: StateFact = {
  id: "monthElapsedPercent",
  label: { en: "month elapsed", fr: "mois écoulé" },
  unit: "percent",
  kind: "state",
  topic: "time",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: null,
  doc: "100 x complete days of this month / its days, in the brand's zone: 0 on the first.",
  source: "the round",
  read: ({ day }) => {
    const first = firstOfMonth(day);
    const days = daysBetween(first, firstOfNextMonth(day));
    const elapsed = known(decimalRatio(daysBetween(first, day), days, 100));
    return () => elapsed;
  },
};

function spentOf({ brandOver, brandParameter, daysOf }: StateContext): Outcome {
  const budget = brandParameter("monthBudget");
  if (budget.kind === "noData") return budget;
  const window = daysOf("thisMonth");
  if ("kind" in window) return window;
  const spent = brandSpend(brandOver(window));
  if (spent.kind === "noData") return spent;
  if (budget.value <= 0) return noData(metricMessage("noData.parameterUnset", { name: "monthBudget" }));
  return known(decimalRatio(spent.micros, budget.value, 100), `${spent.source}; ${budget.source}`);
}
