/**
 * What the desk is told. A message has a key, by which it is posted once; what it says is a value, rendered at the rim, and its
 * digest tells whether what stands in the channel is still what the log says.
 */
import type { Day } from "./day.ts";
import type { Digest, Review } from "./digest.ts";
import type { Figure, Message } from "./figure.ts";
import type { Notice, Plan, PlannedChange, Protection } from "./plan.ts";
import type { Alert, HeldOff, Intent, Proposal, Question, Stop } from "./state.ts";
import type { Verdict } from "./verdict.ts";

/** A change of a night as it stands: the plan's own, and what became of it. */
export interface Card {
  /** Of the plan. */
  change: PlannedChange;
  /** Null for automatic changes. The version that people last made of it, or the plan's own. */
  proposal: Proposal | null;
  /** What happened to the version that was allowed; null before. */
  intent: Intent | null;
  /** Taking it back, once somebody asked for that. */
  restore: { proposal: Proposal; intent: Intent | null } | null;
  /** True while it may be taken back. */
  restorable: boolean;
  /** Who keeps hands off its budget while it is open: it cannot be approved meanwhile; null otherwise. */
  heldOff: HeldOff | null;
  /** Somebody's no to the same change before: who, when, why. */
  rejectedBefore: { by: string; atMs: number; reason: string | null } | null;
}

export interface NightContent {
  kind: "night";
  plan: Plan;
  /** 0 is the channel's message; the others are answers in its thread. */
  page: number;
  pages: number;
  /** Of this page. */
  cards: readonly Card[];
  /** Open proposals of the whole night that are routine, so that one click may approve them all. */
  safe: number;
  stop: Stop | null;
}

export interface NoticeContent {
  kind: "notice";
  brandName: string;
  day: Day;
  nightFrom: string;
  nightTo: string;
}

/** Of one night, to a channel that its rules name. */
export interface ToldContent {
  kind: "told";
  plan: Plan;
  notices: readonly Notice[];
}

export interface WhyContent {
  kind: "why";
  asked: string;
  plan: Plan | null;
  /** Holders that the words fit, each with every rule's verdict; empty where none does. */
  found: readonly {
    name: string;
    verdicts: readonly Verdict[];
    changes: readonly PlannedChange[];
    protections: readonly Protection[];
  }[];
}

/** A question that could not be answered, and why: silence would be taken for an answer to come. */
export interface UnansweredContent {
  kind: "unanswered";
  question: Question["kind"];
  reason: Message;
}

/** How every message of a brand is worded. */
export interface Content {
  key: string;
  body:
    | NightContent
    | NoticeContent
    | ToldContent
    | WhyContent
    | UnansweredContent
    | { kind: "digest"; digest: Digest }
    | { kind: "review"; review: Review }
    | { kind: "alert"; alert: Alert; figures: readonly { label: Message; figure: Figure }[] }
    | { kind: "preview"; plan: Plan };
}

/** Cards on the channel's message and on each page of its thread: with every button and line they stay below Slack's 50 blocks. */
export const CARDS_ON_FIRST_PAGE = 6;
export const CARDS_ON_PAGE = 10;

export function nightKey(roundId: string, page: number): string {
  return `night/${roundId}/${page}`;
}

/** The round and page of a night's message; null for any other key. */
export function nightOfKey(key: string): { roundId: string; page: number } | null {
  const match = /^night\/(.+)\/(\d+)$/.exec(key);
  return match === null ? null : { roundId: match[1] ?? "", page: Number(match[2]) };
}

export function noticeKey(roundId: string): string {
  return `notice/${roundId}`;
}

/** A channel is told of a night in one message, however many of its notices name it. */
export function toldKey(roundId: string, channel: string): string {
  return `told/${roundId}/${channel}`;
}

export function digestKey(day: Day): string {
  return `digest/${day}`;
}

export function reviewKey(day: Day): string {
  return `review/${day}`;
}

/** One alert may be raised again after it was cleared: that is another message. */
export function alertKey({ id, raisedAtMs }: Pick<Alert, "id" | "raisedAtMs">): string {
  return `alert/${id}/${raisedAtMs}`;
}
