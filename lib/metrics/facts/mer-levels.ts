/** Where MER stops being fine: set by hand, derived from the margin, or the field's rule of thumb. */
import { sixDecimals } from "../arithmetic.ts";
import type { Node } from "../census.ts";
import { EVERY_LEVEL, type NodeReader, type StateContext, type StateFact } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { type Known, known, noData, type Outcome } from "../outcome.ts";
import { parameterOf } from "../parameters.ts";

/** Usual in e-commerce: 4 is healthy, below 3 is an alarm. Both ignore margin, so they serve only where it is unknown. */
const UNKNOWN_MARGIN = "default: margin unknown";
const USUAL_FLOOR = known(4, UNKNOWN_MARGIN);
const USUAL_ALARM = known(3, UNKNOWN_MARGIN);

export const merFloor: StateFact = {
  id: "merFloor",
  label: { en: "MER floor", fr: "plancher de MER" },
  unit: "ratio",
  kind: "parameter",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: null,
  doc: "The parameter of that name, else 1 / (contributionMargin - wantedProfit), else 4 where the margin is unknown. Without wantedProfit it is the break-even 1 / contributionMargin; no data when nothing is left.",
  source: "the brand file, parameters",
  read: (context) => {
    const readProfit = context.parameter("wantedProfit");
    return levelOf("merFloor", context, USUAL_FLOOR, (node) => {
      const profit = readProfit(node);
      return profit.kind === "known" ? profit : NO_PROFIT;
    });
  },
};

export const merAlarm: StateFact = {
  id: "merAlarm",
  label: { en: "MER alarm", fr: "alerte de MER" },
  unit: "ratio",
  kind: "parameter",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: null,
  doc: "The parameter of that name, else the break-even 1 / contributionMargin, else 3 where the margin is unknown.",
  source: "the brand file, parameters",
  read: (context) => levelOf("merAlarm", context, USUAL_ALARM, () => NO_PROFIT),
};

interface Share {
  value: number;
  source: string | null;
}

const NO_PROFIT: Share = { value: 0, source: null };

/** Many subjects have the same shares: what these come to is worked out once. */
function levelOf(
  id: string,
  { brand, parameter }: StateContext,
  usual: Known,
  profitOf: (node: Node) => Share,
): NodeReader {
  const [readSet, readMargin] = [parameter(id), parameter("contributionMargin")];
  // A brand's own formula without data must not fall back to a level that it was written to replace.
  const isCalculated = parameterOf(brand, id)?.formula !== undefined;
  let [lastMargin, lastProfit]: [Share | null, Share | null] = [null, null];
  let last: Outcome = usual;
  return (node) => {
    const set = readSet(node);
    if (set.kind === "known" || isCalculated) return set;
    const margin = readMargin(node);
    if (margin.kind === "noData") return usual;
    const profit = profitOf(node);
    if (margin !== lastMargin || profit !== lastProfit) last = derived(margin, profit);
    [lastMargin, lastProfit] = [margin, profit];
    return last;
  };
}

function derived(margin: Share, profit: Share): Outcome {
  const left = sixDecimals(margin.value - profit.value);
  if (margin.value > 1 || left <= 0) {
    const shares = { contributionMargin: margin.value, wantedProfit: profit.value };
    return noData(metricMessage("noData.marginOutOfRange", shares));
  }
  return profit.source === null
    ? known(sixDecimals(1 / left), `1 / contributionMargin; ${margin.source}`)
    : known(
        sixDecimals(1 / left),
        `1 / (contributionMargin - wantedProfit); ${margin.source}; ${profit.source}`,
      );
}
