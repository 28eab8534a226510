/** Names for brands, accounts, entities, rounds and changes. All are plain strings; these functions are their only makers. */
import { z } from "zod";
import type { Day } from "./day.ts";

/** Lower-case letters, digits and dashes, so that an id is safe in file names, keys and command lines. */
export const slugSchema = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, {
  error: "expected lower-case letters, digits and dashes, at most 64",
});

export const LEVELS = ["brand", "account", "budgetHolder", "campaign", "adGroup", "ad"] as const;
export const levelSchema = z.enum(LEVELS);
export type Level = z.infer<typeof levelSchema>;

export const entityLevelSchema = z.enum(["campaign", "adGroup", "ad"]);
export type EntityLevel = z.infer<typeof entityLevelSchema>;

/** What names a platform in files: a short word that is safe in keys. Datasets may know others than those that are built. */
export const platformWordSchema = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, {
  error: "expected a word such as meta, google, tiktok or tv: small letters, digits, - and _, at most 40",
});

/** One ad account; `accountId` without the platform's prefix (Meta's `act_`). */
export const accountRefSchema = z.object({ platform: z.string(), accountId: z.string() });
export type AccountRef = z.infer<typeof accountRefSchema>;

export const entityRefSchema = accountRefSchema.extend({ level: entityLevelSchema, id: z.string() });
export type EntityRef = z.infer<typeof entityRefSchema>;

/** What a change can act on: an entity, or a budget that several campaigns share and that is itself no entity. */
export const targetLevelSchema = z.enum([...entityLevelSchema.options, "sharedBudget"]);

export const targetRefSchema = accountRefSchema.extend({ level: targetLevelSchema, id: z.string() });
export type TargetRef = z.infer<typeof targetRefSchema>;

export function accountKey(account: AccountRef): string {
  return `${account.platform}/${account.accountId}`;
}

/** Also the key of the budget holder that the target is, so that one change per holder can be counted. */
export function entityKey(target: TargetRef): string {
  return `${accountKey(target)}/${target.level}/${target.id}`;
}

/** The slot of the round that may raise budgets; intraday slots are named by their minute. */
export const NIGHT_SLOT = "night";

/** `slot` is `night` or the minute of an intraday round (HH:MM). */
export function roundIdOf(brand: string, day: Day, slot: string): string {
  return `${brand}/${day}/${slot}`;
}

/** Change and proposal ids start with the brand's id; `index` counts a round's changes from 1 in plan order. */
export function changeIdOf(brand: string, day: Day, index: number): string {
  return `${brand}-${day.replaceAll("-", "")}-${index}`;
}

/** The brand in whose log the change is; null for a text that no change is named by. */
export function brandOfChange(changeId: string): string | null {
  const brand = /^(.+)-\d{8}-\d{1,6}$/.exec(changeId)?.[1];
  return slugSchema.safeParse(brand).data ?? null;
}
