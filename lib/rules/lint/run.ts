/** All checks on the rules of one brand. */
import { reporter } from "../../domain/shape.ts";
import type { EveryRule } from "../files/load.ts";
import type { ReadRule } from "../files/rule-file.ts";
import type { Check, Finding, LintedRule, LintInput } from "./check.ts";
import { possibleWays } from "./holding.ts";
import { checks } from "./index.ts";
import { locate } from "./located.ts";

type Loaded = Extract<EveryRule, { ok: true }>;

/** What the loader cannot refuse but a person should know, in the order of the files. */
export function lintRules(
  loaded: Loaded,
  given: Pick<LintInput, "day" | "latest">,
  asked: readonly Check[] = checks,
): Finding[] {
  const { brand, facts } = loaded;
  const input: LintInput = {
    ...given,
    brand,
    facts,
    rules: loaded.rules.map((read) => linted(read, loaded)),
  };
  const findings = asked.flatMap(({ code, severity, find }) =>
    find(input).map(({ rule, path, ...complaint }): Finding => {
      return { ...reporter(rule.json, "lint")(path, { ...complaint, code }), severity };
    }),
  );
  return inOrder(findings);
}

/** By file, then line; within a line in the order found. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) =>
    a.file === b.file ? (a.line ?? 0) - (b.line ?? 0) : a.file < b.file ? -1 : 1,
  );
}

function linted({ rule, dates, enabled, json }: ReadRule, { brand, facts }: Loaded): LintedRule {
  const isOn = enabled && brand.packs[rule.pack]?.off.includes(rule.id) !== true;
  const root = locate(rule.condition, json.value, ["conditions"]);
  const ways = possibleWays(rule.condition, rule.appliesTo, facts);
  return { rule, dates, isOn, json, root, ways };
}
