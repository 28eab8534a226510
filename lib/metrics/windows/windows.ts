/** The days of a question's window for each subject: one answer where it is the same for all. */
import type { Brand } from "../../domain/brand.ts";
import type { Day } from "../../domain/day.ts";
import { cached, slots } from "../cache.ts";
import type { Census, Node } from "../census.ts";
import type { NoData } from "../outcome.ts";
import type { Params } from "../port.ts";
import { NO_AGE, NO_KNOWN_CHANGE, startsOf } from "./since.ts";
import { isPerSubject, readWindow, type WindowDays } from "./window.ts";
import { type Calendar, daysOfWindow, settledDays } from "./window-days.ts";

/** Name of the parameter that moves a window back until so many percent of each day's conversions have arrived. */
export const MIN_SETTLED_PERCENT = "minSettledPercent";

export interface WindowGround {
  brand: Brand;
  census: Census;
  day: Day;
  /** By platform: share of a day's conversions that has arrived by age in days. */
  maturity: Readonly<Record<string, readonly number[]>>;
  lastAppliedAtMs: ReadonlyMap<string, number>;
}

/** `all`: the same days for every subject. */
export type WindowOf = { all: WindowDays | NoData } | { of(node: Node): WindowDays | NoData };

/** The brand has no first day of its own; its figures, and a subject's brand's, wait for all platforms. */
export type Whose = "brand" | "subjectsBrand" | "subject";

export interface Windows {
  /** @throws DomainError `window.malformed` when the text is no window: the rule schema lets none through. */
  of(params: Params, whose: Whose): WindowOf;
  /** Days that are the same for all; no data for a window that begins on a day of the subject's own. */
  shared(text: string): WindowDays | NoData;
}

export function windowsOf(ground: WindowGround): Windows {
  const { brand, day, maturity } = ground;
  const calendar: Calendar = { day, events: brand.calendar };
  const own = new Map<string, (node: Node) => WindowDays | NoData>();
  const shared = (text: string): WindowDays | NoData =>
    daysOfWindow(text, calendar, (start) => (start === "lifetime" ? NO_AGE : NO_KNOWN_CHANGE));
  /** Of all platforms where none is named: the latest counts. */
  const curvesOf = (platform: string | null): (readonly number[])[] => {
    const platforms = brand.accounts.map((account) => account.platform);
    return (platform === null ? platforms : [platform]).map((one) => maturity[one] ?? []);
  };
  return {
    shared,
    of: (params, whose) => {
      const text = String(params.window);
      const percent = params[MIN_SETTLED_PERCENT];
      const settled = (days: WindowDays | NoData, platform: string | null): WindowDays | NoData =>
        "kind" in days || typeof percent !== "number"
          ? days
          : settledDays(text, days, day, curvesOf(platform), percent);
      const window = readWindow(text);
      if (window !== null && isPerSubject(window) && whose !== "brand") {
        const daysOf = cached(own, text, () => ownDays(ground, text, calendar));
        return { of: (node) => settled(daysOf(node), whose === "subject" ? node.platform : null) };
      }
      const days = shared(text);
      if (whose !== "subject" || percent === undefined) return { all: settled(days, null) };
      const byPlatform = new Map<string | null, WindowDays | NoData>();
      return { of: ({ platform }) => cached(byPlatform, platform, () => settled(days, platform)) };
    },
  };
}

/** Each subject's days are worked out once, whatever is asked about them. */
function ownDays(
  { brand, census, lastAppliedAtMs }: WindowGround,
  text: string,
  calendar: Calendar,
): (node: Node) => WindowDays | NoData {
  const known = slots<WindowDays | NoData>(census.size);
  return (node) => {
    const days =
      known[node.ordinal] ?? daysOfWindow(text, calendar, startsOf(node, brand.zone, lastAppliedAtMs));
    known[node.ordinal] = days;
    return days;
  };
}
