/**
 * The plan: every change considered in one round with what the guardrails made of it. Preview, report, Slack, backtest and
 * apply all read this one value. It carries message keys and numbers, never sentences.
 */
import { z } from "zod";
import { changeSchema } from "./change.ts";
import { daySchema } from "./day.ts";
import { figureSchema, messageSchema, readingSchema, unitSchema } from "./figure.ts";
import { holderOwnerSchema } from "./holder.ts";
import { accountRefSchema, targetLevelSchema, targetRefSchema } from "./ids.ts";
import { microsSchema } from "./money.ts";
import { countedOnSchema, pastEditSchema } from "./snapshot.ts";
import { evidenceSchema, modeSchema, resultSchema, subjectSchema, verdictSchema } from "./verdict.ts";

/** `degraded`: asked for instead of applied, or only watched instead of asked for. */
export const guardrailNoteSchema = z.object({
  guardrail: z.string(),
  effect: z.enum(["clamped", "blocked", "degraded"]),
  reason: messageSchema,
});
export type GuardrailNote = z.infer<typeof guardrailNoteSchema>;

/** `shadow` would have been proposed or applied but for its mode; `auto` is applied without asking. */
export const outcomeSchema = z.enum(["proposed", "auto", "shadow", "blocked"]);
export type Outcome = z.infer<typeof outcomeSchema>;

/**
 * What binds a change besides the brand's limits, kept with it so that it can be checked again before it is sent: the
 * platform's or the rule's floor (the higher), the rule's ceiling, its own cool-down and how often it may act.
 */
export const boundsSchema = z.object({
  floorMicros: microsSchema,
  ceilingMicros: microsSchema.nullable(),
  cooldownNights: z.number().nullable(),
  /** Changes of the rule per holder; absent where it sets no limit. */
  atMost: z
    .object({
      perDay: z.number().nullable(),
      perWeek: z.number().nullable(),
      perLife: z.number().nullable(),
    })
    .optional(),
  /** Of a stop of a whole account: it was decided by money alone, and by no conversion. */
  byMoney: z.literal(true).optional(),
});
export type Bounds = z.infer<typeof boundsSchema>;

/** What a person may make of a proposed amount: every guardrail lets any whole number of units between the two ends pass. */
export const editRangeSchema = z.object({
  leastMicros: microsSchema,
  mostMicros: microsSchema,
  unitMicros: microsSchema,
});
export type EditRange = z.infer<typeof editRangeSchema>;

export const plannedChangeSchema = changeSchema.extend({
  outcome: outcomeSchema,
  /** The mode in force after every guardrail: the stricter of rule and brand, or stricter still. */
  mode: modeSchema,
  /** What the rule asked for before any guardrail; null for pauses and resumes. */
  wantedMicros: microsSchema.nullable(),
  bounds: boundsSchema,
  /** Most that the platform may spend under a raise on the one day before the next night can correct it; 0 for cuts and pauses. */
  worstCaseMicros: microsSchema,
  /** Null for pauses and resumes, and where nothing is proposed. */
  editRange: editRangeSchema.nullable(),
  /** True for a proposal that only its rule's or brand's mode keeps from being applied without asking: every limit on that is met. */
  routine: z.boolean(),
  /** Somebody's last no to the same rule's change of the same holder in the same direction. */
  rejectedBefore: z.object({ by: z.string(), atMs: z.number(), reason: z.string().nullable() }).nullable(),
  notes: z.array(guardrailNoteSchema),
  evidence: z.array(evidenceSchema),
});
export type PlannedChange = z.infer<typeof plannedChangeSchema>;

/** A message to people, with nothing changed: an alarm (`urgent`) or a note. */
export const noticeSchema = z.object({
  ruleId: z.string(),
  pack: z.string(),
  urgent: z.boolean(),
  /** Channels that are told besides the brand's own. */
  to: z.array(z.string()).default([]),
  /** True for one given for want of data. */
  blind: z.boolean().default(false),
  subject: subjectSchema,
  evidence: z.array(evidenceSchema),
});
export type Notice = z.infer<typeof noticeSchema>;

