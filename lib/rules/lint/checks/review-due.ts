import { type Check, eachRule } from "../check.ts";

export const reviewDue: Check = {
  code: "reviewDue",
  severity: "warning",
  doc: "The day by which somebody wanted to look at the rule again is over; until then it is at most proposed.",
  bad: [{ reviewOn: "2026-03-01" }],
  good: [{ reviewOn: "2026-09-01" }],
  find: eachRule((rule, { day }) => {
    const { reviewOn } = rule.dates;
    if (reviewOn === undefined || day <= reviewOn) return [];
    const fix = "look at what the rule did and at where its numbers come from, then set the next date";
    return [{ rule, path: ["reviewOn"], allowed: `${day} or later`, fix }];
  }),
};
