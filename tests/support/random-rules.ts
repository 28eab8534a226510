/** Random rule sets with the figures they are asked about, the same for the same seed. What they are made of is the catalogue of operators. */
import type { Reading, Unit } from "../../lib/domain/figure.ts";
import type { Subject } from "../../lib/domain/verdict.ts";
import type { Facts, Params } from "../../lib/metrics/port.ts";
import { leavesOf, normalise, type Written } from "../../lib/rules/files/normalise.ts";
import { kindOf } from "../../lib/rules/judge/kinds.ts";
import { type Operator, operators } from "../../lib/rules/judge/operators.ts";
import { EVERYBODY, type Leaf, type Literal, PLAIN, type Rule } from "../../lib/rules/types.ts";

export interface RandomSet {
  rules: Rule[];
  facts: Facts;
  subjects: Subject[];
}

type Dice = (sides: number) => number;

const ACCOUNTS = ["a1", "a2"];
const FACTS: readonly (readonly [string, Unit])[] = [
  ["spend", "money"],
  ["targetCpa", "money"],
  ["conversions", "count"],
  ["roas", "ratio"],
  ["ctrPercent", "percent"],
  ["ageHours", "hours"],
  ["name", "text"],
  ["status", "state"],
  ["learning", "flag"],
  ["labels", "labels"],
  ["rankPercent", "percent"],
];
const RANKED = "rankPercent";
const PARAMS: readonly Params[] = [
  {},
  { window: "7d" },
  { window: "28d" },
  { window: "7d", correctedForDelay: true },
  { correctedForDelay: true, window: "7d" },
];
/** On several days in a row; with a fact of the same days, or one that stands still, on the right. */
const SERIES: readonly Params[] = [
  { window: "7d", daysInARow: 3 },
  { window: "28d", daysInARow: 2 },
  { daysInARow: 3, window: "1d" },
  { window: "14d..8d", daysInARow: 2, correctedForDelay: true },
];
const TEXTS = ["active", "Active", "paused", "PROS Broad FR", "pros broad", "act", ""];
const GLOBS = ["*pros*", "act?ve", "*", "PROS Broad FR", "a*e"];
const LABELS = ["proven", "Proven", "FR", "prov", ""];
const NIGHTS_BACK = 5;
/** In the unit itself, micros for money: exact ones, ones between two exact ones, and ones beyond what products of numbers hold. */
const MONEY = [0, 1, 35_000_000, 105_000_000, 42_000_001, 9_007_199_254_740, 9_007_199_254_740_991];
const NUMBERS = [0, 0.1, 1, 1.9, 2, 3, 35, 0.000001, 1.0000004, 9_007_199_254.5];
const FACTORS = [1000, 1000, 3000, 1100, 1100, 1150, 1125, 700, 1, 333, 1_000_000, 999_999];
/** Nothing that a sound source says. */
const BROKEN: readonly unknown[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 53,
  -(2 ** 60),
  1.5,
  "12",
  "0x10",
  "",
  true,
  ["proven", 1],
  undefined,
];

export function randomSet(seed: number): RandomSet {
  const dice = diceOf(seed);
  const rules = [0, 1].map((index) => aRule(dice, `r${index}`, aTree(dice, 1 + dice(4), false)));
  const subjects = ACCOUNTS.map((account): Subject => {
    return { level: "account", key: `meta/${account}`, name: account, ref: null, stage: null };
  });
  const dirty = dice(4) === 0;
  const figures = new Map<string, Reading>();
  for (const { key } of subjects) {
    for (const rule of rules) {
      const among = inScopeOf(rule, subjects);
      const leaves = leavesOf(rule.condition);
      // What nobody may read stands there, too: ranks among everybody, days before those of a series.
      for (const leaf of leaves.flatMap((one) => leafByDay(one, NIGHTS_BACK))) {
        setBoth(dice, figures, { subject: key, among: subjects }, leaf, dirty);
      }
      for (const leaf of leaves.flatMap((one) => leafByDay(one))) {
        setBoth(dice, figures, { subject: key, among }, leaf, dirty);
      }
    }
  }
  return { rules, subjects, facts: factsOf(subjects, figures) };
}

/** The subjects that the rule looks at. */
export function inScopeOf({ appliesTo }: Rule, subjects: readonly Subject[]): Subject[] {
  return subjects.filter(({ name }) => appliesTo.accounts === null || appliesTo.accounts.includes(name));
}

