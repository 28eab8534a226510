/** Whether tests of new creatives keep up with the money: scaling wears ads out. */
import { localDay } from "../../domain/day.ts";
import { decimalRatio } from "../arithmetic.ts";
import { sumOf } from "../delivery/sums.ts";
import { type BrandFact, EVERY_LEVEL, type MetricContext } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, type NoData, noData } from "../outcome.ts";

/** Searches have no creatives. */
const PLATFORM = "meta";
/** The field's rule of thumb counts new ads for so much spent. */
const PER_MICROS = 5_000_000_000;

export const newAdsPer5000: BrandFact = {
  id: "newAdsPer5000",
  label: { en: "new ads per 5,000 spent", fr: "nouvelles annonces pour 5 000 dépensés" },
  unit: "ratio",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "5000 x ads created in the window / what the brand's Meta accounts spent in it, in the brand's currency; no data without spend, where an account's ads are not listed, or one does not say when it was created.",
  source: "Meta Marketing API, Ad, field created_time; spend of Meta accounts",
  read: (context) => {
    const delivery = context.platformDelivery(PLATFORM);
    if (delivery.kind === "noData") return delivery;
    const spent = sumOf(delivery, "spendMicros");
    if (typeof spent !== "number") return spent;
    const ads = newAds(context);
    if (typeof ads !== "number") return ads;
    if (spent === 0) return noData(metricMessage("noData.noSpend", {}));
    return known(decimalRatio(ads, spent, PER_MICROS), delivery.source);
  },
};

/** An account that lists ad groups and no ad was not asked for its ads. */
function newAds({ brand, snapshot, window }: MetricContext): number | NoData {
  let count = 0;
  for (const { platform, accountId, entities } of snapshot.accounts) {
    if (platform !== PLATFORM) continue;
    const ads = entities.filter(({ level }) => level === "ad");
    if (ads.length === 0 && entities.some(({ level }) => level === "adGroup")) {
      return noData(metricMessage("noData.adsNotListed", { account: `${platform}/${accountId}` }));
    }
    for (const { createdAtMs } of ads) {
      if (createdAtMs === null) return noData(metricMessage("noData.notReported", { fact: "age" }));
      const day = localDay(createdAtMs, brand.zone);
      if (day >= window.from && day <= window.to) count++;
    }
  }
  return count;
}
