/**
 * Checkpoints spare a reader the start of a long log. They are only a cache: one that is missing, unreadable, of another
 * fold or not on the chain is dropped, and the log is folded from its first entry.
 */
import { z } from "zod";
import { canonicalJson } from "../domain/canonical.ts";
import { changeSchema, editSchema } from "../domain/change.ts";
import { daySchema } from "../domain/day.ts";
import { deskSchema } from "../domain/desk.ts";
import { messageSchema } from "../domain/figure.ts";
import { FileError, type Files } from "../domain/files.ts";
import { targetRefSchema } from "../domain/ids.ts";
import { ALERT_KINDS, type BrandState } from "../domain/state.ts";
import { FOLD_VERSION } from "./fold.ts";
import { holdsSchema, streaksSchema, toldSchema } from "./remembered.ts";

/** Entries folded since the last checkpoint after which the next one is due. */
export const CHECKPOINT_EVERY = 64;

/** Where checkpoints lie, one text per brand; the newest replaces the one before. */
export interface CheckpointStore {
  get(brand: string): Promise<string | null>;
  put(brand: string, text: string): Promise<void>;
}

const atMs = z.number();
const fetchedSchema = z.object({ blobHash: z.string(), fetchedAtMs: atMs });
const failedSchema = z.object({ reason: messageSchema, tries: z.number() });
const roundSchema = z.object({
  roundId: z.string(),
  day: daySchema,
  slot: z.string(),
  startedAtMs: atMs,
  fetched: z.record(z.string(), fetchedSchema),
  failed: z.record(z.string(), failedSchema),
  snapshotHash: z.string().nullable(),
  planHash: z.string().nullable(),
  changes: z.array(z.string()),
  refused: z.boolean(),
  channels: z.array(z.string()),
});
const autoSchema = z.object({ change: changeSchema, roundId: z.string(), planHash: z.string() });
const proposalSchema = autoSchema.extend({
  kind: z.enum(["planned", "edited", "restore"]),
  origin: z.string(),
  madeBy: z.string().nullable(),
  approvals: z.array(z.object({ by: z.string(), atMs })),
  status: z.enum(["open", "approved", "rejected", "expired", "superseded", "edited"]),
  expiresAtMs: atMs,
  decidedBy: z.string().nullable(),
  decidedAtMs: atMs.nullable(),
  reason: z.string().nullable(),
});
const intentSchema = z.object({
  change: changeSchema,
  roundId: z.string(),
  allowedBy: z.string(),
  status: z.enum(["intended", "sent", "notSent", "confirmed", "notApplied", "diverged", "superseded"]),
  intendedAtMs: atMs,
  sends: z.number(),
  writerId: z.string().nullable(),
  sendBeforeMs: atMs.nullable(),
  answered: z.boolean(),
  settledAtMs: atMs.nullable(),
  actual: editSchema.nullable(),
  reason: messageSchema.nullable(),
});
const appliedSchema = z.object({
  changeId: z.string(),
  holderKey: z.string(),
  ruleId: z.string(),
  day: daySchema,
  atMs,
  edit: editSchema,
});
const heldOffSchema = z.object({
  target: targetRefSchema,
  name: z.string(),
  until: daySchema,
  by: z.string(),
  atMs,
  reason: z.string().nullable(),
});
const ruleOffSchema = z.object({
  ruleId: z.string(),
  pack: z.string(),
  holderKey: z.string(),
  untilMs: atMs,
  by: z.string(),
});
const postedSchema = z.object({
  key: z.string(),
  channel: z.string(),
  ts: z.string().nullable(),
  shown: z.string().nullable(),
  attempt: z.object({ writerId: z.string(), atMs, untilMs: atMs }).nullable(),
  firstAtMs: atMs,
});
const alertSchema = z.object({
  id: z.string(),
  kind: z.enum(ALERT_KINDS),
  subject: z.string(),
  reason: messageSchema,
  raisedAtMs: atMs,
  takenBy: z.string().nullable(),
  takenAtMs: atMs.nullable(),
  escalatedAtMs: atMs.nullable(),
  clearedAtMs: atMs.nullable(),
});
const questionSchema = z.object({
  id: z.string(),
  kind: z.enum(["why", "preview"]),
  text: z.string(),
  by: z.string(),
  userId: z.string(),
  channel: z.string(),
  askedAtMs: atMs,
});
const memorySchema = z.object({
  streaks: streaksSchema,
  told: toldSchema,
  holds: holdsSchema,
  scopes: z.record(z.string(), z.number()),
  acts: z.record(z.string(), z.record(z.string(), z.object({ times: z.number(), day: daySchema }))),
  pauses: z.record(
    z.string(),
    z.object({
      ruleId: z.string(),
      pack: z.string(),
      changeId: z.string(),
      atMs,
      until: daySchema.nullable(),
    }),
  ),
});

const checkpointSchema = z.object({
  foldVersion: z.literal(FOLD_VERSION),
  state: z.object({
    brand: z.string(),
    position: z.number().int().min(1),
    hash: z.string(),
    rounds: z.record(z.string(), roundSchema),
    proposals: z.record(z.string(), proposalSchema),
    auto: z.record(z.string(), autoSchema),
    intents: z.record(z.string(), intentSchema),
    applied: z.array(appliedSchema),
    ruleNights: z.record(z.string(), z.number()),
    stop: z.object({ by: z.string(), atMs, reason: z.string().nullable() }).nullable(),
    retries: z.record(z.string(), z.object({ tries: z.number(), nextTryAtMs: atMs, sinceMs: atMs })),
    published: z.object({ sourceHash: z.string(), by: z.string(), atMs }).nullable(),
    desk: deskSchema.nullable(),
    heldOff: z.record(z.string(), heldOffSchema),
    rulesOff: z.array(ruleOffSchema),
    clicks: z.record(z.string(), atMs),
    refusals: z.array(atMs),
    messages: z.record(z.string(), postedSchema),
    alerts: z.record(z.string(), alertSchema),
    questions: z.record(z.string(), questionSchema),
    memory: memorySchema,
  }),
});

export function checkpointText(state: BrandState): string {
  return canonicalJson({ foldVersion: FOLD_VERSION, state });
}

/** The brand's state in `text`; null when this version cannot use it. */
export function checkpointState(brand: string, text: string): BrandState | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = checkpointSchema.safeParse(json);
  return parsed.success && parsed.data.state.brand === brand ? parsed.data.state : null;
}

/** One file per brand in `folder`. */
export function fileCheckpoints(files: Files, folder: string): CheckpointStore {
  const pathOf = (brand: string) => `${folder}/${brand}.json`;
  return {
    async get(brand) {
      try {
        return await files.readText(pathOf(brand));
      } catch (error) {
        if (error instanceof FileError && error.code === "files.missing") return null;
        throw error;
      }
    },
    put: (brand, text) => files.writeAtomic(pathOf(brand), text),
  };
}