/** The leaf of each day, the newest first, as if somebody had written them one by one; of a series as many as are asked for. */
export function leafByDay(leaf: Leaf, ofSeries = Number(leaf.params.daysInARow)): Leaf[] {
  return Array.from({ length: leaf.params.daysInARow === undefined ? 1 : ofSeries }, (_, nights) => {
    const { right } = leaf;
    const params = asOf(leaf.params, nights);
    return right.kind === "literal"
      ? { ...leaf, params }
      : { ...leaf, params, right: { ...right, params: asOf(right.params, nights) } };
  });
}

/** Parameters without the series; the window as many nights earlier. */
function asOf({ daysInARow, ...params }: Params, nights: number): Params {
  if (daysInARow === undefined || nights === 0) return params;
  const [from = 0, to = 1] = String(params.window).match(/\d+/g)?.map(Number) ?? [];
  return { ...params, window: `${from + nights}d..${to + nights}d` };
}

/** Whose figure it is, and for ranks among whom. */
interface Asked {
  subject: string;
  among: readonly Subject[];
}

/** Left and right of a leaf, often exactly on the boundary or one step beside it. */
function setBoth(dice: Dice, figures: Map<string, Reading>, asked: Asked, leaf: Leaf, dirty: boolean): void {
  const { right } = leaf;
  if (right.kind === "fact") set(nameOf(asked, right.fact, right.params), right.fact, null);
  set(nameOf(asked, leaf.fact, leaf.params), leaf.fact, dice(2) === 0 ? boundary() : null);

  function set(name: string, fact: string, near: number | null): void {
    if (figures.has(name) && near === null) return;
    const unit = unitOf(fact);
    const value = near ?? aValue(dice, unit);
    const broken = dirty && dice(8) === 0;
    figures.set(name, {
      value: broken ? (pick(dice, BROKEN) as Reading["value"]) : dice(6) === 0 ? null : value,
      unit: dirty && dice(20) === 0 ? "ratio" : unit,
      ...{ from: null, to: null, reason: null, source: name },
    });
  }

  function boundary(): number | null {
    const unit = unitOf(leaf.fact);
    if (kindOf(unit) !== "number") return null;
    const step = unit === "money" ? 1 : 0.000001;
    const against =
      right.kind === "fact"
        ? figures.get(nameOf(asked, right.fact, right.params))?.value
        : [right.value].flat()[dice(2)];
    if (typeof against !== "number") return null;
    const exact = right.kind === "fact" ? (against * right.timesPermille) / 1000 + right.plus : against;
    const near =
      (unit === "money" ? Math.floor(exact) : Math.round(exact * 1e6) / 1e6) + (dice(3) - 1) * step;
    return Number.isFinite(near) ? near : null;
  }
}

function factsOf(subjects: Subject[], figures: ReadonlyMap<string, Reading>): Facts {
  const all: Facts["subjects"] = (level) => (level === "account" ? subjects : []);
  const read: Facts["read"] = ({ key }, fact, params, among = subjects) => {
    const reading = figures.get(nameOf({ subject: key, among }, fact, params));
    if (reading === undefined) throw new Error(`nobody stated ${fact} of ${key}`);
    return reading;
  };
  return {
    subjects: all,
    everySubject: all,
    entity: () => null,
    memberOf: () => null,
    holders: () => [],
    holder: () => null,
    read,
    readAll: (level, fact, params) => all(level).map((subject) => read(subject, fact, params)),
    days: ({ key }) => {
      throw new Error(`nobody stated the days of ${key}`);
    },
  };
}

function aRule(dice: Dice, id: string, written: Written): Rule {
  const everybody = { ...EVERYBODY, except: null, accounts: dice(3) === 0 ? [ACCOUNTS[1] ?? ""] : null };
  const budget: Rule["appliesTo"]["budget"] = { owner: null, period: ["daily"] };
  return {
    ...{ id, pack: "random", file: id, hash: id, description: id, owner: "lea" },
    appliesTo: { ...everybody, level: "account", status: ["active"], budget },
    condition: normalise(written),
    action: { type: "notify", urgency: "digest", to: [], repeat: "daily" },
    mode: "propose",
    ...PLAIN,
  };
}

