import { type Check, eachRule } from "../check.ts";

export const expired: Check = {
  code: "expired",
  severity: "warning",
  doc: "The rule's last day is over: it does nothing any more, and whoever reads the pack believes that it does.",
  bad: [{ validUntil: "2026-02-28" }],
  good: [{ validUntil: "2026-12-31" }],
  find: eachRule((rule, { day }) => {
    const { validUntil } = rule.dates;
    if (validUntil === undefined || day <= validUntil) return [];
    const fix = "move its last day, or remove the file";
    return [{ rule, path: ["validUntil"], allowed: `${day} or later`, fix }];
  }),
};
