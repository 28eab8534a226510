/** Events of the desk: who may answer, what they said beside yes and no, what they were told, what they must look at. */
import { z } from "zod";
import { changeSchema } from "../domain/change.ts";
import { daySchema } from "../domain/day.ts";
import { deskSchema } from "../domain/desk.ts";
import { messageSchema } from "../domain/figure.ts";
import { targetRefSchema } from "../domain/ids.ts";
import { ALERT_KINDS } from "../domain/state.ts";

const atMs = z.number().int();
const v = z.literal(1);
const by = z.string();
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** People, limits or channel are others than before; `by` published or runs the brand file that says so. */
const deskChangedSchema = z.object({ type: z.literal("deskChanged"), v, atMs, by, desk: deskSchema });
/** The first of two: the change waits for somebody else's. */
const approvalGivenSchema = z.object({
  type: z.literal("approvalGiven"),
  v,
  atMs,
  changeId: z.string(),
  by,
});
/** `change` is a person's version, open under its own id as long as the one before would have been, which is dead. */
const proposalEditedSchema = z.object({
  type: z.literal("proposalEdited"),
  v,
  atMs,
  changeId: z.string(),
  change: changeSchema,
  by,
});
/** An applied change is to be taken back: `change` is approved with this, and `of`'s rule stays off its holder. */
const restoreApprovedSchema = z.object({
  type: z.literal("restoreApproved"),
  v,
  atMs,
  of: z.string(),
  change: changeSchema,
  planHash: hash,
  roundId: z.string(),
  expiresAtMs: atMs,
  ruleOffUntilMs: atMs,
  by,
});
const handsOffSetSchema = z.object({
  type: z.literal("handsOffSet"),
  v,
  atMs,
  holderKey: z.string(),
  target: targetRefSchema,
  name: z.string(),
  /** Last day. */
  until: daySchema,
  by,
  reason: z.string().nullable(),
});
const handsOffLiftedSchema = z.object({
  type: z.literal("handsOffLifted"),
  v,
  atMs,
  holderKey: z.string(),
  by,
});
/** Stands in the entry of what the interaction brought about, so that the same one never counts again. */
const clickUsedSchema = z.object({ type: z.literal("clickUsed"), v, atMs, clickId: z.string(), by });
/** Somebody tried what they may not; `what` is the kind of answer, `subject` what it was about. */
const answerRefusedSchema = z.object({
  type: z.literal("answerRefused"),
  v,
  atMs,
  by,
  what: z.string(),
  subject: z.string(),
  reason: messageSchema,
});
/** Goes before every call that posts or changes a message, so that one whose answer is lost is looked for, not repeated. */
const messageAttemptedSchema = z.object({
  type: z.literal("messageAttempted"),
  v,
  atMs,
  key: z.string(),
  channel: z.string(),
  writerId: z.string(),
  /** Nobody else tries before. */
  untilMs: atMs,
});
/** Slack's `ts` is on record: it is delivered, and says what `shown` is the digest of. */
const messagePostedSchema = z.object({
  type: z.literal("messagePosted"),
  v,
  atMs,
  key: z.string(),
  ts: z.string(),
  shown: hash,
});
const messageUpdatedSchema = z.object({
  type: z.literal("messageUpdated"),
  v,
  atMs,
  key: z.string(),
  shown: hash,
});
const alertRaisedSchema = z.object({
  type: z.literal("alertRaised"),
  v,
  atMs,
  kind: z.enum(ALERT_KINDS),
  subject: z.string(),
  reason: messageSchema,
});
const alertTakenSchema = z.object({ type: z.literal("alertTaken"), v, atMs, alertId: z.string(), by });
const alertEscalatedSchema = z.object({
  type: z.literal("alertEscalated"),
  v,
  atMs,
  alertId: z.string(),
});
const alertClearedSchema = z.object({ type: z.literal("alertCleared"), v, atMs, alertId: z.string() });
const questionAskedSchema = z.object({
  type: z.literal("questionAsked"),
  v,
  atMs,
  questionId: z.string(),
  kind: z.enum(["why", "preview"]),
  text: z.string().max(200),
  by,
  userId: z.string(),
  channel: z.string(),
});
const questionAnsweredSchema = z.object({
  type: z.literal("questionAnswered"),
  v,
  atMs,
  questionId: z.string(),
});

export const deskEventSchemas = [
  deskChangedSchema,
  approvalGivenSchema,
  proposalEditedSchema,
  restoreApprovedSchema,
  handsOffSetSchema,
  handsOffLiftedSchema,
  clickUsedSchema,
  answerRefusedSchema,
  messageAttemptedSchema,
  messagePostedSchema,
  messageUpdatedSchema,
  alertRaisedSchema,
  alertTakenSchema,
  alertEscalatedSchema,
  alertClearedSchema,
  questionAskedSchema,
  questionAnsweredSchema,
] as const;
