/** Entities of a case as people write them. */
import { z } from "zod";
import { daySchema } from "../../domain/day.ts";
import { entityStatusSchema, learningSchema } from "../../domain/entity.ts";
import { holderOwnerSchema } from "../../domain/holder.ts";
import { slugSchema } from "../../domain/ids.ts";
import { oneOf, strictShape } from "../../domain/shape.ts";
import { PLATFORM_WORDS, platformIds } from "../../platforms/index.ts";
import { ENTITY_COLUMNS } from "./columns.ts";
import {
  count,
  days,
  MAX_DAYS,
  MAX_OTHERS,
  money,
  name,
  seriesSchema,
  seriesShape,
  word,
} from "./schema-words.ts";

/** "appInstall", or "purchase/1dClick" for another attribution than the account's own. */
export const claimName = /^([a-z][A-Za-z0-9]{0,39})(?:\/([A-Za-z0-9+]{1,60}))?$/;
export const AS_SET = "asSet";

const claim = z.union([
  seriesSchema,
  strictShape({ conversions: seriesSchema, conversionValue: seriesSchema.optional() }),
]);
export type ClaimFile = z.infer<typeof claim>;

const sharePercent = z.number().min(0).max(100).optional();
/** Whole people: a snapshot has no parts of one. */
const people = strictShape({ reach: count.int(), impressions: count.int() });
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

export const entity = strictShape(
  {
    ...entityKeys,
    lastChange: lastChange
      .nullable()
      .optional()
      .describe("The rule's own last applied change of its budget: cool-downs count from it."),
  },
  { instead: { budget: "dailyBudget", age: "ageDays", adset: "name", budgetHolder: "name" } },
);

export const series = seriesShape(ENTITY_COLUMNS, { instead: { cost: "spend", purchases: "conversions" } });

export const other = strictShape({
  ...entityKeys,
  series: series.optional().describe("What it delivered, day by day; without it, nothing."),
});
