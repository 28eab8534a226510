/** Windows: which ones a fact can be read over, and which of them slide. */
import type { JsonPath } from "../../domain/json-file.ts";
import { unknownWord } from "../../domain/shape.ts";
import {
  isPerSubject,
  MAX_WINDOW_DAYS,
  readWindow,
  WINDOWS,
  type Window,
} from "../../metrics/windows/window.ts";
import type { KnownFact, RuleContext } from "./context.ts";
import { WINDOW_WORDS } from "./vocabulary.ts";

type Given = Readonly<Record<string, string | number | boolean | undefined>>;

const ALLOWED = `a window such as ${WINDOWS.join(", ")}, 14d..8d, event:<name> or before:<name>:14d, at most ${MAX_WINDOW_DAYS}d`;

/** What the window says; null for a fact without one, and after a complaint. `path` is that of the params object. */
export function checkWindow(
  context: RuleContext,
  fact: KnownFact,
  params: Given,
  path: JsonPath,
): Window | null {
  const here = [...path, "window"];
  if (fact.kind !== "metric") {
    if (params.window === undefined) return null;
    const fix = `remove window: ${fact.id} is a ${fact.kind}, it has no days`;
    return context.complain(here, { code: "unknownParam", allowed: "no window", fix });
  }
  const allowed = fact.windows?.join(", ") ?? ALLOWED;
  if (params.window === undefined) {
    const fix = `add "window" to the params of ${fact.id}`;
    return context.complain(path, { code: "missing", allowed, fix });
  }
  const window = windowAt(context, here, String(params.window));
  if (window === null) return null;
  if (fact.windows !== undefined && !fact.windows.includes(String(params.window))) {
    const fix = `${fact.id} is never summed over days, so it is known for ${allowed} alone`;
    return context.complain(here, { code: "unknownWindow", allowed, fix });
  }
  const isAboutNobody =
    fact.about === "brand" || params.stage !== undefined || ["brand", "account"].includes(context.level);
  if (!isPerSubject(window) || !isAboutNobody) return window;
  const fix = "name days, such as 28d: only campaigns and what is in them have a beginning or a last change";
  return context.complain(here, {
    code: "notAllowed",
    allowed: "a window without a subject of its own",
    fix,
  });
}

/** A window as rules may name it: no longer than what is ever fetched, of an event that the brand has. */
function windowAt(context: RuleContext, path: JsonPath, text: string): Window | null {
  const window = readWindow(text);
  const days = window === null ? null : longestOf(window);
  if (window !== null && days !== null && days > MAX_WINDOW_DAYS) {
    const fix = `name days that are fetched: at most ${MAX_WINDOW_DAYS}d`;
    return context.complain(path, { code: "unknownWindow", allowed: ALLOWED, fix });
  }
  if (window === null) {
    return context.complain(path, {
      ...unknownWord("unknownWindow", text, [...WINDOWS], WINDOW_WORDS),
      allowed: ALLOWED,
    });
  }
  if (window.kind !== "event" && window.kind !== "before") return window;
  return checkEvent(context, window.event, path) ? window : null;
}

/** Days back that the window says; null where the calendar or the subject does. */
function longestOf(window: Window): number | null {
  if (window.kind === "span") return window.fromDaysAgo;
  return window.kind === "before" ? window.days : null;
}

/** False after a complaint about an event that the brand's calendar does not have. */
export function checkEvent(context: RuleContext, event: string, path: JsonPath): boolean {
  const known = Object.keys(context.brand.calendar);
  if (known.includes(event)) return true;
  const complaint = unknownWord("unknownEvent", event, known);
  const none = {
    allowed: "no event: the brand file has no calendar",
    fix: `add "${event}" to the calendar of the brand file`,
  };
  context.complain(path, { ...complaint, ...(known.length === 0 && none) });
  return false;
}

/** `daysInARow` and `minSettledPercent` move a window, so it must be one of fixed complete days, and only one of the two may. */
export function checkSliding(
  context: RuleContext,
  params: Given,
  window: Window | null,
  path: JsonPath,
): void {
  const { daysInARow, minSettledPercent, against } = params;
  if (window === null) return;
  const slides = window.kind === "span" && window.toDaysAgo > 0;
  for (const name of ["daysInARow", "minSettledPercent"].filter((one) => params[one] !== undefined)) {
    if (slides) continue;
    const fix = `remove ${name}, or name days such as 1d or 14d..8d: ${String(params.window)} cannot be moved back`;
    context.complain([...path, name], { code: "notAllowed", allowed: "a window such as 7d or 14d..8d", fix });
  }
  if (daysInARow !== undefined && minSettledPercent !== undefined) {
    const fix = "keep one of them: both move the window";
    context.complain([...path, "minSettledPercent"], {
      code: "notAllowed",
      allowed: "daysInARow or minSettledPercent",
      fix,
    });
  }
  if (slides && daysInARow !== undefined && window.fromDaysAgo + Number(daysInARow) - 1 > MAX_WINDOW_DAYS) {
    const fix = `shorten the window or the days: the oldest would begin more than ${MAX_WINDOW_DAYS} days ago`;
    const allowed = `at most ${MAX_WINDOW_DAYS - window.fromDaysAgo + 1}`;
    context.complain([...path, "daysInARow"], { code: "outOfRange", allowed, fix });
  }
  if (against !== undefined) checkAgainst(context, String(against), window, [...path, "against"]);
}

/** What is held against a window lies before it: days in both would count as no change. */
function checkAgainst(context: RuleContext, text: string, window: Window, path: JsonPath): void {
  const base = windowAt(context, path, text);
  if (base === null) return;
  if (base.kind === "span" && window.kind === "span" && base.toDaysAgo > window.fromDaysAgo) return;
  const from = window.kind === "span" ? window.fromDaysAgo : null;
  const fix =
    from === null
      ? "name days for both windows, such as 28d against 56d..29d"
      : `begin and end before the window, such as ${2 * from}d..${from + 1}d`;
  context.complain(path, { code: "notAllowed", allowed: "fixed days before the window", fix });
}
