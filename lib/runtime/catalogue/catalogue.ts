/** The packs that are shipped, each rule said back in a sentence: for people who choose among them. */
import { GENERATED_NOTICE, type GeneratedFile, markdownTable } from "../../domain/generated.ts";
import { parseJson, valueAt } from "../../domain/json-file.ts";
import { NO_CURRENCY } from "../../domain/money.ts";
import { ConfigError } from "../../domain/problem.ts";
import { factCatalogue } from "../../metrics/index.ts";
import { type RuleFile, readEveryRule } from "../../rules/files/load.ts";
import type { Rule } from "../../rules/types.ts";
import { ruleSentence } from "../../words/rule-sentence.ts";
import { labels } from "../labels.ts";
import { brandsAt } from "../lint/brands.ts";
import type { RulesPlace } from "../lint/place.ts";

const UNITS = Object.fromEntries(factCatalogue.map(({ id, unit }) => [id, unit]));

/** A brand's currency and zone are its own: amounts stand bare. */
const READER = { language: "en", currency: NO_CURRENCY, zone: "UTC" } as const;

/** One file for all packs of a rules folder. `ruleFiles` as `readPlace` finds them. */
export function packCatalogue({
  rulesFolder,
  ruleFiles,
}: Pick<RulesPlace, "rulesFolder" | "ruleFiles">): GeneratedFile {
  const packs = ruleFiles.filter(({ path }) => path.endsWith("/pack.json"));
  const sections = packs.flatMap((pack) => sectionOf(pack, ruleFiles));
  const lines = [
    `<!-- ${GENERATED_NOTICE} -->`,
    "",
    "# Packs",
    "",
    "What each shipped rule does, said from the rule itself. None is applied without asking before a brand's own mode allows it. `palier lint --say --language fr` says the same in French, with a brand's amounts and how many entities each rule matched on its last nights.",
    "",
    ...sections,
  ];
  return { path: `${rulesFolder}/PACKS.md`, text: `${lines.join("\n").trimEnd()}\n` };
}

function sectionOf(pack: RuleFile, ruleFiles: readonly RuleFile[]): string[] {
  const content = contentOf(pack);
  const id = String(valueAt(content, ["id"]));
  const rows = rulesOf(id, ruleFiles).map((rule) => [
    rule.id,
    sentenceOf(rule),
    String(valueAt(contentOf(fileOf(rule, ruleFiles)), ["source"]) ?? ""),
  ]);
  return [
    `## ${id}`,
    "",
    String(valueAt(content, ["description"])),
    "",
    ...markdownTable(["rule", "says", "its numbers"], rows),
    "",
  ];
}

/** Under a brand of nobody's, so that no brand's targets stand in a sentence. @throws ConfigError for a rule that cannot be read */
function rulesOf(pack: string, ruleFiles: readonly RuleFile[]): readonly Rule[] {
  const place = { rulesFolder: "", brandFiles: [], ruleFiles, onlyBrand: null, isAsked: () => true };
  return brandsAt(place)
    .brands.filter(({ brand }) => Object.hasOwn(brand.packs, pack))
    .flatMap(({ brand }) => {
      const read = readEveryRule(ruleFiles, brand);
      if (!read.ok || read.problems.length > 0) throw new ConfigError(read.problems);
      return read.rules.map(({ rule }) => rule);
    });
}

function sentenceOf(rule: Rule): string {
  return ruleSentence(rule, { reader: READER, labels: labels.factLabels, units: UNITS }).replaceAll(
    "\u00a0",
    " ",
  );
}

function fileOf({ file }: Rule, ruleFiles: readonly RuleFile[]): RuleFile {
  return ruleFiles.find(({ path }) => path === file) ?? { path: file, text: "{}" };
}

function contentOf({ path, text }: RuleFile): unknown {
  const parsed = parseJson(text, path);
  return parsed.ok ? parsed.json.value : null;
}
