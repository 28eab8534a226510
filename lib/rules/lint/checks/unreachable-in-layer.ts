import { canonicalJson } from "../../../domain/canonical.ts";
import { notActedYet } from "../../acting.ts";
import { leavesOf, normalise } from "../../files/normalise.ts";
import type { Rule, Selection } from "../../types.ts";
import type { Check, Found, LintedRule, LintInput } from "../check.ts";
import { writtenOut } from "../ranges/by-day.ts";
import { isImpossible } from "../ranges/solve.ts";
import { waysOf } from "../ranges/ways.ts";

export const unreachableInLayer: Check = {
  code: "unreachableInLayer",
  severity: "error",
  doc: "The rule stands in a `firstMatch` group of its pack behind one that matches wherever it would, so the earlier one always takes the entity and this one never acts.",
  layers: [{ firstMatch: ["stop", "cut"] }],
  bad: [
    {
      id: "stop",
      conditions: {
        all: [{ fact: "cpaAtLeast", params: { window: "14d" }, operator: "greaterThan", value: 60 }],
      },
      action: { type: "pause" },
    },
    {
      id: "cut",
      conditions: {
        all: [{ fact: "cpaAtLeast", params: { window: "14d" }, operator: "greaterThan", value: 90 }],
      },
      action: { type: "cutBudget", percent: 20, floor: 20 },
    },
  ],
  good: [
    {
      id: "stop",
      conditions: {
        all: [{ fact: "cpaAtLeast", params: { window: "14d" }, operator: "greaterThan", value: 90 }],
      },
      action: { type: "pause" },
    },
    {
      id: "cut",
      conditions: {
        all: [{ fact: "cpaAtLeast", params: { window: "14d" }, operator: "greaterThan", value: 60 }],
      },
      action: { type: "cutBudget", percent: 20, floor: 20 },
    },
  ],
  find: (input) => {
    const on = input.rules.filter(({ isOn, rule }) => isOn && rule.layer !== null);
    return on.flatMap((later) => {
      const taker = on.find((earlier) => takesAll(earlier, later, input));
      return taker === undefined ? [] : [foundOf(later, taker)];
    });
  },
};

function foundOf(rule: LintedRule, { rule: { id, file } }: LintedRule): Found {
  return {
    rule,
    path: rule.root.path,
    found: `${id} (${file}) stands before it and matches wherever this does`,
    allowed: "figures for which the earlier ones do not match",
    fix: `put it before ${id} in the pack's layers, or mend the conditions of one of them`,
  };
}

function takesAll(earlier: LintedRule, later: LintedRule, { facts }: LintInput): boolean {
  const [first, second] = [earlier.rule, later.rule];
  if (first.pack !== second.pack || first.layer === null || second.layer === null) return false;
  if (first.layer.group !== second.layer.group || first.layer.place >= second.layer.place) return false;
  // What is only watched takes nothing from what is not.
  if (first.mode === "shadow" && second.mode !== "shadow") return false;
  if (!isAlwaysThere(earlier) || !coversScope(first, second) || later.ways === null) return false;
  const others = waysOf(normalise(writtenOut(first.condition), true));
  if (others === null || later.ways.length === 0) return false;
  if (hasRanks(first, facts) && canonicalJson(first.appliesTo) !== canonicalJson(second.appliesTo))
    return false;
  return later.ways.every((way) => others.every((other) => isImpossible([...way, ...other], facts)));
}

/** Looked at in every night, and taking what it matches on the first one. */
function isAlwaysThere({ rule, dates }: LintedRule): boolean {
  const isEveryNight = rule.schedule.some(({ when, days }) => when.kind === "night" && days === null);
  const hasDates = dates.validFrom !== undefined || dates.validUntil !== undefined;
  return isEveryNight && !hasDates && rule.nightsInARow === 1 && notActedYet(rule) === null;
}

/** Each key of the wider one is left out, or has all that the narrower one's has. */
function coversScope({ appliesTo: wide }: Rule, { appliesTo: narrow }: Rule): boolean {
  if (wide.level !== narrow.level) return false;
  if (wide.except !== null && canonicalJson(wide.except) !== canonicalJson(narrow.except)) return false;
  const keysOf = ({ platforms, accounts, stages, status, budget, groups, match }: Selection) => ({
    ...{ platforms, accounts, stages, status, owner: budget.owner, period: budget.period },
    ...Object.fromEntries(
      Object.entries(groups ?? {}).map(([group, members]) => [`groups.${group}`, members]),
    ),
    ...match,
  });
  const inside: Readonly<Record<string, readonly string[] | null | undefined>> = keysOf(narrow);
  return Object.entries(keysOf(wide)).every(
    ([key, list]: [string, readonly string[] | null | undefined]) =>
      list == null || inside[key]?.every((one) => list.includes(one)) === true,
  );
}

function hasRanks({ condition }: Rule, facts: LintInput["facts"]): boolean {
  return leavesOf(condition).some(({ fact }) => facts.get(fact)?.ranked === true);
}
