/** Where MER stops being fine: set by hand, derived from the margin, or the field's rule of thumb. */
import { sixDecimals } from "../arithmetic.ts";
import { EVERY_LEVEL, type StateContext, type StateFact } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData, type Outcome } from "../outcome.ts";
import { parameterFor } from "../parameters.ts";

/** Usual in e-commerce: 4 is healthy, below 3 is an alarm. Both ignore margin, so they serve only where it is unknown. */
const USUAL_FLOOR = 4;
const USUAL_ALARM = 3;
const UNKNOWN_MARGIN = "default: margin unknown";

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
  read: (context) => levelOf("merFloor", context, USUAL_FLOOR, profitOf(context)),
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
  read: (context) => levelOf("merAlarm", context, USUAL_ALARM, { value: 0, source: null }),
};

interface Share {
  value: number;
  source: string | null;
}

function profitOf({ brand, node }: StateContext): Share {
  const set = parameterFor(brand, node, "wantedProfit");
  return set.kind === "known" ? set : { value: 0, source: null };
}

function levelOf(id: string, { brand, node }: StateContext, usual: number, profit: Share): Outcome {
  const set = parameterFor(brand, node, id);
  if (set.kind === "known") return set;
  const margin = parameterFor(brand, node, "contributionMargin");
  if (margin.kind === "noData") return known(usual, UNKNOWN_MARGIN);
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
