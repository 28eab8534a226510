/**
 * What every ad platform offers. A new platform is one folder implementing this, one line in `index.ts`, fixtures and the
 * contract test. No SDK type crosses this line; money is bigint micros, ids are strings, days are account-local.
 */
import type { BrandAccount } from "../domain/brand.ts";
import type { Edit } from "../domain/change.ts";
import type { Day } from "../domain/day.ts";
import type { EntityLevel, TargetRef } from "../domain/ids.ts";
import type { AccountSnapshot, InsightLevel } from "../domain/snapshot.ts";

export interface FetchRequest {
  account: BrandAccount;
  /** Levels whose insights the enabled rules need; `account` is always among them. */
  levels: readonly InsightLevel[];
  /** Insights of the last `days` complete days, ending on the day before `today`. */
  days: number;
  /** Today in the account's zone, by the caller's clock. */
  today: Day;
  nowMs: number;
}

export interface FetchResult {
  snapshot: AccountSnapshot;
  /** HTTP requests made, for quota accounting and `--verbose`. */
  requests: number;
}

/** What a holder's target looks like right now on the platform. */
export interface LiveHolder {
  status: "active" | "paused" | "other";
  /** Null when the entity owns no daily budget any more. */
  dailyBudgetMicros: bigint | null;
}

/**
 * `applied` and `refused` are the platform's clear answers. `unknown` means the call may or may not have taken effect
 * (no answer, an unreadable one): only reading settles it.
 */
export type WriteOutcome =
  | { kind: "applied" }
  | { kind: "refused"; code: string; detail: string }
  | { kind: "unknown"; code: string; detail: string };

export interface PlatformReader {
  fetchAccount(request: FetchRequest): Promise<FetchResult>;
  /** Uncached read of one holder. @throws PlatformError */
  readHolder(target: TargetRef): Promise<LiveHolder>;
}

export interface PlatformWriter {
  /**
   * Makes one edit with one request, never retried. Never throws for a platform's answer, nor for a target that the platform
   * cannot have: that is `refused`. See `WriteOutcome`.
   */
  write(target: TargetRef, edit: Edit): Promise<WriteOutcome>;
}

export type Platform = PlatformReader & PlatformWriter;

/** Facts about a platform that other folders need without loading its SDK. */
export interface PlatformManifest {
  id: string;
  label: string;
  /** The platform's own words for our levels, by language; for shared budgets only where it has them. */
  levelWords: Readonly<
    Record<"en" | "fr", Readonly<Record<EntityLevel, string>> & Readonly<{ sharedBudget?: string }>>
  >;
  /** Most that the platform may spend on one day, as a multiple of the daily budget. */
  worstDayMultiple: number;
  /**
   * Share of a day's conversions that has arrived `age` days later (index 0 = the day itself), used until an account's own
   * lag is measured; beyond the last index it is 1.
   */
  maturityByAge: readonly number[];
  /** Address of a target in the platform's own interface; null where it has no page for one. */
  entityUrl(target: TargetRef): string | null;
}
