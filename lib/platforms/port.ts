/**
 * What every ad platform offers. A new platform is one folder implementing this, one line in `index.ts`, fixtures and the
 * contract test. No SDK type crosses this line; money is bigint micros, ids are strings, days are account-local.
 */
import type { z } from "zod";
import type { BrandAccount } from "../domain/brand.ts";
import type { Edit } from "../domain/change.ts";
import type { Claim } from "../domain/claim.ts";
import type { Day } from "../domain/day.ts";
import type { AccountRef, EntityLevel, TargetRef } from "../domain/ids.ts";
import type { AccountSnapshot, CountedOn, EditHistory, InsightLevel, People } from "../domain/snapshot.ts";

/** People are counted once in a span, which costs a request for each level. */
export type PeopleQuestion = Pick<People, "level" | "span">;

/** What costs more than an ordinary night: each part is asked for only where a rule looks at it. */
export interface Further {
  /** What the platform cannot count is left out of the snapshot's `claims`. */
  claims: readonly Claim[];
  /** A platform that does not tell gives a snapshot without `people`. */
  people: readonly PeopleQuestion[];
  /** Shares of searches, where the platform has searches. */
  searchShares: boolean;
}

export const NOTHING_FURTHER: Further = { claims: [], people: [], searchShares: false };

export interface FetchRequest extends Further {
  account: BrandAccount;
  /** Levels whose insights the enabled rules need, `account` among them; the snapshot's are those of them that the platform offers. */
  levels: readonly InsightLevel[];
  /** Insights of the last `days` complete days, ending on the day before `today`. */
  days: number;
  /** Today in the account's zone, by the caller's clock. */
  today: Day;
  /** The snapshot's history of edits begins here. */
  editsFromMs: number;
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
  /** The platform's own name of what a write of the budget must address; only the adapter that gave it reads it. */
  budgetName: string;
}

/**
 * `applied` and `refused` are the platform's clear answers. `unknown` means the call may or may not have taken effect
 * (no answer, an unreadable one): only reading settles it.
 */
export type WriteOutcome =
  | { kind: "applied" }
  | { kind: "refused"; code: string; detail: string }
  | { kind: "unknown"; code: string; detail: string };

/** `notOffered`: the platform cannot say without making the edit. */
export type PreflightOutcome =
  | { kind: "passed" }
  | { kind: "notOffered" }
  | { kind: "refused"; code: string; detail: string };

/** What the platform itself says of a credential and an account. */
export interface Access {
  /** Whether the credential could change the account's budgets; `unknown` where the platform gives no clear answer. */
  writing: "allowed" | "refused" | "unknown";
  /** What that is known from, for people. */
  detail: string;
  /** When the credential ends by itself; null where it does not, or where the platform does not say. */
  endsAtMs: number | null;
  /** Highest use of any quota in percent; null where the platform does not tell. */
  quotaUsedPercent: number | null;
  /** The platform's clock at its newest answer, in whole seconds; null where no answer told. */
  platformMs: number | null;
}

/** An ad account that a credential reaches, as a new brand file would name it. */
export interface ReachableAccount extends AccountRef {
  name: string;
  currency: string;
  /** IANA name. */
  zone: string;
  status: "active" | "other";
}

/** What an account counted as one kind of conversion over some days, by the platform's own name for it. */
export interface CountedConversion {
  /** As the brand file's `conversions` write it. */
  name: string;
  conversions: number;
  conversionValueMicros: bigint;
  /** The platform's own column counts it: what it optimises for, or a purchase. */
  primary: boolean;
}

export interface PlatformReader {
  fetchAccount(request: FetchRequest): Promise<FetchResult>;
  /** Uncached read of one holder. @throws PlatformError */
  readHolder(target: TargetRef): Promise<LiveHolder>;
  /**
   * Edits of budgets and statuses from `fromMs` to now, oldest first, as far as the platform's history has caught up (Google's
   * is up to 3 minutes late). Null where this credential may not read it. @throws PlatformError
   */
  readEdits(account: AccountRef, fromMs: number, nowMs: number): Promise<EditHistory | null>;
  /** What this credential may do, asked without changing anything: for a check-up, not for a night. @throws PlatformError */
  checkAccess(account: AccountRef): Promise<Access>;
}

export interface PlatformWriter {
  /**
   * Asks whether the platform would take the edit, without making it. `live` is the read that it relies on. A question that
   * gets no clear answer is `notOffered`: it decides nothing. @throws PlatformError `throttled`: an edit is not given up because
   * the platform is busy.
   */
  preflight(target: TargetRef, edit: Edit, live: LiveHolder): Promise<PreflightOutcome>;
  /**
   * Makes one edit with one request, never retried; `live` is the read that it relies on. Never throws for a platform's
   * answer, nor for a target that the platform cannot have, for a live read of another holder, or for a budget where the live
   * read shows none: that is `refused`. See `WriteOutcome`.
   */
  write(target: TargetRef, edit: Edit, live: LiveHolder): Promise<WriteOutcome>;
}

export type Platform = PlatformReader & PlatformWriter;

/** What a new brand file is written from. Only reads. */
export interface PlatformDirectory {
  /** Every account that this credential reaches, sorted by id. @throws PlatformError */
  listAccounts(): Promise<ReachableAccount[]>;
  /**
   * What the account counted over the last `days` complete days before `today`, most conversions first: so that a person can
   * choose which counts. @throws PlatformError
   */
  listConversions(account: AccountRef, days: number, today: Day): Promise<CountedConversion[]>;
}

/** A platform as it is opened: the loop knows the first part alone. */
export type OpenPlatform = Platform & PlatformDirectory;

/** Names and values as in a process's environment; credentials are read from it and kept inside the adapter. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a sandbox world is served, and the one token that it takes. */
export interface SandboxAddress {
  url: string;
  /** Port on the same host for what a platform speaks over gRPC. */
  grpcPort: number;
  token: string;
}

export interface PlatformEffects {
  /** Waits between a failed read and its retry. */
  sleep(ms: number): Promise<void>;
}

/** A platform with its SDK loaded. */
export interface PlatformModule {
  /** @throws CredentialsError naming what is missing; PlatformError when a value cannot work. */
  fromEnvironment(env: Environment, effects: PlatformEffects): OpenPlatform;
  fromSandbox(address: SandboxAddress, effects: PlatformEffects): OpenPlatform;
}

/** Facts about a platform that other folders need without loading its SDK. */
export interface PlatformManifest {
  id: string;
  label: string;
  /** What people write instead of the id; problems then name the id. */
  otherNames: readonly string[];
  /** Version of its API that is called unless another is set, and the day from which it may be gone; null where none is in sight. */
  apiVersion: string;
  apiVersionEnds: Day | null;
  /** The platform's own words for our levels, by language; for shared budgets only where it has them. */
  levelWords: Readonly<
    Record<"en" | "fr", Readonly<Record<EntityLevel, string>> & Readonly<{ sharedBudget?: string }>>
  >;
  /** Levels of entities that may own a budget: rules on budget holders need their figures. */
  holderLevels: readonly EntityLevel[];
  /** How an account's number is written in a brand file. */
  accountIdSchema: z.ZodType<string>;
  /** How a conversion is named in a brand file: one text, or a list of which all count. */
  conversionSchema: z.ZodType<string | string[]>;
  /** How an account's attribution is written in a brand file; null where the platform offers no choice. */
  attributionSchema: z.ZodType<string> | null;
  /** Which day its plain conversion columns belong to. */
  countedOn: CountedOn;
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
