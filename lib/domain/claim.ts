/** Which conversions of an account a figure is about: those that it counts anyway, or others that must be asked for. */
import type { BrandAccount } from "./brand.ts";
import { claimKey } from "./snapshot.ts";

/** Conversions beside an account's plain ones. */
export interface Claim {
  /** What stands for them in a snapshot's `claims`. */
  key: string;
  /** By the platform's own names; empty where the brand file has none for this platform, so that nobody can count them. */
  names: readonly string[];
  /** `asSet` or windows joined by `+`, as in a brand file. */
  attribution: string;
}

/**
 * By a fact's parameters `conversion` and `attribution`; what they leave unsaid is the account's own. Null where the account's
 * plain columns are the answer.
 */
export function claimOf(
  account: BrandAccount,
  { conversion, attribution = account.attribution }: Readonly<Record<string, unknown>>,
): Claim | null {
  const { conversion: own = account.conversions.join(" + "), named = {} } = account;
  const isOwn = conversion === undefined || conversion === own;
  if (isOwn && attribution === account.attribution) return null;
  const name = isOwn ? own : String(conversion);
  const others = Object.hasOwn(named, name) ? (named[name] ?? []) : [];
  return {
    key: claimKey(name, String(attribution)),
    names: isOwn ? account.conversions : others,
    attribution: String(attribution),
  };
}
