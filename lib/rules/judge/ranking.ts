/** Ranks depend on whom a rule looks at: what is in its scope, and nothing else, is ranked. */
import type { Facts } from "../../metrics/port.ts";
import type { CompiledRule } from "./compile.ts";
import { inScope } from "./scope.ts";

/** Figures as the rule reads them: its ranks among the subjects in its scope. */
export function factsAsRead({ rule, ranks }: CompiledRule, facts: Facts): Pick<Facts, "read"> {
  if (!ranks) return facts;
  const { appliesTo } = rule;
  const among = facts.subjects(appliesTo.level).filter((subject) => inScope(appliesTo, subject, facts));
  return { read: (subject, fact, params) => facts.read(subject, fact, params, among) };
}
