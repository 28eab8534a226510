/** Parameters of a fact in a condition: which it takes, which it needs. */
import { closest } from "../domain/closest.ts";
import type { JsonPath } from "../domain/json-file.ts";
import { UNMAPPED_STAGE } from "../domain/match.ts";
import { microsFromMajor, safeMicros } from "../domain/money.ts";
import { unknownWord } from "../domain/shape.ts";
import { CORRECTED_FOR_DELAY, COUNTED_ON } from "../metrics/fact.ts";
import type { Params } from "../metrics/port.ts";
import { MAX_WINDOW_DAYS, parseWindow, WINDOWS } from "../metrics/window.ts";
import { PLATFORM_WORDS, platformIds } from "../platforms/index.ts";
import type { KnownFact, RuleContext } from "./context.ts";
import { decimalsOf, MAX_DECIMALS } from "./literal.ts";
import { WINDOW_WORDS } from "./vocabulary.ts";

export type ParamsFile = Readonly<Record<string, string | number | boolean | undefined>>;

/** Facts that mean nothing without these. */
export const NEEDED: Readonly<Record<string, readonly string[]>> = {
  stageSharePercent: ["stage", "basis"],
  channelSharePercent: ["channel", "basis"],
  stageBandLowPercent: ["stage"],
  stageBandHighPercent: ["stage"],
};

/** What a share may be of: no shop knows what a stage earned. And what the brand gains, where it is not what platforms claim. */
export const BASES: Readonly<Record<string, readonly string[]>> = {
  stageSharePercent: ["spend"],
  channelSharePercent: ["spend", "revenue"],
  roiPercent: ["revenue", "grossProfit"],
};

/** How shops name their sources, platforms among them. */
const SOURCE_NAME = /^[a-z][a-z0-9]{0,29}$/;

/** Factors are exact in thousandths. */
const MAX_TIMES_DECIMALS = 3;

/** Checked parameters of `fact` without `times` and `plus`; null after a complaint. `path` is that of the params object. */
export function checkParams(
  context: RuleContext,
  fact: KnownFact,
  params: ParamsFile,
  path: JsonPath,
): Params | null {
  const before = context.problems.length;
  checkWindow(context, fact, params.window, path);
  const given = Object.keys(params).filter((name) => !["window", "times", "plus"].includes(name));
  for (const name of given.filter((one) => !fact.params.includes(one))) {
    const allowed = fact.params.length === 0 ? "no parameter of this kind" : fact.params.join(", ");
    context.complain([...path, name], {
      code: "unknownParam",
      allowed,
      fix: `remove ${name}: ${fact.id} does not take it`,
    });
  }
  for (const name of (NEEDED[fact.id] ?? []).filter((one) => params[one] === undefined)) {
    context.complain(path, { code: "missing", allowed: `${fact.id} with ${name}`, fix: `add "${name}"` });
  }
  if (params.stage !== undefined && ![...context.stages, UNMAPPED_STAGE].includes(String(params.stage))) {
    context.complain(
      [...path, "stage"],
      unknownWord("unknownStage", params.stage, [...context.stages, UNMAPPED_STAGE]),
    );
  }
  checkShare(context, fact, params, path);
  if (params[COUNTED_ON] !== undefined && params[CORRECTED_FOR_DELAY] === true) {
    context.complain([...path, COUNTED_ON], {
      code: "notAllowed",
      allowed: `${COUNTED_ON} or ${CORRECTED_FOR_DELAY}`,
      fix: `remove ${COUNTED_ON}: the correction is made for each platform's plain figures`,
    });
  }
  if (fact.id === "roiPercent" && params.basis !== undefined && params[CORRECTED_FOR_DELAY] === true) {
    context.complain([...path, CORRECTED_FOR_DELAY], {
      code: "notAllowed",
      allowed: `basis or ${CORRECTED_FOR_DELAY}`,
      fix: `remove ${CORRECTED_FOR_DELAY}: what the shop earned does not arrive late`,
    });
  }
  if (context.problems.length > before) return null;
  const kept = Object.entries(params).filter(
    ([name, value]) => value !== undefined && name !== "times" && name !== "plus",
  );
  return Object.fromEntries(kept) as Params;
}

