/** Why a figure is missing or not good enough: keys of the words catalogue with the figures that fill them. */
import { type Figure, type Message, message, type Unit } from "../domain/figure.ts";

const messages = {
  "noData.accountMissing": { account: "text" },
  "noData.levelNotFetched": { account: "text", level: "state" },
  "noData.campaignUnclear": { campaign: "text" },
  "noData.outsideCoverage": { from: "day", to: "day", coveredFrom: "day", coveredTo: "day" },
  "noData.notTiled": { from: "day", to: "day" },
  "noData.notDaily": {},
  "noData.notAdditive": { figure: "state" },
  "noData.figureMissing": { figure: "state", day: "day" },
  "noData.countedOtherwise": { account: "text", countedOn: "state" },
  "noData.noConversions": {},
  "noData.noSpend": {},
  "noData.noImpressions": {},
  "noData.noReach": {},
  "noData.noClicks": {},
  "noData.noLinkClicks": {},
  "noData.noShop": {},
  "noData.noShopDays": { missing: "days", firstMissing: "day" },
  "noData.shopFigureMissing": { figure: "state", day: "day" },
  "noData.sourceMissing": { channel: "text", day: "day" },
  "noData.channelUnknown": { channel: "text" },
  "noData.sumTooLarge": { figure: "state" },
  "noData.noRevenue": {},
  "noData.noOrders": {},
  "noData.noNewCustomers": {},
  "noData.noSessions": {},
  "noData.noQualifiedLeads": {},
  "noData.marginUnknown": {},
  "noData.spendNotRaised": { rise: "percent", need: "percent" },
  "noData.tooFewDays": { have: "days", need: "days" },
  "noData.tooFewConversions": { have: "count", need: "count" },
  "noData.parameterUnset": { name: "text" },
  "noData.parameterDiffers": { name: "text" },
  "noData.parameterOutOfRange": { name: "text" },
  "noData.formulaDividedByZero": { name: "text" },
  "noData.formulaTooLarge": { name: "text" },
  "noData.marginOutOfRange": { contributionMargin: "ratio", wantedProfit: "ratio" },
  "noData.stageUnknown": { stage: "text" },
  "noData.bandUnset": { stage: "text" },
  "noData.noStage": {},
  "noData.notReported": { fact: "state" },
  "noData.noDailyBudget": {},
  "noData.noBudget": {},
  "noData.noKnownChange": {},
  "noData.noCompleteDay": {},
  "noData.windowNotOver": { to: "day" },
  "noData.noEvent": { event: "text" },
  "noData.baseNotBefore": {},
  "noData.noGroup": { group: "state" },
  "noData.noSiblings": {},
  "noData.noneActive": {},
  "noData.notRanked": {},
  "rank.place": { place: "count", ranked: "count" },
  "noData.onlyPlain": {},
  "noData.conversionNotCounted": { account: "text", conversion: "text" },
  "noData.noMoreConversions": {},
  "noData.customersUnclear": {},
  "noData.memberUnknown": { group: "text", member: "text" },
  "noData.noLifetimeBudget": {},
  "noData.adsNotListed": { account: "text" },
  "noData.trackingUnclear": { account: "text" },
  "noData.notPaused": {},
  "noData.notPausedByPalier": {},
  "noData.noEventAhead": {},
  "noData.noEventBegun": {},
  "noData.notAtThisLevel": { fact: "text", level: "state" },
  "stable.overDispersed": { phi: "ratio", limit: "ratio" },
  "stable.halvesDiffer": { zSplit: "ratio", limit: "ratio" },
  "stable.worsening": { cusum: "count", limit: "count" },
} as const satisfies Record<string, Record<string, Unit>>;

type MessageKey = keyof typeof messages;
type Values<K extends MessageKey> = Readonly<Record<keyof (typeof messages)[K], number | string>>;

/** Every message key a reading may carry, with the names and units of its figures. */
export const metricMessageFigures: Readonly<Record<string, Readonly<Record<string, Unit>>>> = messages;
export const metricMessageKeys: readonly string[] = Object.keys(messages);

/** The message of `key`, each value with the unit that the table above gives it. */
export function metricMessage<K extends MessageKey>(key: K, values: Values<K>): Message {
  const units: Record<string, Unit> = messages[key];
  const figures: Record<string, Figure> = {};
  for (const [name, value] of Object.entries<number | string>(values)) {
    figures[name] = { value, unit: units[name] ?? "text" };
  }
  return message(key, figures);
}
