/** What limits a rule: when it is looked at, how often it acts, and what follows. Checked further in `keys.ts`. */
import { z } from "zod";
import { isZone } from "../../domain/day.ts";
import { slugSchema } from "../../domain/ids.ts";
import { must, oneOf, strictShape, withWords } from "../../domain/shape.ts";
import { WEEKDAYS } from "../types.ts";
import { channelsSchema, MAX_LIST, nightsSchema, timeSchema } from "./schema-words.ts";
import * as words from "./vocabulary.ts";

export const notifyShape = strictShape(
  { to: channelsSchema.describe("Channels beside the brand's own: #media, or a channel's id.") },
  { example: '{ "to": ["#media"] }' },
);

export const mutesShape = strictShape(
  {
    rules: z.array(slugSchema).min(1).max(MAX_LIST).describe("Ids of the rules."),
    for: withWords(z.string().regex(/^([1-9]\d{0,2}d|always)$/, { error: "expected 28d or always" }), {
      example: '"28d"',
    }).describe("Local nights, or always."),
  },
  { example: '{ "rules": ["wake-up"], "for": "28d" }' },
);

export const rolloutShape = strictShape(
  {
    shadow: nightsSchema("7d").optional().describe("Nights in shadow first."),
    propose: nightsSchema("14d").optional().describe("Then nights in which it only proposes."),
  },
  { example: '{ "shadow": "7d", "propose": "14d" }' },
);

/** Rules by id, of which the first that matches takes the entity. */
export const firstMatchShape = strictShape(
  { firstMatch: z.array(slugSchema).min(2).max(MAX_LIST).describe("Ids of rules, the first one first.") },
  {
    instead: { first: "firstMatch", rules: "firstMatch" },
    example: '{ "firstMatch": ["stop", "cut", "raise"] }',
  },
);

const times = z.int().min(1).max(1000);

export const atMostShape = strictShape(
  {
    perDay: times.optional().describe("On one day."),
    perWeek: times.optional().describe("Within seven days."),
    perLife: times.optional().describe("Ever."),
  },
  { example: '{ "perLife": 5 }' },
);

/** One of the times at which a rule is looked at; a rule may have several. */
export const scheduleShape = strictShape(
  {
    at: z.array(timeSchema).min(1).max(24).optional().describe("Times of the day."),
    every: withWords(
      z.string().regex(/^(15m|30m|[1-9]h|1[0-2]h)$/, { error: "expected 15m, 30m or 1h to 12h" }),
      {
        example: '"1h"',
      },
    )
      .optional()
      .describe("15m, 30m, or 1h to 12h."),
    from: timeSchema.optional().describe("With every: not before."),
    to: timeSchema.optional().describe("With every: not after."),
    days: z.array(oneOf(WEEKDAYS)).min(1).max(7).optional().describe("Days of the week; default all."),
    zone: z
      .string()
      .refine(isZone, must("an IANA zone such as Europe/Paris", "use a zone's IANA name"))
      .optional()
      .describe("Zone of at and every, by its IANA name; default the brand's."),
  },
  { ...words.SCHEDULE_WORDS, example: '{ "at": ["09:00"], "days": ["mon"] }' },
);
export type ScheduleFile = z.infer<typeof scheduleShape>;

/** More ways of saying when than anybody keeps in mind. */
export const MAX_SCHEDULES = 10;
