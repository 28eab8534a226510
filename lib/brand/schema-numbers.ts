/** The brand's own numbers: parameters, and metrics that it makes up from facts and parameters. */
import { z } from "zod";
import { matcherKeys, namesAnything } from "../domain/matcher-shape.ts";
import { must, oneOf, strictShape } from "../domain/shape.ts";
import { MAX_FORMULA_LENGTH } from "../formulas/parse.ts";
import { someone } from "./schema-groups.ts";
import { nameSchema } from "./schema-words.ts";

const MAX_VALUES = 500;
const MAX_METRICS = 50;

/** Above any amount that is a target, and exact as a number of micros. */
const MAX_NUMBER = 1_000_000_000;

const unit = oneOf(["money", "ratio", "percent", "count"], {
  instead: { currency: "money", number: "count" },
});

const formula = z.string().min(1).max(MAX_FORMULA_LENGTH);

export const parameter = strictShape(
  {
    unit: unit.describe("What its numbers are."),
    default: z
      .number()
      .min(0)
      .max(MAX_NUMBER)
      .optional()
      .describe("Used where no value fits. Money in major units, percent 0 to 100."),
    values: z
      .array(
        strictShape({ ...matcherKeys, value: z.number().min(0).max(MAX_NUMBER) }).refine(
          namesAnything,
          someone,
        ),
      )
      .min(1)
      .max(MAX_VALUES)
      .optional()
      .describe("The first value that fits wins, in the order written."),
    formula: formula
      .optional()
      .describe(
        "Instead of default and values: worked out from other parameters for each campaign, such as `1 / (contributionMargin - wantedProfit)`. Names, numbers, + - * /, parentheses, min and max.",
      ),
  },
  { instead: { value: "default" }, example: '{ "unit": "ratio", "default": 4 }' },
);

export const metricSchema = strictShape(
  {
    unit: unit.describe("What the formula comes to."),
    formula: formula.describe(
      "From metrics and parameters, such as `conversionValue * contributionMargin / spend`: each metric over the condition's own window. Names, numbers, + - * /, parentheses, min and max.",
    ),
  },
  { example: '{ "unit": "ratio", "formula": "conversionValue * contributionMargin / spend" }' },
);

export const metrics = z
  .record(nameSchema, metricSchema)
  .refine(
    (record) => Object.keys(record).length <= MAX_METRICS,
    must(`at most ${MAX_METRICS} metrics`, "remove some"),
  )
  .default({})
  .describe("Metrics of the brand's own, by name: rules name them like every other.");
