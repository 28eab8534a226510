/** Both executors of rules on the same set: where what they say differs. */
import type { Subject, Verdict } from "../../lib/domain/verdict.ts";
import type { Facts } from "../../lib/metrics/port.ts";
import { RuleError } from "../../lib/rules/errors.ts";
import { leavesOf } from "../../lib/rules/files/normalise.ts";
import type { Kernels } from "../../lib/rules/judge/column-kernels.ts";
import { compileColumns } from "../../lib/rules/judge/columns.ts";
import { PARTS, type Parts } from "../../lib/rules/judge/compile-parts.ts";
import { evaluateRules } from "../../lib/rules/judge/evaluate.ts";
import { evidenceOf, type JudgedDay } from "../../lib/rules/judge/evidence.ts";
import { sidesOf } from "../../lib/rules/judge/operand.ts";
import { secondOpinion } from "../../lib/rules/judge/second-opinion.ts";
import type { Leaf, Rule } from "../../lib/rules/types.ts";
import { inScopeOf, leafByDay, type RandomSet } from "./random-rules.ts";

/** Verdict and explanation as text for each rule, then subject; a refusal is the error's code. */
export type Answers = string[];

/** What json-rules-engine answers, with the evidence that its own answers give. */
export async function referenceAnswers(set: RandomSet): Promise<Answers> {
  const answers: Answers = [];
  for (const rule of set.rules) {
    for (const subject of inScopeOf(rule, set.subjects)) {
      answers.push(await answer(async () => [await referenceVerdict(rule, subject, set)]));
    }
  }
  return answers;
}

/** All rules and subjects together, as in a night; one by one where that is refused, to see which of them it was. */
export async function compiledAnswers(set: RandomSet, parts?: Parts): Promise<Answers> {
  const { rules, subjects, facts } = set;
  const verdicts = await settled(() => evaluateRules({ rules, hash: "" }, facts, undefined, parts));
  if (Array.isArray(verdicts)) return verdicts.map((verdict) => JSON.stringify(verdict));
  const answers: Answers = [];
  for (const rule of rules) {
    const asked = { ...facts, ...readAs(rule, set) };
    for (const subject of inScopeOf(rule, subjects)) {
      const alone = { ...asked, subjects: () => [subject] };
      answers.push(await answer(() => evaluateRules({ rules: [rule], hash: "" }, alone, undefined, parts)));
    }
  }
  return answers;
}

async function referenceVerdict(rule: Rule, subject: Subject, set: RandomSet): Promise<Verdict> {
  const facts = readAs(rule, set);
  const opinion = await secondOpinion(rule, subject, facts);
  const evidence = await Promise.all(
    leavesOf(rule.condition).map(async (leaf, index) => {
      const days = await daysOf(leaf, subject, facts);
      return evidenceOf(leaf, days, opinion.conditions[index] ?? "noData");
    }),
  );
  return { ruleId: rule.id, pack: rule.pack, subject, result: opinion.result, evidence };
}

/** Each day of a leaf, judged by the library as a condition of its own. */
async function daysOf(leaf: Leaf, subject: Subject, facts: Pick<Facts, "read">): Promise<JudgedDay[]> {
  const days = leafByDay(leaf);
  const children = days.map((day) => ({ kind: "leaf" as const, leaf: day }));
  const { conditions } = await secondOpinion({ condition: { kind: "all", children } }, subject, facts);
  return days.map((day, index) => {
    const { fact, params, right } = day;
    const against = right.kind === "fact" ? facts.read(subject, right.fact, right.params) : null;
    const sides = sidesOf(day, facts.read(subject, fact, params), against);
    return { ...sides, result: conditions[index] ?? "noData" };
  });
}

/** Ranks are made among the subjects of the rule's scope. */
function readAs(rule: Rule, { subjects, facts }: RandomSet): Pick<Facts, "read"> {
  const among = inScopeOf(rule, subjects);
  return { read: (subject, fact, params) => facts.read(subject, fact, params, among) };
}

async function answer(ask: () => Promise<Verdict[]>): Promise<string> {
  const verdicts = await settled(ask);
  return Array.isArray(verdicts) ? JSON.stringify(verdicts[0]) : verdicts;
}

async function settled(ask: () => Promise<Verdict[]>): Promise<Verdict[] | string> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof RuleError) return error.code;
    throw error;
  }
}

/** Which rule matches which subject over columns, as text; of a rule that is refused its error's code. */
export function columnAnswers({ rules, facts }: RandomSet, kernels?: Kernels): Answers {
  const columns = compileColumns(rules, PARTS, kernels);
  return rules.flatMap((rule, index) => {
    try {
      const table = columns.read("account", facts);
      const rows = new Int32Array(table.subjects.length);
      const matched = columns.match(index, table, rows);
      return [...rows.subarray(0, matched)].map((row) => `${rule.id} ${table.subjects[row]?.key}`);
    } catch (error) {
      if (error instanceof RuleError) return [`${rule.id} ${error.code}`];
      throw error;
    }
  });
}

/** The same as the library says it; null for a set of which it refuses something. */
export function matchedIn(answers: Answers): Answers | null {
  const verdicts = answers.flatMap((text) => (text.startsWith("{") ? [JSON.parse(text) as Verdict] : []));
  if (verdicts.length < answers.length) return null;
  return verdicts.flatMap(({ ruleId, subject, result }) =>
    result === "matched" ? [`${ruleId} ${subject.key}`] : [],
  );
}
