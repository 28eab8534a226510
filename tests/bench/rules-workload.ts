/** 2,000 ad groups with 74 figures each and 20 rules as teams write them, the same every time. */
import type { Reading } from "../../lib/domain/figure.ts";
import type { Subject } from "../../lib/domain/verdict.ts";
import type { Facts, Params } from "../../lib/metrics/port.ts";
import type { Ruleset } from "../../lib/rules/types.ts";
import { aReading, aRuleFile, aStatedHolder, type Json, loaded, type Stated } from "../support/rule.ts";
import { type Node, RULES } from "./rules-set.ts";

export const ENTITIES = 2_000;
const WINDOWS = [1, 3, 7, 14, 28] as const;
const DAYS = 28;

/** Figures by fact and window; undefined where there is no data. */
export type Flat = Record<string, number | string | boolean | undefined>;

export interface Workload {
  ruleset: Ruleset;
  entities: { subject: Subject; flat: Flat; read(fact: string, params: Params): Reading }[];
  facts: Facts;
}

const OPERATORS: Readonly<Record<string, string>> = {
  "=": "equal",
  "!=": "notEqual",
  "<": "lessThan",
  "<=": "lessThanInclusive",
  ">": "greaterThan",
  ">=": "greaterThanInclusive",
  in: "in",
};

export function rulesWorkload(): Workload {
  const ruleset = loaded(
    RULES.map((node, index) =>
      aRuleFile({
        id: `rule-${String(index).padStart(2, "0")}`,
        conditions: conditionOf(node),
        action: { type: "notify" },
        appliesTo: { level: "budgetHolder", budget: { period: ["daily", "lifetime"] } },
      }),
    ),
  );
  const dice = mulberry(20_240_607);
  const stated = Array.from({ length: ENTITIES }, (_, index) =>
    aStatedHolder(figuresOf(dice) as Stated["readings"], String(1_000 + index)),
  );
  const entities = stated.map(({ subject, readings }) => {
    const made = new Map(
      Object.entries(readings).map(([key, value]) => [key, aReading(key.split(" ")[0] ?? "", value ?? null)]),
    );
    return { subject, flat: { ...readings } as Flat, read: readerOf(made) };
  });
  const byKey = new Map(entities.map((one) => [one.subject.key, one]));
  const holders = stated.flatMap(({ holder }) => holder ?? []);
  const holderOf = new Map(holders.map((holder) => [holder.key, holder]));
  const subjects: Facts["subjects"] = (level) =>
    level === "budgetHolder" ? entities.map(({ subject }) => subject) : [];
  const read: Facts["read"] = ({ key }, fact, params) => {
    const entity = byKey.get(key);
    if (entity === undefined) throw new Error(`nobody knows ${key}`);
    return entity.read(fact, params);
  };
  const facts: Facts = {
    ...{ subjects, everySubject: subjects, read },
    entity: () => null,
    memberOf: () => null,
    holders: () => holders,
    holder: (key) => holderOf.get(key) ?? null,
    readAll: (level, fact, params) => subjects(level).map((subject) => read(subject, fact, params)),
    days: () => {
      throw new Error("no rule looks at days");
    },
  };
  return { ruleset, entities, facts };
}

/** As a flat name; the same for the library's facts and for readings. */
export function flatName(fact: string, { window }: Params): string {
  return window === undefined ? fact : `${fact} ${window}`;
}

function readerOf(made: ReadonlyMap<string, Reading>) {
  return (fact: string, params: Params): Reading => {
    const reading = made.get(flatName(fact, params));
    if (reading === undefined) throw new Error(`nobody stated ${flatName(fact, params)}`);
    return reading;
  };
}

function conditionOf(node: Node): Json {
  if (typeof node === "string") return leafOf(node);
  const [kind, ...children] = node;
  const inner = children.map(conditionOf);
  return { [kind]: kind === "not" ? inner[0] : inner };
}

function leafOf(text: string): Json {
  const [, left = "", operator = "", right = ""] = /^(.*?) (=|!=|<=?|>=?|in) (.*)$/.exec(text) ?? [];
  return { ...factOf(left), operator: OPERATORS[operator], value: rightOf(operator, right) };
}

function factOf(text: string): { fact: string; params?: Json } {
  const [fact = "", window] = text.split(" ");
  return window === undefined ? { fact } : { fact, params: { window } };
}

