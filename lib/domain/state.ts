/** Brand state: what the fold of a brand's log amounts to. Everything the loop decides from is here. */
import type { Change, Edit } from "./change.ts";
import type { Day } from "./day.ts";
import type { Desk } from "./desk.ts";
import type { Message } from "./figure.ts";
import type { TargetRef } from "./ids.ts";

export interface FetchedAccount {
  blobHash: string;
  fetchedAtMs: number;
}

export interface Round {
  roundId: string;
  day: Day;
  slot: string;
  startedAtMs: number;
  /** By account key. An account is in at most one of the two. */
  fetched: Readonly<Record<string, FetchedAccount>>;
  failed: Readonly<Record<string, { reason: Message; tries: number }>>;
  snapshotHash: string | null;
  planHash: string | null;
  /** Ids of the plan's proposed and automatic changes, in its order: each keeps its place among the messages. */
  changes: readonly string[];
  /** True when the plan was refused whole. */
  refused: boolean;
  /** Channels to be told of it besides the brand's own. */
  channels: readonly string[];
}

/** `edited`: a person's version took its place, and this one is dead. */
export type ProposalStatus = "open" | "approved" | "rejected" | "expired" | "superseded" | "edited";

/** `planned` by a round; `edited`: a person's version of another; `restore`: an applied change taken back. */
export type ProposalKind = "planned" | "edited" | "restore";

export interface Proposal {
  change: Change;
  kind: ProposalKind;
  /** Id of the change in the plan that this goes back to; its own where it is planned. */
  origin: string;
  /** Whose version it is; null where it is planned. */
  madeBy: string | null;
  /** Who has said yes while one yes is not enough. */
  approvals: readonly { by: string; atMs: number }[];
  roundId: string;
  planHash: string;
  status: ProposalStatus;
  expiresAtMs: number;
  /** Who decided, and why where a reason was given. Null while open. */
  decidedBy: string | null;
  decidedAtMs: number | null;
  reason: string | null;
}

/** A change that the brand's own mode allows, planned and not yet intended. */
export interface AutoChange {
  change: Change;
  roundId: string;
  planHash: string;
}

/**
 * `intended`: durable, not sent. `sent`: the fence stands; nobody but its writer may call, nobody judges it before
 * `sendBeforeMs` + 30 s. `notSent`: the attempt had no effect (its writer gave up before calling, or a late read proves it);
 * may be sent again. The other four are final.
 */
export type IntentStatus =
  | "intended"
  | "sent"
  | "notSent"
  | "confirmed"
  | "notApplied"
  | "diverged"
  | "superseded";

export interface Intent {
  change: Change;
  roundId: string;
  allowedBy: string;
  status: IntentStatus;
  intendedAtMs: number;
  /** Times a `changeSent` was appended; at most 2, ever. */
  sends: number;
  writerId: string | null;
  sendBeforeMs: number | null;
  /** The platform said yes to the last attempt: the old value is then no proof that nothing happened. */
  answered: boolean;
  settledAtMs: number | null;
  /** What the platform held when it was settled, in the words of the edit; null before. */
  actual: Edit | null;
  reason: Message | null;
}

/** A change that took effect (or may have), kept for cool-downs, anchors and one-change-per-night. */
export interface AppliedChange {
  changeId: string;
  holderKey: string;
  ruleId: string;
  day: Day;
  atMs: number;
  edit: Edit;
}

export interface Stop {
  by: string;
  atMs: number;
  reason: string | null;
}

/** A step that failed and waits: how often, and until when. */
export interface Retry {
  tries: number;
  nextTryAtMs: number;
  /** When it failed first. */
  sinceMs: number;
}

/** What was last published for a brand: `sourceHash` names the blob with its brand file and packs. */
export interface Published {
  sourceHash: string;
  by: string;
  atMs: number;
}

/** A budget holder that a person keeps every rule away from, up to and including `until`. */
export interface HeldOff {
  target: TargetRef;
  name: string;
  until: Day;
  by: string;
  atMs: number;
  reason: string | null;
}

/** A rule that stays off one holder because what it did there was taken back. */
export interface RuleOff {
  ruleId: string;
  pack: string;
  holderKey: string;
  untilMs: number;
  by: string;
}

/**
 * A message that was begun for the desk. `ts` is Slack's name for it, null until one is on record: only then it is delivered.
 * `shown` is the digest of what it says now.
 */
export interface PostedMessage {
  key: string;
  channel: string;
  ts: string | null;
  shown: string | null;
  /** The last attempt; nobody else tries before `untilMs`. Null once its outcome is on record. */
  attempt: { writerId: string; atMs: number; untilMs: number } | null;
  /** When the first attempt began: nothing older can be this message. */
  firstAtMs: number;
}

