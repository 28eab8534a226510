/** The brand file as people write it. Checks that need more than one key stand in `parse.ts`. */
import { z } from "zod";
import { daySchema, isZone } from "../domain/day.ts";
import { platformWordSchema, slugSchema } from "../domain/ids.ts";
import { matcherKeys, namesAnything } from "../domain/matcher-shape.ts";
import { modeShape } from "../domain/mode-shape.ts";
import { NO_CURRENCY } from "../domain/money.ts";
import { must, oneOf, strictShape, type Words, withWords } from "../domain/shape.ts";
import { manifests, PLATFORM_WORDS } from "../platforms/index.ts";
import type { PlatformManifest } from "../platforms/port.ts";
import { peopleSchema, slackSchema } from "./desk-schema.ts";
import { bands, calendar, groups, someone } from "./schema-groups.ts";
import { metrics, parameter } from "./schema-numbers.ts";
import { nameSchema } from "./schema-words.ts";
import { limitShape } from "./settle-limits.ts";

const MAX_ACCOUNTS = 50;
const MAX_HANDS_OFF = 50;
const MAX_STOP_RULES = 50;

const CURRENCIES: readonly string[] = Intl.supportedValuesOf("currency");

function currencyOf(codes: readonly string[]) {
  return z
    .string()
    .refine(
      (code) => codes.includes(code),
      must("an ISO 4217 code such as EUR", "use the code of the ad accounts' currency"),
    )
    .describe("ISO 4217 code of the brand and all its accounts.");
}

const ACCOUNT_WORDS = { accountId: "id", customerId: "id", timezone: "zone" };

/** What an account may say whatever its platform. */
const accountKeys = {
  conversion: nameSchema
    .optional()
    .describe("A name from conversions; default is the primary one. Exactly one is counted per account."),
  currency: z.string().optional().describe("Only to be checked against the brand's."),
  zone: z.string().optional().describe("Only to be checked against the brand's."),
};

/** An account as its platform's manifest has it; attribution is a key of it only where the platform offers a choice. */
function accountShape({ id, label, accountIdSchema, attributionSchema }: PlatformManifest) {
  const keys = { platform: z.literal(id).describe(`${label}.`), id: accountIdSchema, ...accountKeys };
  if (attributionSchema !== null) {
    return strictShape({ ...keys, attribution: attributionSchema }, { instead: ACCOUNT_WORDS });
  }
  const attribution = `nothing: ${label} offers no choice of attribution`;
  return strictShape(keys, { instead: { ...ACCOUNT_WORDS, attribution } });
}

const anyText = z.string().min(1).max(100);

/** An account of a dataset: of any platform, under whatever id its files name. */
const datasetAccount = strictShape(
  { platform: platformWordSchema, id: anyText, ...accountKeys, attribution: anyText.optional() },
  { instead: ACCOUNT_WORDS },
);

const [firstPlatform, ...otherPlatforms] = manifests;
const account = withWords(
  z.discriminatedUnion("platform", [accountShape(firstPlatform), ...otherPlatforms.map(accountShape)]),
  PLATFORM_WORDS,
);

const pack = strictShape(
  {
    off: z.array(slugSchema).optional().describe("Rules of the pack that this brand does not use."),
    modes: z
      .record(slugSchema, modeShape)
      .optional()
      .describe("By rule: the strictest of this, the rule's own mode and the brand's wins."),
    parameters: z.record(nameSchema, parameter).optional().describe("The pack's parameters, retuned."),
  },
  { instead: { mode: "modes", disabled: "off" } },
);

interface ConversionFiles {
  primary: string;
  /** What each is called, by platform. */
  [name: string]: string | Readonly<Record<string, string | string[] | undefined>>;
}

function conversionsOf(
  byPlatform: z.ZodType<Readonly<Record<string, string | string[] | undefined>>>,
): z.ZodType<ConversionFiles> {
  return z
    .object({
      primary: nameSchema.describe("The conversion that CPA and conversions mean unless said otherwise."),
    })
    .catchall(
      byPlatform.refine(
        (names) => Object.keys(names).length > 0,
        must("what the conversion is called on each platform that counts it", "name at least one platform"),
      ),
    )
    .describe(
      "Conversions by name, with what each platform calls them: a key for every platform that counts one.",
    );
}

const conversions = conversionsOf(
  strictShape(
    Object.fromEntries(
      manifests.map(({ id, conversionSchema }) => [id, conversionSchema.optional()] as const),
    ),
    PLATFORM_WORDS,
  ),
);

