/** Which column of an export of Google Ads counts as conversions. */
import { type ExportFile, problemOf } from "./google-ads-cells.ts";

export interface CountedConversions {
  count: number | null;
  /** Null where the export has no value of the same conversions. */
  value: number | null;
  /** The column's own name; null without one. */
  name: string | null;
}

/**
 * The first of the columns in `pairs` (conversions, and what they are worth), or the one that a person named.
 * @throws ConfigError where there is no such column
 */
export function conversionsOf(
  file: ExportFile,
  pairs: readonly (readonly [count: number | null, value: number | null])[],
): CountedConversions {
  const named = file.options.conversion;
  const count = named === null ? (pairs[0]?.[0] ?? null) : file.indexOf({ names: [named], required: false });
  if (named !== null && count === null)
    throw problemOf(file, {
      code: "import.conversionMissing",
      path: "--conversion",
      found: named,
      allowed: file.header.join(", "),
      fix: "name the column of conversions as the header does",
    });
  if (count === null) return { count: null, value: null, name: null };
  const value = pairs.find(([one]) => one === count)?.[1] ?? null;
  return { count, value, name: file.header[count] ?? null };
}
