/** Accounts and entities of a dataset while its files are read: each once, whichever file named it first. */
import type { Day } from "../domain/day.ts";
import type { EntityLevel } from "../domain/ids.ts";
import type { InsightLevel } from "../domain/snapshot.ts";
import * as cells from "./cells.ts";
import type { Row } from "./table.ts";
import type { DatasetEntity } from "./types.ts";

export interface AccountSlot {
  platform: string;
  accountId: string;
  /** What accounts.csv says. */
  own: { line: number; currency: string | null; zone: string | null; name: string | null } | null;
  coveredFrom: Day | null;
  coveredTo: Day | null;
  /** Days that its insights cover; null without any. */
  seen: { from: Day; to: Day } | null;
  entities: Record<EntityLevel, Map<string, EntitySlot>>;
  /** For rows of the account itself. */
  self: EntitySlot;
  /** Levels at which it has rows. */
  levels: Set<InsightLevel>;
}

export interface EntitySlot {
  /** Position among all entities, so that rows can be compared by a number. */
  index: number;
  id: string;
  /** What entities.csv says, and the line where. */
  own: { line: number; entity: DatasetEntity } | null;
  /** It has a row that begins by the last of the wanted days: whom only later rows name, nobody knew then. */
  isSeen: boolean;
}

export interface Register {
  accounts(): AccountSlot[];
  /** Null when the row's account cannot be read, which was then complained of. */
  accountOf(row: Row<"platform" | "account_id">): AccountSlot | null;
  entityOf(account: AccountSlot, level: InsightLevel, id: string): EntitySlot;
}

export function register(): Register {
  const platforms = new Map<string, Map<string, AccountSlot>>();
  let size = 0;
  const slot = (id: string): EntitySlot => {
    size += 1;
    return { index: size - 1, id, own: null, isSeen: false };
  };
  const open = (platform: string, accountId: string): AccountSlot => ({
    ...{ platform, accountId, own: null, coveredFrom: null, coveredTo: null, seen: null },
    entities: { campaign: new Map(), adGroup: new Map(), ad: new Map() },
    self: slot(accountId),
    levels: new Set(),
  });
  return {
    accounts: () =>
      [...platforms.values()]
        .flatMap((accounts) => [...accounts.values()])
        .sort((a, b) => compare(a.platform, b.platform) || compare(a.accountId, b.accountId)),
    accountOf(row) {
      const platform = row.must("platform", cells.platform);
      const accountId = row.must("account_id", cells.accountId);
      if (platform === null || accountId === null) return null;
      const accounts = platforms.get(platform) ?? new Map<string, AccountSlot>();
      platforms.set(platform, accounts);
      const account = accounts.get(accountId) ?? open(platform, accountId);
      accounts.set(accountId, account);
      return account;
    },
    entityOf(account, level, id) {
      if (level === "account") return account.self;
      const entities = account.entities[level];
      const entity = entities.get(id) ?? slot(id);
      entities.set(id, entity);
      return entity;
    },
  };
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
