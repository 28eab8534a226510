import { addDays, type Day, daysBetween } from "../../domain/day.ts";
import { actsOf } from "../acts.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

const NIGHTS_PER_WEEK = 7;

export const atMost: HardGuardrail = {
  id: "atMost",
  doc: "A rule changes a holder only as often as it says, in a day, in seven nights, or ever; what may have taken effect counts.",
  scope: "change",
  atSend: true,
  bindsRestore: false,
  figures: { blocked: { times: "count", limit: "count", span: "state", free: "state" } },
  check(draft, { brand, state, day }) {
    const limits = draft.bounds.atMost;
    if (limits === undefined || draft.endsPause !== undefined) return ALLOW;
    const { times, days } = actsOf(state, draft, brand.zone, draft.id);
    const ofWeek = days.filter((one) => daysBetween(one, day) < NIGHTS_PER_WEEK).toSorted();
    const ofDay = days.filter((one) => one === day).length;
    const spans = [
      // What lasts longest is told first: the end of a shorter one would promise too much.
      { span: "perLife", limit: limits.perLife, times, free: "never" },
      {
        ...{ span: "perWeek", limit: limits.perWeek, times: ofWeek.length },
        free: freeAgain(ofWeek, limits.perWeek) ?? day,
      },
      { span: "perDay", limit: limits.perDay, times: ofDay, free: addDays(day, 1) },
    ];
    const full = spans.find((one) => one.limit !== null && one.times >= one.limit);
    return full === undefined ? ALLOW : { kind: "block", values: full };
  },
};

/** When so many of the week's days have left it that one more is allowed; null where nothing is in the way. */
function freeAgain(days: readonly Day[], limit: number | null): Day | null {
  const leaving = limit === null ? undefined : days[days.length - limit];
  return leaving === undefined ? null : addDays(leaving, NIGHTS_PER_WEEK);
}
