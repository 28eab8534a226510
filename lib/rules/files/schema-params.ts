/** Parameters of a fact in a condition, as people write them. Which fact takes which is checked in `params.ts`. */
import { z } from "zod";
import { oneOf, strictShape, withWords } from "../../domain/shape.ts";
import { GROUPS, RANKED_WITHIN } from "../../metrics/groups.ts";
import { factName, MAX_NUMBER, MAX_TEXT, plainName } from "./schema-words.ts";
import * as words from "./vocabulary.ts";

export const paramsShape = strictShape(
  {
    window: withWords(z.string(), { example: '"7d"' })
      .optional()
      .describe(
        "Complete account-local days before the night: 7d is the last seven, 14d..8d the seven before. Also today, 7d+today, lifetime, sinceChange, thisWeek, thisMonth (each with +today, too), lastWeek, lastMonth, event:black-friday, before:black-friday:14d.",
      ),
    minSettledPercent: z
      .number()
      .min(1)
      .max(100)
      .optional()
      .describe("Moves the window back until every day has at least this share of its conversions."),
    daysInARow: z
      .int()
      .min(2)
      .max(31)
      .optional()
      .describe(
        "The comparison must hold on each of so many days: its window is slid back day by day. The right side stays fixed unless it carries the same.",
      ),
    of: oneOf(GROUPS, {
      docs: {
        adGroup: "The ad group that it is in.",
        campaign: "The campaign that it is in.",
        siblings: "All beside it under the same parent, without itself; no data for an only child.",
        objective: "All of its objective in the same account.",
        stage: "All of its funnel stage in the same account.",
        account: "Its account.",
        platform: "All accounts of its platform.",
        brand: "All accounts of the brand.",
      },
    })
      .optional()
      .describe("Whose figure instead of its own, as a ratio of sums."),
    per: oneOf(["entity"], { docs: { entity: "Each active entity of the same level." } })
      .optional()
      .describe("Divides a count of that group by its active entities: what one of them has on average."),
    correctedForDelay: z
      .boolean()
      .optional()
      .describe("Counts only the spend or clicks that the conversions there are by now can be held against."),
    conversion: withWords(plainName, { example: '"lead"' })
      .optional()
      .describe("Which conversion, by the brand file's name; default the account's own."),
    attribution: withWords(z.string(), { example: '"7dClick"' })
      .optional()
      .describe(
        "Meta alone: 1dClick, 7dClick, 28dClick, 1dView, 1dEngagedView, joined by +; default asSet, the ad set's own.",
      ),
    countedOn: oneOf(["click", "conversion"], {
      docs: { click: "The day of the click.", conversion: "The day of the conversion itself." },
    })
      .optional()
      .describe(
        "The day that conversions belong to: that of the click, which Google alone offers, or their own. Default: each platform's plain figures.",
      ),
    customers: oneOf(["all", "new", "returning"])
      .optional()
      .describe("Whose orders the shop's figure counts; default all."),
    by: withWords(factName, { example: '"roas"' }).optional().describe("The metric that is ranked by."),
    within: oneOf(RANKED_WITHIN)
      .optional()
      .describe("Whom it is ranked among; default all that the rule looks at."),
    order: oneOf(["bestFirst", "worstFirst"])
      .optional()
      .describe("Who has the first rank; the best by the metric's good side unless said otherwise."),
    against: withWords(z.string(), { example: '"56d..29d"' })
      .optional()
      .describe("The window before, which an incremental figure is held against."),
    stage: z.string().optional().describe("Funnel stage, as the brand names it."),
    group: plainName.optional().describe("A partition of the brand file, such as tier."),
    member: plainName.optional().describe("A member of that partition, or unmapped."),
    event: plainName.optional().describe("An event of the brand's calendar; default the nearest of any."),
    channel: withWords(z.string(), { example: '"meta"' })
      .optional()
      .describe("An ad platform, or with the basis revenue any source that the shop names: email, organic."),
    basis: oneOf(["spend", "revenue", "grossProfit"], {
      notYet: ["budget"],
      docs: {
        spend: "What was spent.",
        revenue: "What the shop earned.",
        grossProfit: "What its sales leave before advertising.",
      },
    })
      .optional()
      .describe("What the share is of, revenue for channels alone; what roiPercent counts as gain."),
    times: z
      .number()
      .min(0.001)
      .max(1000)
      .optional()
      .describe("Factor on a right-hand fact, at most three decimals."),
    plus: z
      .number()
      .min(-MAX_NUMBER)
      .max(MAX_NUMBER)
      .optional()
      .describe("Added after times, in the fact's own unit; money in major units."),
  },
  words.PARAMS_WORDS,
);

/** Any text: what is no fact's name is answered with the one that was likely meant. */
const typedName = z.string().max(MAX_TEXT);

/** `value` is checked by the operator, which knows what it takes. */
export const leafShape = strictShape(
  { fact: typedName, params: paramsShape.optional(), operator: z.string(), value: z.unknown() },
  words.LEAF_WORDS,
);

export const rightShape = strictShape({ fact: typedName, params: paramsShape.optional() }, words.LEAF_WORDS);
