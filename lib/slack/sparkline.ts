/** A holder's last days as text: one sign a day, a dot where nobody knows. */
import type { HolderLine } from "../domain/plan.ts";
import { type FactLabels, factLabel } from "../words/fact-words.ts";
import { formatMoney } from "../words/format.ts";
import type { Reader } from "../words/reader.ts";
import { phrase } from "../words/say.ts";

const BARS = "▁▂▃▄▅▆▇█";
const NO_DATA = "·";
/** Of days that are all alike. */
const MIDDLE = "▄";

/** Spend and CPA with their lowest and highest day; a series that nobody knows anything of is left out. */
export function seriesLines({ daily }: HolderLine, reader: Reader, labels: FactLabels): string[] {
  const cpa = daily.spendMicros.map((spend, index) => {
    const conversions = daily.conversions[index] ?? null;
    return spend === null || conversions === null || conversions === 0 ? null : spend / conversions;
  });
  return [
    ...seriesLine(factLabel("spend", reader, labels), daily.spendMicros, reader),
    ...seriesLine(factLabel("cpa", reader, labels), cpa, reader),
  ];
}

function seriesLine(label: string, values: readonly (number | null)[], reader: Reader): string[] {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return [];
  const bars = sparkline(values);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const ends = { low: formatMoney(low, reader), high: formatMoney(high, reader) };
  return [
    phrase("card.series", reader, { label, bars, ...ends, days: { value: values.length, unit: "days" } }),
  ];
}

/** "▁▄█·": from the lowest to the highest value of its own. */
export function sparkline(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return values
    .map((value) => {
      if (value === null) return NO_DATA;
      if (high === low) return MIDDLE;
      return BARS[Math.round(((value - low) / (high - low)) * (BARS.length - 1))] ?? NO_DATA;
    })
    .join("");
}
