/** The keys of a brand file that say who answers for the brand, and where they are asked. */
import { z } from "zod";
import { slackUserIdSchema } from "../domain/desk.ts";
import { oneOf, strictShape } from "../domain/shape.ts";

const MAX_PEOPLE = 100;
/** Above any amount that a person may approve, and exact as a number of micros. */
const MAX_MONEY = 1_000_000_000;

const limitOfPerson = z.number().min(0).max(MAX_MONEY);

export const personSchema = strictShape(
  {
    name: z.string().min(1).max(80).describe("As the log and reports name them."),
    slack: slackUserIdSchema.optional().describe("Their member id, by which clicks are told apart."),
    role: oneOf(["viewer", "approver", "owner"], {
      instead: { admin: "owner", operator: "approver" },
    }).describe("viewer reads; approver answers within limits; owner also resumes what was stopped."),
    raiseLimit: limitOfPerson
      .optional()
      .describe("Largest raise of one daily budget that they may approve, in major units."),
    dailyRaiseLimit: limitOfPerson
      .optional()
      .describe("All raises that they may approve on one day, in major units."),
  },
  { instead: { id: "slack", user: "slack", limit: "raiseLimit", dailyLimit: "dailyRaiseLimit" } },
);

export const peopleSchema = z.array(personSchema).max(MAX_PEOPLE);

export const slackSchema = strictShape(
  {
    team: z
      .string()
      .regex(/^T[A-Z0-9]{2,20}$/, { error: "expected a workspace's id such as T0123ABCD" })
      .describe("The one workspace whose clicks count."),
    app: z
      .string()
      .regex(/^A[A-Z0-9]{2,20}$/, { error: "expected an app's id such as A0123ABCD" })
      .describe("The one app whose clicks count."),
    channel: z
      .string()
      .regex(/^[CG][A-Z0-9]{2,20}$/, { error: "expected a channel's id such as C0123ABCD" })
      .describe("Where proposals, digests and alerts are posted."),
    digestAt: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "expected a time such as 08:30" })
      .default("08:30")
      .describe("When the morning digest is posted, in the brand's zone."),
    reviewEvery: oneOf(["week", "twoWeeks", "month", "quarter"])
      .default("week")
      .describe("How often the review is posted; young brands weekly, mature ones every quarter."),
    reviewOn: oneOf(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
      .default("mon")
      .describe("Day of the week of the review; of a month's or quarter's first week."),
    noticeBeforeApply: z
      .boolean()
      .default(true)
      .describe(
        "Automatic changes need a notice of the night that reached the channel; else they are proposed.",
      ),
  },
  { instead: { channelId: "channel", workspace: "team", token: "the bot token into the secret" } },
);
