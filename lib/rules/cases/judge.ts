/** What a plan made of a case, held against what the case expects. */
import { changePercent } from "../../domain/change.ts";
import type { Level } from "../../domain/ids.ts";
import { majorFromMicros, microsFromMajor } from "../../domain/money.ts";
import type { Plan, PlannedChange } from "../../domain/plan.ts";
import type { Verdict } from "../../domain/verdict.ts";
import type { Rule } from "../types.ts";
import { decisiveEvidence } from "./decisive.ts";
import { subjectKeyAt } from "./placed.ts";
import type { RuleCase } from "./read.ts";
import type { Expectation } from "./schema.ts";
import { CASE_BRAND, type CaseNight } from "./snapshot.ts";

export interface Difference {
  /** Key of `expect`. */
  what: string;
  expected: string;
  found: string;
}

export interface Judged {
  differences: Difference[];
  /** Null where the rule does not look at the entity. */
  verdict: Verdict | null;
}

type About = Pick<CaseNight, "holderKey" | "accountKey" | "placed">;

export const OUT_OF_SCOPE = "outOfScope";

/** The plan is of a night with that one rule. */
export function judgeCase({ expect }: RuleCase, rule: Rule, plan: Plan, about: About): Judged {
  const verdict = verdictOf(rule, plan, about);
  const result = verdict?.result ?? OUT_OF_SCOPE;
  const change = plan.changes.find(({ holderKey }) => holderKey === about.holderKey) ?? null;
  const differences = [
    differing("verdict", expect.verdict, result),
    ...(verdict === null ? [] : evidenceDifferences(expect, rule, verdict)),
    expect.change === undefined
      ? null
      : changeDifference(expect.change, foundChange(rule, plan, change), change),
    expect.guardrail === undefined ? null : guardrailDifference(expect.guardrail, change),
  ];
  return { differences: differences.filter((one) => one !== null), verdict };
}

/** What became of it in the plan, as `expect.change` says it. */
export function changeWords(rule: Rule, plan: Plan, about: About): string {
  return foundChange(rule, plan, plan.changes.find(({ holderKey }) => holderKey === about.holderKey) ?? null);
}

/** What decided, by fact, each once. */
export function reasonOf(rule: Rule, { evidence }: Verdict): string[] {
  return [...new Set(decisiveEvidence(rule.condition, evidence).map(({ fact }) => fact))].sort();
}

function verdictOf({ appliesTo: { level } }: Rule, plan: Plan, about: About): Verdict | null {
  const key = subjectKeyOf(level, about);
  return plan.verdicts.find(({ subject }) => subject.level === level && subject.key === key) ?? null;
}

/** Whom a rule of that level looks at when it looks at the case's entity; null where there is nobody. */
export function subjectKeyOf(level: Level, { accountKey, placed }: About): string | null {
  if (level === "brand") return CASE_BRAND;
  if (level === "account") return accountKey;
  const [own] = placed;
  return own === undefined ? null : subjectKeyAt(level, own);
}

function evidenceDifferences(expect: Expectation, rule: Rule, verdict: Verdict): (Difference | null)[] {
  const decisive = decisiveEvidence(rule.condition, verdict.evidence);
  const reason =
    expect.reason === undefined
      ? null
      : differing("reason", expect.reason.toSorted().join(", "), reasonOf(rule, verdict).join(", "));
  const distances = Object.entries(expect.distancePercent ?? {}).map(([fact, expected]) => {
    const found = decisive.flatMap((one) => (one.fact === fact ? (one.distancePercent ?? []) : []));
    const nearest = found.length === 0 ? "none" : String(Math.min(...found));
    return differing(`distancePercent.${fact}`, String(expected), nearest);
  });
  return [reason, ...distances];
}

function foundChange({ action, id }: Rule, plan: Plan, change: PlannedChange | null): string {
  if (plan.notActed.some(({ ruleId }) => ruleId === id)) return "notYet";
  if (action.type === "notify") return plan.notices.length > 0 ? "notify" : "none";
  if (action.type === "hold") return plan.holds.length > 0 ? "hold" : "none";
  if (change === null) return "none";
  if (change.outcome === "blocked") return "blocked";
  if (change.edit.kind === "status") return change.edit.to === "paused" ? "pause" : "resume";
  const percent = changePercent(change.edit);
  if (percent === null) return `to ${majorFromMicros(change.edit.toMicros)}`;
  return `${percent > 0 ? "+" : ""}${percent}%`;
}

function changeDifference(expected: string, found: string, change: PlannedChange | null): Difference | null {
  if (isSameChange(expected, found, change)) return null;
  return { what: "change", expected, found: `${found}${notesOf(change)}` };
}

function isSameChange(expected: string, found: string, change: PlannedChange | null): boolean {
  const [, amount] = /^to (.+)$/.exec(expected) ?? [];
  if (amount === undefined) return canonical(expected) === canonical(found);
  if (change === null || change.outcome === "blocked" || change.edit.kind !== "dailyBudget") return false;
  return change.edit.toMicros === microsFromMajor(amount);
}

/** "+20.0%" is "+20%". */
function canonical(change: string): string {
  const [, percent] = /^([+-].+)%$/.exec(change) ?? [];
  return percent === undefined ? change : `${Number(percent)}%`;
}

function guardrailDifference(expected: string, change: PlannedChange | null): Difference | null {
  const ids = (change?.notes ?? []).map(({ guardrail }) => guardrail);
  if (ids.includes(expected)) return null;
  return { what: "guardrail", expected, found: ids.length === 0 ? "none" : ids.join(", ") };
}

function notesOf(change: PlannedChange | null): string {
  const notes = (change?.notes ?? []).map(({ guardrail, effect }) => `${effect} by ${guardrail}`);
  return notes.length === 0 ? "" : ` (${notes.join(", ")})`;
}

function differing(what: string, expected: string, found: string): Difference | null {
  return expected === found ? null : { what, expected, found };
}
