import type { Brand } from "../../../domain/brand.ts";
import { canonicalJson } from "../../../domain/canonical.ts";
import { MICROS_PER_UNIT, safeMicros } from "../../../domain/money.ts";
import { isOnWeekday, notActedYet } from "../../acting.ts";
import { type BudgetAim, type Leaf, type Rule, WEEKDAYS } from "../../types.ts";
import type { Check, Found, LintedRule, LintInput } from "../check.ts";
import { commonCampaign } from "../meeting.ts";
import { type ExampleFigure, type Hints, solve } from "../ranges/solve.ts";

/** Pairs of ways that are tried; rules with more alternatives than that meet on the first or are left alone. */
const MAX_PAIRS = 40;

type Way = "up" | "down";
type KnownFacts = LintInput["facts"];

/** Figures of an example that people are told; days in a row are many. */
const MAX_TOLD = 8;

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
    const acting = input.rules.filter(({ isOn, rule }) => isOn && notActedYet(rule) === null);
    return acting.flatMap((up, index) =>
      acting
        .slice(index + 1)
        .flatMap((down) => [...meeting(up, down, input), ...meeting(down, up, input)].slice(0, 1)),
    );
  },
};

/** What is found where one gives a budget more in the very night in which the other takes from it. */
function meeting(up: LintedRule, down: LintedRule, { brand, facts }: LintInput): Found[] {
  const [more, less] = [movesOf(up.rule, "up", facts), movesOf(down.rule, "down", facts)];
  if (more === null || less === null || up.ways === null || down.ways === null) return [];
  // Turning on is taken back by a pause alone: a cut of what was off is no contradiction.
  if (up.rule.action.type === "resume" && down.rule.action.type !== "pause") return [];
  if (isEitherOr(up.rule, down.rule)) return [];
  const campaign = commonCampaign(up.rule.appliesTo, down.rule.appliesTo, brand);
  if (campaign === null) return [];
  const ranked = (leaf: Leaf) => asRankedBy(leaf, down.rule, up.rule, facts);
  const others = down.ways.map((way) => [...way, ...less].map(ranked));
  const pairs = up.ways.flatMap((way) => others.map((one) => [...way, ...more, ...one])).slice(0, MAX_PAIRS);
  for (const leaves of pairs) {
    const solution = solve(leaves, facts, hintsOf(brand));
    if (solution.kind !== "example") continue;
    const { id, file } = down.rule;
    return [
      {
        rule: up,
        path: up.root.path,
        found: `fires together with ${id} (${file}), such as on "${campaign.trim()}" with ${figuresOf(solution.figures)}`,
        allowed: "rules that never want a raise and a cut or pause of one budget in one night",
        fix: `add to one of them what keeps it off the other: as it is, ${id} wins`,
      },
    ];
  }
  return [];
}

/** Of one group the first match alone takes the entity; what never shares a night never meets. */
function isEitherOr(one: Rule, other: Rule): boolean {
  const sameGroup = one.pack === other.pack && one.layer !== null && one.layer.group === other.layer?.group;
  return sameGroup || !WEEKDAYS.some((day) => [one, other].every((rule) => isOnWeekday(rule, day)));
}

/** What holds besides its conditions where the rule moves a budget that way; null where it never does. */
function movesOf({ action }: Rule, way: Way, facts: KnownFacts): readonly Leaf[] | null {
  switch (action.type) {
    case "raiseBudget":
    case "resume":
      return way === "up" ? [] : null;
    case "cutBudget":
    case "pause":
      return way === "down" ? [] : null;
    case "setBudget":
      return [aimedAt(action.aim, way, facts)];
    default:
      return null;
  }
}

function aimedAt(aim: BudgetAim, way: Way, facts: KnownFacts): Leaf {
  if (aim.kind === "amount") {
    const right = { kind: "literal", value: safeMicros(aim.micros), unit: "money" } as const;
    return { fact: "dailyBudget", params: {}, operator: way === "up" ? "lessThan" : "greaterThan", right };
  }
  const { metric, params, band, goodSide } = aim;
  const unit = facts.get(metric)?.unit ?? "ratio";
  const isAbove = (goodSide === "high") === (way === "up");
  const right = { kind: "literal", value: isAbove ? band[1] : band[0], unit } as const;
  return { fact: metric, params, operator: isAbove ? "greaterThan" : "lessThan", right };
}

/** A rank among other subjects is another figure. */
function asRankedBy(leaf: Leaf, own: Rule, other: Rule, facts: KnownFacts): Leaf {
  if (facts.get(leaf.fact)?.ranked !== true) return leaf;
  if (canonicalJson(own.appliesTo) === canonicalJson(other.appliesTo)) return leaf;
  return { ...leaf, params: { ...leaf.params, among: own.id } };
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

function figuresOf(figures: readonly ExampleFigure[]): string {
  const more = figures.length - MAX_TOLD;
  return figures.slice(0, MAX_TOLD).map(told).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function told({ fact, params, unit, value }: ExampleFigure): string {
  const asked = Object.values(params).join(", ");
  const name = asked === "" ? fact : `${fact} (${asked})`;
  if (value === null) return `no data for ${name}`;
  return `${name} ${unit === "money" ? Number(value) / Number(MICROS_PER_UNIT) : value}`;
}
