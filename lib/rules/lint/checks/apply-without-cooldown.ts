import { type Check, eachRule } from "../check.ts";

export const applyWithoutCooldown: Check = {
  code: "applyWithoutCooldown",
  severity: "warning",
  doc: "A rule that changes budgets by itself and has no cool-down moves the same budget again before the last change can have shown: only the brand's limits hold it.",
  bad: [{ action: { type: "cutBudget", percent: 10, floor: 20 }, mode: "apply" }],
  good: [{ action: { type: "cutBudget", percent: 10, floor: 20 }, mode: "apply", cooldown: "3d" }],
  find: eachRule((rule) => {
    const { action, mode, cooldownNights, cooldownHours, atMost } = rule.rule;
    // What is paused is not paused again, and a budget that is set to an amount stays there.
    const isStep =
      action.type === "raiseBudget" ||
      action.type === "cutBudget" ||
      (action.type === "setBudget" && action.aim.kind === "toward");
    const isLimited = [cooldownNights, cooldownHours, ...Object.values(atMost)].some((one) => one !== null);
    if (!isStep || mode !== "apply" || isLimited) return [];
    return [{ rule, path: ["mode"], allowed: "apply with a cool-down", fix: 'add "cooldown": "3d"' }];
  }),
};
