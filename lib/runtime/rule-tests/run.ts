/** Runs the cases of one test file as a night would: the same figures, the same verdicts, the same plan. */
import { parseBrand } from "../../brand/parse.ts";
import { DomainError } from "../../domain/errors.ts";
import { parseJson, valueAt } from "../../domain/json-file.ts";
import type { Plan } from "../../domain/plan.ts";
import type { ConfigProblem } from "../../domain/problem.ts";
import type { Checked } from "../../domain/shape.ts";
import type { BrandState } from "../../domain/state.ts";
import type { Verdict } from "../../domain/verdict.ts";
import { emptyState } from "../../log/fold.ts";
import { factCatalogue } from "../../metrics/index.ts";
import { decide } from "../../planner/decide.ts";
import { manifestOf, maturityOf } from "../../platforms/index.ts";
import { brandTextOf, currencyOf, type KnownUnits, toldInTest } from "../../rules/cases/brand-text.ts";
import { coverageOf, type LeafCoverage } from "../../rules/cases/coverage.ts";
import {
  changeWords,
  type Difference,
  judgeCase,
  OUT_OF_SCOPE,
  reasonOf,
  subjectKeyOf,
} from "../../rules/cases/judge.ts";
import { memoryOf, nightsOf } from "../../rules/cases/past.ts";
import { type RuleCase, readTestFile, type TestFile } from "../../rules/cases/read.ts";
import { CASE_BRAND, type CaseNight, nightOf } from "../../rules/cases/snapshot.ts";
import { RuleError } from "../../rules/errors.ts";
import { ruleOn } from "../../rules/files/dates.ts";
import { type RuleFile, readEveryRule } from "../../rules/files/load.ts";
import { findPacks } from "../../rules/files/pack-files.ts";
import type { ReadRule } from "../../rules/files/rule-file.ts";
import type { Rule } from "../../rules/types.ts";
import { ENGINE_VERSION } from "../version.ts";

/** A test file with its rule and the pack that the rule is in. */
export interface TestSource {
  pack: string;
  rule: string;
  packFile: RuleFile;
  ruleFile: RuleFile;
  testFile: RuleFile;
  /** Files of packs that the rule may name rules of, or its pack build on; the two above may be among them. */
  beside: readonly RuleFile[];
}

export interface CaseReport {
  name: string;
  line: number;
  currency: string;
  /** Empty where the case passes. */
  differences: readonly Difference[];
  verdict: Verdict | null;
  /** What was found, in the words of `expect`: for whoever writes a case down from what a rule does. */
  found: { verdict: string; change: string; reason: readonly string[] } | null;
}

export interface TestReport {
  path: string;
  pack: string;
  rule: string;
  cases: readonly CaseReport[];
  /** By the rule's conditions, in the order written; empty where no case gave a verdict. */
  coverage: readonly LeafCoverage[];
}

/** Of nothing that is stored. */
const NO_HASHES = { brand: "", rules: "", snapshot: "", state: "" };

const UNITS_OF_BRAND = Object.fromEntries(
  factCatalogue.flatMap(({ id, kind, unit }) => (kind === "parameter" ? [[id, unit]] : [])),
);

/** Runs the cases that `isWanted`; problems of the test file or of its rule are told instead of any result. */
export async function runTestFile(
  source: TestSource,
  isWanted: (name: string) => boolean = () => true,
): Promise<Checked<TestReport>> {
  const read = readTestFile(source.testFile.text, source.testFile.path);
  if (!read.ok) return read;
  const file = { ...read.value, stages: [...new Set([...read.value.stages, ...stagesOfRule(source)])] };
  const units = { pack: source.pack, ofBrand: UNITS_OF_BRAND, ofPack: packUnits(source) };
  const problems: ConfigProblem[] = [];
  const cases: CaseReport[] = [];
  let rule: Rule | null = null;
  for (const one of file.cases.filter(({ name }) => isWanted(name))) {
    const prepared = prepare(one, source, file, units);
    if (!prepared.ok) {
      problems.push(...prepared.problems);
      continue;
    }
    rule = prepared.value.read.rule;
    cases.push(await runCase(one, prepared.value));
  }
  if (problems.length > 0) return { ok: false, problems: withoutRepeats(problems) };
  const verdicts = cases.flatMap(({ verdict }) => verdict ?? []);
  const coverage = rule === null ? [] : coverageOf(rule, verdicts);
  const { pack, rule: ruleId, testFile } = source;
  return { ok: true, value: { path: testFile.path, pack, rule: ruleId, cases, coverage } };
}

