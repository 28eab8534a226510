/** Parameters of a fact in a condition: which it takes, which it needs, and what each may say. */
import { closest } from "../../domain/closest.ts";
import type { JsonPath } from "../../domain/json-file.ts";
import { UNMAPPED_STAGE } from "../../domain/match.ts";
import { microsFromMajor, safeMicros } from "../../domain/money.ts";
import { unknownWord } from "../../domain/shape.ts";
import { CORRECTED_FOR_DELAY, COUNTED_ON } from "../../metrics/fact.ts";
import type { Params } from "../../metrics/port.ts";
import { PLATFORM_WORDS, platformIds } from "../../platforms/index.ts";
import type { KnownFact, RuleContext } from "./context.ts";
import { decimalsOf, MAX_DECIMALS } from "./literal.ts";
import { checkBrandWords } from "./params-brand.ts";
import { checkGroup, checkRank } from "./params-group.ts";
import { checkSliding, checkWindow } from "./params-window.ts";

export type ParamsFile = Readonly<Record<string, string | number | boolean | undefined>>;

/** A comparison applies it, whatever the fact: it slides the window. */
export const DAYS_IN_A_ROW = "daysInARow";

/** Facts that mean nothing without these. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  stageSharePercent: ["stage", "basis"],
  channelSharePercent: ["channel", "basis"],
  groupSharePercent: ["group", "member", "basis"],
  stageBandLowPercent: ["stage"],
  stageBandHighPercent: ["stage"],
};

/** Parameters that the fact means nothing without, its window aside. */
export function neededBy({ id, ranked }: Pick<KnownFact, "id" | "ranked">): readonly string[] {
  return ranked === true ? ["by"] : (NEEDED[id] ?? []);
}

/** What a share may be of: no shop knows what a stage earned. And what the brand gains, where it is not what platforms claim. */
export const BASES: Readonly<Record<string, readonly string[]>> = {
  stageSharePercent: ["spend"],
  groupSharePercent: ["spend"],
  channelSharePercent: ["spend", "revenue"],
  roiPercent: ["revenue", "grossProfit"],
};

/** How shops name their sources, platforms among them. */
const SOURCE_NAME = /^[a-z][a-z0-9]{0,29}$/;

/** Factors are exact in thousandths. */
const MAX_TIMES_DECIMALS = 3;

/** Every parameter that a condition may give the fact besides `window`, `times` and `plus`. */
export function paramsOf({
  kind,
  params,
  windows,
}: Pick<KnownFact, "kind" | "params" | "windows">): readonly string[] {
  // Days in a row slide a window by a day, which a fact of fixed windows has not.
  return kind === "metric" && windows === undefined ? [...params, DAYS_IN_A_ROW] : params;
}

/** Checked parameters of `fact` without `times` and `plus`; null after a complaint. `path` is that of the params object. */
export function checkParams(
  context: RuleContext,
  fact: KnownFact,
  params: ParamsFile,
  path: JsonPath,
): Params | null {
  const before = context.problems.length;
  const window = checkWindow(context, fact, params, path);
  const taken = paramsOf(fact);
  const given = Object.keys(params).filter(
    (name) => params[name] !== undefined && !["window", "times", "plus"].includes(name),
  );
  for (const name of given.filter((one) => !taken.includes(one))) {
    const allowed = taken.length === 0 ? "no parameter of this kind" : taken.join(", ");
    context.complain([...path, name], {
      code: "unknownParam",
      allowed,
      fix: `remove ${name}: ${fact.id} does not take it`,
    });
  }
  for (const name of neededBy(fact).filter((one) => params[one] === undefined)) {
    context.complain(path, { code: "missing", allowed: `${fact.id} with ${name}`, fix: `add "${name}"` });
  }
  // What a fact does not take was complained of already.
  const own = Object.fromEntries(Object.entries(params).filter(([name]) => taken.includes(name)));
  checkSliding(context, { ...own, window: params.window }, window, path);
  checkShare(context, fact, own, path);
  checkCounting(context, fact, own, path);
  checkGroup(context, own, path);
  checkRank(context, fact, own, path);
  checkBrandWords(context, own, path);
  if (context.problems.length > before) return null;
  const kept = Object.entries(params).filter(
    ([name, value]) => value !== undefined && name !== "times" && name !== "plus",
  );
  return Object.fromEntries(kept) as Params;
}

/** What cannot be asked of conversions together. */
function checkCounting(context: RuleContext, fact: KnownFact, params: ParamsFile, path: JsonPath): void {
  if (params[CORRECTED_FOR_DELAY] !== true) return;
  if (params[COUNTED_ON] !== undefined) {
    context.complain([...path, COUNTED_ON], {
      code: "notAllowed",
      allowed: `${COUNTED_ON} or ${CORRECTED_FOR_DELAY}`,
      fix: `remove ${COUNTED_ON}: the correction is made for each platform's plain figures`,
    });
  }
  if (fact.id === "roiPercent" && params.basis !== undefined) {
    context.complain([...path, CORRECTED_FOR_DELAY], {
      code: "notAllowed",
      allowed: `basis or ${CORRECTED_FOR_DELAY}`,
      fix: `remove ${CORRECTED_FOR_DELAY}: what the shop earned does not arrive late`,
    });
  }
}

function checkShare(
  context: RuleContext,
  fact: KnownFact,
  { basis, channel, stage }: ParamsFile,
  path: JsonPath,
): void {
  const stages = [...context.stages, UNMAPPED_STAGE];
  if (stage !== undefined && !stages.includes(String(stage))) {
    context.complain([...path, "stage"], unknownWord("unknownStage", stage, stages));
  }
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
