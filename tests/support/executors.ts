/** Both executors of rules on the same set: where what they say differs. */
import type { Subject, Verdict } from "../../lib/domain/verdict.ts";
import type { Facts } from "../../lib/metrics/port.ts";
import type { Parts } from "../../lib/rules/compile-parts.ts";
import { RuleError } from "../../lib/rules/errors.ts";
import { evaluateRules } from "../../lib/rules/evaluate.ts";
import { evidenceOf } from "../../lib/rules/evidence.ts";
import { leavesOf } from "../../lib/rules/normalise.ts";
import { sidesOf } from "../../lib/rules/operand.ts";
import { secondOpinion } from "../../lib/rules/second-opinion.ts";
import type { Rule } from "../../lib/rules/types.ts";
import type { RandomSet } from "./random-rules.ts";

/** Verdict and explanation as text for each rule, then subject; a refusal is the error's code. */
export type Answers = string[];

/** What json-rules-engine answers, with the evidence that its own answers give. */
export async function referenceAnswers({ rules, subjects, facts }: RandomSet): Promise<Answers> {
  const answers: Answers = [];
  for (const rule of rules) {
    for (const subject of subjects) {
      answers.push(await answer(async () => [await referenceVerdict(rule, subject, facts)]));
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
    for (const subject of subjects) {
      const alone = { ...facts, subjects: () => [subject] };
      answers.push(await answer(() => evaluateRules({ rules: [rule], hash: "" }, alone, undefined, parts)));
    }
  }
  return answers;
}

async function referenceVerdict(rule: Rule, subject: Subject, facts: Facts): Promise<Verdict> {
  const opinion = await secondOpinion(rule, subject, facts);
  const evidence = leavesOf(rule.condition).map((leaf, index) => {
    const right = leaf.right.kind === "fact" ? facts.read(subject, leaf.right.fact, leaf.right.params) : null;
    const sides = sidesOf(leaf, facts.read(subject, leaf.fact, leaf.params), right);
    return evidenceOf(leaf, sides.left, sides.right, opinion.conditions[index] === "matched");
  });
  return { ruleId: rule.id, pack: rule.pack, subject, result: opinion.result, evidence };
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
