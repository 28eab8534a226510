/** Every rule on everything it applies to: verdicts with the evidence of each condition. */
import { setImmediate } from "node:timers/promises";
import { LEVELS } from "../../domain/ids.ts";
import type { Dispute, Evidence, Result, Subject, Verdict } from "../../domain/verdict.ts";
import type { Facts } from "../../metrics/port.ts";
import { RuleError } from "../errors.ts";
import { movesMoney } from "../files/action.ts";
import type { Ruleset } from "../types.ts";
import { type CompiledLeaf, type CompiledRule, compileRules } from "./compile.ts";
import { sidesIn } from "./compile-leaf.ts";
import { type Answer, PARTS, type Parts, type Row, UNKNOWN, YES } from "./compile-parts.ts";
import { evidenceOf } from "./evidence.ts";
import { factsAsRead } from "./ranking.ts";
import { inScope } from "./scope.ts";
import { type Opinion, secondOpinion } from "./second-opinion.ts";
import { readByDay } from "./series.ts";

/** Neither executor waits for anything: without a pause now and then no timer would fire for a whole portfolio. */
const SUBJECTS_BETWEEN_PAUSES = 32;

/** Called after each subject; `total` counts the subjects of all levels that rules look at. */
export type OnProgress = (done: number, total: number) => void;

/**
 * Verdicts in the order of the rules, then of the subjects. A subject outside a rule's scope gets none.
 * The compiled rules decide and explain; what may move money or hold it back is judged again by json-rules-engine, and where
 * the two disagree the verdict says so. `parts` are what rules are compiled from.
 * @throws RuleError when a figure breaks its own unit; then there are no verdicts at all, because some of them might be the ones
 * that hold others back.
 */
export async function evaluateRules(
  ruleset: Ruleset,
  facts: Facts,
  onProgress?: OnProgress,
  parts: Parts = PARTS,
): Promise<Verdict[]> {
  const levels = LEVELS.filter((level) => ruleset.rules.some((rule) => rule.appliesTo.level === level));
  const subjects = levels.flatMap((level) => facts.subjects(level));
  const compiled = compileRules(ruleset.rules, parts);
  const asRead = compiled.rules.map((rule) => factsAsRead(rule, facts));
  const verdicts = compiled.rules.map((): Verdict[] => []);
  for (const [index, subject] of subjects.entries()) {
    for (const [position, rule] of compiled.rules.entries()) {
      if (!inScope(rule.rule.appliesTo, subject, facts)) continue;
      const own = asRead[position] ?? facts;
      const verdict = verdictOf(rule, subject, compiled.fill(rule, subject, own));
      verdicts[position]?.push(isToBeHeard(rule, verdict) ? await judgedAgain(rule, verdict, own) : verdict);
    }
    onProgress?.(index + 1, subjects.length);
    if ((index + 1) % SUBJECTS_BETWEEN_PAUSES === 0) await setImmediate();
  }
  return verdicts.flat();
}

function verdictOf({ rule, decide, leaves }: CompiledRule, subject: Subject, row: Row): Verdict {
  const result = resultOf(decide(row));
  const evidence = leaves.map((leaf) => evidenceIn(row, leaf));
  return { ruleId: rule.id, pack: rule.pack, subject, result, evidence };
}

/** The leaf's evidence with the figures that the row holds. */
export function evidenceIn(row: Row, { leaf, sides, days, test }: CompiledLeaf): Evidence {
  const judged = sides.map((slots, day) => {
    const { left, right } = sidesIn(row, leaf, slots);
    return { left, right, result: resultOf(days[day]?.(row) ?? UNKNOWN) };
  });
  return evidenceOf(leaf, judged, resultOf(test(row)));
}

function resultOf(answer: Answer): Result {
  return answer === YES ? "matched" : answer === UNKNOWN ? "noData" : "notMatched";
}

/** What moves money when it fired; a hold always, because it does its harm where it wrongly does not fire. */
function isToBeHeard({ rule }: CompiledRule, { result }: Verdict): boolean {
  return rule.action.type === "hold" || (movesMoney(rule.action.type) && result === "matched");
}

async function judgedAgain(
  compiled: CompiledRule,
  verdict: Verdict,
  facts: Pick<Facts, "read">,
): Promise<Verdict> {
  const { rule } = compiled;
  const opinion = await opinionOf(compiled, verdict.subject, facts);
  const own = verdict.evidence.map(({ result }) => result);
  const agree =
    opinion?.result === verdict.result && own.every((result, index) => result === opinion.conditions[index]);
  if (agree) return verdict;
  const dispute = disputeOf(compiled, verdict, opinion, facts);
  // The one who sees more to hold back is believed; for want of an answer, it holds as for want of data.
  const results = [verdict.result, opinion?.result ?? "noData"];
  const result = STRICTEST_HOLD_FIRST.find((one) => results.includes(one)) ?? verdict.result;
  return { ...verdict, result: rule.action.type === "hold" ? result : verdict.result, dispute };
}

const STRICTEST_HOLD_FIRST: readonly Result[] = ["matched", "noData", "notMatched"];

/** Null where the library refuses what the compiled rule took: that is a disagreement like any other. */
async function opinionOf(
  { rule }: CompiledRule,
  subject: Subject,
  facts: Pick<Facts, "read">,
): Promise<Opinion | null> {
  try {
    return await secondOpinion(rule, subject, facts);
  } catch (error) {
    if (error instanceof RuleError) return null;
    throw error;
  }
}

function disputeOf(
  { leaves }: CompiledRule,
  { subject, result, evidence }: Verdict,
  opinion: Opinion | null,
  facts: Pick<Facts, "read">,
): Dispute {
  const conditions = leaves.map(({ leaf }, index) => {
    const [newest, ...before] = readByDay(leaf, subject, facts);
    if (newest === undefined) throw new RuleError("rules.engine", `nobody read ${leaf.fact}`);
    return {
      ...newest,
      ...(before.length > 0 && { before }),
      compiled: evidence[index]?.result ?? ("noData" as const),
      reference: opinion?.conditions[index] ?? null,
    };
  });
  return { compiled: result, reference: opinion?.result ?? null, conditions };
}
