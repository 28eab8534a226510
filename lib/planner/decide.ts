/** The decision of one round: figures, verdicts, plan. */
import type { Plan } from "../domain/plan.ts";
import type { Remembered } from "../domain/state.ts";
import { createFacts } from "../metrics/index.ts";
import { isNightOf, isOfNights } from "../rules/acting.ts";
import { evaluateRules } from "../rules/judge/evaluate.ts";
import type { BuildInput } from "./build-input.ts";
import { buildPlan } from "./build-plan.ts";
import { rememberedBy } from "./memory.ts";

export interface DecideInput extends BuildInput {
  /** By platform: share of a day's conversions that has arrived by age in days, index 0 the day itself. */
  maturity: Readonly<Record<string, readonly number[]>>;
}

export interface Decision {
  plan: Plan;
  /** What the night leaves for the next. */
  remembered: Remembered;
}

/** A pure function of its input, asynchronous only because the rule engine is: night, preview and re-derivation share it. */
export async function decideAndRemember(input: DecideInput): Promise<Decision> {
  const { brand, snapshot, state, maturity, nowMs } = input;
  const facts = createFacts({ brand, snapshot, state, maturity, nowMs });
  const { ruleset } = input;
  // What waits for rounds by day is judged all the same, so that people see what it finds.
  const tonight = ruleset.rules.filter((rule) => !isOfNights(rule) || isNightOf(rule, snapshot.day));
  const verdicts = await evaluateRules({ ...ruleset, rules: tonight }, facts);
  const plan = buildPlan(input, facts, verdicts);
  return { plan, remembered: rememberedBy(input, facts, verdicts, plan) };
}

/** The plan alone, for whoever leaves nothing for another night. */
export async function decide(input: DecideInput): Promise<Plan> {
  return (await decideAndRemember(input)).plan;
}
