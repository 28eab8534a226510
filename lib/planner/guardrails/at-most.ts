import { daysBetween } from "../../domain/day.ts";
import { actsOf } from "../acts.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

const NIGHTS_PER_WEEK = 7;

export const atMost: HardGuardrail = {
  id: "atMost",
  doc: "A rule changes a holder only as often as it says, in a day, in seven nights, or ever; what may have taken effect counts.",
  scope: "change",
  atSend: true,
  bindsRestore: false,
  figures: { blocked: { times: "count", limit: "count", span: "state" } },
  check(draft, { brand, state, day }) {
    const limits = draft.bounds.atMost;
    if (limits === undefined || draft.endsPause !== undefined) return ALLOW;
    const { times, days } = actsOf(state, draft, brand.zone, draft.id);
    const spans = [
      { span: "perDay", limit: limits.perDay, times: days.filter((one) => one === day).length },
      {
        span: "perWeek",
        limit: limits.perWeek,
        times: days.filter((one) => daysBetween(one, day) < NIGHTS_PER_WEEK).length,
      },
      { span: "perLife", limit: limits.perLife, times },
    ];
    const full = spans.find((one) => one.limit !== null && one.times >= one.limit);
    return full === undefined ? ALLOW : { kind: "block", values: full };
  },
};
