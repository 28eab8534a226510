import { inScope } from "../../judge/scope.ts";
import { type Check, eachRule } from "../check.ts";

export const emptyScope: Check = {
  code: "emptyScope",
  severity: "warning",
  doc: "The rule applies to nothing that the brand's latest snapshot has: a name that changed, a stage without campaigns, a slip in a pattern. Without a snapshot this is not looked at.",
  bad: [{ appliesTo: { campaigns: ["PORS *"] } }],
  good: [{ appliesTo: { campaigns: ["PROS *"] } }],
  find: eachRule((rule, { latest, brand }) => {
    const { appliesTo } = rule.rule;
    if (latest === null || !rule.isOn) return [];
    const subjects = latest.subjects(appliesTo.level);
    if (subjects.some((subject) => inScope(appliesTo, subject, latest))) return [];
    const allowed = `some of the ${subjects.length} that ${brand.id} has on the level ${appliesTo.level}`;
    return [
      { rule, path: ["appliesTo"], allowed, fix: "mend the scope, or switch the rule off for this brand" },
    ];
  }),
};
