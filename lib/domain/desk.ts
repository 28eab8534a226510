/**
 * The desk of a brand: who answers its proposals, where they are asked, and what each of them may allow. It is settled from the
 * brand file and stands in the log, so that every answer is judged by the desk at its position and every change of it is on record.
 */
import { z } from "zod";
import { microsSchema } from "./money.ts";

/** `viewer` reads; `approver` answers within limits; `owner` also resumes what was stopped. Each may do what those before may. */
export const ROLES = ["viewer", "approver", "owner"] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

/** A person of Slack by id: display names are nobody's identity. */
export const slackUserIdSchema = z.string().regex(/^[UW][A-Z0-9]{2,20}$/, {
  error: "expected a member's id such as U0123ABCD",
});

export const personSchema = z.object({
  /** As the log names them. */
  name: z.string(),
  /** Null for whoever answers on the command line only. */
  slack: slackUserIdSchema.nullable(),
  role: roleSchema,
  /** Largest raise of one daily budget that they may approve; null: the brand's limits alone. */
  raiseLimitMicros: microsSchema.nullable(),
  /** All raises that they may approve on one day of the brand's zone; null: the brand's limits alone. */
  dailyRaiseLimitMicros: microsSchema.nullable(),
});
export type Person = z.infer<typeof personSchema>;

/** Where a brand is asked: one workspace, one app, one channel. A click from anywhere else counts for nothing. */
export const slackPlaceSchema = z.object({ team: z.string(), app: z.string(), channel: z.string() });
export type SlackPlace = z.infer<typeof slackPlaceSchema>;

export const deskSchema = z.object({
  brandName: z.string(),
  language: z.enum(["en", "fr"]),
  currency: z.string(),
  zone: z.string(),
  /** Empty: nobody answers in Slack, and whoever has the machine answers on its command line. */
  people: z.array(personSchema),
  slack: slackPlaceSchema.nullable(),
  /** A raise above this takes two people; null: one always suffices. */
  fourEyesAboveMicros: microsSchema.nullable(),
  /** Most approvals of one person within an hour. */
  approvalsPerHour: z.number().int(),
  /** How long an applied change may be taken back in one step. */
  restoreDays: z.number().int(),
  /** How long a rule stays off what it changed, once that was taken back. */
  restoredRuleDays: z.number().int(),
});
export type Desk = z.infer<typeof deskSchema>;

export function roleAtLeast(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}
