/** What people are told of: rules that only notify, rules without data, changes and holds that somebody wants to hear of. */
import type { Brand } from "../domain/brand.ts";
import { addDays, type Day, daysBetween } from "../domain/day.ts";
import type { Message } from "../domain/figure.ts";
import type { ActiveHold, Notice } from "../domain/plan.ts";
import type { BrandState } from "../domain/state.ts";
import type { Subject, Verdict } from "../domain/verdict.ts";
import { decidingEvidence } from "../rules/judge/deciding.ts";
import type { Rule } from "../rules/types.ts";
import type { Draft } from "./draft.ts";
import { firstMatch } from "./guardrails/first-match.ts";
import { muted, mutedValues } from "./guardrails/muted.ts";
import { countingValues, nightsInARow } from "./guardrails/nights-in-a-row.ts";
import { rollout } from "./guardrails/rollout.ts";
import { type Layers, takenBefore } from "./layers.ts";
import { toldKey } from "./memory.ts";
import { guardrailMessage, plannerMessage } from "./messages.ts";
import { mutedBy } from "./mutes.ts";
import { nightsWatched, rolloutMode } from "./watched.ts";

const DAYS_PER_WEEK = 7;

export interface NoticeNight {
  brand: Brand;
  state: BrandState;
  day: Day;
  layers: Layers;
  ruleset: { rules: readonly Rule[] };
}

/** Of a rule that matched and only notifies; `reason` says why it stays silent tonight, null for one that is only watched. */
export function noticeOf(
  rule: Rule,
  verdict: Verdict,
  urgent: boolean,
  night: NoticeNight,
): { notice: Notice } | { notice: null; reason: Message | null } {
  const { subject } = verdict;
  const reason =
    countingReason(rule, subject, night) ?? turnReason(rule, subject, night) ?? watchedReason(rule, night);
  if (reason !== null || rolloutMode(rule, night.state) === "shadow") return { notice: null, reason };
  if (!toldAgain(rule, verdict, false, night))
    return { notice: null, reason: toldReason(rule, subject, night) };
  const to = rule.action.type === "notify" ? rule.action.to : [];
  return { notice: notice(rule, verdict, { urgent, blind: false, to }) };
}

/** While a rule still counts its nights. */
export function countingReason(
  rule: Rule,
  subject: Subject,
  night: Pick<NoticeNight, "state" | "day">,
): Message | null {
  const values = countingValues(rule, subject, night);
  return values === null ? null : guardrailMessage(nightsInARow, "blocked", values);
}

/** While a rollout keeps the rule in shadow; a rule whose own mode that is needs no word. */
export function watchedReason(rule: Rule, { state }: Pick<NoticeNight, "state">): Message | null {
  if (rule.rollout === null || rolloutMode(rule, state) !== "shadow") return null;
  const values = { mode: "shadow", nights: nightsWatched(rule, state), needed: rule.rollout.shadowNights };
  return guardrailMessage(rollout, "degraded", values);
}

/** Another rule has the entity. */
function turnReason(rule: Rule, subject: Subject, night: NoticeNight): Message | null {
  const taken = takenBefore(night.layers, rule, subject, { watched: false, opening: false });
  if (taken !== null)
    return guardrailMessage(firstMatch, "blocked", { rule: taken.rule.id, why: "earlierMatched" });
  const by = mutedBy(rule, subject.key, night);
  return by === null ? null : guardrailMessage(muted, "blocked", mutedValues(by, night.day));
}

/** It stands since a former night. */
function toldReason(rule: Rule, subject: Subject, { state }: NoticeNight): Message {
  const last = state.memory.told[rule.id]?.[toldKey(subject, false)]?.on ?? null;
  const isWeekly = rule.action.type === "notify" && rule.action.repeat === "weekly";
  const again = isWeekly && last !== null ? addDays(last, DAYS_PER_WEEK) : "onceGone";
  return plannerMessage("silent.told", { last, again });
}

/** Of a rule without data that asks for a word about it. */
export function blindNoticeOf(rule: Rule, verdict: Verdict, night: NoticeNight): Notice | null {
  if (verdict.result !== "noData" || rule.onNoData !== "notify") return null;
  const to = rule.action.type === "notify" ? rule.action.to : (rule.notify?.to ?? []);
  return toldAgain(rule, verdict, true, night)
    ? notice(rule, verdict, { urgent: false, blind: true, to })
    : null;
}

/** Of changes that are proposed or made, and of holds that matched, where their rule says who wants to hear of it. */
export function noticesOfActs(
  drafts: readonly Draft[],
  holds: readonly ActiveHold[],
  verdicts: readonly { rule: Rule; verdict: Verdict }[],
): Notice[] {
  const acted = new Set(
    drafts
      .filter(({ blocked, mode, endsPause }) => !blocked && mode !== "shadow" && endsPause === undefined)
      .map(({ rule, about }) => `${rule.pack}/${rule.id} ${about.level} ${about.key}`),
  );
  const holding = new Set(holds.map(({ pack, ruleId }) => `${pack}/${ruleId}`));
  return verdicts.flatMap(({ rule, verdict }): Notice[] => {
    if (rule.notify === null || verdict.result !== "matched") return [];
    const name = `${rule.pack}/${rule.id}`;
    const { level, key } = verdict.subject;
    const did = rule.action.type === "hold" ? holding.has(name) : acted.has(`${name} ${level} ${key}`);
    return did ? [notice(rule, verdict, { urgent: false, blind: false, to: rule.notify.to })] : [];
  });
}

function notice(
  { id: ruleId, pack, condition }: Rule,
  { subject, evidence }: Verdict,
  { urgent, blind, to }: Pick<Notice, "urgent" | "blind"> & { to: readonly string[] },
): Notice {
  const deciding = [...decidingEvidence(condition, evidence)];
  return { ruleId, pack, urgent, to: [...to], blind, subject, evidence: deciding };
}

/** A rule in shadow is silent. What stands since a former night is told again only as often as the rule says. */
function toldAgain(
  rule: Rule,
  { subject }: Verdict,
  blind: boolean,
  { state, day }: Pick<NoticeNight, "state" | "day">,
): boolean {
  if (rolloutMode(rule, state) === "shadow") return false;
  const told = state.memory.told[rule.id]?.[toldKey(subject, blind)];
  // A preview after the night tells what the night itself told.
  if (told === undefined || told.on === day) return true;
  const repeat = rule.action.type === "notify" ? rule.action.repeat : "onChange";
  if (repeat === "onChange") return false;
  return repeat === "daily" || daysBetween(told.on, day) >= DAYS_PER_WEEK;
}
