import { canonicalJson } from "../../../domain/canonical.ts";
import type { Facts } from "../../../metrics/port.ts";
import { inScope } from "../../judge/scope.ts";
import { type Check, eachRule, type Found, type LintedRule, type LintInput } from "../check.ts";
import { leavesIn } from "../located.ts";
import { type FigureName, namesIn } from "../ranges/figures.ts";

type Lack = Omit<Found, "rule" | "path">;

/** Names that people read before they look at the brand file instead. */
const MAX_NAMES = 5;

/** Figures that are held against the target CPA without naming it. */
const AGAINST_TARGET: readonly string[] = [
  "expectedConversions",
  "cpaOkProbability",
  "evidenceUp",
  "evidenceDown",
];

export const noTarget: Check = {
  code: "noTarget",
  severity: "info",
  doc: "Some of what the rule applies to has no value of a parameter that it asks for, so there it is no data and never acts: the brand file gives neither a default nor a value that fits them. Held against the latest snapshot; without one this is not looked at.",
  bad: [
    {
      conditions: {
        all: [
          {
            fact: "spend",
            params: { window: "7d" },
            operator: "greaterThan",
            value: { fact: "mostSpend" },
          },
        ],
      },
      action: { type: "pause" },
    },
  ],
  good: [
    {
      conditions: {
        all: [
          {
            fact: "spend",
            params: { window: "7d" },
            operator: "greaterThan",
            value: { fact: "targetCpa", params: { times: 3 } },
          },
        ],
      },
      action: { type: "pause" },
    },
  ],
  find: eachRule((rule, input) => {
    const { latest } = input;
    if (latest === null || !rule.isOn) return [];
    const seen = new Set<string>();
    return leavesIn(rule.root).flatMap(({ leaf, path }) =>
      namesIn(leaf).flatMap((name) => {
        const asked = parameterOf(name, input);
        const key = canonicalJson(asked);
        if (asked === null || seen.has(key)) return [];
        seen.add(key);
        const complaint = lackOf(rule, asked, latest);
        return complaint === null ? [] : [{ rule, path, ...complaint }];
      }),
    );
  }),
};

function parameterOf({ fact, params }: FigureName, { facts }: LintInput): FigureName | null {
  if (AGAINST_TARGET.includes(fact)) return { fact: "targetCpa", params: {} };
  return facts.get(fact)?.kind === "parameter" ? { fact, params } : null;
}

function lackOf({ rule }: LintedRule, { fact, params }: FigureName, latest: Facts): Lack | null {
  const { appliesTo } = rule;
  const subjects = latest.subjects(appliesTo.level).filter((subject) => inScope(appliesTo, subject, latest));
  const without = subjects.filter((subject) => latest.read(subject, fact, params).value === null);
  if (without.length === 0) return null;
  const names = without.slice(0, MAX_NAMES).map(({ name }) => `"${name}"`);
  const more = without.length > MAX_NAMES ? ` and ${without.length - MAX_NAMES} more` : "";
  return {
    found: `no ${fact} for ${names.join(", ")}${more}`,
    allowed: `a value of ${fact} for all ${subjects.length} that it applies to`,
    fix: `give ${fact} a default or a value that fits them in the brand file, or narrow appliesTo`,
  };
}
