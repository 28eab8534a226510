/** Rule and pack files as people write them. What depends on the fact catalogue is checked in `conditions.ts` and `leaf.ts`. */
import { z } from "zod";
import { daySchema } from "../../domain/day.ts";
import { slugSchema } from "../../domain/ids.ts";
import { modeShape } from "../../domain/mode-shape.ts";
import { must, oneOf, strictShape, withWords } from "../../domain/shape.ts";
import { actionShape } from "./schema-action.ts";
import { atMostShape, MAX_SCHEDULES, mutesShape, notifyShape, rolloutShape } from "./schema-keys.ts";
import { scopeShape } from "./schema-scope.ts";
import { MAX_LIST, MAX_NUMBER, MAX_TEXT } from "./schema-words.ts";
import * as words from "./vocabulary.ts";

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
    rollout: rolloutShape
      .optional()
      .describe("Walks up to mode by itself, and begins anew when the rule is edited."),
    schedule: withWords(z.unknown(), { example: '{ "at": ["09:00"], "days": ["mon"] }' })
      .optional()
      .describe(
        `When it is looked at, one or a list of at most ${MAX_SCHEDULES}: days of the night, or at and every by day. Default: every night.`,
      ),
    nightsInARow: z
      .int()
      .min(2)
      .max(31)
      .optional()
      .describe(
        "The whole rule must match on so many nights before it acts; a night without data neither counts nor breaks, two in a row break.",
      ),
    cooldown: withWords(
      z.string().regex(/^([1-9]\d?d|[1-9]\d?h)$/, { error: "expected local nights such as 3d" }),
      { example: '"3d"' },
    )
      .optional()
      .describe(
        "Local nights after this rule's last applied change of the same holder; hours (6h) where its schedule is by day.",
      ),
    atMost: atMostShape
      .optional()
      .describe("Applied changes of this rule per entity, those with an unknown outcome included."),
    mutes: mutesShape
      .optional()
      .describe("Once it acted on an entity, these rules leave that entity alone for so long."),
    notify: notifyShape.optional().describe("Who is told as well when it acted."),
    onNoData: oneOf(["skip", "notify", "hold"], {
      docs: {
        skip: "Nothing.",
        notify: "People are told that it could not see.",
        hold: "A hold on raises or resumes holds.",
      },
    })
      .optional()
      .describe("What no data means: skip by default, hold for a hold on raises or resumes."),
  },
  words.RULE_WORDS,
);
export type RuleFileContent = z.infer<typeof ruleFileSchema>;

/** More rules than a pack that anybody keeps in mind has. */
const MAX_RULES = 200;

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

/** One id, or a list of them. */
const packIds = withWords(
  z
    .unknown()
    .refine(
      (value) =>
        slugSchema.safeParse(value).success ||
        z.array(slugSchema).min(1).max(MAX_LIST).safeParse(value).success,
      must("the id of a pack, or a list of them", 'write such as "roads"'),
    ),
  { example: '"roads"' },
);

export const packFileSchema = strictShape(
  {
    $schema: z.string().optional(),
    id: slugSchema.describe("The pack's name; its folder is named after it."),
    description: z.string().min(1).max(MAX_TEXT).describe("What the rules of the pack are for."),
    extends: packIds
      .optional()
      .describe(
        "A pack that this one builds on, or a list of them: their rules come with it, and a rule file of the same id here takes theirs' place.",
      ),
    off: z
      .array(slugSchema)
      .max(MAX_RULES)
      .default([])
      .describe("Rules of the packs it extends that it does without."),
    modes: z
      .record(slugSchema, modeShape)
      .default({})
      .describe(
        "By rule of the packs it extends: the strictest of this, the rule's own and the brand's wins.",
      ),
    parameters: z
      .record(
        z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, { error: "expected a name such as maxFrequency" }),
        packParameter,
      )
      .default({})
      .describe(
        "Numbers that the rules name and a brand may retune; those of the packs it extends, retuned.",
      ),
    layers: z
      .array(withWords(z.unknown(), { example: '{ "firstMatch": ["stop", "cut", "raise"] }' }))
      .max(MAX_RULES)
      .default([])
      .describe(
        "Rules by id, in order; of a firstMatch group the first that matches takes the entity, and one that cannot see blocks later raises.",
      ),
  },
  { instead: { base: "extends", inherits: "extends", disabled: "off", mode: "modes" } },
);
export type PackFileContent = z.infer<typeof packFileSchema>;
