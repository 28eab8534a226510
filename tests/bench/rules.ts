/** `npm run bench -- rules`: compiled rules against json-rules-engine as its README runs it, in interleaved rounds. */
import { Engine } from "json-rules-engine";
import type { Result } from "../../lib/domain/verdict.ts";
import { leavesOf } from "../../lib/rules/files/normalise.ts";
import { type ColumnRules, compileColumns, type LevelTable } from "../../lib/rules/judge/columns.ts";
import { type CompiledRule, compileRules } from "../../lib/rules/judge/compile.ts";
import { type Row, YES } from "../../lib/rules/judge/compile-parts.ts";
import { evaluateRules, evidenceIn } from "../../lib/rules/judge/evaluate.ts";
import type { Condition } from "../../lib/rules/types.ts";
import { ENTITIES, type Flat, flatName, rulesWorkload, type Workload } from "./rules-workload.ts";

const ROUNDS = 7;
/** One pass of the fast ones is too short for the clock. */
const FAST_PASSES = 20;
const COLUMN_PASSES = 100;

/** What is wanted, and what must never be missed. */
const DECIDE = { goal: 300, floor: 150 };
const EXPLAIN = { goal: 100, floor: 50 };
const COLUMNS = { goal: 1_000, floor: 500 };

export interface RulesVariant {
  name: string;
  nsPerEvaluation: number;
  /** Against the library within one round: median, least, most. */
  ratio: { median: number; least: number; most: number };
  /** Over the fired rules of every entity; where conditions are explained, over each condition of those, too. */
  checksum: number;
}

export interface RulesBench {
  node: string;
  entities: number;
  rules: number;
  conditions: number;
  figures: number;
  firedPercent: number;
  variants: RulesVariant[];
  goals: { name: string; met: boolean }[];
  targets: { name: string; met: boolean }[];
}

interface Variant {
  name: string;
  passes: number;
  /** Checksum of one pass. */
  run(): number | Promise<number>;
}

export async function benchRules(): Promise<RulesBench> {
  const workload = rulesWorkload();
  const { rules } = workload.ruleset;
  const measured = await compare(variantsOf(workload), rules.length * ENTITIES);
  const [library, libraryExplained, decided, explained, columns, whole] = measured;
  if (library === undefined || decided === undefined || explained === undefined || columns === undefined)
    throw new Error("no variant");
  const reached = (of: RulesVariant, least: number) => of.ratio.median >= least;
  return {
    node: process.version,
    ...{ entities: ENTITIES, rules: rules.length, firedPercent: firedPercentOf(workload) },
    conditions: rules.flatMap(({ condition }) => leavesOf(condition)).length,
    figures: Object.keys(workload.entities[0]?.flat ?? {}).length,
    variants: measured,
    goals: [
      { name: `decide ${DECIDE.goal} x`, met: reached(decided, DECIDE.goal) },
      { name: `decide and explain ${EXPLAIN.goal} x`, met: reached(explained, EXPLAIN.goal) },
      { name: `decide over columns ${COLUMNS.goal} x`, met: reached(columns, COLUMNS.goal) },
    ],
    targets: [
      { name: `decide at least ${DECIDE.floor} x the library`, met: reached(decided, DECIDE.floor) },
      { name: `decide and explain at least ${EXPLAIN.floor} x`, met: reached(explained, EXPLAIN.floor) },
      { name: `decide over columns at least ${COLUMNS.floor} x`, met: reached(columns, COLUMNS.floor) },
      {
        name: "the same rules fire on the same entities",
        met: [decided, columns, whole].every((one) => one?.checksum === library.checksum),
      },
      { name: "by the same conditions", met: libraryExplained?.checksum === explained.checksum },
    ],
  };
}

function variantsOf(workload: Workload): Variant[] {
  const engine = libraryEngine(workload);
  const compiled = compileRules(workload.ruleset.rules);
  const rows = workload.entities.map(({ subject }) => rowOf(compiled, subject, workload));
  const columns = compileColumns(workload.ruleset.rules);
  const table = columns.read("budgetHolder", workload.facts);
  return [
    { name: "json-rules-engine, built once", passes: 1, run: () => libraryPass(engine, workload, false) },
    {
      name: "the same, conditions of what fired read",
      passes: 1,
      run: () => libraryPass(engine, workload, true),
    },
    {
      name: "compiled, decide, over filled rows",
      passes: FAST_PASSES,
      run: () => decidePass(compiled.rules, rows),
    },
    {
      name: "compiled, decide and explain what fired, over filled rows",
      passes: FAST_PASSES,
      run: () => explainPass(compiled.rules, rows),
    },
    {
      name: "compiled, decide, over filled columns",
      passes: COLUMN_PASSES,
      run: () => columnPass(columns, table),
    },
    {
      name: "evaluateRules: figures read, scope, evidence of every verdict",
      passes: 2,
      run: () => wholePass(workload),
    },
  ];
}

/**
 * Each round runs every variant once, so that what else the machine does hits all of them; the first is thrown away. Only the
 * time of this thread counts: nobody waits here, and others do not.
 */
async function compare(variants: readonly Variant[], evaluations: number): Promise<RulesVariant[]> {
  const ms = variants.map((): number[] => []);
  const checksums = variants.map(() => Number.NaN);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, { passes, run }] of variants.entries()) {
      const before = process.threadCpuUsage();
      for (let pass = 0; pass < passes; pass++) checksums[index] = await run();
      const { user, system } = process.threadCpuUsage(before);
      if (round > 0) ms[index]?.push((user + system) / 1000 / passes);
    }
  }
  const [library = []] = ms;
  return variants.map(({ name }, index) => {
    const own = ms[index] ?? [];
    const ratios = own.map((one, round) => (library[round] ?? Number.NaN) / one).sort((a, b) => a - b);
    return {
      name,
      nsPerEvaluation: (median(own) * 1e6) / evaluations,
      ratio: { median: median(ratios), least: ratios[0] ?? 0, most: ratios.at(-1) ?? 0 },
      checksum: checksums[index] ?? Number.NaN,
    };
  });
}

