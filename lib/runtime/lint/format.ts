/** `palier fmt` on one machine: which of the files that were named would change, and into what. */
import path from "node:path";
import { brandFileSchema } from "../../brand/schema.ts";
import { parseJson } from "../../domain/json-file.ts";
import type { ConfigProblem } from "../../domain/problem.ts";
import { formatFile, orderOf, type ToFormat } from "../../rules/lint/fmt/index.ts";
import type { RulesPlace } from "./place.ts";

const BRAND_ORDER = orderOf(brandFileSchema);

export interface Formatted {
  changed: readonly { path: string; text: string }[];
  /** Of files that are no JSON; they stay as they are. */
  problems: readonly ConfigProblem[];
}

export function formatPlace({ brandFiles, ruleFiles, isAsked }: RulesPlace): Formatted {
  const parameters = new Set([...brandFiles, ...ruleFiles].flatMap(({ text }) => parameterNames(text)));
  const changed: Formatted["changed"][number][] = [];
  const problems: ConfigProblem[] = [];
  const all = [
    ...brandFiles.map((file) => ({ ...file, kind: { brand: BRAND_ORDER } })),
    ...ruleFiles.map((file) => ({ ...file, kind: kindOfFile(file.path) })),
  ];
  for (const file of all.filter((one) => isAsked(one.path))) {
    const formatted = formatFile(file, parameters);
    if (!formatted.ok) problems.push(...formatted.problems);
    else if (formatted.value !== file.text) changed.push({ path: file.path, text: formatted.value });
  }
  return { changed, problems };
}

function kindOfFile(file: string): ToFormat["kind"] {
  return path.basename(file) === "pack.json" ? "pack" : "rule";
}

/** Names that a brand or pack file gives to parameters and metrics, its packs' own among them; a broken file gives none. */
function parameterNames(text: string): string[] {
  const parsed = parseJson(text, "");
  return parsed.ok ? namesIn(parsed.json.value) : [];
}

function namesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const { parameters, metrics, packs } = value as Readonly<Record<string, unknown>>;
  const own = [parameters, metrics].flatMap((table) =>
    typeof table === "object" && table !== null ? Object.keys(table) : [],
  );
  const retuned = typeof packs === "object" && packs !== null ? Object.values(packs).flatMap(namesIn) : [];
  return [...own, ...retuned];
}
