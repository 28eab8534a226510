/** Sentences that this folder leaves as keys of the words catalogue, with the figures that fill them. */
import { type Figure, type Message, message, type Unit } from "../domain/figure.ts";

const messages = {
  "judged.daysNotOver": { until: "day" },
  "judged.notSettled": { percent: "percent", needed: "percent" },
  "judged.changedAgain": { day: "day" },
  "judged.changedByOthers": {},
  "judged.gone": {},
  "judged.spendDidNotFollow": { spend: "money" },
  "judged.moreThanNeeded": { spend: "money", conversions: "count", needed: "count" },
  "judged.lessThanNeeded": { spend: "money", conversions: "count", needed: "count" },
  "judged.lossBelowSaved": { spend: "money", conversions: "count", needed: "count" },
  "judged.lossAboveSaved": { spend: "money", conversions: "count", needed: "count" },
  "judged.withinChance": { spend: "money", conversions: "count", needed: "count", chance: "count" },
  "judged.noMargin": {},
  "tracking.low": {
    account: "text",
    day: "day",
    conversions: "count",
    expected: "count",
    percent: "percent",
  },
  "tracking.high": {
    account: "text",
    day: "day",
    conversions: "count",
    expected: "count",
    percent: "percent",
  },
  "digest.noNight": {},
  "digest.noSnapshot": {},
  "digest.daysOutOfReach": {},
  "digest.unmapped": { spend: "money", percent: "percent" },
  "digest.newcomers": { count: "count", uncovered: "count" },
  "digest.scopes": { rules: "text" },
  "digest.unsettled": { account: "text", percent: "percent", needed: "percent" },
  "digest.rejectedBecause": { reason: "text" },
} as const satisfies Record<string, Record<string, Unit>>;

type MessageKey = keyof typeof messages;
type Values<K extends MessageKey> = Readonly<Record<keyof (typeof messages)[K], number | string>>;

/** Every key with the names and units of its figures. */
export const digestMessageFigures: Readonly<Record<string, Readonly<Record<string, Unit>>>> = messages;

/** The message of `key`, each value with the unit that the table above gives it. */
export function digestMessage<K extends MessageKey>(key: K, values: Values<K>): Message {
  const units: Record<string, Unit> = messages[key];
  const figures = Object.entries<number | string>(values).map(([name, value]): [string, Figure] => [
    name,
    { value, unit: units[name] ?? "text" },
  ]);
  return message(key, Object.fromEntries(figures));
}
