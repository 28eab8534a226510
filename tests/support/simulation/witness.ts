/** What the story itself saw, apart from Palier's log. */
import type { Edit } from "../../../lib/domain/change.ts";
import type { World } from "../../../lib/sandbox/index.ts";

/** One call of the platform's write, whatever became of it. */
export interface WriteCall {
  writerId: string;
  /** Entries in the log when the call was made. */
  position: number;
  targetId: string;
  /** A person edited something between the live read and the call: no platform lets anybody compare and set. */
  raced: boolean;
  edit: Edit;
  /** Lines of the world's ledger before and after; null while the call is under way. */
  ledgerBefore: number;
  ledgerAfter: number | null;
}

/** A stop from when it was recorded to when it was lifted, in numbers of write calls. */
export interface StopMark {
  scope: string;
  fromWrites: number;
  toWrites: number | null;
  /** Calls that may have been under way already. */
  underWay: number;
}

/** Daily budgets that deliver, in cents: of active campaigns that own one, else of active ad sets in active campaigns. */
export function activeCents(world: World): number {
  const isActive = ({ statuses }: { statuses: readonly { status: string }[] }) =>
    statuses.at(-1)?.status === "ACTIVE";
  const cents = ({ budgets }: { budgets: readonly { cents: number }[] }) => budgets.at(-1)?.cents ?? 0;
  const campaigns = world.campaigns.filter(isActive);
  const ids = new Set(campaigns.map(({ id }) => id));
  const adSets = world.adSets.filter((adSet) => isActive(adSet) && ids.has(adSet.campaignId));
  return [...campaigns, ...adSets].reduce((sum, entity) => sum + cents(entity), 0);
}