export const ALERT_KINDS = ["merAlarm", "trackingSuspect", "diverged", "missedNight", "disputed"] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Something that a person must look at. One alert of a kind and subject stands at a time, until it is cleared. */
export interface Alert {
  /** `kind/subject`. */
  id: string;
  kind: AlertKind;
  /** A day, a change's id, an account's key. */
  subject: string;
  reason: Message;
  raisedAtMs: number;
  takenBy: string | null;
  takenAtMs: number | null;
  /** Nobody took it in time: automatic changes are off until somebody does. */
  escalatedAtMs: number | null;
  /** What it was about is over. */
  clearedAtMs: number | null;
}

/** A question from Slack that reading and deciding has to answer. */
export interface Question {
  id: string;
  kind: "why" | "preview";
  /** Of `why`: the entity as it was typed. */
  text: string;
  by: string;
  userId: string;
  channel: string;
  askedAtMs: number;
}

/** How long a rule that counts nights has matched on one subject. */
export interface Streak {
  nights: number;
  /** Nights in a row without data; the second one ends the streak. */
  blind: number;
  /** The last night that it was looked at. */
  day: Day;
}

/** A pause that Palier made and nobody has taken over since. */
export interface OwnPause {
  ruleId: string;
  pack: string;
  changeId: string;
  atMs: number;
  /** The night in which it ends by itself; null: when somebody ends it. */
  until: Day | null;
}

/** What rules remember from night to night. */
export interface RuleMemory {
  /** Of rules that count nights: by the rule's hash, then by subject (`level key`). */
  streaks: Readonly<Record<string, Readonly<Record<string, Streak>>>>;
  /** Notices that stand: by rule id, then by subject, the night since which and the last one on which it was told. */
  told: Readonly<Record<string, Readonly<Record<string, { since: Day; on: Day }>>>>;
  /** Holds that last longer than the night: by rule id, then by what they hold (`brand`, `stage:cold`, a subject), the last night. */
  holds: Readonly<Record<string, Readonly<Record<string, { until: Day }>>>>;
  /** How many subjects each rule looked at in the newest night, by its hash. */
  scopes: Readonly<Record<string, number>>;
  /** Changes of each rule that took effect, ever: by rule id, then by holder key. */
  acts: Readonly<Record<string, Readonly<Record<string, { times: number; day: Day }>>>>;
  /** By holder key. */
  pauses: Readonly<Record<string, OwnPause>>;
}

/** What one night leaves of it for the next, and what else its entry says. */
export interface Remembered extends Pick<RuleMemory, "streaks" | "told" | "holds" | "scopes"> {
  /** Holder keys of pauses that are not Palier's any more. */
  pausesOver: readonly string[];
  /** Channels to be told of the night besides the brand's own. */
  channels: readonly string[];
}

export const NO_MEMORY: RuleMemory = { streaks: {}, told: {}, holds: {}, scopes: {}, acts: {}, pauses: {} };

export interface BrandState {
  brand: string;
  /** Last folded position; 0 for an empty log. */
  position: number;
  /** Hash of the entry at `position`; the chain's seed for an empty log. */
  hash: string;
  rounds: Readonly<Record<string, Round>>;
  proposals: Readonly<Record<string, Proposal>>;
  /** By change id; gone once intended or superseded. */
  auto: Readonly<Record<string, AutoChange>>;
  intents: Readonly<Record<string, Intent>>;
  /** Confirmed or diverged changes of the last 35 local days, oldest first. */
  applied: readonly AppliedChange[];
  /** Nights each rule has been planned with, by rule hash: new rules stay in shadow until enough have passed. */
  ruleNights: Readonly<Record<string, number>>;
  stop: Stop | null;
  /** By the step's name; gone once the step is done or not needed any more. */
  retries: Readonly<Record<string, Retry>>;
  /** Null where nothing was published and files are read from the disk. */
  published: Published | null;
  /** Null before the first run of a version that knows desks. */
  desk: Desk | null;
  /** By holder key. */
  heldOff: Readonly<Record<string, HeldOff>>;
  rulesOff: readonly RuleOff[];
  /** Ids of the interactions of the last minutes, each of which counted once, with their time. */
  clicks: Readonly<Record<string, number>>;
  /** When somebody tried what they may not, within the last hour: only so many are put on record. */
  refusals: readonly number[];
  /** By key; see `lib/domain/content.ts`. */
  messages: Readonly<Record<string, PostedMessage>>;
  /** By id; those that were cleared are kept for some weeks. */
  alerts: Readonly<Record<string, Alert>>;
  /** Not answered yet, by id. */
  questions: Readonly<Record<string, Question>>;
  memory: RuleMemory;
}

/** Who keeps hands off the holder on that day of the brand's zone; null when nobody does. */
export function heldOffNow(
  { heldOff }: Pick<BrandState, "heldOff">,
  holderKey: string,
  today: Day,
): HeldOff | null {
  const held = heldOff[holderKey];
  return held === undefined || today > held.until ? null : held;
}
