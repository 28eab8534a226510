/** The rules bench's figures as people read them. */
import type { RulesBench } from "./rules.ts";

export function rulesText(bench: RulesBench): string {
  const { node, entities, rules, conditions, figures, firedPercent, variants, goals, targets } = bench;
  return [
    `${entities} ad groups x ${rules} rules (${conditions} conditions, ${figures} figures each), ${firedPercent.toFixed(1)} % fire, Node ${node}.`,
    "Medians of interleaved rounds, in time of the thread; ratios to the library within a round:",
    ...variants.map(
      ({ name, nsPerEvaluation, ratio, checksum }) =>
        `- ${name}: ${nsPerEvaluation.toFixed(0)} ns per rule and ad group, ${ratio.median.toFixed(1)} x (${ratio.least.toFixed(1)} to ${ratio.most.toFixed(1)}), checksum ${checksum}`,
    ),
    "",
    "Goals:",
    ...goals.map(({ name, met }) => `- ${met ? "reached" : "not reached"}: ${name}`),
    "Targets:",
    ...targets.map(({ name, met }) => `- ${met ? "met" : "MISSED"}: ${name}`),
  ].join("\n");
}
