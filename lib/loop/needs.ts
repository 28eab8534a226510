/** What platforms must be asked for so that every enabled rule finds what it looks at: nothing that no rule looks at is fetched. */
import type { Brand, BrandAccount } from "../domain/brand.ts";
import { type Claim, claimOf } from "../domain/claim.ts";
import type { Level } from "../domain/ids.ts";
import { type InsightLevel, insightLevelSchema, peopleSchema } from "../domain/snapshot.ts";
import { namesIn } from "../formulas/text.ts";
import type { Params } from "../metrics/port.ts";
import { parseWindow } from "../metrics/windows/window.ts";
import { manifestOf } from "../platforms/index.ts";
import type { FetchRequest, PeopleQuestion } from "../platforms/port.ts";
import { leavesOf } from "../rules/files/normalise.ts";
import type { Rule, Ruleset } from "../rules/types.ts";

/** People are counted over a span as a whole, so their spans are asked for by themselves. */
const PEOPLE_FACTS: readonly string[] = ["reach", "frequency"];
const SEARCH_FACTS: readonly string[] = [
  "searchImpressionSharePercent",
  "searchLostToBudgetPercent",
  "searchLostToRankPercent",
];

type Needs = Pick<FetchRequest, "levels" | "claims" | "people" | "searchShares">;

/** A fact that a rule of that level looks at. */
interface Question {
  level: Level;
  fact: string;
  params: Params;
}

/** In one order, whatever order the rules are in. */
export function needsOf(brand: Brand, { rules }: Ruleset, account: BrandAccount): Needs {
  const questions = rules.flatMap((rule) => questionsOf(rule, brand));
  const claims = new Map<string, Claim>();
  for (const { params } of questions) {
    const claim = claimOf(account, params);
    if (claim !== null && claim.names.length > 0) claims.set(claim.key, claim);
  }
  const { holderLevels } = manifestOf(account.platform);
  const below = rules.flatMap(({ appliesTo: { level } }) => insightLevelsOf(level, holderLevels));
  const groups = questions.flatMap(({ level, params }) => groupLevelsOf(level, params.of));
  // Account totals for MER and campaigns for stages, always.
  const levels = new Set<InsightLevel>(["account", "campaign", ...below, ...groups]);
  return {
    levels: insightLevelSchema.options.filter((level) => levels.has(level)),
    claims: [...claims.values()].sort((a, b) => (a.key < b.key ? -1 : 1)),
    people: peopleIn(questions, holderLevels),
    searchShares: questions.some(({ fact }) => SEARCH_FACTS.includes(fact)),
  };
}

/** Every fact that the rule's conditions and its action look at, with what ranks and the brand's own metrics are made of. */
function questionsOf({ condition, action, appliesTo: { level } }: Rule, brand: Brand): Question[] {
  const conditions = leavesOf(condition).flatMap(({ fact, params, right }) => [
    { level, fact, params },
    ...(right.kind === "fact" ? [{ level, fact: right.fact, params: right.params }] : []),
  ]);
  const aim =
    action.type === "setBudget" && action.aim.kind === "toward"
      ? [{ level, fact: action.aim.metric, params: action.aim.params }]
      : [];
  return [...conditions, ...aim].flatMap((question) => inputsOf(question, brand));
}

/** Metrics of the brand's own that name one another are each looked at once. */
function inputsOf({ level, fact, params }: Question, brand: Brand): Question[] {
  const facts = new Set([fact, ...(typeof params.by === "string" ? [params.by] : [])]);
  // What is added meanwhile is looked at as well.
  for (const one of facts) {
    const metric = Object.hasOwn(brand.metrics, one) ? brand.metrics[one] : undefined;
    for (const name of metric === undefined ? [] : namesIn(metric.formula)) facts.add(name);
  }
  return [...facts].map((one) => ({ level, fact: one, params }));
}

function insightLevelsOf(level: Level, holderLevels: readonly InsightLevel[]): readonly InsightLevel[] {
  if (level === "budgetHolder") return holderLevels;
  return level === "brand" ? [] : [level];
}

/** Siblings are told apart from their parent, and only an ad's is none of the levels that are always there. */
function groupLevelsOf(level: Level, of: unknown): InsightLevel[] {
  return of === "adGroup" || (of === "siblings" && level === "ad") ? ["adGroup"] : [];
}

/** Once for each span and level. Nobody says when an account's life began. */
function peopleIn(questions: readonly Question[], holderLevels: readonly InsightLevel[]): PeopleQuestion[] {
  const asked = questions
    .filter(({ fact }) => PEOPLE_FACTS.includes(fact))
    .flatMap(({ level, params }) => {
      const span = spanOf(String(params.window));
      return span === null
        ? []
        : insightLevelsOf(level, holderLevels).map((one): PeopleQuestion => ({ level: one, span }));
    })
    .filter(({ level, span }) => level !== "account" || span !== "lifetime");
  return insightLevelSchema.options.flatMap((level) =>
    peopleSchema.shape.span.options
      .filter((span) => asked.some((one) => one.level === level && one.span === span))
      .map((span) => ({ level, span })),
  );
}

function spanOf(window: string): PeopleQuestion["span"] | null {
  if (window === "lifetime") return window;
  const days = parseWindow(window);
  if (days?.toDaysAgo !== 1) return null;
  if (days.fromDaysAgo === 7) return "7d";
  return days.fromDaysAgo === 28 ? "28d" : null;
}
