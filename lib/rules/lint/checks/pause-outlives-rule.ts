import { type Check, eachRule } from "../check.ts";

export const pauseOutlivesRule: Check = {
  code: "pauseOutlivesRule",
  severity: "warning",
  doc: "What the rule pauses is turned on again by the rule itself, and on that day it is over: the pauses of its last nights stay until a person ends them.",
  bad: [{ action: { type: "pause", until: "2026-12-05" }, validUntil: "2026-11-30" }],
  good: [{ action: { type: "pause", until: "2026-12-05" }, validUntil: "2026-12-08" }],
  find: eachRule((linted) => {
    const { rule, dates } = linted;
    const { validUntil } = dates;
    const until = rule.action.type === "pause" ? rule.action.until : null;
    if (until === null || validUntil === undefined) return [];
    if (until.kind === "day" && until.day <= validUntil) return [];
    const fix =
      until.kind === "day"
        ? `write "validUntil": "${until.day}" or later`
        : "remove validUntil, and say in a condition on which days it pauses";
    return [{ rule: linted, path: ["validUntil"], allowed: "a rule that outlasts its pauses", fix }];
  }),
};
