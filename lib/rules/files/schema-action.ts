/** What a rule asks for, as people write it. What depends on level, brand and facts is checked in `action.ts`. */
import { z } from "zod";
import { daySchema } from "../../domain/day.ts";
import { slugSchema } from "../../domain/ids.ts";
import { must, oneOf, strictShape, withWords } from "../../domain/shape.ts";
import {
  amountSchema,
  channelsSchema,
  factName,
  MAX_LIST,
  MAX_NUMBER,
  nightsSchema,
  percentPair,
  plainName,
} from "./schema-words.ts";
import * as words from "./vocabulary.ts";

/** In the unit of the metric; money in major units, and losses below zero. */
const figureSchema = z.number().min(-MAX_NUMBER).max(MAX_NUMBER);

const toward = strictShape(
  {
    metric: withWords(factName, { example: '"roas"' }).describe("A ratio with a good side: roas, cpa."),
    window: withWords(z.string(), { example: '"7d"' }).describe("The days that it is read over."),
    target: figureSchema.describe("Where the metric is meant to be, in its own unit."),
    band: z
      .tuple([figureSchema, figureSchema])
      .describe("[low, high] around the target, both included: inside of it the budget stays as it is."),
  },
  { example: '{ "metric": "roas", "window": "7d", "target": 0.8, "band": [0.76, 0.84] }' },
);

const PAUSED_BY = ["palier", "anyone"];

/** One of the two words, or the ids of rules. */
const pausedBy = withWords(
  z
    .unknown()
    .refine(
      (value) => PAUSED_BY.includes(value as string) || isListOfRules(value),
      must('"palier", "anyone", or a list of rule ids', 'write such as ["stop-loss"], or "palier"'),
    ),
  { example: '["stop-loss"]' },
);

/** The same for editors: what the check above looks at is a function to them. */
export const PAUSED_BY_SCHEMA = {
  anyOf: [{ enum: PAUSED_BY }, { type: "array", minItems: 1, maxItems: MAX_LIST, items: { type: "string" } }],
};

const PAUSE_END = /^(tomorrow|nextMonth|\d{4}-\d{2}-\d{2})$/;

const until = withWords(
  z
    .string()
    .regex(PAUSE_END, { error: "expected tomorrow, nextMonth or a day such as 2026-12-01" })
    .refine(
      (text) => !/^\d{4}-\d\d-\d\d$/.test(text) || daySchema.safeParse(text).success,
      must("tomorrow, nextMonth or a calendar day", "write a day that exists, such as 2026-12-01"),
    ),
  { example: '"tomorrow"' },
);

const budgetSteps = [
  strictShape({
    type: z
      .literal("raiseBudget")
      .describe("Raises the daily budget by percent or by amount, one of the two."),
    percent: z.number().min(0.1).max(100).optional().describe("Of the budget as it is, 0.1 to 100."),
    amount: amountSchema.optional().describe("Money in major units."),
    ceiling: amountSchema.optional().describe("Never above this daily budget."),
  }),
  strictShape({
    type: z.literal("cutBudget").describe("Cuts the daily budget by percent or by amount, one of the two."),
    percent: z.number().min(0.1).max(99).optional().describe("Of the budget as it is, 0.1 to 99."),
    amount: amountSchema.optional().describe("Money in major units."),
    floor: amountSchema.optional().describe("Never below this daily budget."),
  }),
  strictShape({
    type: z
      .literal("setBudget")
      .describe("Sets the daily budget to an amount, or moves it toward where a metric meets its target."),
    to: amountSchema.optional().describe("The daily budget, in major units."),
    toward: toward
      .optional()
      .describe("The budget moves by as much as the metric is off its target, and rests inside the band."),
    maxPercent: z
      .number()
      .min(0.1)
      .max(100)
      .optional()
      .describe("Most that one night moves it by, 0.1 to 100; never more than the brand's step limit."),
    floor: amountSchema.optional().describe("Never below this daily budget; with toward."),
    ceiling: amountSchema.optional().describe("Never above this daily budget; with toward."),
  }),
] as const;

