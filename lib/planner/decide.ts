/** The decision of one round: figures, verdicts, plan. */
import type { Plan } from "../domain/plan.ts";
import { createFacts } from "../metrics/index.ts";
import { evaluateRules } from "../rules/evaluate.ts";
import type { BuildInput } from "./build-input.ts";
import { buildPlan } from "./build-plan.ts";

export interface DecideInput extends BuildInput {
  /** By platform: share of a day's conversions that has arrived by age in days, index 0 the day itself. */
  maturity: Readonly<Record<string, readonly number[]>>;
}

/** A pure function of its input, asynchronous only because the rule engine is: night, preview and re-derivation share it. */
export async function decide(input: DecideInput): Promise<Plan> {
  const { brand, snapshot, state, maturity, nowMs } = input;
  const facts = createFacts({ brand, snapshot, state, maturity, nowMs });
  const verdicts = await evaluateRules(input.ruleset, facts);
  return buildPlan(input, facts, verdicts);
}