/** `fact` takes what is checked here, else its parameters were complained of already. */
function checkShare(
  context: RuleContext,
  fact: KnownFact,
  { basis, channel }: ParamsFile,
  path: JsonPath,
): void {
  const bases = BASES[fact.id];
  if (bases === undefined) return;
  if (basis !== undefined && !bases.includes(String(basis))) {
    const fix = `write "${bases[0]}": the basis of ${fact.id} is ${bases.join(" or ")}`;
    context.complain([...path, "basis"], { code: "notAllowed", allowed: bases.join(", "), fix });
  }
  if (!fact.params.includes("channel") || channel === undefined) return;
  const here = [...path, "channel"];
  const name = String(channel);
  if (platformIds.includes(name)) return;
  const complaint = unknownWord("unknownChannel", name, platformIds, PLATFORM_WORDS);
  if (basis === "spend") {
    context.complain(here, complaint);
    return;
  }
  const slip = closest(name, platformIds) !== null || Object.hasOwn(PLATFORM_WORDS.instead ?? {}, name);
  const allowed = `${platformIds.join(", ")}, or a source that the shop names, such as email`;
  if (slip) context.complain(here, { ...complaint, allowed });
  else if (!SOURCE_NAME.test(name)) {
    const fix = 'write the source as the shop does, in small letters: "email"';
    context.complain(here, { code: "unknownChannel", allowed, fix });
  }
}

function checkWindow(context: RuleContext, fact: KnownFact, window: unknown, path: JsonPath): void {
  const here = [...path, "window"];
  if (fact.kind !== "metric") {
    if (window === undefined) return;
    const fix = `remove window: ${fact.id} is a ${fact.kind}, it has no days`;
    context.complain(here, { code: "unknownParam", allowed: "no window", fix });
    return;
  }
  const allowed = `a window such as ${WINDOWS.join(", ")} or 14d..8d, at most ${MAX_WINDOW_DAYS}d`;
  if (window === undefined) {
    context.complain(path, { code: "missing", allowed, fix: `add "window" to the params of ${fact.id}` });
    return;
  }
  const text = String(window);
  const span = parseWindow(text);
  // What has no complete day, or is longer than what is ever fetched, no rule may decide by.
  if (span !== null && span.toDaysAgo > 0 && span.fromDaysAgo <= MAX_WINDOW_DAYS) return;
  const partial = /^\d+d\+today$|^(event|before):/.test(text);
  const words = partial ? { notYet: [text] } : WINDOW_WORDS;
  context.complain(here, { ...unknownWord("unknownWindow", text, [...WINDOWS], words), allowed });
}

/** `times` in thousandths and `plus` in the fact's unit (micros for money); null after a complaint. */
export function checkFactor(
  context: RuleContext,
  fact: KnownFact,
  params: ParamsFile,
  path: JsonPath,
): { timesPermille: number; plus: number } | null {
  const before = context.problems.length;
  const times = Number(params.times ?? 1);
  const plus = Number(params.plus ?? 0);
  if (decimalsOf(times) > MAX_TIMES_DECIMALS) {
    const fix = `round to ${times.toFixed(MAX_TIMES_DECIMALS)}`;
    context.complain([...path, "times"], { code: "tooPrecise", allowed: "at most three decimals", fix });
  }
  if (params.times !== undefined && (fact.range?.[0] ?? 0) < 0) {
    const fix = `${fact.id} can be negative, where a factor changes its meaning: use plus`;
    context.complain([...path, "times"], { code: "notAllowed", allowed: "no factor on this fact", fix });
  }
  if (decimalsOf(plus) > MAX_DECIMALS) {
    context.complain([...path, "plus"], {
      code: "tooPrecise",
      allowed: `at most ${MAX_DECIMALS} decimals`,
      fix: "round it",
    });
  }
  if (context.problems.length > before) return null;
  const offset = fact.unit === "money" ? safeMicros(microsFromMajor(plus)) : plus;
  return { timesPermille: Math.round(times * 1000), plus: offset };
}
