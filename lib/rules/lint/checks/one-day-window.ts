import { parseWindow } from "../../../metrics/windows/window.ts";
import { movesMoney } from "../../files/action.ts";
import { leavesOf } from "../../files/normalise.ts";
import { type Check, eachRule } from "../check.ts";
import { writtenOut } from "../ranges/by-day.ts";
import { namesIn } from "../ranges/figures.ts";

export const oneDayWindow: Check = {
  code: "oneDayWindow",
  severity: "warning",
  doc: "A rule that moves money and looks at yesterday alone acts on one day's chance, and on conversions most of which have not arrived.",
  bad: [
    {
      conditions: {
        all: [{ fact: "cpaAtLeast", params: { window: "1d" }, operator: "greaterThan", value: 90 }],
      },
      action: { type: "pause" },
    },
  ],
  good: [
    {
      conditions: {
        all: [
          { fact: "cpaAtLeast", params: { window: "1d" }, operator: "greaterThan", value: 90 },
          { fact: "cpaAtLeast", params: { window: "7d" }, operator: "greaterThan", value: 60 },
        ],
      },
      action: { type: "pause" },
    },
  ],
  find: eachRule((rule) => {
    if (!movesMoney(rule.rule.action.type)) return [];
    if (rule.rule.nightsInARow > 1) return [];
    const spans = leavesOf(writtenOut(rule.rule.condition))
      .flatMap(namesIn)
      .flatMap(({ params }) => (params.window === undefined ? [] : [parseWindow(String(params.window))]));
    if (spans.length === 0 || spans.some((span) => span?.fromDaysAgo !== 1)) return [];
    const fix = 'add a condition over "7d" or more';
    return [{ rule, path: rule.root.path, allowed: "at least one window of several days", fix }];
  }),
};
