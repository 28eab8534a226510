/** Files of test cases as people write them: what a night would see, and what the rule should make of it. */
import { z } from "zod";
import { daySchema } from "../../domain/day.ts";
import { entityStatusSchema, learningSchema } from "../../domain/entity.ts";
import { holderOwnerSchema } from "../../domain/holder.ts";
import { slugSchema } from "../../domain/ids.ts";
import { must, oneOf, strictShape, withWords } from "../../domain/shape.ts";
import { resultSchema } from "../../domain/verdict.ts";
import { PLATFORM_WORDS, platformIds } from "../../platforms/index.ts";
import { factName, MAX_NUMBER } from "../schema-words.ts";
import { ENTITY_COLUMNS, type SeriesColumn, SHOP_COLUMNS } from "./columns.ts";
import { MAX_SERIES_DAYS, parseSeries } from "./series.ts";

/** More than a person reads of one rule; each costs a plan. */
const MAX_CASES = 200;
const MAX_OTHERS = 50;
const MAX_TEXT = 200;

/** No holder has more; `daysSinceChange` and the like become instants. */
const MAX_DAYS = 5_000;

const name = z.string().min(1).max(MAX_TEXT);
const word = z
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

function seriesShape(
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

/** "appInstall", or "purchase/1dClick" for another attribution than the account's own. */
export const claimName = /^([a-z][A-Za-z0-9]{0,39})(?:\/([A-Za-z0-9+]{1,60}))?$/;
export const AS_SET = "asSet";

const claim = z.union([
  seriesSchema,
  strictShape({ conversions: seriesSchema, conversionValue: seriesSchema.optional() }),
]);
export type ClaimFile = z.infer<typeof claim>;

const count = z.number().min(0).max(MAX_NUMBER);
const sharePercent = z.number().min(0).max(100).optional();

const people = strictShape({ reach: count, impressions: count });

const money = z.number().min(0).max(MAX_NUMBER);
const days = z.number().int().min(0).max(MAX_DAYS);

const paused = strictShape(
  {
    by: oneOf(["palier", "person", "otherTool"]).describe("Who paused it."),
    nightsAgo: z.number().int().min(0).max(MAX_DAYS).describe("How many nights ago."),
    rule: slugSchema.optional().describe("Which rule, where Palier did; default: the rule under test."),
    until: daySchema.optional().describe("The night in which Palier's pause ends by itself."),
  },
  { example: '{ "by": "palier", "nightsAgo": 2 }' },
);

const entityKeys = {
  level: oneOf(["ad"], {
    instead: {
      adGroup: "nothing: an entity is what owns its budget, or an ad",
      budgetHolder: "nothing: that is the default",
    },
  })
    .optional()
    .describe(
      "ad: it is an ad, and the budget belongs to what it stands in. Ads and ad groups of one `campaign` share it.",
    ),
  name: name.optional().describe("Its own name."),
  campaign: name.optional().describe("The name of its campaign."),
  stage: word.optional().describe("Its funnel stage; without one it is in none."),
  platform: oneOf(platformIds, PLATFORM_WORDS).optional().describe(`Default: ${platformIds[0]}.`),
  account: z
    .string()
    .regex(/^\d{1,20}$/, { error: "expected an account's digits as a text" })
    .optional()
    .describe("Its account; default: the one account of its platform."),
  groups: z
    .record(word, word)
    .optional()
    .describe("Its campaign's member in other partitions of the brand file, such as tier."),
  status: entityStatusSchema.optional().describe("Default: active."),
  learning: learningSchema.optional().describe("Default: learned."),
  objective: name.optional().describe("Its campaign's objective, in the platform's own words."),
  labels: z.array(name).max(MAX_OTHERS).optional().describe("Its labels."),
  budgetOwner: holderOwnerSchema
    .optional()
    .describe("What owns its budget. Default: the ad group where the platform lets one, else the campaign."),
  dailyBudget: money.optional().describe("Its daily budget, in major units; default 50."),
  lifetimeBudget: money.optional().describe("A lifetime budget instead of a daily one."),
  paused: paused.nullable().optional().describe("It is paused, and who did that."),
  bidStrategy: name.optional().describe("How it bids, in the platform's own word."),
  budgetLimited: z.boolean().optional().describe("Whether the platform says that its budget keeps it back."),
  searchShares: strictShape({
    impressionPercent: sharePercent,
    lostToBudgetPercent: sharePercent,
    lostToRankPercent: sharePercent,
  })
    .optional()
    .describe("Shares of searches over the last 7 days, in percent."),
  people: strictShape({ "7d": people.optional(), "28d": people.optional(), lifetime: people.optional() })
    .optional()
    .describe("People that it reached over 7 or 28 days or its lifetime, with their impressions."),
  claims: z
    .record(
      z.string().regex(claimName, { error: "expected a conversion such as appInstall, or purchase/1dClick" }),
      claim,
    )
    .optional()
    .describe(
      "Further conversions day by day, or its own under another attribution; a series, or with their value.",
    ),
  today: seriesToday()
    .optional()
    .describe("What the day of the night itself has brought so far; without it that day is not known."),
  ageDays: days
    .nullable()
    .optional()
    .describe("Completed days since it was created; default 90, null: not known."),
  daysSinceChange: days
    .nullable()
    .optional()
    .describe("Completed days since the last edit that the platform tells of; default: it tells of none."),
};

function seriesToday() {
  const keys = ENTITY_COLUMNS.map(({ key }): [string, z.ZodOptional<typeof count>] => [
    key,
    count.optional(),
  ]);
  return strictShape({
    ...Object.fromEntries(keys),
    claims: z
      .record(z.string().regex(claimName), count)
      .optional()
      .describe("Further conversions of that day, as in the entity's claims."),
  });
}

const lastChange = strictShape(
  {
    nightsAgo: z.number().int().min(1).max(MAX_DAYS).describe("How many nights ago."),
    from: money.describe("Its daily budget before that change, in major units."),
  },
  { example: '{ "nightsAgo": 2, "from": 40 }' },
);

const entity = strictShape(
  {
    ...entityKeys,
    lastChange: lastChange
      .nullable()
      .optional()
      .describe("The rule's own last applied change of its budget: cool-downs count from it."),
  },
  { instead: { budget: "dailyBudget", age: "ageDays", adset: "name", budgetHolder: "name" } },
);

const series = seriesShape(ENTITY_COLUMNS, { instead: { cost: "spend", purchases: "conversions" } });

const other = strictShape({
  ...entityKeys,
  series: series.optional().describe("What it delivered, day by day; without it, nothing."),
});

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
        "What becomes of it in the plan, after every guardrail; notYet: Palier says that it does not do that yet.",
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
