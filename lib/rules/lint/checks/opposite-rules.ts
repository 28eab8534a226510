import type { Brand } from "../../../domain/brand.ts";
import { MICROS_PER_UNIT } from "../../../domain/money.ts";
import type { Check, Found, LintedRule, LintInput } from "../check.ts";
import { commonCampaign } from "../meeting.ts";
import { type ExampleFigure, type Hints, solve } from "../ranges/solve.ts";

/** Pairs of ways that are tried; rules with more alternatives than that meet on the first or are left alone. */
const MAX_PAIRS = 40;

const OPPOSITE: readonly string[] = ["cutBudget", "pause"];

export const oppositeRules: Check = {
  code: "oppositeRules",
  severity: "warning",
  doc: "Two rules of one brand can ask for opposite changes of one budget in one night. The more cautious one wins, so money is safe, but one of the two does not mean what it says. The finding names figures for which both fire.",
  bad: [
    {
      id: "raise",
      conditions: {
        all: [
          { fact: "spend", params: { window: "14d" }, operator: "greaterThanInclusive", value: 100 },
          { fact: "conversions", params: { window: "14d" }, operator: "greaterThanInclusive", value: 15 },
        ],
      },
      action: { type: "raiseBudget", percent: 20 },
    },
    {
      id: "stop",
      conditions: {
        all: [{ fact: "spend", params: { window: "7d" }, operator: "greaterThan", value: 200 }],
      },
      action: { type: "pause" },
    },
  ],
  good: [
    {
      id: "raise",
      conditions: {
        all: [
          { fact: "spend", params: { window: "14d" }, operator: "greaterThanInclusive", value: 100 },
          { fact: "conversions", params: { window: "14d" }, operator: "greaterThanInclusive", value: 15 },
        ],
      },
      action: { type: "raiseBudget", percent: 20 },
    },
    {
      id: "stop",
      conditions: {
        all: [
          { fact: "spend", params: { window: "7d" }, operator: "greaterThan", value: 200 },
          { fact: "conversions", params: { window: "14d" }, operator: "lessThan", value: 5 },
        ],
      },
      action: { type: "pause" },
    },
  ],
  find: (input) => {
    const on = input.rules.filter(({ isOn }) => isOn);
    const raises = on.filter(({ rule }) => rule.action.type === "raiseBudget");
    const others = on.filter(({ rule }) => OPPOSITE.includes(rule.action.type));
    return raises.flatMap((raise) => others.flatMap((other) => meeting(raise, other, input)));
  },
};

function meeting(raise: LintedRule, other: LintedRule, { brand, facts }: LintInput): Found[] {
  if (raise.ways === null || other.ways === null) return [];
  const campaign = commonCampaign(raise.rule.appliesTo, other.rule.appliesTo, brand);
  if (campaign === null) return [];
  const { ways } = other;
  const pairs = raise.ways.flatMap((way) => ways.map((one) => [...way, ...one])).slice(0, MAX_PAIRS);
  for (const leaves of pairs) {
    const solution = solve(leaves, facts, hintsOf(brand));
    if (solution.kind !== "example") continue;
    const { id, file } = other.rule;
    const figures = solution.figures.map(told).join(", ");
    return [
      {
        rule: raise,
        path: raise.root.path,
        found: `fires together with ${id} (${file}), such as on "${campaign.trim()}" with ${figures}`,
        allowed: "rules that never want a raise and a cut or pause of one budget in one night",
        fix: `add to one of them what keeps it off the other: as it is, ${id} wins`,
      },
    ];
  }
  return [];
}

/** Defaults of the brand's parameters, in atoms. */
function hintsOf({ parameters }: Brand): Hints {
  return new Map(
    Object.entries(parameters).flatMap(([name, parameter]) => {
      const value = parameter.default?.value;
      return value === undefined
        ? []
        : [[name, Math.round(parameter.unit === "money" ? value : value * 1e6)] as const];
    }),
  );
}

function told({ fact, params, unit, value }: ExampleFigure): string {
  const asked = Object.values(params).join(", ");
  const name = asked === "" ? fact : `${fact} (${asked})`;
  if (value === null) return `no data for ${name}`;
  return `${name} ${unit === "money" ? Number(value) / Number(MICROS_PER_UNIT) : value}`;
}
