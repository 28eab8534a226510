/** What the owner of a brand reads: the morning's digest, the review of a period, and what became of each change. */
import type { Edit } from "./change.ts";
import type { Day } from "./day.ts";
import type { Message, Reading } from "./figure.ts";
import type { TargetRef } from "./ids.ts";
import type { BrandLine, Plan, Protection } from "./plan.ts";
import type { Alert, IntentStatus } from "./state.ts";

/**
 * What an applied change did, judged only when the days after it have settled: the same holder over as many days before as
 * after. `paid`: what it added (or saved) was worth it at the target; `cost`: it was not; `unclear`: the difference is within
 * chance; `tooEarly`: conversions are still on their way; `noData`: days are missing, or the holder was changed again meanwhile.
 */
export interface Judgement {
  changeId: string;
  name: string;
  ref: TargetRef;
  ruleId: string;
  pack: string;
  edit: Edit;
  /** The night it was made. */
  day: Day;
  /** Days before and after that are compared. */
  days: 7 | 14;
  verdict: "tooEarly" | "paid" | "cost" | "unclear" | "noData";
  spendBefore: Reading;
  spendAfter: Reading;
  conversionsBefore: Reading;
  conversionsAfter: Reading;
  /** Spend that came with each conversion more (or was saved with each less); null value where nothing moved. */
  marginalCpa: Reading;
  targetCpa: Reading;
  /** Why, in a sentence. */
  reason: Message;
}

/** One change of the night with where it stands. */
export interface DigestChange {
  changeId: string;
  name: string;
  ref: TargetRef;
  edit: Edit;
  ruleId: string;
  /** Who decided; null where nobody has, and where the mode alone does. */
  by: string | null;
  status: "waiting" | "approved" | "rejected" | "expired" | "superseded" | IntentStatus;
  reason: Message | null;
}

export interface Digest {
  brand: string;
  brandName: string;
  /** The morning it is for. */
  day: Day;
  /** Null when no night was planned since the digest before. */
  plan: Plan | null;
  /** The last complete day. */
  yesterday: { spend: Reading; revenue: Reading; mer: Reading };
  changes: readonly DigestChange[];
  /** Expired without an answer since the digest before. */
  expired: number;
  /** Blocked changes, counted by the guardrail that blocked them, most first. */
  blocked: readonly { guardrail: string; count: number }[];
  /** Of the changes that became 7 or 14 days old and settled since the digest before, and those that cannot be judged yet. */
  judged: readonly Judgement[];
  /** What is missing, late or suspect in the data. */
  quality: readonly Message[];
  alerts: readonly Alert[];
  protections: readonly Protection[];
}

/** How a rule has fared over the period of a review. */
export interface RuleReview {
  ruleId: string;
  pack: string;
  owner: string;
  proposed: number;
  approved: number;
  edited: number;
  rejected: number;
  expired: number;
  applied: number;
  restored: number;
  /** Why people rejected, in their own words, newest first. */
  reasons: readonly string[];
  paid: number;
  cost: number;
}

export interface Review {
  brand: string;
  brandName: string;
  from: Day;
  to: Day;
  brandLine: BrandLine | null;
  cac: Reading;
  rules: readonly RuleReview[];
  judged: readonly Judgement[];
  nightsMissed: number;
  nightsPlanned: number;
}
