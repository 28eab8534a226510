import { type Check, eachRule } from "../check.ts";
import { leavesIn } from "../located.ts";
import { namesIn } from "../ranges/figures.ts";
import { isWithToday } from "../today.ts";

export const todayAtNight: Check = {
  code: "todayAtNight",
  severity: "error",
  doc: "The night looks at complete days, so a window with today in it has no data then. Such a rule needs a schedule by day.",
  bad: [
    {
      conditions: {
        all: [{ fact: "spend", params: { window: "today" }, operator: "greaterThan", value: 300 }],
      },
      action: { type: "notify" },
      appliesTo: { level: "account" },
    },
  ],
  good: [
    {
      conditions: { all: [{ fact: "spend", params: { window: "1d" }, operator: "greaterThan", value: 300 }] },
      action: { type: "notify" },
      appliesTo: { level: "account" },
    },
  ],
  find: eachRule((rule) => {
    if (rule.rule.schedule.some(({ when }) => when.kind !== "night")) return [];
    const leaves = leavesIn(rule.root).filter(({ leaf }) => namesIn(leaf).some(isWithToday));
    return leaves.map(({ path }) => ({
      rule,
      path,
      allowed: "complete days in a rule of the night",
      fix: 'name complete days such as "1d", or add "schedule": { "every": "1h" }',
    }));
  }),
};
