/** A brand as loaded from its file: everything resolved, money in micros, every limit settled. */
import type { Day } from "./day.ts";
import type { Desk, Person, SlackPlace } from "./desk.ts";
import type { Unit } from "./figure.ts";
import type { Formula } from "./formula.ts";
import type { AccountRef } from "./ids.ts";
import type { Mode } from "./verdict.ts";

export interface BrandAccount extends AccountRef {
  /** What counts as this brand's conversion, by the platform's own names; summed where there are several. */
  conversions: readonly string[];
  /** `asSet` or windows joined by `+`, such as `7dClick+1dView`; always `asSet` where the platform offers no choice. */
  attribution: string;
  /** The brand file's name of that conversion; absent where no brand file was read. */
  conversion?: string;
  /** Every conversion of the brand file that has a name on this platform, by its name in the file. */
  named?: Readonly<Record<string, readonly string[]>>;
}

/** Who is meant. Keys are alternatives to be met together; inside a list one entry suffices. Empty matches everything. */
export interface Matcher {
  /** Globs on the campaign's name. */
  campaigns?: readonly string[];
  /** Globs on the entity's own name. */
  names?: readonly string[];
  labels?: readonly string[];
  ids?: readonly string[];
  objectives?: readonly string[];
}

/** `values` are tried in order, then `default`; money values are micros, others plain numbers. `source` names file and path. */
export interface Parameter {
  unit: Unit;
  default: { value: number; source: string } | null;
  values: readonly { match: Matcher; value: number; source: string }[];
  /** Worked out from other parameters instead; then `default` is null and `values` are empty. */
  formula?: { formula: Formula; source: string };
}

export interface GroupMember {
  name: string;
  match: Matcher;
}

/** First and last day of one occurrence. */
export interface Occasion {
  from: Day;
  to: Day;
}

/** A metric that the brand made up from facts and parameters. */
export interface CustomMetric {
  unit: Unit;
  formula: Formula;
  /** File and path, as people find it. */
  source: string;
}

export interface HandsOff {
  match: Matcher;
  until: Day | null;
  by: string;
}

export interface PackSettings {
  off: readonly string[];
  modes: Readonly<Record<string, Mode>>;
  parameters: Readonly<Record<string, Parameter>>;
}

/** Hard limits. Names carry their unit; defaults and their reasons stand in `lib/brand`. */
export interface Limits {
  stepPercentProposed: number;
  stepPercentApplied: number;
  tolerancePercent: number;
  /** Null: the platform's own minimum alone. */
  dailyFloorMicros: bigint | null;
  dailyCeilingMicros: bigint | null;
  anchorMultiple: number;
  anchorNights: number;
  cooldownNightsAfterRaiseProposed: number;
  cooldownNightsAfterRaiseApplied: number;
  cooldownNightsAfterCut: number;
  nightlyRaisePercent: number;
  blastRadiusPercent: number;
  blastRadiusHolders: number;
  writesPerRun: number;
  pausesPerNight: number;
  settledPercent: number;
  minConversionsProposed: number;
  minConversionsApplied: number;
  minCpaOkProbabilityProposed: number;
  minCpaOkProbabilityApplied: number;
  learningUnknownDays: number;
  /** A budget that a person or another tool changed is left alone for so long. */
  foreignEditHours: number;
  shadowNights: number;
  proposalHours: number;
  /** Budget changes per holder and hour, below the platform's own 4. */
  changesPerHour: number;
  /** A raise of a daily budget above this takes two people. Null: one suffices. */
  fourEyesAboveMicros: bigint | null;
  /** Most approvals of one person within an hour. */
  approvalsPerHour: number;
  /** A rejected change is not proposed again for so long ... */
  rejectedDays: number;
  /** ... unless a figure of its evidence has moved by so much. */
  rejectedEvidencePercent: number;
  /** How long an applied change may be taken back in one step. */
  restoreDays: number;
  /** How long a rule stays off what it changed, once that was taken back. */
  restoredRuleDays: number;
  /** An alert that nobody takes for so long switches automatic changes off. */
  alertAnswerHours: number;
  /** HH:MM in the brand's zone. */
  nightFrom: string;
  nightTo: string;
}

/** Where the brand is asked and told, and when. */
export interface SlackSettings extends SlackPlace {
  /** HH:MM in the brand's zone. */
  digestAt: string;
  /** How often the review comes, and on which day of the week (of the month's or quarter's first week). */
  reviewEvery: "week" | "twoWeeks" | "month" | "quarter";
  reviewOn: "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";
  /** True: automatic changes of a night need a notice of it that arrived; without it they are proposed. */
  noticeBeforeApply: boolean;
}

export interface Brand {
  id: string;
  name: string;
  language: "en" | "fr";
  currency: string;
  /** IANA zone shared by the brand and all its accounts. */
  zone: string;
  mode: Mode;
  /** True: only sandbox accounts, never a real platform. */
  sandbox: boolean;
  accounts: readonly BrandAccount[];
  /**
   * `csv`: path of the revenue file; relative paths are resolved against the brand file's folder. `push`: the shop sends its
   * figures. Null: no shop figures.
   */
  shop: { source: "csv"; file: string } | { source: "push" } | null;
  parameters: Readonly<Record<string, Parameter>>;
  stages: readonly GroupMember[];
  /** Wanted share of spend per stage in percent, both ends included. */
  stageBands: Readonly<Record<string, readonly [number, number]>>;
  /** Other partitions of its campaigns than the funnel's stages, and the wanted shares of their members. */
  groups: Readonly<Record<string, readonly GroupMember[]>>;
  groupBands: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>>;
  metrics: Readonly<Record<string, CustomMetric>>;
  /** By the event's name, its occurrences, the earliest first. */
  calendar: Readonly<Record<string, readonly Occasion[]>>;
  /** Rules that may stop a whole account, by id. */
  accountStop: readonly string[];
  handsOff: readonly HandsOff[];
  /** Who answers; empty: whoever has the machine. */
  people: readonly Person[];
  slack: SlackSettings | null;
  packs: Readonly<Record<string, PackSettings>>;
  limits: Limits;
  /** Where each limit was set: "default" or a path in the brand file. */
  limitSources: Readonly<Record<keyof Limits, string>>;
  /** Hash of the file's content as parsed. */
  hash: string;
  file: string;
}

export function deskOf(brand: Brand): Desk {
  const { limits, slack } = brand;
  return {
    brandName: brand.name,
    language: brand.language,
    currency: brand.currency,
    zone: brand.zone,
    people: [...brand.people],
    slack: slack === null ? null : { team: slack.team, app: slack.app, channel: slack.channel },
    fourEyesAboveMicros: limits.fourEyesAboveMicros,
    approvalsPerHour: limits.approvalsPerHour,
    restoreDays: limits.restoreDays,
    restoredRuleDays: limits.restoredRuleDays,
  };
}
