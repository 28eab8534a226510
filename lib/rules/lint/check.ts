/** What a check is, and what it looks at: the rules of one brand as loaded. */
import type { Brand } from "../../domain/brand.ts";
import type { Day } from "../../domain/day.ts";
import type { JsonFile, JsonPath } from "../../domain/json-file.ts";
import type { ConfigProblem } from "../../domain/problem.ts";
import type { Complaint } from "../../domain/shape.ts";
import type { Facts } from "../../metrics/port.ts";
import type { KnownFact } from "../files/context.ts";
import type { RuleDates } from "../files/dates.ts";
import type { Rule } from "../types.ts";
import type { Located } from "./located.ts";
import type { Way } from "./ranges/ways.ts";

/** `error`: the rule does not do what it says. `warning`: it does, but few would want it. `info`: worth knowing. */
export type Severity = "error" | "warning" | "info";

export interface Finding extends ConfigProblem {
  severity: Severity;
}

export interface LintedRule {
  rule: Rule;
  dates: RuleDates;
  /** Switched on, in its file and in the brand's. */
  isOn: boolean;
  json: JsonFile;
  root: Located;
  /** The ways in which it may fire, impossible ones left out; null where there are too many to look at. */
  ways: readonly Way[] | null;
}

export interface LintInput {
  brand: Brand;
  /** Today in the brand's zone. */
  day: Day;
  facts: ReadonlyMap<string, KnownFact>;
  rules: readonly LintedRule[];
  /** Figures of the brand's latest snapshot; null where there is none. */
  latest: Facts | null;
}

/** One thing found, at a place of one rule's file. */
export interface Found extends Omit<Complaint, "code"> {
  rule: LintedRule;
  path: JsonPath;
}

/** Parts of rule files; what every rule has besides is left out. */
export type ExampleRule = Readonly<Record<string, unknown>>;

export interface Check {
  /** Stands after `lint.` in every finding. */
  code: string;
  severity: Severity;
  /** One sentence or two: what is wrong with it, and why that matters. */
  doc: string;
  /** Those of the pack that the examples stand in, where the check looks at them. */
  layers?: readonly unknown[];
  bad: readonly ExampleRule[];
  good: readonly ExampleRule[];
  find(input: LintInput): Found[];
}

/** A check that looks at one rule after the other. */
export function eachRule(find: (rule: LintedRule, input: LintInput) => Found[]): Check["find"] {
  return (input) => input.rules.flatMap((rule) => find(rule, input));
}
