/** Where an entity stands among those that a rule looks at. */
import { decimalRatio } from "../arithmetic.ts";
import { ACCOUNT_LEVELS, CORRECTED_FOR_DELAY, COUNTED_ON, NAMED, type RankFact } from "../fact.ts";

/** The last ones are the metric's own. */
const PARAMS = ["by", "within", "order", CORRECTED_FOR_DELAY, COUNTED_ON, ...NAMED];

export const rank: RankFact = {
  id: "rank",
  label: { en: "rank", fr: "rang" },
  unit: "count",
  kind: "metric",
  ranked: true,
  levels: ACCOUNT_LEVELS,
  params: PARAMS,
  goodSide: "low",
  doc: "Place by the metric `by` among those that the rule looks at and that have data for it, 1 first; `within` says among whom: `brand` (default), `account`, `platform`, `campaign`, or `stage` and `objective` of its account. `order` is `bestFirst` (default, by the metric's good side, else the highest) or `worstFirst`; equal figures share the better place. No data without data for the metric.",
  source: "the metric that it is ranked by",
  valueOf: (place) => place,
};

export const rankPercent: RankFact = {
  id: "rankPercent",
  label: { en: "rank in percent", fr: "rang en pour cent" },
  unit: "percent",
  kind: "metric",
  ranked: true,
  levels: ACCOUNT_LEVELS,
  params: PARAMS,
  goodSide: "low",
  doc: "100 x rank / how many are ranked, so at most 20 is the top 20 %, where of 4 nobody is. No data without data for the metric.",
  source: "the metric that it is ranked by",
  valueOf: (place, ranked) => decimalRatio(place, ranked, 100),
};