/** "Not on every day" would be no answer on any of them, so a file with `not` around a series is refused. */
function aTree(dice: Dice, depth: number, negated: boolean): Written {
  const kind = depth === 0 ? 3 : dice(5);
  if (kind >= 3) return { kind: "leaf", leaf: aLeaf(dice, !negated && dice(3) === 0) };
  if (kind === 2) return { kind: "not", child: aTree(dice, depth - 1, true) };
  const children = Array.from({ length: 1 + dice(3) }, () => aTree(dice, depth - 1, negated));
  return { kind: kind === 0 ? "all" : "any", children };
}

function aLeaf(dice: Dice, inARow: boolean): Leaf {
  const [fact, unit] = pick(dice, FACTS);
  const kind = kindOf(unit);
  const operator = pick(
    dice,
    operators.filter(({ left }) => kind !== null && left.includes(kind)),
  );
  const params = pick(dice, inARow ? SERIES : PARAMS);
  const bare = { fact, params, operator: operator.id };
  const takesFact = kind === "number" && (operator.right === "number" || operator.right === "same");
  if (takesFact && dice(2) === 0) return { ...bare, right: aRightFact(dice, unit, params) };
  const literal = { kind: "literal" as const, value: aLiteral(dice, operator, unit) };
  return { ...bare, right: { ...literal, unit: operator.right === "flag" ? "flag" : unit } };
}

function aRightFact(dice: Dice, unit: Unit, left: Params): Leaf["right"] {
  const [fact] = pick(
    dice,
    FACTS.filter((one) => one[1] === unit),
  );
  const timesPermille = dice(3) === 0 ? 1 + dice(1_000_000) : pick(dice, FACTORS);
  const plus = dice(2) === 0 ? 0 : (dice(2_000_001) - 1_000_000) * (unit === "money" ? 10 : 0.000001);
  const exact = unit === "money" ? plus : Math.round(plus * 1e6) / 1e6;
  const params = left.daysInARow !== undefined && dice(2) === 0 ? left : pick(dice, PARAMS);
  return { kind: "fact", fact, params, timesPermille, plus: exact };
}

function aLiteral(dice: Dice, { right }: Operator, unit: Unit): Literal {
  switch (right) {
    case "flag":
      return dice(2) === 0;
    case "glob":
      return pick(dice, GLOBS);
    case "label":
      return pick(dice, LABELS);
    case "list":
      return [pick(dice, TEXTS), pick(dice, TEXTS)];
    case "range":
      return [aNumber(dice, unit), aNumber(dice, unit)].sort((a, b) => a - b);
    case "number":
      return aNumber(dice, unit);
    case "same":
      return aScalar(dice, unit);
  }
}

function aValue(dice: Dice, unit: Unit): number | string | boolean | string[] {
  if (unit === "labels") return Array.from({ length: dice(3) }, () => pick(dice, LABELS));
  return aScalar(dice, unit);
}

function aScalar(dice: Dice, unit: Unit): number | string | boolean {
  const kind = kindOf(unit);
  if (kind === "number") return dice(30) === 0 ? -0 : aNumber(dice, unit);
  return kind === "flag" ? dice(2) === 0 : pick(dice, TEXTS);
}

function aNumber(dice: Dice, unit: Unit): number {
  return pick(dice, unit === "money" ? MONEY : NUMBERS);
}

function unitOf(fact: string): Unit {
  return FACTS.find(([name]) => name === fact)?.[1] ?? "ratio";
}

/** As a subject's fact and its parameters are known, in whatever order these stand. */
function nameOf({ subject, among }: Asked, fact: string, params: Params): string {
  const ranked = fact === RANKED ? among.map(({ key }) => key).join(" ") : "";
  return `${subject} ${fact} ${params.window} ${params.correctedForDelay} ${ranked}`;
}

function pick<Value>(dice: Dice, from: readonly Value[]): Value {
  const value = from[dice(from.length)];
  if (value === undefined && from.length === 0) throw new Error("nothing to pick from");
  return value as Value;
}

/** A whole number from 0 below the number of sides; a linear congruence over 48 bits, whose upper bits are used. */
function diceOf(seed: number): Dice {
  let state = BigInt(seed) * 7919n + 12_345n;
  return (sides) => {
    state = (state * 25_214_903_917n + 11n) % 281_474_976_710_656n;
    return Number(((state >> 16n) * BigInt(sides)) >> 32n);
  };
}
