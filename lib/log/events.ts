/**
 * Every event that a brand's log may hold. `type` is past tense, `v` its version; shapes never change once released, a
 * changed one gets the next version and an upcaster. Amounts are micros as decimal strings; times are epoch milliseconds.
 */
import { z } from "zod";
import { changeSchema, editSchema } from "../domain/change.ts";
import { daySchema } from "../domain/day.ts";
import { messageSchema } from "../domain/figure.ts";
import { accountRefSchema } from "../domain/ids.ts";
import { deskEventSchemas } from "./desk-events.ts";

const atMs = z.number().int();
const v = z.literal(1);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const changeId = z.string();
const by = z.string();

const roundStartedSchema = z.object({
  type: z.literal("roundStarted"),
  v,
  atMs,
  roundId: z.string(),
  day: daySchema,
  slot: z.string(),
});
const accountFetchedSchema = z.object({
  type: z.literal("accountFetched"),
  v,
  atMs,
  roundId: z.string(),
  account: accountRefSchema,
  blobHash: hash,
  requests: z.number().int(),
});
const accountFailedSchema = z.object({
  type: z.literal("accountFailed"),
  v,
  atMs,
  roundId: z.string(),
  account: accountRefSchema,
  reason: messageSchema,
});
const snapshotSealedSchema = z.object({
  type: z.literal("snapshotSealed"),
  v,
  atMs,
  roundId: z.string(),
  snapshotHash: hash,
  missing: z.array(accountRefSchema),
});
/** `proposed` wait for a person until `expiresAtMs`; `auto` are allowed by the brand's own mode. */
const plannedSchema = z.object({
  type: z.literal("planned"),
  v,
  atMs,
  roundId: z.string(),
  planHash: hash,
  inputs: z.object({ brand: hash, rules: hash, snapshot: hash, state: hash }),
  engineVersion: z.string(),
  /** Hashes of the enabled rules, so that the nights a new rule has been watched can be counted. */
  ruleHashes: z.array(hash),
  refused: messageSchema.nullable(),
  proposed: z.array(changeSchema),
  auto: z.array(changeSchema),
  expiresAtMs: atMs,
});
/**
 * What the night leaves for the nights after it, in the entry of its plan. `tables` holds all that stands of streaks, notices and
 * holds, as `packTables` writes them; `scopes` how many subjects each rule looked at, by its hash.
 */
const rulesRememberedSchema = z.object({
  type: z.literal("rulesRemembered"),
  v,
  atMs,
  roundId: z.string(),
  tables: z.string(),
  scopes: z.record(hash, z.number().int().min(0)),
  /** Holder keys of pauses that somebody else has taken over. */
  pausesOver: z.array(z.string()),
  /** Channels to be told of the night besides the brand's own. */
  channels: z.array(z.string()),
});
const proposalApprovedSchema = z.object({
  type: z.literal("proposalApproved"),
  v,
  atMs,
  changeId,
  by,
});
const proposalRejectedSchema = z.object({
  type: z.literal("proposalRejected"),
  v,
  atMs,
  changeId,
  by,
  reason: z.string().nullable(),
});
const proposalExpiredSchema = z.object({ type: z.literal("proposalExpired"), v, atMs, changeId });
/** The world moved on before anybody decided, or between approval and intent. */
const proposalSupersededSchema = z.object({
  type: z.literal("proposalSuperseded"),
  v,
  atMs,
  changeId,
  reason: messageSchema,
});
/** Reserves the round's allowance. `allowedBy` is `approval:<person>` or `mode:apply`. */
const changeIntendedSchema = z.object({
  type: z.literal("changeIntended"),
  v,
  atMs,
  roundId: z.string(),
  change: changeSchema,
  planHash: hash,
  allowedBy: z.string(),
});
/** The live read before sending did not equal `from`; nothing was sent. */
const changeSupersededSchema = z.object({
  type: z.literal("changeSuperseded"),
  v,
  atMs,
  changeId,
  actual: editSchema.nullable(),
  reason: messageSchema,
});
/** The fence: only the entry's writer may call, and only within 5 s of the append. */
const changeSentSchema = z.object({
  type: z.literal("changeSent"),
  v,
  atMs,
  changeId,
  attempt: z.number().int().min(1).max(2),
  writerId: z.string(),
  sendBeforeMs: atMs,
});
/** The platform said yes to the attempt, and the new value could not be read back yet. Only the fence's writer can know. */
const changeAnsweredSchema = z.object({ type: z.literal("changeAnswered"), v, atMs, changeId });
/** The attempt had no effect: its writer gave up before calling, or a read later than any lag of the platform proves it. */
const changeNotSentSchema = z.object({
  type: z.literal("changeNotSent"),
  v,
  atMs,
  changeId,
  reason: messageSchema,
});
const changeConfirmedSchema = z.object({ type: z.literal("changeConfirmed"), v, atMs, changeId });
const changeNotAppliedSchema = z.object({
  type: z.literal("changeNotApplied"),
  v,
  atMs,
  changeId,
  reason: messageSchema,
});
/** The platform holds neither `from` nor `to`; a person must look. */
const changeDivergedSchema = z.object({
  type: z.literal("changeDiverged"),
  v,
  atMs,
  changeId,
  actual: editSchema.nullable(),
  reason: messageSchema,
});
const stoppedSchema = z.object({
  type: z.literal("stopped"),
  v,
  atMs,
  by,
  reason: z.string().nullable(),
});
/** The step could not be done now and waits; `step` is its name in the loop. */
const stepFailedSchema = z.object({
  type: z.literal("stepFailed"),
  v,
  atMs,
  step: z.string(),
  nextTryAtMs: atMs,
  /** Null where another event of the same entry says it. */
  reason: messageSchema.nullable(),
});
/** From here on the brand runs on these files; `ruleHashes` are those of the enabled rules. */
const rulesPublishedSchema = z.object({
  type: z.literal("rulesPublished"),
  v,
  atMs,
  by,
  sourceHash: hash,
  ruleHashes: z.array(hash),
});
const resumedSchema = z.object({ type: z.literal("resumed"), v, atMs, by });

export const eventSchema = z.discriminatedUnion("type", [
  roundStartedSchema,
  accountFetchedSchema,
  accountFailedSchema,
  snapshotSealedSchema,
  plannedSchema,
  rulesRememberedSchema,
  proposalApprovedSchema,
  proposalRejectedSchema,
  proposalExpiredSchema,
  proposalSupersededSchema,
  changeIntendedSchema,
  changeSupersededSchema,
  changeSentSchema,
  changeAnsweredSchema,
  changeNotSentSchema,
  changeConfirmedSchema,
  changeNotAppliedSchema,
  changeDivergedSchema,
  stoppedSchema,
  resumedSchema,
  stepFailedSchema,
  rulesPublishedSchema,
  ...deskEventSchemas,
]);
export type LogEvent = z.output<typeof eventSchema>;
export type LogEventOf<T extends LogEvent["type"]> = Extract<LogEvent, { type: T }>;
