/** Files of test cases as people write them: what a night would see, and what the rule should make of it. */
import { z } from "zod";
import { daySchema } from "../../domain/day.ts";
import { slugSchema } from "../../domain/ids.ts";
import { oneOf, strictShape, withWords } from "../../domain/shape.ts";
import { resultSchema } from "../../domain/verdict.ts";
import { factName, MAX_NUMBER } from "../files/schema-words.ts";
import { SHOP_COLUMNS } from "./columns.ts";
import { entity, other, series } from "./schema-entity.ts";
import { days, MAX_OTHERS, name, seriesSchema, seriesShape, word } from "./schema-words.ts";

/** More than a person reads of one rule; each costs a plan. */
const MAX_CASES = 200;

const share = z.number().min(0).max(100);

const brand = strictShape(
  {
    currency: z.string().min(1).max(10).optional().describe("ISO 4217 code; default EUR."),
    parameters: z
      .record(word, withWords(z.number().min(0).max(MAX_NUMBER), { example: "35" }).nullable())
      .optional()
      .describe("Targets, margins and other numbers that rules name; null: nobody set it."),
    units: z
      .record(word, oneOf(["money", "ratio", "percent", "count"]))
      .optional()
      .describe("The unit of each parameter that neither Palier nor the pack knows."),
    shop: seriesShape(SHOP_COLUMNS, { instead: { sales: "revenue", visits: "sessions" } })
      .nullable()
      .optional()
      .describe("What the shop reports, day by day; without it there are no figures of a shop."),
    revenueBySource: z
      .record(word, seriesSchema.nullable())
      .optional()
      .describe("Revenue by where the shop says it came from: meta, google, email."),
    otherSpend: z
      .record(word, seriesSchema.nullable())
      .optional()
      .describe("Spend outside the ad accounts, by source."),
    bands: z
      .record(word, z.tuple([share, share]).nullable())
      .optional()
      .describe("Wanted share of spend of each stage in percent, both ends included."),
    metrics: z
      .record(word, strictShape({ unit: z.string(), formula: z.string() }))
      .optional()
      .describe("The brand's own metrics, as in a brand file."),
    calendar: z
      .record(
        slugSchema,
        z
          .array(strictShape({ from: daySchema, to: daySchema }))
          .min(1)
          .max(MAX_OTHERS),
      )
      .optional()
      .describe("Events with their occurrences, as in a brand file."),
    accountStop: z
      .array(slugSchema)
      .max(MAX_OTHERS)
      .optional()
      .describe("Rules that may stop a whole account."),
    limits: z
      .record(word, z.unknown())
      .optional()
      .describe("Hard limits, by their names in a brand file; nightlyRaisePercent is 50 unless stated."),
  },
  {
    instead: {
      revenue: "shop: { revenue }",
      orders: "shop: { orders }",
      targetCpa: "parameters: { targetCpa }",
    },
  },
);

const before = strictShape({
  plannedNights: days
    .optional()
    .describe("Nights that the rule has been watched for since its last edit; default: many."),
  matchedNights: days
    .optional()
    .describe("Nights in a row, up to last night, on which it matched on the entity."),
  blindNights: z
    .number()
    .int()
    .min(0)
    .max(1)
    .optional()
    .describe("1: last night it had no data of the entity."),
  changes: days.optional().describe("Changes of the entity that it has made, ever."),
  toldNightsAgo: days.optional().describe("How many nights ago people were told, since when it has matched."),
  heldNightsMore: days
    .optional()
    .describe("For how many nights more, tonight included, an earlier match holds."),
});

const situation = {
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "expected a time such as 09:00" })
    .optional()
    .describe("Time of the night in the brand's zone; default 04:10."),
  before: before.optional().describe("What the rule did on earlier nights."),
  day: daySchema.optional().describe("Calendar day of the night; series end on the day before it."),
  entity: entity.optional().describe("Whom the rule looks at."),
  series: series.optional().describe("What the entity delivered, day by day; without it, nothing."),
  others: z
    .array(other)
    .max(MAX_OTHERS)
    .optional()
    .describe("Further entities of the brand, each the owner of its budget."),
  brand: brand.optional().describe("What is known of the brand."),
};

const expectation = strictShape(
  {
    verdict: withWords(z.enum([...resultSchema.options, "outOfScope"]), {
      instead: { match: "matched", true: "matched", false: "notMatched", nodata: "noData" },
    }).describe("What the rule says of the entity; outOfScope: nothing, it is not among those it looks at."),
    reason: z
      .array(factName)
      .min(1)
      .max(MAX_OTHERS)
      .optional()
      .describe("The facts of the conditions that decided, all of them, in any order."),
    distancePercent: z
      .record(factName, z.number().min(0))
      .optional()
      .describe(
        "Of conditions that decided against the rule, by fact: how far they were from holding, in percent of the threshold.",
      ),
    change: withWords(
      z
        .string()
        .regex(
          /^(?:[+-]\d+(?:\.\d{1,3})?%|to \d+(?:\.\d{1,6})?|pause|resume|notify|hold|blocked|notYet|none)$/,
          {
            error: 'expected "+20%", "-15%", "to 60", pause, resume, notify, hold, blocked, notYet or none',
          },
        ),
      { example: '"+20%"' },
    )
      .optional()
      .describe(
        "What becomes of it in the plan, after every guardrail; notYet: Palier says why it does not do that.",
      ),
    guardrail: word.optional().describe("A guardrail that clamped, blocked or degraded the change."),
  },
  { instead: { result: "verdict", action: "change", distance: "distancePercent", blockedBy: "guardrail" } },
);

export const caseShape = strictShape({
  name: name.describe("A sentence about the situation."),
  ...situation,
  expect: expectation.describe("What the rule should make of it."),
});

export const testFileSchema = strictShape({
  $schema: z.string().optional(),
  given: strictShape(situation)
    .default({})
    .describe("What holds in every case; a case's own words replace it key by key, its others as a whole."),
  cases: z.array(caseShape).min(1).max(MAX_CASES).describe("One night each."),
});
export type TestFileContent = z.infer<typeof testFileSchema>;
export type CaseFile = z.infer<typeof caseShape>;
export type EntityFile = z.infer<typeof entity>;
export type SeriesFile = Readonly<Record<string, string | null | undefined>>;
export type OtherFile = z.infer<typeof other>;
export type BeforeCase = z.infer<typeof before>;
export type BrandCase = z.infer<typeof brand>;
export type Expectation = z.infer<typeof expectation>;