function rightOf(operator: string, text: string): unknown {
  if (operator === "in") return text.split(",");
  if (text !== "" && Number.isFinite(Number(text))) return Number(text);
  const [, times, scaled] = /^([\d.]+) x (.*)$/.exec(text) ?? [];
  if (times !== undefined && scaled !== undefined) {
    const { fact, params } = factOf(scaled);
    return { fact, params: { ...params, times: Number(times) } };
  }
  return /^(targetCpa|merFloor|merAlarm)$/.test(text) ? { fact: text } : text;
}

/** A month of one ad group by day, then what every window makes of it. Money in micros. */
function figuresOf(dice: () => number): Flat {
  const budget = Math.round(15 * Math.exp(2 * dice())) * 1_000_000;
  const quality = Math.exp(1.4 * (dice() - 0.5));
  const ageDays = 1 + Math.floor(dice() * 60);
  const isPaused = dice() < 0.05;
  const days = Array.from({ length: DAYS }, (_, ago) =>
    aDay(dice, budget, quality, ago < ageDays && !isPaused),
  );
  const flat: Flat = { ...attributesOf(dice, budget, ageDays, isPaused) };
  for (const width of WINDOWS) Object.assign(flat, windowOf(days.slice(0, width), `${width}d`));
  return flat;
}

interface Day {
  spend: number;
  impressions: number;
  clicks: number;
  conversions: number;
  value: number;
}

function aDay(dice: () => number, budget: number, quality: number, delivers: boolean): Day {
  if (!delivers || dice() < 0.03) return { spend: 0, impressions: 0, clicks: 0, conversions: 0, value: 0 };
  const spend = Math.round((budget * (0.7 + 0.5 * dice())) / 10_000) * 10_000;
  const impressions = Math.round((spend / 1e6) * (60 + 80 * dice()));
  const clicks = Math.round(impressions * 0.012 * (0.5 + dice()));
  const conversions = Math.floor(clicks * 0.025 * quality * 2 * dice() + dice());
  return {
    spend,
    impressions,
    clicks,
    conversions,
    value: conversions * Math.round(40 + 60 * dice()) * 1_000_000,
  };
}

function windowOf(days: readonly Day[], window: string): Flat {
  const sum = (name: keyof Day) => days.reduce((total, day) => total + day[name], 0);
  const [spend, impressions, clicks] = [sum("spend"), sum("impressions"), sum("clicks")];
  const [conversions, value] = [sum("conversions"), sum("value")];
  const ratio = (above: number, below: number, digits: number) =>
    below === 0 ? undefined : Math.round((above / below) * digits) / digits;
  return {
    [`spend ${window}`]: spend,
    [`impressions ${window}`]: impressions,
    [`clicks ${window}`]: clicks,
    [`conversions ${window}`]: conversions,
    [`conversionValue ${window}`]: value,
    [`cpa ${window}`]: ratio(spend, conversions, 1),
    [`cpc ${window}`]: ratio(spend, clicks, 1),
    [`cpm ${window}`]: ratio(spend * 1000, impressions, 1),
    [`roas ${window}`]: ratio(value, spend, 1e6),
    [`ctrPercent ${window}`]: ratio(clicks * 100, impressions, 1e6),
    [`conversionRatePercent ${window}`]: ratio(conversions * 100, clicks, 1e6),
  };
}

function attributesOf(dice: () => number, budget: number, ageDays: number, isPaused: boolean): Flat {
  const of = <Value>(...all: Value[]) => all[Math.floor(dice() * all.length)];
  return {
    ...{ dailyBudget: budget, ageDays, ageHours: ageDays * 24, daysSinceChange: Math.floor(dice() * 20) },
    ...{ targetCpa: dice() < 0.03 ? undefined : 20_000_000 + Math.floor(dice() * 40) * 1_000_000 },
    ...{ merFloor: 2.3, merAlarm: 1.8, contributionMargin: 0.5, wantedProfit: 0.1 },
    ...{
      "mer 7d": Math.round((1.5 + 2 * dice()) * 1e6) / 1e6,
      "mer 28d": Math.round((1.7 + 1.5 * dice()) * 1e6) / 1e6,
    },
    stage: of("prospecting", "prospecting", "retargeting", "awareness"),
    learning: of("learned", "learned", "learning", "limited"),
    ...{
      status: isPaused ? "paused" : "active",
      platform: of("meta", "google"),
      name: `AG ${Math.floor(dice() * 1e6)}`,
    },
    ...{ budgetOwner: "adGroup", budgetPeriod: "daily", dayOfMonth: 11, always: true },
  };
}

/** Between 0 and 1. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
