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
/** Of keys, people, channels and whatever else others name: far above any real one, so that no entry is filled with one. */
const MAX_NAME_CHARACTERS = 400;
/** The longest text that Slack takes in a field. */
const MAX_REASON_CHARACTERS = 3000;
/** A name or a few words of it: what is searched for, not told. */
const MAX_QUESTION_CHARACTERS = 200;

const name = z.string().min(1).max(MAX_NAME_CHARACTERS);
const by = name;
const reason = z.string().max(MAX_REASON_CHARACTERS).nullable();
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** People, limits or channel are others than before; `by` published or runs the brand file that says so. */
const deskChangedSchema = z.object({ type: z.literal("deskChanged"), v, atMs, by, desk: deskSchema });
/** The first of two: the change waits for somebody else's. */
const approvalGivenSchema = z.object({
  type: z.literal("approvalGiven"),
  v,
  atMs,
  changeId: name,
  by,
});
/** `change` is a person's version, open under its own id as long as the one before would have been, which is dead. */
const proposalEditedSchema = z.object({
  type: z.literal("proposalEdited"),
  v,
  atMs,
  changeId: name,
  change: changeSchema,
  by,
});
/** An applied change is to be taken back: `change` is approved with this, and `of`'s rule stays off its holder. */
const restoreApprovedSchema = z.object({
  type: z.literal("restoreApproved"),
  v,
  atMs,
  of: name,
  change: changeSchema,
  planHash: hash,
  roundId: name,
  expiresAtMs: atMs,
  ruleOffUntilMs: atMs,
  by,
});
const handsOffSetSchema = z.object({
  type: z.literal("handsOffSet"),
  v,
  atMs,
  holderKey: name,
  target: targetRefSchema,
  name: z.string(),
  /** Last day. */
  until: daySchema,
  by,
  reason,
});
const handsOffLiftedSchema = z.object({
  type: z.literal("handsOffLifted"),
  v,
  atMs,
  holderKey: name,
  by,
});
/** Stands in the entry of what the interaction brought about, so that the same one never counts again. */
const clickUsedSchema = z.object({ type: z.literal("clickUsed"), v, atMs, clickId: name, by });
/** Somebody tried what they may not; `what` is the kind of answer, `subject` what it was about. */
const answerRefusedSchema = z.object({
  type: z.literal("answerRefused"),
  v,
  atMs,
  by,
  what: name,
  /** Empty where nothing was typed. */
  subject: z.string().max(MAX_NAME_CHARACTERS),
  reason: messageSchema,
});
/** Goes before every call that posts or changes a message, so that one whose answer is lost is looked for, not repeated. */
const messageAttemptedSchema = z.object({
  type: z.literal("messageAttempted"),
  v,
  atMs,
  key: name,
  channel: name,
  writerId: name,
  /** Nobody else tries before. */
  untilMs: atMs,
});
/** Slack's `ts` is on record: it is delivered, and says what `shown` is the digest of. */
const messagePostedSchema = z.object({
  type: z.literal("messagePosted"),
  v,
  atMs,
  key: name,
  ts: name,
  shown: hash,
});
const messageUpdatedSchema = z.object({
  type: z.literal("messageUpdated"),
  v,
  atMs,
  key: name,
  shown: hash,
});
const alertRaisedSchema = z.object({
  type: z.literal("alertRaised"),
  v,
  atMs,
  kind: z.enum(ALERT_KINDS),
  subject: name,
  reason: messageSchema,
});
const alertTakenSchema = z.object({ type: z.literal("alertTaken"), v, atMs, alertId: name, by });
const alertEscalatedSchema = z.object({
  type: z.literal("alertEscalated"),
  v,
  atMs,
  alertId: name,
});
const alertClearedSchema = z.object({ type: z.literal("alertCleared"), v, atMs, alertId: name });
const questionAskedSchema = z.object({
  type: z.literal("questionAsked"),
  v,
  atMs,
  questionId: name,
  kind: z.enum(["why", "preview"]),
  text: z.string().max(MAX_QUESTION_CHARACTERS),
  by,
  userId: name,
  channel: name,
});
const questionAnsweredSchema = z.object({
  type: z.literal("questionAnswered"),
  v,
  atMs,
  questionId: name,
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