interface Prepared {
  read: ReadRule;
  night: CaseNight;
  brand: Parameters<typeof decide>[0]["brand"];
}

function prepare(one: RuleCase, source: TestSource, file: TestFile, units: KnownUnits): Checked<Prepared> {
  const night = nightOf(one, currencyOf(one), source.rule);
  const text = brandTextOf(one, night, units, file);
  if (!text.ok) return text;
  const parsed = parseBrand(text.value, file.path, { accounts: "dataset" });
  if (!parsed.ok)
    return { ok: false, problems: parsed.problems.map((problem) => toldInTest(problem, one, file.json)) };
  const every = readEveryRule(filesOf(source), parsed.brand, { only: source.rule });
  if (!every.ok || every.problems.length > 0) return { ok: false, problems: every.problems };
  const [read] = every.rules;
  if (read === undefined) throw new Error(`${source.ruleFile.path} holds no rule`);
  return { ok: true, value: { read, night, brand: every.brand } };
}

async function runCase(one: RuleCase, { read, night, brand }: Prepared): Promise<CaseReport> {
  const common = { name: one.name, line: one.line, currency: brand.currency };
  // A rule that is switched off is tested all the same: before it is switched on.
  const rule = ruleOn(one.day, read.rule, read.dates);
  try {
    const plan = await planOf(one, rule, night, brand);
    const { differences, verdict } = judgeCase(one, read.rule, plan, night);
    const found = {
      verdict: verdict?.result ?? OUT_OF_SCOPE,
      change: changeWords(read.rule, plan, night),
      reason: verdict === null ? [] : reasonOf(read.rule, verdict),
    };
    return { ...common, differences, verdict, found };
  } catch (error) {
    if (!(error instanceof DomainError) && !(error instanceof RuleError)) throw error;
    const differences = [{ what: "figures", expected: "figures that a rule can read", found: error.message }];
    return { ...common, differences, verdict: null, found: null };
  }
}

async function planOf(
  one: RuleCase,
  rule: Rule | null,
  night: CaseNight,
  brand: Prepared["brand"],
): Promise<Plan> {
  const { snapshot, nowMs, applied } = night;
  const platforms = snapshot.accounts.map(({ platform }) => platform);
  return await decide({
    brand,
    ruleset: { rules: rule === null ? [] : [rule], hash: "" },
    snapshot,
    state: { ...emptyState(CASE_BRAND), applied, ...(rule !== null && rememberedIn(one, rule, night)) },
    stops: [],
    rejections: [],
    former: null,
    nowMs,
    engineVersion: ENGINE_VERSION,
    maturity: maturityOf(snapshot.accounts),
    worstDayMultiples: Object.fromEntries(platforms.map((id) => [id, manifestOf(id).worstDayMultiple])),
    inputs: NO_HASHES,
  });
}

function rememberedIn(
  one: RuleCase,
  rule: Rule,
  night: CaseNight,
): Pick<BrandState, "memory" | "ruleNights"> {
  const { level } = rule.appliesTo;
  const subject = `${level} ${subjectKeyOf(level, night)}`;
  return {
    ...nightsOf(one, rule),
    memory: memoryOf(one, night.placed, rule, subject, { day: one.day, nowMs: night.nowMs }),
  };
}

function filesOf({ packFile, ruleFile, beside }: TestSource): RuleFile[] {
  const own = [packFile, ruleFile];
  return [...own, ...beside.filter((one) => own.every(({ path }) => path !== one.path))];
}

/** Of what it builds on, too. Without readable pack files none is known; the loader says what is wrong with them. */
function packUnits(source: TestSource): Record<string, string> {
  const packs = { [source.pack]: { off: [], modes: {}, parameters: {} } };
  const found = findPacks(filesOf(source), { packs, file: source.packFile.path });
  const parameters = found.ok ? found.value.flatMap((pack) => Object.entries(pack.parameters)) : [];
  return Object.fromEntries(parameters.map(([name, { unit }]) => [name, unit]));
}

/** A rule may be for stages that only its brand has. */
function stagesOfRule({ ruleFile }: TestSource): string[] {
  const parsed = parseJson(ruleFile.text, ruleFile.path);
  const stages = parsed.ok ? valueAt(parsed.json.value, ["appliesTo", "stages"]) : [];
  return Array.isArray(stages) ? stages.filter((stage) => /^[a-z][A-Za-z0-9]{0,39}$/.test(stage)) : [];
}

/** Each case meets the same mistake in a rule. */
function withoutRepeats(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