/** A dataset has counted its conversions already, so a brand file need not name them. */
const datasetConversions = conversionsOf(
  z.record(
    platformWordSchema,
    z.custom<string | string[]>(
      (value) => [value].flat().every((one) => anyText.safeParse(one).success),
      must("a text, or a list of texts", 'write such as "Purchase (web)"'),
    ),
  ),
).default({ primary: "purchase", purchase: {} });

const shop = withWords(
  z.discriminatedUnion("source", [
    strictShape({
      source: z.literal("csv").describe("A file of rows, each of one day or of several."),
      file: z
        .string()
        .min(1)
        .max(400)
        .describe("Path of the file, relative to this one; in a sandbox, to the world's folder."),
    }),
    strictShape(
      {
        source: z
          .literal("push")
          .describe(
            "The shop sends signed figures to the deployment's revenue address; see lib/shops/push/README.md.",
          ),
      },
      {
        instead: {
          file: "nothing: pushed figures come without a file",
          key: "the key into the deployment's secret",
        },
      },
    ),
  ]),
  { notYet: ["shopify"], instead: { api: "push", webhook: "push" } },
);

const BRAND_WORDS: Words = {
  instead: {
    timezone: "zone",
    targets: "parameters",
    guardrails: "limits",
    stages: "groups.stage",
    events: "calendar",
    customMetrics: "metrics",
  },
};

export const brandFileSchema = strictShape(
  {
    $schema: z.string().optional(),
    id: slugSchema.describe("Name for life: the log hangs on it. The file is named after it."),
    name: z.string().min(1).max(80).describe("The name that people read."),
    language: oneOf(["en", "fr"]).default("en").describe("Language of reports."),
    currency: currencyOf(CURRENCIES),
    zone: z
      .string()
      .refine(
        isZone,
        must("an IANA zone such as Europe/Paris", "use the zone of the ad accounts, by its IANA name"),
      )
      .describe("IANA zone of the brand and all its accounts."),
    mode: modeShape.default("shadow").describe("Strictest treatment of any change of this brand."),
    sandbox: z.boolean().default(false).describe("True for a brand of the sandbox: never a real platform."),
    accounts: z.array(account).min(1).max(MAX_ACCOUNTS).describe("Every ad account of the brand."),
    shop: shop.optional().describe("Where revenue, orders and sessions come from."),
    parameters: z
      .record(nameSchema, parameter)
      .default({})
      .describe("Targets and other numbers that rules name."),
    conversions,
    metrics,
    groups,
    bands,
    calendar,
    handsOff: z
      .array(
        strictShape({ ...matcherKeys, until: daySchema.optional(), by: z.string().min(1).max(80) }).refine(
          namesAnything,
          someone,
        ),
      )
      .max(MAX_HANDS_OFF)
      .default([])
      .describe("What no rule may touch, with who said so and, if it ends, the last day."),
    accountStop: z
      .array(slugSchema)
      .max(MAX_STOP_RULES)
      .default([])
      .describe("Rules that may stop a whole account, by id: a pause of an account by any other is refused."),
    people: peopleSchema
      .default([])
      .describe("Who answers proposals; without any, whoever has the machine answers on its command line."),
    slack: slackSchema.optional().describe("Where the brand is asked and told."),
    packs: z.record(slugSchema, pack).default({}).describe("The rule packs this brand uses."),
    limits: strictShape(limitShape, {
      instead: {
        stepPercent: "stepPercentProposed or stepPercentApplied",
        cooldownHours: "cooldownNightsAfterRaiseProposed",
      },
    })
      .default({})
      .describe("Hard limits that bind whoever asks."),
  },
  BRAND_WORDS,
);

/** The same for a dataset, which may have accounts of platforms that are not built, or none, and amounts in who knows what. */
export const datasetBrandFileSchema = withWords(
  brandFileSchema.extend({
    currency: currencyOf([...CURRENCIES, NO_CURRENCY]),
    accounts: z.array(datasetAccount).max(MAX_ACCOUNTS),
    conversions: datasetConversions,
  }),
  BRAND_WORDS,
);

/** Attribution stands in an account where its platform offers a choice, and only there. */
export type AccountFile = z.infer<typeof account> & { attribution?: string | undefined };
export type BrandFile = z.infer<typeof brandFileSchema> | z.infer<typeof datasetBrandFileSchema>;
export type ParameterFile = z.infer<typeof parameter>;
