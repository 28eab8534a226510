/** What files of test cases are put together from. */
import { z } from "zod";
import { must, strictShape, withWords } from "../../domain/shape.ts";
import { MAX_NUMBER } from "../files/schema-words.ts";
import type { SeriesColumn } from "./columns.ts";
import { MAX_SERIES_DAYS, parseSeries } from "./series.ts";

export const MAX_OTHERS = 50;
const MAX_TEXT = 200;

/** No holder has more; `daysSinceChange` and the like become instants. */
export const MAX_DAYS = 5_000;

export const name = z.string().min(1).max(MAX_TEXT);
export const word = z
  .string()
  .regex(/^[A-Za-z][\w-]{0,39}$/, { error: "expected a name such as prospecting: letters and digits" });

export const seriesSchema = withWords(
  z
    .string()
    .refine(
      (text) => parseSeries(text) !== null,
      must(
        `figures day by day up to yesterday, oldest first, at most ${MAX_SERIES_DAYS} days`,
        'write such as "20x14" (fourteen days of 20) or "10 12 0 - 15x3" (- is a day without data)',
      ),
    ),
  { example: '"20x14"' },
);

export function seriesShape(
  columns: readonly SeriesColumn[],
  words: { instead?: Readonly<Record<string, string>> },
) {
  const keys = columns.map(
    ({ key, isMoney }): [string, z.ZodOptional<z.ZodNullable<typeof seriesSchema>>] => [
      key,
      seriesSchema
        .nullable()
        .optional()
        .describe(`${key} of each day${isMoney ? ", in major units" : ""}; null: it is not reported.`),
    ],
  );
  return strictShape(Object.fromEntries(keys), words);
}

export const count = z.number().min(0).max(MAX_NUMBER);

export const money = z.number().min(0).max(MAX_NUMBER);
export const days = z.number().int().min(0).max(MAX_DAYS);
