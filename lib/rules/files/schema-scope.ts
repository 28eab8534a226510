/** Whom a rule looks at, as people write it. Which key means something at which level is checked in `scope.ts`. */
import { z } from "zod";
import { LEVELS } from "../../domain/ids.ts";
import { matcherKeys } from "../../domain/matcher-shape.ts";
import { oneOf, strictShape } from "../../domain/shape.ts";
import { PLATFORM_WORDS, platformIds } from "../../platforms/index.ts";
import { MAX_LIST, namesList, plainName } from "./schema-words.ts";
import * as words from "./vocabulary.ts";

const LEVEL_DOCS = {
  brand: "The brand as a whole: one verdict a night.",
  account: "Each ad account.",
  budgetHolder:
    "Whatever owns the money: an ad set, a campaign or a shared budget, with the figures of all that it feeds.",
  campaign: "Each campaign; money actions act where it owns its budget.",
  adGroup: "Each ad group (Meta: ad set); money actions act where it owns its budget.",
  ad: "Each ad. Palier does not act on ads yet, it says so.",
};

/** Keys that select and that `except` takes as well. */
const selectionKeys = {
  platforms: z
    .array(oneOf(platformIds, PLATFORM_WORDS))
    .min(1)
    .optional()
    .describe("Default: all of the brand."),
  accounts: z
    .array(z.string().regex(/^\d{1,20}$/, { error: "expected an account's digits as a text" }))
    .min(1)
    .max(MAX_LIST)
    .optional()
    .describe("Accounts by their digits; default all of the brand."),
  stages: namesList().optional().describe("Funnel stages; default all, unmapped included."),
  groups: z
    .record(plainName, namesList())
    .optional()
    .describe('Members of other partitions of the brand file: { "tier": ["test"] }; all of them must fit.'),
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
  })
    .optional()
    .describe("What kind of budget, on the level budgetHolder."),
};

export const scopeShape = strictShape(
  {
    level: oneOf(LEVELS, { ...words.LEVEL_WORDS, docs: LEVEL_DOCS })
      .optional()
      .describe("What the rule looks at; budgetHolder by default for money actions."),
    ...selectionKeys,
    except: strictShape(selectionKeys, words.SCOPE_WORDS)
      .optional()
      .describe("Whom the rule leaves alone: whoever fits all that is written here."),
  },
  words.SCOPE_WORDS,
);
export type ScopeFile = z.infer<typeof scopeShape>;
export type SelectionFile = NonNullable<ScopeFile["except"]>;
