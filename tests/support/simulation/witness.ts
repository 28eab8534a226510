/** What the story itself saw, apart from Palier's log. */
import type { Edit } from "../../../lib/domain/change.ts";
import type { World } from "../../../lib/sandbox/index.ts";

export const PLATFORMS = ["meta", "google"] as const;
export type PlatformId = (typeof PLATFORMS)[number];

/** What a fault must fit to meet a write: Meta's ids begin so in every world, Google's writes are all that is gRPC. */
export const WRITES_OF = {
  meta: { method: "POST", path: "/1202*" },
  google: { method: "GRPC", path: "/Campaign*" },
} as const;

/** An account that was read to the end for a round. */
export interface AccountFetch {
  roundId: string;
  account: string;
  atMs: number;
  /** Lines of the world's ledger before. */
  ledgerBefore: number;
  /** In the history that came with it; null where it could not be read. */
  edits: number | null;
}

/** One call of the platform's write, whatever became of it. */
export interface WriteCall {
  writerId: string;
  /** Entries in the log when the call was made. */
  position: number;
  targetId: string;
  /** Platform and account as stops name them. */
  account: string;
  /** A person edited something between the live read and the call: no platform lets anybody compare and set. */
  raced: boolean;
  /** The account's history, when last asked after a send, showed nothing. */
  blind: boolean;
  edit: Edit;
  /** Lines of the world's ledger before and after; null while the call is under way. */
  ledgerBefore: number;
  ledgerAfter: number | null;
  /** Null while the call is under way, and for ever if the process died in it. */
  outcome: "applied" | "refused" | "unknown" | null;
}

/** What somebody in Slack was told of their answer. */
export interface Answered {
  by: string;
  kind: string;
  outcome: "recorded" | "stood" | "refused" | "unknown";
  /** Of the entry that it is in, where it was recorded. */
  position: number;
}

/** A platform that answered nothing from then until the next night. */
export interface Outage {
  id: PlatformId;
  atMs: number;
}

/** A stop from when it was recorded to when it was lifted, in numbers of write calls. */
export interface StopMark {
  scope: string;
  fromWrites: number;
  toWrites: number | null;
  /** Calls that may have been under way already. */
  underWay: number;
}

/**
 * Daily budgets that deliver, in cents: of Meta's active campaigns that own one, else of active ad sets in active campaigns;
 * Google's that feed an active campaign.
 */
export function activeCents({ meta, google }: World): number {
  const isActive = ({ statuses }: { statuses: readonly { status: string }[] }) =>
    statuses.at(-1)?.status === "ACTIVE";
  const cents = ({ budgets }: { budgets: readonly { cents: number }[] }) => budgets.at(-1)?.cents ?? 0;
  const campaigns = meta.campaigns.filter(isActive);
  const ids = new Set(campaigns.map(({ id }) => id));
  const adSets = meta.adSets.filter((adSet) => isActive(adSet) && ids.has(adSet.campaignId));
  const fed = new Set(google.campaigns.filter(isActive).map(({ budgetId }) => budgetId));
  const budgets = google.budgets.filter(({ id }) => fed.has(id));
  return [...campaigns, ...adSets, ...budgets].reduce((sum, entity) => sum + cents(entity), 0);
}

/** What a change of that budget names: the only campaign that it feeds, else the budget itself. */
export function targetIdOf({ google }: World, entityId: string): string {
  const fed = google.campaigns.filter(({ budgetId }) => budgetId === entityId);
  const isShared = google.budgets.some(({ id, explicitlyShared }) => id === entityId && explicitlyShared);
  return fed.length === 1 && !isShared ? (fed[0]?.id ?? entityId) : entityId;
}

/** As the ledger writes it. */
export function wireValue(edit: WriteCall["edit"], side: "from" | "to"): number | string {
  if (edit.kind === "status") return edit[side].toUpperCase();
  return Number(side === "from" ? edit.fromMicros : edit.toMicros) / 10_000;
}
