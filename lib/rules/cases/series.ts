/** Figures of many days in one line, oldest first: "20x14" is fourteen days of 20, "10 12 0 - 15x3" three of 15 after a gap. */

/** Longer than any window with the year before it. */
export const MAX_SERIES_DAYS = 800;

/** Each day's figure as the decimal it was written, null for a day without data. */
export type Series = readonly (string | null)[];

const TOKEN = /^(-|-?\d{1,12}(?:\.\d{1,6})?)(?:x([1-9]\d{0,2}))?$/;

/** Null for what is no series. */
export function parseSeries(text: string): Series | null {
  const days: (string | null)[] = [];
  for (const token of text.trim().split(/\s+/)) {
    const [, figure, times = "1"] = TOKEN.exec(token) ?? [];
    if (figure === undefined) return null;
    const value = figure === "-" ? null : figure;
    for (let day = 0; day < Number(times); day += 1) days.push(value);
    if (days.length > MAX_SERIES_DAYS) return null;
  }
  return days;
}
