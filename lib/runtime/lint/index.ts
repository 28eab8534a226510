/** `palier lint` on one machine: everything that is wrong with some files, and what their rules say. */
import type { Brand } from "../../domain/brand.ts";
import { localDay } from "../../domain/day.ts";
import type { ConfigProblem } from "../../domain/problem.ts";
import type { Facts } from "../../metrics/port.ts";
import { readEveryRule } from "../../rules/files/load.ts";
import type { Finding } from "../../rules/lint/check.ts";
import { inOrder, lintRules } from "../../rules/lint/run.ts";
import type { Rule } from "../../rules/types.ts";
import { brandsAt } from "./brands.ts";
import type { RulesPlace } from "./place.ts";

export interface LintRequest {
  nowMs: number;
  /** Figures of the brand's latest snapshot; null where there is none. */
  latestOf(brand: Brand): Promise<Facts | null>;
}

export interface LintReport {
  findings: readonly Finding[];
  /** By brand, the rules that could be read. */
  brands: readonly { brand: Brand; isNeutral: boolean; rules: readonly Rule[] }[];
}

export async function lintPlace(place: RulesPlace, { nowMs, latestOf }: LintRequest): Promise<LintReport> {
  const { brands, problems } = brandsAt(place);
  const findings = problems.map(asFinding);
  const read: LintReport["brands"][number][] = [];
  for (const { brand, isNeutral } of brands) {
    const loaded = readEveryRule(place.ruleFiles, brand);
    findings.push(...loaded.problems.map(asFinding));
    if (!loaded.ok) continue;
    // A home is opened with the brand's files, which a night would refuse while they have problems.
    const latest = isNeutral || loaded.problems.length > 0 ? null : await latestOf(loaded.brand);
    findings.push(...lintRules(loaded, { day: localDay(nowMs, brand.zone), latest }));
    const rules = loaded.rules.map(({ rule }) => rule).filter(({ file }) => isAsked(place, file));
    read.push({ brand: loaded.brand, isNeutral, rules });
  }
  const asked = findings.filter(({ file }) => isAsked(place, file));
  const once = new Map(asked.map((finding) => [JSON.stringify(finding), finding]));
  return { findings: inOrder([...once.values()]), brands: read };
}

/** Of a brand file also what its packs have. */
function isAsked(place: RulesPlace, file: string): boolean {
  return place.onlyBrand !== null || place.isAsked(file);
}

/** What the loader refuses is an error always. */
function asFinding(problem: ConfigProblem): Finding {
  return { ...problem, severity: "error" };
}
