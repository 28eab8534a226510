/** Where an account's figures of a named conversion stand. */
import type { BrandAccount } from "../domain/brand.ts";
import { claimOf } from "../domain/claim.ts";
import type { AccountSnapshot } from "../domain/snapshot.ts";
import type { ClaimParams } from "./delivery/columns.ts";

/** The conversion that sources tell beside the account's own, in a column of its own, without a value. */
export const LEAD = "lead";

/** `claim`: among each row's claims, under that key. */
export type Place = { kind: "plain" } | { kind: "leads" } | { kind: "claim"; key: string };

/** Null where nobody asked the account for them. */
export function placeOf(
  account: BrandAccount,
  { claims = [] }: Pick<AccountSnapshot, "claims">,
  params: ClaimParams,
): Place | null {
  const claim = claimOf(account, { ...params });
  if (claim === null) return { kind: "plain" };
  if (claims.includes(claim.key)) return { kind: "claim", key: claim.key };
  const isLead = params.conversion === LEAD && claim.attribution === account.attribution;
  return isLead ? { kind: "leads" } : null;
}
