/** What several parts of a rule file are written in: names, lists, nights, hours, channels. */
import { z } from "zod";
import { withWords } from "../../domain/shape.ts";

/** Above any amount in a rule, and exact as a number of micros. */
export const MAX_NUMBER = 1_000_000_000;

export const MAX_LIST = 50;
export const MAX_TEXT = 500;

export const factName = z
  .string()
  .regex(/^[A-Za-z][\w]{0,59}$/, { error: "expected a fact's name such as spend" });

/** Names of groups and their members, of stages, conversions and events, as brand files have them. */
export const plainName = z.string().min(1).max(80);

export const namesList = () => z.array(plainName).min(1).max(MAX_LIST);

/** Money in major units. */
export const amountSchema = z.number().min(0.01).max(MAX_NUMBER);

export const percentPair = z.tuple([z.number().min(0).max(100), z.number().min(0).max(100)]);

/** Local nights as people write them: "3d". */
export const nightsSchema = (example: string) =>
  withWords(z.string().regex(/^[1-9]\d?d$/, { error: `expected local nights such as ${example}` }), {
    example: `"${example}"`,
  });

export function nightsOf(text: string): number {
  return Number.parseInt(text, 10);
}

/** HH:MM of a day. */
export const timeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "expected a time such as 09:00" });

/** A channel by its name with # or by the id that Slack gives it. */
export const channelsSchema = z
  .array(
    z.string().regex(/^(#[^\s#@<>|]{1,80}|[CG][A-Z0-9]{2,20})$/, {
      error: "expected a channel such as #media, or its id such as C0123ABCD",
    }),
  )
  .min(1)
  .max(10);
