/** How the brand file divides campaigns and days: partitions, wanted shares of their members, events. */
import { z } from "zod";
import { daySchema } from "../domain/day.ts";
import { slugSchema } from "../domain/ids.ts";
import { matcherKeys, namesAnything } from "../domain/matcher-shape.ts";
import { must, strictShape } from "../domain/shape.ts";
import { nameSchema } from "./schema-words.ts";

/** More than a plan can be read with. */
const MAX_PARTITIONS = 10;
const MAX_MEMBERS = 50;
const MAX_EVENTS = 100;
/** One a year, or one a month for four years. */
const MAX_OCCURRENCES = 50;

export const someone = must("at least one of campaigns, names, labels, ids, objectives", "say who is meant");

const member = strictShape(matcherKeys).refine(namesAnything, someone);
const share = z.number().min(0).max(100);
const band = z.tuple([share, share]).describe("Wanted share in percent, both ends included.");

export const groups = z
  .record(
    nameSchema,
    z.record(nameSchema, member).refine(atMost(MAX_MEMBERS), tooMany(MAX_MEMBERS, "members")),
  )
  .refine(atMost(MAX_PARTITIONS), tooMany(MAX_PARTITIONS, "partitions"))
  .default({})
  .describe(
    "How the brand divides its campaigns: `stage` is the funnel stage, any other name a partition of its own, such as tier. A campaign that fits several members of one counts as in none, and every report says so.",
  );

export const bands = z
  .record(nameSchema, z.record(nameSchema, band))
  .default({})
  .describe("Wanted share of spend per member of a partition, in percent, both ends included.");

export const calendar = z
  .record(
    slugSchema,
    z
      .array(
        strictShape(
          {
            from: daySchema.describe("First day of the event."),
            to: daySchema.describe("Last day of the event."),
          },
          { example: '{ "from": "2026-11-27", "to": "2026-11-30" }', instead: { start: "from", end: "to" } },
        ),
      )
      .min(1)
      .max(MAX_OCCURRENCES),
  )
  .refine(atMost(MAX_EVENTS), tooMany(MAX_EVENTS, "events"))
  .default({})
  .describe(
    "Events by name, each with its occurrences, which rules look at by windows such as `event:black-friday` and `before:black-friday:14d`.",
  );

function atMost(most: number): (record: Readonly<Record<string, unknown>>) => boolean {
  return (record) => Object.keys(record).length <= most;
}

function tooMany(most: number, what: string) {
  return must(`at most ${most} ${what}`, "remove some");
}
