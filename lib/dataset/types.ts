/** A dataset folder as read: what stands in for platforms and shop, read-only. */
import type { Day } from "../domain/day.ts";
import type { EntityStatus, Learning } from "../domain/entity.ts";
import type { AccountRef, EntityLevel, EntityRef } from "../domain/ids.ts";
import type { Insight, OtherSpend, ShopDay } from "../domain/snapshot.ts";

/** Inside its covered days an absent row is zero delivery; outside, every figure is no data. */
export interface DatasetAccount extends AccountRef {
  /** ISO 4217; null where `accounts.csv` does not name the account. */
  currency: string | null;
  /** IANA name; null likewise. */
  zone: string | null;
  name: string | null;
  coveredFrom: Day;
  coveredTo: Day;
}

/** Null is unknown. An entity that stands in `insights.csv` alone is all null. */
export interface DatasetEntity extends EntityRef {
  parentId: string | null;
  name: string | null;
  status: EntityStatus | null;
  objective: string | null;
  createdOn: Day | null;
  labels: readonly string[];
  dailyBudgetMicros: bigint | null;
  lifetimeBudgetMicros: bigint | null;
  bidStrategy: string | null;
  learning: Learning;
}

/** Amounts are in the currency of its account. */
export interface DatasetInsight extends Insight, AccountRef {}

export interface DatasetEvent {
  name: string;
  from: Day;
  to: Day;
  kind: "sale" | "launch" | "holiday" | "outage" | null;
}

/** What an import knew of an account beyond the tables, as `sources.json` keeps it. */
export interface ImportedAccount extends AccountRef {
  /** What the export calls the conversions that it counts; null where it does not say. */
  conversion: string | null;
  /** As the export says it; null where it does not. */
  attribution: string | null;
}

/** One import, so that a figure can be traced to the file it came from. */
export interface ImportedFiles {
  kind: string;
  files: readonly { name: string; sha256: string; rows: number }[];
  notes: readonly string[];
}

export interface DatasetSources {
  v: 1;
  accounts: readonly ImportedAccount[];
  imports: readonly ImportedFiles[];
}

export interface Dataset {
  /** The folder as it was named, for messages. */
  folder: string;
  /** Sorted by platform and id: those of `accounts.csv`, and those that other files name. */
  accounts: readonly DatasetAccount[];
  entities: readonly DatasetEntity[];
  insights: readonly DatasetInsight[];
  /** Levels at which an account has rows of its own. */
  levels: readonly { account: AccountRef; level: EntityLevel | "account" }[];
  /** Null without `revenue.csv`. Ascending, none overlapping. */
  revenue: readonly ShopDay[] | null;
  otherSpend: readonly OtherSpend[];
  events: readonly DatasetEvent[];
  /** Null where the folder was not imported. */
  sources: DatasetSources | null;
}