/** A hold in force this round: `because` is `noData` when it holds for want of data. */
export const activeHoldSchema = z.object({
  ruleId: z.string(),
  pack: z.string(),
  blocks: z.array(z.enum(["raise", "resume", "cut", "pause"])),
  /** `brand`, `stage:cold`, or whom it holds by level and key: `account meta/1001`. */
  scope: z.string(),
  because: resultSchema,
  /** Its last night, where it was meant to last; it has no evidence in nights in which only that keeps it. */
  until: daySchema.nullable().default(null),
  evidence: z.array(evidenceSchema),
});
export type ActiveHold = z.infer<typeof activeHoldSchema>;

/** When the missing counts will suffice at this pace: `have` of `need`, and the day, null when it never does. */
export const forecastSchema = z.object({
  fact: z.string(),
  have: z.number(),
  need: z.number(),
  unit: unitSchema,
  perDay: z.number(),
  day: daySchema.nullable(),
});
export type Forecast = z.infer<typeof forecastSchema>;

export const nearMissSchema = z.object({
  ruleId: z.string(),
  pack: z.string(),
  subject: subjectSchema,
  /** The conditions that did not hold, nearest first. */
  failing: z.array(evidenceSchema),
  forecast: forecastSchema.nullable(),
});
export type NearMiss = z.infer<typeof nearMissSchema>;

/** One budget holder as the round found it: the row of the report's table. */
export const holderLineSchema = z.object({
  subject: subjectSchema,
  /** Of a shared budget all campaigns that it feeds, joined by commas. */
  campaignName: z.string(),
  owner: holderOwnerSchema,
  status: z.string(),
  learning: z.string(),
  budgetMicros: microsSchema,
  period: z.enum(["daily", "lifetime"]),
  targetCpa: readingSchema,
  spend: readingSchema,
  conversions: readingSchema,
  cpa: readingSchema,
  /** The last 14 complete days, oldest first; null for a day without data. Money in micros. */
  daily: z.object({
    from: daySchema,
    spendMicros: z.array(z.number().nullable()),
    conversions: z.array(z.number().nullable()),
  }),
});
export type HolderLine = z.infer<typeof holderLineSchema>;

export const stageLineSchema = z.object({
  stage: z.string(),
  spend: readingSchema,
  sharePercent: readingSchema,
  /** Wanted share in percent, both ends included; null where the brand sets none. */
  band: z.tuple([z.number(), z.number()]).nullable(),
});
export type StageLine = z.infer<typeof stageLineSchema>;

/** One account's week: what it spent and what its platform claims. */
export const accountLineSchema = z.object({
  account: accountRefSchema,
  name: z.string(),
  spend: readingSchema,
  conversionValue: readingSchema,
});
export type AccountLine = z.infer<typeof accountLineSchema>;

export const brandLineSchema = z.object({
  spend: readingSchema,
  revenue: readingSchema,
  /** Claimed by all platforms together: the same order may stand in it several times. */
  claimedValue: readingSchema,
  accounts: z.array(accountLineSchema),
  mer: readingSchema,
  merFloor: readingSchema,
  merAlarm: readingSchema,
  /** `healthy` at or above the floor, `growing` between alarm and floor, `alarm` below, `unknown` without data. */
  merBand: z.enum(["healthy", "growing", "alarm", "unknown"]),
  stages: z.array(stageLineSchema),
});
export type BrandLine = z.infer<typeof brandLineSchema>;

/** A budget holder that a person or another tool changed, as the platform tells it; left alone until `untilMs`. */
export const foreignEditSchema = pastEditSchema
  .omit({ target: true })
  .extend({ subject: subjectSchema, untilMs: z.number() });
export type ForeignEdit = z.infer<typeof foreignEditSchema>;

/**
 * A budget holder that is left alone, by whom and until when (null: until somebody says otherwise). `because` tells a brand file's
 * hands-off entry, somebody's word in Slack or on the command line, a foreign edit, a rejection, a change taken back, a cool-down.
 */
