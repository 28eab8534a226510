/** Which column of an export of Google Ads counts as conversions. */
import { type ExportFile, problemOf } from "./google-ads-cells.ts";

export interface CountedConversions {
  count: number | null;
  /** Null where the export has no value of the same conversions. */
  value: number | null;
  /** As Google Ads calls them, or as the header does where it is a column of a person's own; null without one. */
  name: string | null;
}

/** Columns of conversions of one kind, with what they are worth. */
export interface ConversionColumns {
  count: number | null;
  value: number | null;
  name: string;
}

/** What Palier counts, by its name or its header; none where the file lacks it. @throws ConfigError as `conversionsOf` */
export function countedConversions(
  file: ExportFile,
  columns: readonly ConversionColumns[],
  counted: string | null,
): CountedConversions {
  if (file.options.conversion !== null || counted === null) return conversionsOf(file, columns);
  const known = columns.find(({ name, count }) => name === counted && count !== null);
  if (known !== undefined) return known;
  const count = file.indexOf({ names: [counted], required: false });
  return { count, value: null, name: count === null ? null : counted };
}

/**
 * The first of `columns`, or the one that a person named.
 * @throws ConfigError where there is no such column
 */
export function conversionsOf(file: ExportFile, columns: readonly ConversionColumns[]): CountedConversions {
  const named = file.options.conversion;
  const count =
    named === null ? (columns[0]?.count ?? null) : file.indexOf({ names: [named], required: false });
  if (named !== null && count === null)
    throw problemOf(file, {
      code: "import.conversionMissing",
      path: "--conversion",
      found: named,
      allowed: file.header.join(", "),
      fix: "name the column of conversions as the header does",
    });
  if (count === null) return { count: null, value: null, name: null };
  const known = columns.find((one) => one.count === count);
  return known ?? { count, value: null, name: file.header[count] ?? null };
}
