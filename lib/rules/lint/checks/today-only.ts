import type { Action } from "../../types.ts";
import { type Check, eachRule } from "../check.ts";
import { leavesIn } from "../located.ts";
import { namesIn } from "../ranges/figures.ts";
import { isTodayAlone, isWithToday } from "../today.ts";

export const todayOnly: Check = {
  code: "todayOnly",
  severity: "warning",
  doc: "Most of today's conversions have not arrived, so what looks bad at noon is often good by night. A raise waits for complete days whatever it says; a cut, and a pause that outlasts the day, should look at more than today.",
  bad: [
    {
      conditions: {
        all: [
          { fact: "cpaAtLeast", params: { window: "today" }, operator: "greaterThan", value: 90 },
          { fact: "spend", params: { window: "today" }, operator: "greaterThan", value: 200 },
        ],
      },
      action: { type: "pause" },
      schedule: [{ at: ["18:00"] }, { days: ["mon"] }],
    },
  ],
  good: [
    {
      conditions: {
        all: [
          { fact: "cpaAtLeast", params: { window: "today" }, operator: "greaterThan", value: 90 },
          { fact: "cpaAtLeast", params: { window: "7d" }, operator: "greaterThan", value: 60 },
        ],
      },
      action: { type: "pause" },
      schedule: [{ at: ["18:00"] }, { days: ["mon"] }],
    },
    {
      id: "for-today",
      conditions: {
        all: [{ fact: "spend", params: { window: "today" }, operator: "greaterThan", value: 200 }],
      },
      action: { type: "pause", until: "tomorrow" },
      schedule: [{ at: ["18:00"] }, { days: ["mon"] }],
    },
  ],
  find: eachRule((rule) => {
    const { action } = rule.rule;
    const leaves = leavesIn(rule.root);
    if (action.type === "raiseBudget" || action.type === "setBudget") {
      const young = leaves.find(({ leaf }) => namesIn(leaf).some(isWithToday));
      if (young === undefined) return [];
      const fix = 'name complete days, such as "7d"';
      return [{ rule, path: young.path, allowed: "a raise on complete days", fix }];
    }
    const figures = leaves
      .flatMap(({ leaf }) => namesIn(leaf))
      .filter(({ params }) => params.window !== undefined);
    if (!outlastsTheDay(action) || figures.length === 0 || !figures.every(isTodayAlone)) return [];
    const fix = 'add a condition over "7d" or more, or pause "until": "tomorrow"';
    return [{ rule, path: rule.root.path, allowed: "more than today's figures", fix }];
  }),
};

function outlastsTheDay(action: Action): boolean {
  return action.type === "cutBudget" || (action.type === "pause" && action.until?.kind !== "tomorrow");
}