export const protectionSchema = z.object({
  because: z.enum(["brandFile", "handsOff", "foreignEdit", "rejected", "restored", "cooldown"]),
  name: z.string(),
  ref: targetRefSchema,
  /** Null where nobody in particular. */
  by: z.string().nullable(),
  untilMs: z.number().nullable(),
  /** Which rule alone is kept off; null for all. */
  ruleId: z.string().nullable(),
  reason: z.string().nullable(),
});
export type Protection = z.infer<typeof protectionSchema>;

/** A stop outside the brand's log that stood when the plan was made; `scope` is `everything` or an account's key. */
export const scopedStopSchema = z.object({
  scope: z.string(),
  by: z.string(),
  atMs: z.number(),
  reason: z.string().nullable(),
});
export type ScopedStop = z.infer<typeof scopedStopSchema>;

/** A setting in force with where it came from ("default" or a brand-file path). */
export const settingLineSchema = z.object({ id: z.string(), value: figureSchema, source: z.string() });
export type SettingLine = z.infer<typeof settingLineSchema>;

export const planSchema = z.object({
  v: z.literal(1),
  brand: z.string(),
  brandName: z.string(),
  language: z.enum(["en", "fr"]),
  currency: z.string(),
  zone: z.string(),
  roundId: z.string(),
  day: daySchema,
  decidedAtMs: z.number(),
  engineVersion: z.string(),
  /** Hashes of everything the decision was made from. */
  inputs: z.object({ brand: z.string(), rules: z.string(), snapshot: z.string(), state: z.string() }),
  mode: modeSchema,
  /** Read when the plan was made, so that it can be made again from what it says. */
  stops: z.array(scopedStopSchema),
  /** Set when the whole plan was refused (blast radius, too wide): then no change is proposed or auto. */
  refused: messageSchema.nullable(),
  brandLine: brandLineSchema,
  holders: z.array(holderLineSchema),
  changes: z.array(plannedChangeSchema),
  notices: z.array(noticeSchema),
  holds: z.array(activeHoldSchema),
  /** Distance order; the report shows the first five when nothing is proposed. */
  nearMisses: z.array(nearMissSchema),
  /** Holders that at this pace never reach a rule's evidence floor within its window. */
  tooSmall: z.array(nearMissSchema),
  /** Spend of the last 7 days that no enabled rule looks at, by name. */
  uncovered: z.array(
    z.object({ name: z.string(), level: targetLevelSchema, ref: targetRefSchema, spend: readingSchema }),
  ),
  /** Entities that the night before did not know, with the money rules that look at them now. */
  newcomers: z.array(z.object({ subject: subjectSchema, rules: z.array(z.string()) })).default([]),
  /** Rules that look at nobody, or at many more than the night before: these only propose. */
  scopes: z
    .array(
      z.object({ ruleId: z.string(), pack: z.string(), size: z.number(), before: z.number().nullable() }),
    )
    .default([]),
  /** Rules that matched and that Palier does not act on yet, with why and on how many subjects. */
  notActed: z
    .array(z.object({ ruleId: z.string(), pack: z.string(), reason: messageSchema, subjects: z.number() }))
    .default([]),
  /** Rules that matched and neither told nor held, with why: they count nights, come after another, or told it before. */
  silent: z
    .array(z.object({ ruleId: z.string(), pack: z.string(), subject: subjectSchema, reason: messageSchema }))
    .default([]),
  missing: z.array(messageSchema),
  /** The last foreign edit of each holder that is left alone for it, newest first. */
  foreignEdits: z.array(foreignEditSchema),
  /** What is left alone, the soonest free first. */
  protections: z.array(protectionSchema),
  verdicts: z.array(verdictSchema),
  settings: z.array(settingLineSchema),
  /** Requests made for the snapshot, by account. */
  sources: z.array(
    z.object({
      account: z.string(),
      zone: z.string(),
      conversion: z.string(),
      attribution: z.string(),
      countedOn: countedOnSchema,
    }),
  ),
});
export type Plan = z.infer<typeof planSchema>;
