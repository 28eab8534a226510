/** Rule and pack files as people write them. What depends on the fact catalogue is checked in `conditions.ts` and `leaf.ts`. */
import { z } from "zod";
import { daySchema } from "../domain/day.ts";
import { slugSchema } from "../domain/ids.ts";
import { matcherKeys } from "../domain/matcher-shape.ts";
import { modeShape } from "../domain/mode-shape.ts";
import { oneOf, strictShape, withWords } from "../domain/shape.ts";
import { PLATFORM_WORDS, platformIds } from "../platforms/index.ts";
import * as words from "./vocabulary.ts";

/** Above any amount in a rule, and exact as a number of micros. */
export const MAX_NUMBER = 1_000_000_000;

const MAX_LIST = 50;
const MAX_TEXT = 500;

const words50 = z.array(z.string().min(1).max(80)).min(1).max(MAX_LIST).optional();

export const factName = z
  .string()
  .regex(/^[A-Za-z][\w]{0,59}$/, { error: "expected a fact's name such as spend" });

export const paramsShape = strictShape(
  {
    window: withWords(z.string(), { example: '"7d"' })
      .optional()
      .describe(
        "Complete account-local days before the night: 7d is the last seven, 14d..8d the seven before.",
      ),
    correctedForDelay: z
      .boolean()
      .optional()
      .describe("Counts only the spend or clicks that the conversions there are by now can be held against."),
    stage: z.string().optional().describe("Funnel stage, as the brand names it."),
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
    countedOn: oneOf(["click", "conversion"], {
      docs: { click: "The day of the click.", conversion: "The day of the conversion itself." },
    })
      .optional()
      .describe(
        "The day that conversions belong to: that of the click, which Google alone offers, or their own. Default: each platform's plain figures.",
      ),
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

/** `value` is checked by the operator, which knows what it takes. */
export const leafShape = strictShape(
  { fact: factName, params: paramsShape.optional(), operator: z.string(), value: z.unknown() },
  words.LEAF_WORDS,
);

export const rightShape = strictShape({ fact: factName, params: paramsShape.optional() }, words.LEAF_WORDS);

const exceptShape = strictShape(matcherKeys, {
  notYet: ["level", "platforms", "accounts", "stages", "groups", "status", "budget"],
});

const LEVEL_DOCS = {
  brand: "The brand as a whole: one verdict a night.",
  account: "Each ad account.",
  budgetHolder:
    "Whatever owns the money: an ad set, a campaign or a shared budget, with the figures of all that it feeds.",
};

const scopeShape = strictShape(
  {
    level: oneOf(["brand", "account", "budgetHolder"], { ...words.LEVEL_WORDS, docs: LEVEL_DOCS })
      .optional()
      .describe("What the rule looks at; budgetHolder by default for money actions."),
    platforms: z
      .array(oneOf(platformIds, PLATFORM_WORDS))
      .min(1)
      .optional()
      .describe("Default: all of the brand."),
    accounts: z
      .array(z.string().regex(/^\d{1,20}$/, { error: "expected an account's digits as a text" }))
      .min(1)
      .max(MAX_LIST)
      .optional(),
    stages: words50.describe("Funnel stages; default all, unmapped included."),
    ...matcherKeys,
    status: z
      .array(oneOf(["active", "paused"]))
      .min(1)
      .optional()
      .describe('Default ["active"].'),
    budget: strictShape({
      owner: z
        .array(oneOf(["campaign", "adGroup", "shared"]))
        .min(1)
        .optional()
        .describe(
          "Who owns the budget; one that campaigns share is meant when all of them are, and left alone when one is excepted.",
        ),
      period: z
        .array(oneOf(["daily", "lifetime"]))
        .min(1)
        .optional()
        .describe('Default for money actions: ["daily"].'),
    }).optional(),
    except: exceptShape.optional().describe("Whom the rule leaves alone."),
  },
  words.SCOPE_WORDS,
);
export type ScopeFile = z.infer<typeof scopeShape>;

const amount = z.number().min(0.01).max(MAX_NUMBER);

const actionShape = withWords(
  z.discriminatedUnion("type", [
    strictShape({
      type: z
        .literal("raiseBudget")
        .describe("Raises the daily budget by percent or by amount, one of the two."),
      percent: z.number().min(0.1).max(100).optional().describe("Of the budget as it is, 0.1 to 100."),
      amount: amount.optional().describe("Money in major units."),
      ceiling: amount.optional().describe("Never above this daily budget."),
    }),
    strictShape({
      type: z.literal("cutBudget").describe("Cuts the daily budget by percent or by amount, one of the two."),
      percent: z.number().min(0.1).max(99).optional().describe("Of the budget as it is, 0.1 to 99."),
      amount: amount.optional().describe("Money in major units."),
      floor: amount.optional().describe("Never below this daily budget."),
    }),
    strictShape(
      {
        type: z
          .literal("pause")
          .describe("Pauses what owns the budget; nothing turns it on again by itself."),
      },
      { notYet: ["until", "what"] },
    ),
    strictShape(
      {
        type: z.literal("notify").describe("Tells people and touches nothing."),
        urgency: oneOf(["digest", "now"], {
          docs: { digest: "A note in the morning's digest.", now: "An alarm, sent at once." },
        })
          .default("digest")
          .describe("now: an alarm; digest: a note."),
      },
      { notYet: ["to", "repeat"] },
    ),
    strictShape(
      {
        type: z
          .literal("hold")
          .describe(
            "Lets no change of these kinds pass in the brand that night, whichever rule asks for it.",
          ),
        blocks: z
          .array(
            oneOf(["raise", "cut", "pause"], {
              notYet: ["resume"],
              docs: {
                raise: "Raises of a budget.",
                cut: "Cuts of a budget.",
                pause: "Pauses.",
              },
            }),
          )
          .min(1)
          .describe("raise, cut, pause."),
        scope: oneOf(["brand"], { notYet: ["account", "self"] })
          .default("brand")
          .describe("brand."),
      },
      { notYet: ["forAtLeast"] },
    ),
  ]),
  words.ACTION_WORDS,
);
export type ActionFile = z.infer<typeof actionShape>;

export const ruleFileSchema = strictShape(
  {
    $schema: z.string().optional(),
    id: slugSchema.describe("Name for life: counts and cool-downs hang on it. The file is named after it."),
    description: z.string().min(1).max(MAX_TEXT).describe("One sentence that says what the rule does."),
    owner: z.string().min(1).max(80).describe("Who answers for the rule."),
    source: z.string().min(1).max(MAX_TEXT).optional().describe("Where its numbers come from."),
    reviewOn: daySchema
      .optional()
      .describe("After this day the rule falls back to propose until somebody has looked at it."),
    enabled: z.boolean().default(true).describe("The off switch: false, and the rule is not looked at."),
    validFrom: daySchema.optional().describe("First day of the rule."),
    validUntil: daySchema.optional().describe("Last day of the rule."),
    appliesTo: scopeShape.default({}).describe("Who: what stays the same from night to night."),
    conditions: withWords(z.unknown(), { example: '{ "all": [ ... ] }' }).describe(
      "When: all, any, not around comparisons of facts.",
    ),
    action: actionShape.describe("What, exactly one."),
    mode: modeShape.default("shadow").describe("The strictest of this and the brand's wins."),
    cooldown: withWords(z.string().regex(/^[1-9]\d?d$/, { error: "expected local nights such as 3d" }), {
      example: '"3d"',
    })
      .optional()
      .describe("Local nights after this rule's last applied change of the same holder."),
  },
  words.RULE_WORDS,
);
export type RuleFileContent = z.infer<typeof ruleFileSchema>;

/** Money is missing on purpose: a pack serves brands of any currency. */
const packParameter = strictShape(
  {
    unit: oneOf(["ratio", "percent", "count"], {
      instead: { money: "money parameters into the brand file: a pack has no currency" },
    }),
    default: z.number().min(0).max(MAX_NUMBER),
  },
  { instead: { value: "default" }, example: '{ "unit": "ratio", "default": 4 }' },
);

export const packFileSchema = strictShape(
  {
    $schema: z.string().optional(),
    id: slugSchema.describe("The pack's name; its folder is named after it."),
    description: z.string().min(1).max(MAX_TEXT).describe("What the rules of the pack are for."),
    parameters: z
      .record(
        z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, { error: "expected a name such as maxFrequency" }),
        packParameter,
      )
      .default({})
      .describe("Numbers that the rules name and a brand may retune."),
  },
  { notYet: ["layers"] },
);
export type PackFileContent = z.infer<typeof packFileSchema>;
