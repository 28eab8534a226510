import { parseWindow } from "../../../metrics/windows/window.ts";
import { DAYS_IN_A_ROW } from "../../files/params.ts";
import { type Check, eachRule } from "../check.ts";
import { leavesIn } from "../located.ts";

/** In a week, what spends at all usually has a conversion or is known not to work. */
const DAYS_ENOUGH = 7;

export const cpaSeries: Check = {
  code: "cpaSeries",
  severity: "warning",
  doc: "A day without a conversion has no CPA, so a CPA of a few days on several days in a row is no data as soon as one of them is without: the worst campaigns are the ones it never finds. `cpaAtLeast` counts at least one conversion and always answers.",
  bad: [
    {
      conditions: {
        all: [{ fact: "cpa", params: { window: "1d", daysInARow: 3 }, operator: "greaterThan", value: 60 }],
      },
      action: { type: "pause" },
    },
  ],
  good: [
    {
      conditions: {
        all: [
          { fact: "cpaAtLeast", params: { window: "1d", daysInARow: 3 }, operator: "greaterThan", value: 60 },
        ],
      },
      action: { type: "pause" },
    },
  ],
  find: eachRule((rule) =>
    leavesIn(rule.root)
      .filter(({ leaf }) => {
        const span = parseWindow(String(leaf.params.window));
        const days = span === null ? DAYS_ENOUGH : span.fromDaysAgo - span.toDaysAgo + 1;
        return leaf.fact === "cpa" && leaf.params[DAYS_IN_A_ROW] !== undefined && days < DAYS_ENOUGH;
      })
      .map(({ path }) => ({
        rule,
        path,
        allowed: "days in a row of a figure that every day has",
        fix: 'write cpaAtLeast instead of cpa, or a window of "7d"',
      })),
  ),
};