/** As the README's basic example: rules are added once, each entity's figures are passed flat, what is scaled is a fact of its own. */
function libraryEngine({ ruleset }: Workload): Engine {
  const engine = new Engine([], { allowUndefinedFacts: true });
  engine.addFact("scaled", async ({ of, by }, almanac) => {
    const value = await almanac.factValue<number | undefined>(String(of));
    return value === undefined ? undefined : value * Number(by);
  });
  for (const [index, { condition }] of ruleset.rules.entries()) {
    const conditions = libraryCondition(condition) as { all: never[] };
    engine.addRule({ name: String(index), conditions, event: { type: String(index) } });
  }
  return engine;
}

function libraryCondition(condition: Condition): unknown {
  if (condition.kind !== "leaf") return { [condition.kind]: condition.children.map(libraryCondition) };
  const { fact, params, operator, right } = condition.leaf;
  const bare = { fact: flatName(fact, params), operator };
  if (right.kind === "literal") return { ...bare, value: right.value };
  const of = flatName(right.fact, right.params);
  if (right.timesPermille === 1000) return { ...bare, value: { fact: of } };
  return { ...bare, value: { fact: "scaled", params: { of, by: right.timesPermille / 1000 } } };
}

async function libraryPass(engine: Engine, { entities }: Workload, explain: boolean): Promise<number> {
  let sum = 0;
  for (const [entity, { flat }] of entities.entries()) {
    const { results } = await engine.run(flat as Record<string, Flat[string]>);
    const fired = results.map(({ name, conditions }) => ({ rule: Number(name), conditions }));
    for (const { rule, conditions } of fired.sort((a, b) => a.rule - b.rule)) {
      sum = mixed(sum, entity * 100 + rule);
      if (explain) for (const holds of holdingIn(conditions)) sum = mixed(sum, holds ? 1 : 2);
    }
  }
  return sum;
}

function holdingIn(node: unknown): boolean[] {
  const { all, any, result } = node as { all?: unknown[]; any?: unknown[]; result?: boolean };
  return (all ?? any)?.flatMap(holdingIn) ?? [result === true];
}

/** Rows of their own, as if the figures of all entities had been read before. */
function rowOf(
  compiled: ReturnType<typeof compileRules>,
  subject: Workload["entities"][number]["subject"],
  { facts }: Workload,
): Row {
  const [row] = compiled.rules.map((rule) => compiled.fill(rule, subject, facts));
  if (row === undefined) throw new Error("no rule");
  return { codes: row.codes.slice(), atoms: row.atoms.slice(), readings: row.readings.slice() };
}

function decidePass(rules: readonly CompiledRule[], rows: readonly Row[]): number {
  let sum = 0;
  for (let entity = 0; entity < rows.length; entity++) {
    const row = rows[entity];
    for (let rule = 0; rule < rules.length; rule++) {
      if (row !== undefined && rules[rule]?.decide(row) === YES) sum = mixed(sum, entity * 100 + rule);
    }
  }
  return sum;
}

/** Rule by rule; what fired is put in the order of the entities, so that it counts as in the others. */
function columnPass(columns: ColumnRules, table: LevelTable): number {
  const rules = table.scopes.length;
  const fired = new Uint8Array(ENTITIES * rules);
  const rows = new Int32Array(ENTITIES);
  for (let rule = 0; rule < rules; rule++) {
    const matched = columns.match(rule, table, rows);
    for (let place = 0; place < matched; place++) fired[(rows[place] ?? 0) * rules + rule] = 1;
  }
  let sum = 0;
  for (let at = fired.indexOf(1); at >= 0; at = fired.indexOf(1, at + 1)) {
    sum = mixed(sum, Math.floor(at / rules) * 100 + (at % rules));
  }
  return sum;
}

function explainPass(rules: readonly CompiledRule[], rows: readonly Row[]): number {
  let sum = 0;
  for (const [entity, row] of rows.entries()) {
    for (const [index, rule] of rules.entries()) {
      if (rule.decide(row) !== YES) continue;
      sum = mixed(sum, entity * 100 + index);
      const evidence = rule.leaves.map((leaf) => evidenceIn(row, leaf));
      for (const { result } of evidence) sum = mixed(sum, bitOf(result));
    }
  }
  return sum;
}

/** In the order of the rules, so the fired ones are sorted by entity before they count. */
async function wholePass({ ruleset, facts }: Workload): Promise<number> {
  const verdicts = await evaluateRules(ruleset, facts);
  const fired = verdicts.flatMap(({ result }, index) =>
    result === "matched" ? [(index % ENTITIES) * 100 + Math.floor(index / ENTITIES)] : [],
  );
  return fired.sort((a, b) => a - b).reduce(mixed, 0);
}

function firedPercentOf({ ruleset, entities, facts }: Workload): number {
  const compiled = compileRules(ruleset.rules);
  const fired = entities.flatMap(({ subject }) =>
    compiled.rules.filter((rule) => rule.decide(compiled.fill(rule, subject, facts)) === YES),
  );
  return (fired.length * 100) / (ENTITIES * ruleset.rules.length);
}

function bitOf(result: Result): number {
  return result === "matched" ? 1 : 2;
}

function mixed(sum: number, next: number): number {
  return (sum * 31 + next + 1) % 1_000_003;
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}