const onAndOff = [
  strictShape({
    type: z.literal("pause").describe("Pauses what owns the budget, until somebody or until turns it on."),
    until: until
      .optional()
      .describe(
        "When Palier turns on again what nobody touched: tomorrow, nextMonth (the 1st), or a day. Default: never.",
      ),
    what: oneOf(["campaigns"], { docs: { campaigns: "Whatever owns money in the account." } })
      .optional()
      .describe('On the level account "campaigns": the whole account stops. Needs accountStop in the brand.'),
  }),
  strictShape({
    type: z.literal("resume").describe("Turns on again what was paused, by whom it says."),
    pausedBy: pausedBy.describe(
      "Whose pauses: rules by id, palier for any of Palier's, anyone for a person's as well.",
    ),
  }),
] as const;

const tellAndHold = [
  strictShape({
    type: z.literal("notify").describe("Tells people and touches nothing."),
    to: channelsSchema.optional().describe("Channels beside the brand's own: #media, or a channel's id."),
    repeat: oneOf(["onChange", "daily", "weekly"], {
      docs: {
        onChange: "Once, and again after it was over.",
        daily: "Every night that it matches.",
        weekly: "Every seventh day while it matches.",
      },
    })
      .default("onChange")
      .describe("How often it is said while it stands."),
    urgency: oneOf(["digest", "now"], {
      docs: { digest: "A note in the morning's digest.", now: "An alarm, sent at once." },
    })
      .default("digest")
      .describe("now: an alarm; digest: a note."),
  }),
  strictShape({
    type: z
      .literal("hold")
      .describe("Lets no change of these kinds pass that night, whichever rule asks for it."),
    blocks: z
      .array(
        oneOf(["raise", "resume", "cut", "pause"], {
          docs: {
            raise: "Raises of a budget.",
            resume: "Turning on what was paused.",
            cut: "Cuts of a budget.",
            pause: "Pauses.",
          },
        }),
      )
      .min(1)
      .describe("raise, resume, cut, pause."),
    scope: withWords(z.string(), { example: '"account"' })
      .default("brand")
      .describe(
        "brand; account or self: of what the rule matched on; stage:cold: everything of that funnel stage.",
      ),
    forAtLeast: nightsSchema("3d")
      .optional()
      .describe("Local nights that it lasts once it began, whatever the figures say then."),
  }),
] as const;

const goalDocs = {
  split: "Keeps each member of group inside its band of percent.",
  nextEuro: "Gives to whom the next euro earns most.",
  testEnvelope: "Keeps a fixed sum for what is being tested.",
  monthPlan: "Spends the month's budget evenly to its end.",
  moveToOthers: "Moves this budget to others.",
};

const later = [
  strictShape({
    type: z.literal("allocate").describe("Divides budgets anew. Palier does not act on it yet, it says so."),
    goal: oneOf(["split", "nextEuro", "testEnvelope", "monthPlan", "moveToOthers"], {
      docs: goalDocs,
    }).describe("What the division is for."),
    basis: oneOf(["budget", "spend"], {
      docs: { budget: "What the plan controls.", spend: "What happened." },
    }).describe("What the shares are of; it must be chosen."),
    total: amountSchema.optional().describe("The sum that is divided, in major units; default what it is."),
    group: plainName.optional().describe("Of split: a partition of the brand file, such as stage."),
    bands: z
      .record(plainName, percentPair)
      .optional()
      .describe("Of split: [low, high] in percent by member; default the brand file's bands."),
    within: oneOf(["campaign", "account", "stage", "brand"])
      .optional()
      .describe("Of moveToOthers: who may get it."),
    pauseSource: z.boolean().optional().describe("Of moveToOthers: true pauses what it is taken from."),
  }),
  strictShape({
    type: z
      .literal("assign")
      .describe("Moves it to another member of a group: Palier's own mark. Not acted on yet, it says so."),
    group: plainName.describe("A partition of the brand file."),
    move: oneOf(["up", "down"]).optional().describe("One member up or down, in the brand file's order."),
    to: plainName.optional().describe("That member."),
  }),
] as const;

export const actionShape = withWords(
  z.discriminatedUnion("type", [...budgetSteps, ...onAndOff, ...tellAndHold, ...later]),
  words.ACTION_WORDS,
);
export type ActionFile = z.infer<typeof actionShape>;
export type ActionFileOf<Type extends ActionFile["type"]> = Extract<ActionFile, { type: Type }>;

export function isListOfRules(value: unknown): value is readonly string[] {
  return z.array(slugSchema).min(1).max(MAX_LIST).safeParse(value).success;
}
